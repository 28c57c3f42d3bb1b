"""Choosing who will answer; publishing a design with its leads, and cancelling that."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, OperationalError, connection, transaction

from housingplus.audit import services as audit
from housingplus.common.dates import day_before, today
from housingplus.common.errors import Refusal
from housingplus.common.locking import is_busy
from officers.assignments.services.leads import (
    LeadChoice,
    lock_officers,
    place_lead,
    shorten,
)
from officers.directory.models import Officer
from patches.design.errors import DesignChanged, DesignRefused
from patches.design.models import DesignPatch, DesignStatus, PatchDesign
from patches.design.rules import deciding
from patches.design.selectors.publishing import PublicationPlan
from patches.design.services.cancelling import lock_published, take_back_patches
from patches.design.services.moves import (
    check_version,
    is_done_already,
    lock_design,
    move,
)
from patches.design.services.publishing import (
    list_published_nearby,
    lock_and_plan,
    publish_patches,
    reason_of,
)
from patches.register.models import Patch

from . import rules
from .models import DesignAssignment, ProposedLead
from .planning import LeadsPlan, plan_leads
from .selectors import kept_out_of
from .undoing import take_back_leads

if TYPE_CHECKING:
    from officers.accounts.models import User

_LOCK_WAIT = "20s"


@transaction.atomic
def choose_leads(
    *,
    design: PatchDesign,
    choices: Mapping[int, Officer | None],
    seen: Mapping[int, int | None],
    starts_on: dt.date,
    by: User,
) -> int:
    """Say who is to lead drawn patches (by their id); None is the ward team.

    `seen` is whom the page showed for each: where somebody else has chosen another
    since, nothing is saved. Returns how many changed.
    """
    design = lock_design(design.pk)
    rules.check_leads_may_change(design)
    alternative = deciding.check_is_chosen(design)
    drawn = {row.pk: row for row in alternative.patches.filter(pk__in=list(choices))}
    stored = {
        row.design_patch_id: row
        for row in ProposedLead.objects.filter(
            design_patch__in=list(drawn)
        ).select_related("chosen_by")
    }
    kept_out = kept_out_of(alternative)
    changed = 0
    for pk, row in drawn.items():
        officer = choices[pk]
        held = stored.get(pk)
        wanted = officer.pk if officer else None
        if held is not None and held.officer_id == wanted:
            continue
        _check_seen(row, held, seen)
        if held is None and seen.get(pk, -1) == wanted:
            continue
        try:
            if officer is not None:
                rules.check_in_post(officer, starts_on)
            rules.check_no_conflict(officer, row.code, kept_out.get(pk, {}))
        except Refusal as refusal:
            raise DesignRefused(refusal.message, field=f"officer_{pk}") from refusal
        ProposedLead.objects.update_or_create(
            design_patch=row, defaults={"officer": officer, "chosen_by": by}
        )
        audit.record(
            "patch design.lead chosen",
            subject=design,
            by=by,
            summary=f"{row.code}: {'officer' if officer else 'ward team'}",
            changes={"officer": [held.officer_id if held else None, wanted]},
        )
        changed += 1
    return changed


def publish_design(
    *,
    design: PatchDesign,
    starts_on: dt.date,
    version: int,
    by: User | None,
    seen: str = "",
    note: str = "",
) -> PatchDesign:
    """Put an approved design into force from a day: patches, homes, bands and leads.

    All of it or nothing. `seen` is the fingerprint of the plan the person checked: if
    anything it does is otherwise by now, they are asked to check again.
    """
    with one_at_a_time():
        design = lock_design(design.pk)
        if is_done_already(design, to=DesignStatus.SCHEDULED, version=version, by=by):
            return design
        check_version(design, version)
        check_can_publish(design, starts_on)
        plan = lock_and_plan(design, starts_on)
        leads = plan_leads(plan)
        deciding.check_nothing_in_the_way(
            [row.sentence for row in (*plan.obstacles, *leads.obstacles)]
        )
        if seen and seen != fingerprint(plan, leads):
            raise DesignChanged(
                "Homes, patches or officers were changed after you checked this plan. "
                "Check it again, then publish."
            )
        patches = publish_patches(plan, by=by, note=note)
        _end_leads(design, leads, by=by)
        _place_leads(plan, leads, patches, by=by)
        return design


def cancel_publication(
    *, design: PatchDesign, reason: str, version: int, by: User | None
) -> PatchDesign:
    """Take a publication back before its day: everything is as it was before it."""
    with one_at_a_time():
        design = lock_design(design.pk)
        if is_done_already(design, to=DesignStatus.APPROVED, version=version, by=by):
            return design
        check_version(design, version)
        check_can_cancel(design)
        deciding.check_note(reason, field="reason")
        lock_published(design)
        take_back_leads(design, by=by)
        take_back_patches(design, by=by)
        return move(
            design,
            to=DesignStatus.APPROVED,
            by=by,
            note=reason,
            verb="patch design.cancelled",
            starts_on=None,
            published_at=None,
            published_by=None,
        )


def check_can_publish(design: PatchDesign, starts_on: dt.date) -> None:
    """The design is approved, and the day is one on which it may come into force."""
    deciding.check_can_move(design, to=DesignStatus.SCHEDULED)
    deciding.check_is_chosen(design)
    deciding.check_start_date(starts_on, today=today())
    deciding.check_no_later_design(starts_on, others=list_published_nearby(design))


def check_can_cancel(design: PatchDesign) -> None:
    """The design is published, its day is still ahead, and no plan begins from it."""
    deciding.check_can_cancel(design, today=today())
    deciding.check_is_last(design, others=list_published_nearby(design))


def fingerprint(plan: PublicationPlan, leads: LeadsPlan) -> str:
    """Return a short text that changes when the plan or one of its leads does."""
    lines = [
        f"{row.patch.drawn.pk}:{row.officer.pk if row.officer else 0}:{row.begins:d}"
        for row in leads.leads
    ]
    lines += sorted(str(row.pk) for row in leads.ending)
    text = "\n".join([plan.fingerprint, *lines])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Run a publication in one transaction; losing a race becomes `DesignChanged`.

    Locks come first and in one order, so that this is the backstop only.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
            yield
    except IntegrityError as error:
        raise DesignChanged(
            "Somebody changed patches, homes or officers at the same moment. Look at "
            "the plan again, then go on."
        ) from error
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise DesignChanged(
            "Somebody is changing patches or officers right now. Try again in a moment."
        ) from error


def _check_seen(
    row: DesignPatch, held: ProposedLead | None, seen: Mapping[int, int | None]
) -> None:
    """Nobody chose another officer for the drawn patch since the page was shown."""
    if held is not None and seen.get(row.pk, -1) != held.officer_id:
        who = held.officer or "the ward team"
        raise DesignChanged(
            f"{held.chosen_by or 'Somebody'} chose {who} for {row.code} after you "
            "opened the page. Look at it now, then go on."
        )


def _end_leads(design: PatchDesign, leads: LeadsPlan, *, by: User | None) -> None:
    """End what runs for closing patches, and the leads who hand over."""
    assert design.starts_on is not None  # noqa: S101
    last = day_before(design.starts_on)
    handing_over = [
        lead.present for lead in leads.leads if lead.begins and lead.present
    ]
    before = {row.pk: row.ends_on for row in (*leads.ending, *handing_over)}
    for row in leads.ending:
        shorten(row, last, by=by)
    DesignAssignment.objects.bulk_create(
        DesignAssignment(
            design=design,
            assignment=row,
            is_new=False,
            ends_on_before=before[row.pk],
            ends_on_after=last,
        )
        for row in (*leads.ending, *handing_over)
    )


def _place_leads(
    plan: PublicationPlan,
    leads: LeadsPlan,
    patches: Mapping[int, Patch],
    *,
    by: User | None,
) -> None:
    """Place the leads that begin; the service of leads ends the present ones."""
    beginning = [lead for lead in leads.leads if lead.begins]
    officers = lock_officers(lead.officer.pk for lead in beginning if lead.officer)
    made = []
    for lead in beginning:
        officer = officers[lead.officer.pk] if lead.officer else None
        choice = LeadChoice(
            starts_on=plan.starts_on,
            reason=reason_of(plan.design),
            officer=officer,
            team=None if officer else lead.team,
        )
        made.append(place_lead(patches[lead.patch.drawn.pk], choice, by=by))
    DesignAssignment.objects.bulk_create(
        DesignAssignment(design=plan.design, assignment=row, is_new=True)
        for row in made
    )
