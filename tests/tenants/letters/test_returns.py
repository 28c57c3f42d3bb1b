"""Recording letters that came back and checking them."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from tenants.letters.errors import ReturnChanged, ReturnRefused
from tenants.letters.rules import MOST_RETURNS
from tenants.letters.services.returns import Return, check_return, record_returns
from tenants.models import ReturnedLetter
from tests.factories.letters import POSTED_ON, LetterFactory, ReturnedLetterFactory

pytestmark = pytest.mark.django_db
BACK_ON = POSTED_ON + dt.timedelta(days=5)


def back(*references: str, reason: str = "gone_away", on: dt.date = BACK_ON):
    return [Return(reference, reason, on) for reference in references]


def test_several_are_recorded_at_once_with_who_and_when(manager):
    first, second = LetterFactory(), LetterFactory()
    came = record_returns(returns=back(first.reference, second.reference), by=manager)
    assert [row.letter for row in came.recorded] == [first, second]
    saved = ReturnedLetter.objects.get(letter=first)
    assert (saved.reason, saved.came_back_on) == ("gone_away", BACK_ON)
    assert saved.recorded_by == manager
    assert AuditEvent.objects.filter(verb="letter.came back", by=manager).count() == 2


@pytest.mark.parametrize("typed", [str.lower, "  {} ".format, " - ".join])
def test_a_reference_is_known_however_it_was_typed(manager, typed):
    letter = LetterFactory()
    given = letter.reference
    text = typed(given.split("-")) if typed == " - ".join else typed(given)
    assert record_returns(returns=back(text), by=manager).recorded


def test_twice_in_a_list_and_again_later_is_once(manager):
    letter = LetterFactory()
    twice = back(letter.reference, letter.reference)
    assert len(record_returns(returns=twice, by=manager).recorded) == 1
    again = record_returns(returns=back(letter.reference, reason="died"), by=manager)
    assert (again.recorded, len(again.already)) == ([], 1)
    assert again.already[0].reason == "gone_away"
    assert ReturnedLetter.objects.count() == 1


def test_the_rest_is_recorded_when_some_are_not_known(manager):
    letter = LetterFactory()
    came = record_returns(returns=back("L9999-00001", letter.reference), by=manager)
    assert came.unknown == ["L9999-00001"]
    assert len(came.recorded) == 1


def test_letters_never_posted_cannot_come_back(manager):
    letter = LetterFactory(
        home__run__status="produced",
        home__run__posted_on=None,
        home__run__posted_by=None,
    )
    came = record_returns(returns=back(letter.reference), by=manager)
    assert came.not_posted == [letter]
    assert not ReturnedLetter.objects.exists()


def test_none_comes_back_before_it_was_posted(manager):
    letter = LetterFactory()
    day = POSTED_ON - dt.timedelta(days=1)
    came = record_returns(returns=back(letter.reference, on=day), by=manager)
    assert [row for _, row in came.too_early] == [letter]
    assert not ReturnedLetter.objects.exists()
    assert record_returns(
        returns=back(letter.reference, on=POSTED_ON), by=manager
    ).recorded


def test_none_comes_back_tomorrow(manager):
    tomorrow = today() + dt.timedelta(days=1)
    with pytest.raises(ReturnRefused, match="after today"):
        record_returns(returns=back(LetterFactory().reference, on=tomorrow), by=manager)


def test_a_list_has_an_end(manager):
    with pytest.raises(ReturnRefused, match="5,000 letters at a time"):
        record_returns(returns=back("L1") * (MOST_RETURNS + 1), by=manager)


def test_letters_of_others_are_unknown(officer):
    letter = LetterFactory()
    came = record_returns(returns=back(letter.reference), by=officer.user)
    assert came.unknown == [letter.reference]


def test_recording_costs_the_same_for_any_number(
    manager, django_assert_num_queries, django_assert_max_num_queries
):
    few = back(*(LetterFactory().reference for _ in range(2)))
    many = back(*(LetterFactory().reference for _ in range(12)))
    record_returns(returns=back(LetterFactory().reference), by=manager)
    with django_assert_max_num_queries(12) as counted:
        record_returns(returns=few, by=manager)
    with django_assert_num_queries(len(counted)):
        record_returns(returns=many, by=manager)


def test_checking_says_who_when_and_what(manager):
    returned = ReturnedLetterFactory()
    check_return(
        returned=returned, outcome="write_again", note="Visited", version=1, by=manager
    )
    returned.refresh_from_db()
    assert (returned.outcome, returned.note) == ("write_again", "Visited")
    assert (returned.checked_on, returned.checked_by) == (today(), manager)
    event = AuditEvent.objects.get(verb="letter.checked after it came back")
    assert event.changes == {"outcome": ["", "write_again"]}


def test_checking_again_needs_the_newest_version(manager, leader):
    returned = ReturnedLetterFactory()
    check_return(
        returned=returned, outcome="write_again", note="", version=1, by=manager
    )
    with pytest.raises(ReturnChanged, match=str(manager)):
        check_return(
            returned=returned,
            outcome="nobody_there",
            note="",
            version=1,
            by=leader.user,
        )
    check_return(
        returned=returned, outcome="nobody_there", note="", version=2, by=leader.user
    )
    returned.refresh_from_db()
    assert returned.outcome == "nobody_there"
