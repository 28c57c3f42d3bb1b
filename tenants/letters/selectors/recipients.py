"""Who gets what: every home in scope comes out with its letters or a reason.

Reads a thousand homes at a time with a fixed number of queries; writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from housingplus.common.dates import long_date, today
from housingplus.documents.text import is_seen
from officers.assignments.selectors import AnswerKind
from patches.properties.addressing import correspondence_lines, postal_lines
from patches.properties.models import Landlord, Property
from patches.register.models import Patch, PatchMembership
from tenants.households.models import CommunicationNeeds, Household, LetterFormat
from tenants.households.naming import addressee, name_lines, salutation
from tenants.letters.markup import parse
from tenants.letters.models import Channel, EmailLetters
from tenants.letters.models import LetterExceptionReason as Reason
from tenants.letters.models.wordings import EASY_READ_KEY
from tenants.letters.placeholders import printed_names
from tenants.letters.typesetting import (
    ENVELOPES,
    EnvelopeProfile,
    address_lines,
    check_address,
)

from .answering import told_key
from .characters import not_shown
from .copies import copy_of
from .drafts import HomeDraft, LetterDraft, Refused
from .lived_in import Holding, Lived, lived_in
from .returns import emails_that_failed, households_not_to_write_to
from .senders import PatchFacts, facts_of_patches, landlord_values
from .ways import Way, way_to
from .wordings import Wording, choose_wording, names_printed


@dataclass(frozen=True)
class Mailing:
    """What decides who gets what: the wording, the day and the envelope."""

    names: tuple[str, ...]
    dated: dt.date
    envelope: EnvelopeProfile
    facts: Mapping[int, PatchFacts]
    landlords: Mapping[int, Landlord]
    landlord_values: Mapping[int, dict[str, str]]
    email_letters: str = EmailLetters.SEND
    # Translations and easy read that may be used, by key.
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    is_bilingual: bool = False
    # The only wording, whatever a household wants: for a preview.
    only: Wording | None = None
    # Who answered each patch on the day since which a change is looked for.
    before: Mapping[int, tuple[int | None, int | None]] | None = None
    changed_since: dt.date | None = None


def prepare_mailing(
    *,
    subject: str,
    body: str,
    dated: dt.date,
    envelope: str = "c5",
    changed_since: dt.date | None = None,
    email_letters: str = EmailLetters.SEND,
    wordings: Mapping[str, Wording] | None = None,
    is_bilingual: bool = False,
    only: Wording | None = None,
) -> Mailing:
    """Read what is the same for every home of a mailing: patches, landlords."""
    patches = Patch.objects.as_at(dated).select_related("ward")
    facts = facts_of_patches(patches, dated)
    landlords = {landlord.pk: landlord for landlord in Landlord.objects.all()}
    before = None
    if changed_since is not None:
        earlier = Patch.objects.as_at(changed_since).select_related("ward")
        before = {
            pk: _answerer(fact)
            for pk, fact in facts_of_patches(earlier, changed_since).items()
        }
    return Mailing(
        names=printed_names(parse(subject, body)),
        dated=dated,
        envelope=ENVELOPES[envelope],
        facts=facts,
        landlords=landlords,
        landlord_values={pk: landlord_values(row) for pk, row in landlords.items()},
        email_letters=email_letters,
        wordings=wordings or {},
        is_bilingual=is_bilingual,
        only=only,
        before=before,
        changed_since=changed_since,
    )


def draft_homes(mailing: Mailing, property_ids: Sequence[int]) -> list[HomeDraft]:
    """Return what each home gets, in the order of their ids; those unchanged left out.

    Nine queries (ten when a change is looked for), however many homes.
    """
    homes = (
        Property.objects.filter(pk__among=property_ids)
        .order_by("pk")
        .only(
            "sub_building",
            "building",
            "street",
            "locality",
            "town",
            "postcode",
            "ward_id",
            "manager_id",
        )
    )
    patch_of = _patches_of(property_ids, mailing.dated)
    was_in: dict[int, int] = {}
    if mailing.changed_since is not None:
        was_in = _patches_of(property_ids, mailing.changed_since)
    lived = lived_in(property_ids, mailing.dated)
    came_back = households_not_to_write_to(property_ids, max(mailing.dated, today()))
    failed = emails_that_failed(property_ids)
    drafts = []
    for home in homes:
        patch_id = patch_of.get(home.pk)
        if mailing.before is not None and not _has_changed(
            mailing, patch_id, was_in.get(home.pk)
        ):
            continue
        living = lived.get(home.pk)
        household = living.household if living else None
        fact = mailing.facts.get(patch_id or 0)
        draft = HomeDraft(
            home.pk,
            home.ward_id,
            patch_id,
            told_key=told_key(
                household.pk if household else None,
                fact.answer if fact else None,
                names_covered="officer away" in mailing.names,
            ),
        )
        try:
            letters = _letters(mailing, home, patch_id, living, came_back, failed)
        except Refused as refused:
            draft = replace(
                draft,
                reason=refused.reason,
                detail=refused.detail[:300],
                told_key=told_key(
                    household.pk if household else None,
                    fact.answer if fact else None,
                    names_covered=True,
                ),
            )
        else:
            draft = replace(draft, letters=letters)
        drafts.append(draft)
    return drafts


def _patches_of(property_ids: Sequence[int], day: dt.date) -> dict[int, int]:
    return dict(
        PatchMembership.objects.as_at(day)
        .filter(property__among=property_ids)
        .order_by()
        .values_list("property", "patch")
    )


def _answerer(fact: PatchFacts) -> tuple[int | None, int | None]:
    """Who answers, to be compared: an officer, or a team, or nobody."""
    answer = fact.answer
    if answer.officer is not None:
        return answer.officer.pk, None
    return None, answer.team.pk if answer.team else None


def _has_changed(mailing: Mailing, patch_id: int | None, earlier: int | None) -> bool:
    fact = mailing.facts.get(patch_id or 0)
    now = _answerer(fact) if fact else None
    return now != (mailing.before or {}).get(earlier or 0)


def _letters(
    mailing: Mailing,
    home: Property,
    patch_id: int | None,
    living: Lived | None,
    came_back: Mapping[int, dt.date],
    failed: Collection[tuple[int, str]],
) -> tuple[LetterDraft, ...]:
    if living is None:
        raise Refused(Reason.VOID)
    household = living.household
    if household.do_not_write:
        raise Refused(Reason.DO_NOT_WRITE)
    if household.is_not_written_to():
        raise Refused(Reason.SAFE_CONTACT)
    fact = mailing.facts.get(patch_id or 0)
    if fact is None:
        raise Refused(Reason.NO_PATCH)
    if fact.answer.kind == AnswerKind.NOBODY:
        raise Refused(Reason.NO_ANSWER, f"Patch {fact.patch.code}")
    if household.pk in came_back:
        raise Refused(
            Reason.RETURNED, f"Came back on {long_date(came_back[household.pk])}"
        )
    way = _way_to(mailing, household, failed)
    if way.channel is None:
        raise Refused(Reason.OTHER_FORMAT, way.letter_format.label)
    stands_at = written_to = postal_lines(home)
    if household.correspondence_address.strip():
        written_to = correspondence_lines(household.correspondence_address)
    shared = {
        **fact.values,
        **mailing.landlord_values[home.manager_id],
        "address": ", ".join(stands_at),
    }
    holdings: list[Holding | None] = [*living.holdings]
    # Asked for once: most households have none, and finding that out takes long.
    needs: CommunicationNeeds | None = getattr(household, "needs", None)
    language = needs.language if needs else ""
    letters = tuple(
        _letter(mailing, home, living, holding, written_to, shared, way, fact, language)
        for holding in holdings or [None]
    )
    if needs and needs.copy_to_representative and mailing.only is None:
        names, envelope = mailing.names, mailing.envelope
        letters += tuple(
            copy_of(letter, needs, names=names, envelope=envelope) for letter in letters
        )
    return letters


def _way_to(
    mailing: Mailing, household: Household, failed: Collection[tuple[int, str]]
) -> Way:
    """How a household is written to; easy read by post, where there is a wording."""
    if mailing.only and mailing.only.is_easy_read:
        return Way(LetterFormat.EASY_READ, Channel.POST)
    way = way_to(household, mailing.email_letters, failed)
    is_easy = way.letter_format == LetterFormat.EASY_READ
    if is_easy and EASY_READ_KEY in mailing.wordings:
        return Way(way.letter_format, Channel.POST)
    return way


def _letter(
    mailing: Mailing,
    home: Property,
    living: Lived,
    holding: Holding | None,
    written_to: tuple[str, ...],
    shared: dict[str, str],
    way: Way,
    fact: PatchFacts,
    language: str,
) -> LetterDraft:
    names = living.names_on(holding)
    line, opening = addressee(names), salutation(names)
    lines = address_lines([*name_lines(names), *written_to])
    values = {
        **shared,
        "addressee": line,
        "salutation": opening,
        "tenancy reference": holding.reference if holding else "",
        "joint tenants": "yes" if len(names) > 1 else "no",
    }
    whose = f"{holding.reference}: " if holding else ""
    wording = mailing.only or choose_wording(
        mailing.wordings, language=language, letter_format=way.letter_format
    )
    names_used = names_printed(
        wording, mailing.names, is_bilingual=mailing.is_bilingual
    )
    missing = [
        name
        for name in dict.fromkeys(("addressee", *names_used))
        if not is_seen(values.get(name, ""))
    ]
    if missing:
        raise Refused(Reason.MISSING_VALUE, whose + ", ".join(missing))
    said = wording.opening(opening) if wording else opening
    if unprintable := not_shown(
        [*lines, opening, said, *(values[name] for name in names_used)]
    ):
        raise Refused(Reason.CHARACTERS, whose + " ".join(unprintable))
    if problem := _address_problem(lines, mailing, way):
        raise Refused(Reason.ADDRESS, whose + problem)
    return LetterDraft(
        household_id=living.household.pk,
        tenancy_id=holding.pk if holding else None,
        landlord_id=home.manager_id,
        officer_id=fact.answer.officer.pk if fact.answer.officer else None,
        addressee=line[:200],
        salutation=said[:200],
        address_lines=lines,
        values=values,
        written_to=living.household.correspondence_address,
        letter_format=way.letter_format,
        channel=way.channel or Channel.POST,
        email=way.email,
        wording=wording,
        wanted_language=language,
    )


def _address_problem(lines: tuple[str, ...], mailing: Mailing, way: Way) -> str:
    """What is wrong with an address: no e-mail needs one, a supplier no window."""
    if way.channel == Channel.EMAIL:
        return ""
    problems = check_address(lines, mailing.envelope)
    if way.channel == Channel.SUPPLIER:
        problems = tuple(one for one in problems if not one.is_of_window)
    return problems[0].message if problems else ""


def wards_of(drafts: Iterable[HomeDraft]) -> set[int]:
    """Wards the homes lie in."""
    return {draft.ward_id for draft in drafts}
