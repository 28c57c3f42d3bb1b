"""Every write of officers, but leaving (officers.assignments.services.reassign_all)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from housingplus.audit import services as audit

from . import rules
from .errors import AccountTaken, OfficerChanged
from .images import clean_photo, clean_signature
from .models import Officer

if TYPE_CHECKING:
    from officers.accounts.models import User

_CLEANERS = {"photo": clean_photo, "signature": clean_signature}


@transaction.atomic
def add_officer(
    *,
    details: Mapping[str, Any],
    token: uuid.UUID | None,
    by: User | None,
    pictures: Mapping[str, IO[bytes] | None] | None = None,
) -> Officer:
    """Add a member of staff; the same token again returns the one already added."""
    if token is not None:
        existing = Officer.objects.filter(form_token=token).first()
        if existing is not None:
            return existing
    _check_account(details.get("user"), None)
    files = _cleaned(pictures or {})
    officer = Officer(form_token=token, **details)
    for name, content in files.items():
        getattr(officer, name).save(content.name, content, save=False)
    try:
        with transaction.atomic():
            officer.save(force_insert=True)
    except IntegrityError:
        # A second click with the same token was quicker.
        if existing := Officer.objects.filter(form_token=token).first():
            return existing
        raise
    audit.record("officer.added", subject=officer, by=by)
    return officer


@transaction.atomic
def edit_officer(
    *,
    officer: Officer,
    version: int,
    details: Mapping[str, Any],
    by: User | None,
    pictures: Mapping[str, IO[bytes] | None] | None = None,
    removed: frozenset[str] = frozenset(),
) -> Officer:
    """Change an officer, unless somebody else did since `version` was shown."""
    _check_account(details.get("user"), officer)
    if "started_on" in details:
        rules.check_starts_before_work(officer, details["started_on"])
    files = _cleaned(pictures or {})
    before = Officer.objects.get(pk=officer.pk)
    values: dict[str, Any] = {
        name: value for name, value in details.items() if getattr(before, name) != value
    }
    values |= {name: "" for name in removed if getattr(before, name)}
    changes = {
        name: [_plain(getattr(before, name)), _plain(value)]
        for name, value in values.items()
    }
    for name, content in files.items():
        file = getattr(before, name)
        path = file.field.generate_filename(before, content.name)
        values[name] = file.storage.save(path, content)
        changes[name] = ["", "new file"]
    changed = Officer.objects.filter(pk=officer.pk, version=version).update(
        **values, version=version + 1
    )
    if changed != 1:
        raise OfficerChanged(
            f"{before.name} was changed by somebody else since you opened the page."
        )
    audit.record("officer.edited", subject=before, by=by, changes=changes)
    for name in ("photo", "signature"):
        old = getattr(before, name)
        if name in values and old:
            transaction.on_commit(partial(old.storage.delete, old.name), robust=True)
    return Officer.objects.get(pk=officer.pk)


def _cleaned(pictures: Mapping[str, IO[bytes] | None]) -> dict[str, ContentFile]:
    return {
        name: _CLEANERS[name](upload, field=name)
        for name, upload in pictures.items()
        if upload
    }


def _check_account(user: User | None, officer: Officer | None) -> None:
    """An account belongs to one officer."""
    if user is None:
        return
    others = Officer.objects.filter(user=user)
    if officer is not None:
        others = others.exclude(pk=officer.pk)
    if taken := others.first():
        raise AccountTaken(f"This account belongs to {taken.name}", field="user")


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it; an account as its number."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return getattr(value, "pk", None) or str(value)
