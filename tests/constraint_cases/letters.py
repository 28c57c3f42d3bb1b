"""Letter runs, their homes and letters."""

from __future__ import annotations

import datetime as dt
import uuid

from tenants.letters.models import (
    Letter,
    LetterChunk,
    LetterPack,
    LetterRun,
    LetterRunEvent,
    LetterRunHome,
    ReturnedLetter,
)
from tests.factories import letters
from tests.factories import officers as staff
from tests.factories import patches as places
from tests.factories import tenants as people

from .making import BEFORE, LATER, START, Cases, twice


def _run(**fields) -> LetterRun:
    defaults = {
        "template_version": people.LetterTemplateVersionFactory(),
        "title": "Spring",
        "dated": START,
        "scope_kind": "all",
        "token": uuid.uuid4(),
        "created_by": staff.UserFactory(),
    }
    return LetterRun.objects.create(**{**defaults, **fields})


def run_event() -> LetterRunEvent:
    return LetterRunEvent.objects.create(run=_run(), to_status="composing")


def _run_home(run: LetterRun | None = None, **fields) -> LetterRunHome:
    home = fields.pop("property", None) or places.PropertyFactory()
    return LetterRunHome.objects.create(run=run or _run(), property=home, **fields)


def _letter(home: LetterRunHome | None = None, **fields) -> Letter:
    home = home or _run_home()
    household = fields.pop("household", None) or people.HouseholdFactory()
    chunk = LetterChunk.objects.filter(run=home.run).first() or _chunk(run=home.run)
    defaults = {
        "run": home.run,
        "home": home,
        "household": household,
        "tenancy": people.TenancyFactory(household=household),
        "patch": places.PatchFactory(),
        "landlord": places.LandlordFactory(),
        "reference": uuid.uuid4().hex[:20],
        "sequence": Letter.objects.count() + 1,
        "address_lines": [],
        "values": {},
        "chunk": chunk,
    }
    return Letter.objects.create(**{**defaults, **fields})


def _two_letters(**same: str) -> None:
    first = _letter()
    _letter(first.home, **{name: getattr(first, name) for name in same.values()})


def _two_copies_for_a_tenancy() -> None:
    first = _letter(is_copy=True)
    _letter(first.home, tenancy=first.tenancy, is_copy=True)


def _two_letters_to_the_occupier(*, is_copy: bool = False) -> None:
    first = _letter(tenancy=None, is_copy=is_copy)
    _letter(first.home, tenancy=None, is_copy=is_copy)


def _home_twice_in_a_run() -> None:
    first = _run_home()
    _run_home(first.run, property=first.property)


def _pack(**fields) -> LetterPack:
    defaults = {"number": 1, "first_sequence": 1, "last_sequence": 2}
    if "run" not in fields:
        defaults["run"] = _run()
    return LetterPack.objects.create(**{**defaults, **fields})


def _pack_twice() -> None:
    first = _pack()
    _pack(run=first.run)


def _chunk(**fields) -> LetterChunk:
    run = fields.pop("run", None) or _run()
    pack = fields.pop("pack", None) or _pack(run=run)
    return LetterChunk.objects.create(**{"number": 1, **fields}, run=run, pack=pack)


def _chunk_twice() -> None:
    first = _chunk()
    _chunk(run=first.run, pack=first.pack)


def _returned(**fields) -> ReturnedLetter:
    return letters.ReturnedLetterFactory(came_back_on=START, **fields)


NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)

CASES: Cases = {
    "template_version_number_once": twice(
        people.LetterTemplateVersionFactory, "template"
    ),
    "wording_edition_once": twice(people.LetterWordingFactory, "version"),
    "wording_translates_or_is_easy_read": (
        lambda: people.LetterWordingFactory(language="en"),
        lambda: people.LetterWordingFactory(is_easy_read=True),
    ),
    "wording_check_says_by_whom": (
        lambda: people.LetterWordingCheckFactory(checked_by="")
    ),
    "run_approved_at_with_by": lambda: _run(approved_by=staff.UserFactory()),
    "run_posted_on_with_by": lambda: _run(posted_on=START),
    "run_scheduled_by_while_approved": lambda: _run(
        scheduled_for=NOON, scheduled_by=staff.UserFactory()
    ),
    "run_goes_on_only_approved": lambda: _run(status="produced"),
    "home_once_in_a_run": _home_twice_in_a_run,
    "exception_has_reason": lambda: _run_home(is_exception=True),
    "pack_once_in_run": _pack_twice,
    "pack_begins_before_it_ends": lambda: _pack(first_sequence=3),
    "pack_made_has_file": lambda: _pack(file="letters/1.pdf"),
    "chunk_once_in_run": _chunk_twice,
    "chunk_done_has_file": lambda: _chunk(file="letters/1.pdf"),
    "letter_sequence_once_in_run": lambda: _two_letters(same="sequence"),
    "one_letter_for_a_tenancy": (
        lambda: _two_letters(same="tenancy"),
        _two_copies_for_a_tenancy,
    ),
    "one_letter_to_the_occupier": (
        _two_letters_to_the_occupier,
        lambda: _two_letters_to_the_occupier(is_copy=True),
    ),
    "copy_is_posted_in_standard_print": (
        lambda: _letter(is_copy=True, channel="supplier"),
        lambda: _letter(is_copy=True, letter_format="large_print"),
        lambda: _letter(is_copy=True, wording=people.LetterWordingFactory()),
    ),
    "letter_has_a_page": lambda: _letter(page_count=0),
    "letter_is_expected_to_have_a_page": lambda: _letter(expected_pages=0),
    "letter_by_email_has_address": (
        lambda: _letter(channel="email"),
        lambda: _letter(email="bea@example.org"),
    ),
    "delivery_given_up_failed_by_with_reason": (
        lambda: letters.LetterDeliveryFactory(given_up_by=staff.UserFactory()),
        lambda: letters.LetterDeliveryFactory(
            status="failed", given_up_at=NOON, given_up_by=staff.UserFactory()
        ),
        lambda: letters.LetterDeliveryFactory(
            given_up_at=NOON, given_up_by=staff.UserFactory(), given_up_reason="Old"
        ),
    ),
    "delivery_sending_is_claimed": (
        lambda: letters.LetterDeliveryFactory(status="sending"),
        lambda: letters.LetterDeliveryFactory(claim="worker"),
    ),
    "return_checked_on_with_by": (
        lambda: _returned(checked_on=LATER, outcome="write_again"),
        lambda: _returned(checked_by=staff.UserFactory()),
    ),
    "return_checked_on_with_outcome": (
        lambda: _returned(checked_on=LATER, checked_by=staff.UserFactory()),
        lambda: _returned(outcome="write_again"),
    ),
    "return_checked_after_it_came_back": lambda: _returned(
        checked_on=BEFORE, checked_by=staff.UserFactory(), outcome="write_again"
    ),
}
