"""Accounts: people who sign in, by e-mail, each with one role."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from housingplus.common.permissions import Permission

from .roles import PERMISSIONS, Role


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are kept in lower case."""

    use_in_migrations = True

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        fields |= {"is_staff": True, "is_superuser": True}
        fields.setdefault("role", Role.ADMINISTRATOR)
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractUser):
    """A person who signs in. What they may do follows from their role."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail", unique=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.PATCH_OFFICER)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        ordering = ["last_name", "first_name", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case_unique"),
            models.CheckConstraint(
                condition=Q(is_staff=False, is_superuser=False)
                | Q(role=Role.ADMINISTRATOR),
                name="django_admin_for_administrators_only",
                violation_error_message="Only administrators use Django admin.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def has_permission(self, permission: Permission) -> bool:
        """Whether this person's role gives them `permission`."""
        return self.is_active and permission in PERMISSIONS.get(self.role, ())
