"""Making, changing and closing a patch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from housingplus.audit.selectors import list_events_about
from housingplus.audit.services import record
from housingplus.common.dates import long_date, today
from housingplus.common.locking import lock
from patches.register import rules
from patches.register.errors import PatchChanged, PatchRefused
from patches.register.models import Patch, PatchMembership

from .bands import begin_band

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward


@contextmanager
def _code_once(code: str) -> Iterator[None]:
    """Run a change; the second of two people to use a code at once is told so."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not Patch.objects.filter(code__iexact=code.strip()).exists():
            raise
        raise _code_taken(code.strip()) from error


def create_patch(
    *,
    code: str,
    name: str,
    ward: Ward,
    band_min: int,
    band_max: int,
    starts_on: dt.date,
    by: User | None,
) -> Patch:
    """Make a patch in force from a day, with no homes yet."""
    code = code.strip()
    with _code_once(code):
        _check_code_is_free(code)
        rules.check_band(band_min, band_max)
        patch = Patch.objects.create(
            code=code,
            name=name.strip(),
            ward=ward,
            band_min=band_min,
            band_max=band_max,
            starts_on=starts_on,
        )
        record("patch.created", subject=patch, by=by, summary=str(patch))
        return patch


def edit_patch(
    *,
    patch: Patch,
    version: int,
    code: str,
    name: str,
    ward: Ward,
    band_min: int,
    band_max: int,
    starts_on: dt.date,
    by: User,
    band_reason: str = "",
    ward_ids: Collection[int] | None = None,
) -> Patch:
    """Change a patch's code, name, ward, band or first day.

    Another band holds from today and says why; the band until now stays in the
    history. `ward_ids` are the wards of the ward team of `ward`, where the patch's
    homes may lie; not given, only the ward itself.
    """
    with _code_once(code):
        patch = lock(Patch.objects.filter(pk=patch.pk)).get()
        _check_version(patch, version)
        _check_code_is_free(code.strip(), other_than=patch)
        _check_period(patch, starts_on, patch.ends_on)
        if ward.pk != patch.ward_id:
            homes = PatchMembership.objects.filter(patch=patch).from_day(today())
            outside = homes.exclude(property__ward__in=ward_ids or {ward.pk}).exclude(
                property__managed_to__lt=today()
            )
            rules.check_homes_near(outside.count(), ward)
        wanted = {
            "code": code.strip(),
            "name": name.strip(),
            "ward_id": ward.pk,
            "starts_on": starts_on,
        }
        band = begin_band(
            patch,
            starts_on=today(),
            band_min=band_min,
            band_max=band_max,
            reason=band_reason,
            needs_reason=True,
        )
        return _change(patch, wanted, by=by, verb="patch.changed", band=band)


@transaction.atomic
def close_patch(
    *, patch: Patch, version: int, ends_on: dt.date | None, by: User | None
) -> Patch:
    """Set a patch's last day, once no home is in it after that; None keeps it open.

    Homes that are managed no longer cannot be moved, so they leave with the patch.
    """
    patch = lock(Patch.objects.filter(pk=patch.pk)).get()
    _check_version(patch, version)
    if ends_on is not None:
        PatchMembership.objects.filter(
            patch=patch, starts_on__lte=ends_on, property__managed_to__lte=ends_on
        ).from_day(ends_on).update(ends_on=ends_on)
    _check_period(patch, patch.starts_on, ends_on)
    verb = "patch.closed" if ends_on else "patch.kept_open"
    return _change(patch, {"ends_on": ends_on}, by=by, verb=verb)


def _change(
    patch: Patch,
    wanted: dict[str, Any],
    *,
    by: User | None,
    verb: str,
    band: dict[str, list[Any]] | None = None,
) -> Patch:
    changes = {
        name: [_plain(getattr(patch, name)), _plain(value)]
        for name, value in wanted.items()
        if getattr(patch, name) != value
    } | (band or {})
    if not changes:
        return patch
    for name, value in wanted.items():
        setattr(patch, name, value)
    patch.version += 1
    patch.save(update_fields=[*wanted, "version"])
    record(verb, subject=patch, by=by, summary=str(patch), changes=changes)
    return patch


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _check_version(patch: Patch, version: int) -> None:
    if patch.version == version:
        return
    event = list_events_about(patch).first()
    who = event.by if event and event.by else "Somebody else"
    when = f" on {long_date(event.at)}" if event else ""
    raise PatchChanged(
        f"{who} changed this patch{when}, after you opened this page. What is shown "
        "now includes that change: check it and save again."
    )


def _check_code_is_free(code: str, other_than: Patch | None = None) -> None:
    taken = Patch.objects.filter(code__iexact=code)
    if other_than is not None:
        taken = taken.exclude(pk=other_than.pk)
    if taken.exists():
        raise _code_taken(code)


def _code_taken(code: str) -> PatchRefused:
    return PatchRefused(
        f"There is already a patch {code}. Choose another code.", field="code"
    )


def _check_period(patch: Patch, starts_on: dt.date, ends_on: dt.date | None) -> None:
    homes = PatchMembership.objects.filter(patch=patch)
    rules.check_period_holds_homes(
        starts_on=starts_on,
        ends_on=ends_on,
        homes_before=homes.filter(starts_on__lt=starts_on).count(),
        homes_after=(
            homes.from_day(ends_on + dt.timedelta(days=1)).count() if ends_on else 0
        ),
    )
