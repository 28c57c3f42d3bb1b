"""Accounts in Django admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from housingplus.common.admin import NoDeleteAdmin
from housingplus.common.errors import Refusal

from . import services
from .models import User
from .roles import Role


class StaffFilter(admin.SimpleListFilter):
    """Whether the account belongs to a member of staff in the directory."""

    title = "member of staff"
    parameter_name = "staff"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("linked", "Linked"), ("none", "None, though the role needs one")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "linked":
            return queryset.filter(officer__isnull=False)
        if self.value() == "none":
            return queryset.filter(
                officer__isnull=True,
                is_active=True,
                role__in=[Role.PATCH_OFFICER, Role.WARD_TEAM_LEADER],
            )
        return queryset


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "role", "is_active")
        help_texts = {
            "is_active": "Untick to stop the account and end its sessions.",
        }

    def clean_email(self) -> str:
        """One account for an address, whatever its case."""
        email = self.cleaned_data["email"].strip().lower()
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError("Another account has this e-mail address.")
        return email


@admin.register(User)
class UserAdmin(NoDeleteAdmin):
    """Accounts are made here, given a role, and disabled; never deleted."""

    form = AccountForm
    list_display = ["email", "first_name", "last_name", "role", "is_active", "officer"]
    list_filter = ["role", "is_active", StaffFilter]
    list_select_related = ["officer"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["last_name", "first_name", "email"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "role", "is_active"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["email", "first_name", "last_name", "role"],
                "description": (
                    "They get an e-mail with a link to choose their password."
                ),
            },
        )
    ]
    actions = ["send_password_links", "sign_out_everywhere", "remove_second_factors"]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> list[str]:
        if obj is not None and obj.pk == request.user.pk:
            return [*self.readonly_fields, "role", "is_active"]
        return list(self.readonly_fields)

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        details = form.cleaned_data
        if not change:
            made = services.create_account(
                email=details["email"],
                first_name=details["first_name"],
                last_name=details["last_name"],
                role=Role(details["role"]),
                by=request.user,
            )
            obj.pk = made.pk
            obj._state.adding = False
            services.send_password_link(account=made, request=request)
            return
        services.change_details(
            account=obj,
            email=details["email"],
            first_name=details["first_name"],
            last_name=details["last_name"],
            by=request.user,
        )
        if "role" in form.changed_data:
            services.set_role(account=obj, role=Role(details["role"]), by=request.user)
        if "is_active" in form.changed_data:
            act = (
                services.enable_account
                if details["is_active"]
                else services.disable_account
            )
            act(account=obj, by=request.user)

    @admin.action(description="Send a link to choose a password")
    def send_password_links(self, request: HttpRequest, accounts: QuerySet) -> None:
        for account in accounts.filter(is_active=True):
            services.send_password_link(account=account, request=request)
        self.message_user(request, "Links sent to the accounts that are not disabled.")

    @admin.action(description="Sign out everywhere")
    def sign_out_everywhere(self, request: HttpRequest, accounts: QuerySet) -> None:
        ended = sum(services.end_all_sessions(account=account) for account in accounts)
        self.message_user(request, f"{ended} sessions ended.")

    @admin.action(description="Remove second factors (lost telephone or key)")
    def remove_second_factors(self, request: HttpRequest, accounts: QuerySet) -> None:
        for account in accounts:
            try:
                services.remove_second_factors(account=account, by=request.user)
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
                return
        self.message_user(
            request, "Second factors removed. They set up new ones when they sign in."
        )
