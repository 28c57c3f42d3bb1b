"""Changing accounts: who may sign in, as what, and where they are signed in."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from housingplus.audit import services as audit

from . import rules
from .models import User
from .roles import Role


@transaction.atomic
def create_account(
    *, email: str, first_name: str, last_name: str, role: Role, by: User | None
) -> User:
    """Make an account without a password: its owner chooses one by e-mail."""
    account = User(
        email=email.strip().lower(),
        first_name=first_name,
        last_name=last_name,
        role=role,
    )
    apply_role(account)
    account.set_unusable_password()
    account.save()
    audit.record(
        "account.created", subject=account, by=by, changes={"role": [None, role]}
    )
    return account


@transaction.atomic
def change_details(
    *, account: User, email: str, first_name: str, last_name: str, by: User
) -> User:
    """Change an account's name or address; the old address signs nobody in."""
    account = User.objects.select_for_update().get(pk=account.pk)
    new = {
        "email": email.strip().lower(),
        "first_name": first_name,
        "last_name": last_name,
    }
    changed = [name for name, value in new.items() if getattr(account, name) != value]
    if not changed:
        return account
    for name in changed:
        setattr(account, name, new[name])
    account.save(update_fields=changed)
    if "email" in changed:
        EmailAddress.objects.filter(user=account).delete()
    audit.record(
        "account.details_changed",
        subject=account,
        by=by,
        summary=", ".join(changed),
    )
    return account


@transaction.atomic
def set_role(*, account: User, role: Role, by: User) -> User:
    """Give an account another role; only administrators get into Django admin."""
    account = User.objects.select_for_update().get(pk=account.pk)
    rules.check_not_own_account(account, by)
    old = account.role
    account.role = role
    apply_role(account)
    account.save(update_fields=["role", "is_staff", "is_superuser"])
    audit.record(
        "account.role_changed",
        subject=account,
        by=by,
        changes={"role": [old, account.role]},
    )
    return account


@transaction.atomic
def disable_account(*, account: User, by: User) -> User:
    """Stop an account from signing in and end its sessions."""
    account = User.objects.select_for_update().get(pk=account.pk)
    rules.check_not_own_account(account, by)
    account.is_active = False
    account.save(update_fields=["is_active"])
    audit.record("account.disabled", subject=account, by=by)
    transaction.on_commit(lambda: end_all_sessions(account=account))
    return account


@transaction.atomic
def enable_account(*, account: User, by: User) -> User:
    """Let a disabled account sign in again."""
    account = User.objects.select_for_update().get(pk=account.pk)
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record("account.enabled", subject=account, by=by)
    return account


def end_session(*, session: UserSession, by: User) -> None:
    """Sign a person out of one browser."""
    with transaction.atomic():
        session.end()
        audit.record("account.session_ended", subject=session.user, by=by)


def end_all_sessions(*, account: User) -> int:
    """Sign a person out everywhere; returns of how many browsers."""
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def remove_second_factors(*, account: User, by: User) -> int:
    """Forget a person's app, passkeys and recovery codes, when they are lost."""
    rules.check_not_own_account(account, by)
    removed, _ = Authenticator.objects.filter(user=account).delete()
    audit.record("account.second_factors_removed", subject=account, by=by)
    return removed


def send_password_link(*, account: User, request: HttpRequest) -> None:
    """Send the e-mail with which a person chooses their password."""
    form = ResetPasswordForm(data={"email": account.email})
    if form.is_valid():
        form.save(request)


def apply_role(account: User) -> None:
    """Let Django admin's own flags follow the role (not saved)."""
    account.is_staff = account.role == Role.ADMINISTRATOR
    account.is_superuser = account.is_staff
