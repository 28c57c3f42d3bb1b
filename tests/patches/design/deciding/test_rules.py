"""Which moves a design may make, and what each needs."""

from __future__ import annotations

import datetime as dt

import pytest

from patches.design.errors import DesignRefused
from patches.design.rules import deciding as rules
from patches.models import DesignStatus, PatchDesign
from tests.factories.designs import make_drawn_design
from tests.factories.officers import UserFactory

DAY = dt.date(2026, 3, 3)
LEGAL = {
    ("draft", "proposed"),
    ("draft", "withdrawn"),
    ("proposed", "draft"),
    ("proposed", "approved"),
    ("proposed", "withdrawn"),
    ("approved", "draft"),
    ("approved", "scheduled"),
    ("approved", "withdrawn"),
    ("scheduled", "approved"),
}


def days(count: int) -> dt.date:
    return DAY + dt.timedelta(days=count)


def test_every_status_is_in_the_table_and_can_be_reached():
    assert set(rules.MOVES) == set(DesignStatus)
    reached = {to for allowed in rules.MOVES.values() for to in allowed}
    assert reached == set(DesignStatus)


@pytest.mark.parametrize("to", DesignStatus)
@pytest.mark.parametrize("status", DesignStatus)
def test_moves_are_those_of_the_table(status, to):
    design = PatchDesign(name="Spring", status=status)
    assert rules.can_move(design, to) is ((status, to) in LEGAL)
    if (status, to) in LEGAL:
        rules.check_can_move(design, to=to)
    else:
        with pytest.raises(DesignRefused, match="so it cannot become"):
            rules.check_can_move(design, to=to)


def test_a_published_design_is_cancelled_before_anything_else():
    design = PatchDesign(name="Spring", status="scheduled")
    with pytest.raises(DesignRefused, match="Cancel its publication first"):
        rules.check_can_move(design, to=DesignStatus.WITHDRAWN)


@pytest.mark.parametrize("status", [s for s in DesignStatus if s != "draft"])
def test_only_a_draft_changes(status):
    rules.check_is_draft(PatchDesign(status="draft"))
    with pytest.raises(DesignRefused, match="Send it back to draft first"):
        rules.check_is_draft(PatchDesign(status=status))


@pytest.mark.django_db
def test_what_is_chosen_is_drawn_and_not_as_now():
    made, other = make_drawn_design(), make_drawn_design()
    rules.check_can_be_chosen(made.design, made.alternative)
    with pytest.raises(DesignRefused, match="“As now” changes nothing"):
        rules.check_can_be_chosen(made.design, made.as_now)
    with pytest.raises(DesignRefused, match="own alternatives"):
        rules.check_can_be_chosen(made.design, other.alternative)
    made.design.drawn_at = None
    with pytest.raises(DesignRefused, match="not drawn yet"):
        rules.check_can_be_chosen(made.design, made.alternative)


@pytest.mark.django_db
def test_a_design_goes_on_only_with_a_chosen_alternative():
    made = make_drawn_design()
    with pytest.raises(DesignRefused, match="Choose the alternative"):
        rules.check_is_chosen(made.design)
    made.design.chosen = made.alternative
    assert rules.check_is_chosen(made.design) == made.alternative


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (days(0), days(0), None),
        (days(0), days(21), None),
        (days(0), days(182), None),
        (days(0), days(183), "consult_until"),
        (days(-1), days(21), "consult_from"),
        (days(5), days(4), "consult_until"),
    ],
)
def test_consultation_lasts_from_a_day_to_half_a_year(first, last, field):
    if field is None:
        rules.check_consultation(first, last, today=DAY)
        return
    with pytest.raises(DesignRefused) as refused:
        rules.check_consultation(first, last, today=DAY)
    assert refused.value.field == field


def test_a_reason_is_given_in_words():
    rules.check_note("Too many moves")
    with pytest.raises(DesignRefused) as refused:
        rules.check_note("  \n ", field="reason")
    assert refused.value.field == "reason"


@pytest.mark.django_db
@pytest.mark.parametrize("is_needed", [True, False])
def test_a_second_person_approves_where_the_setting_says_so(settings, is_needed):
    settings.DESIGNS_NEED_SECOND_PERSON = is_needed
    author, proposer, other = UserFactory.create_batch(3)
    design = PatchDesign(created_by=author)
    rules.check_second_person(design, proposed_by_id=proposer.pk, by=other)
    for person, what in ((author, "made"), (proposer, "proposed")):
        if not is_needed:
            rules.check_second_person(design, proposed_by_id=proposer.pk, by=person)
            continue
        with pytest.raises(DesignRefused, match=f"You {what} this design"):
            rules.check_second_person(design, proposed_by_id=proposer.pk, by=person)


def test_approval_waits_for_the_end_of_the_consultation_or_says_why_not():
    design = PatchDesign(consult_from=DAY, consult_until=days(21))
    rules.check_consultation_over(design, today=days(22), why_early="")
    rules.check_consultation_over(design, today=days(21), why_early="All have answered")
    with pytest.raises(DesignRefused, match="until 24 March 2026") as refused:
        rules.check_consultation_over(design, today=days(21), why_early=" ")
    assert refused.value.field == "why_early"


@pytest.mark.parametrize(
    ("ahead", "is_allowed"), [(-1, False), (0, False), (1, True), (732, True)]
)
def test_plans_start_tomorrow_or_later(ahead, is_allowed):
    if is_allowed:
        rules.check_start_date(days(ahead), today=DAY)
        return
    with pytest.raises(DesignRefused, match="tomorrow or later"):
        rules.check_start_date(days(ahead), today=DAY)


def test_plans_start_within_two_years():
    with pytest.raises(DesignRefused, match="within the next two years"):
        rules.check_start_date(days(733), today=DAY)


def test_plans_for_the_same_wards_are_published_in_order():
    earlier = PatchDesign(pk=1, name="Winter", starts_on=days(10))
    rules.check_no_later_design(days(11), others=[earlier])
    for other in (10, 9):
        with pytest.raises(DesignRefused, match="“Winter” is published for 13 March"):
            rules.check_no_later_design(days(other), others=[earlier])


def test_a_publication_is_cancelled_before_its_date_only():
    design = PatchDesign(name="Spring", status="scheduled", starts_on=days(1))
    rules.check_can_cancel(design, today=DAY)
    with pytest.raises(DesignRefused, match="has been in force since 4 March 2026"):
        rules.check_can_cancel(design, today=days(1))
    with pytest.raises(DesignRefused, match="cannot become approved"):
        rules.check_can_cancel(PatchDesign(status="draft"), today=DAY)


@pytest.mark.parametrize(
    ("ahead", "is_late", "is_allowed"),
    [
        (-1, False, False),
        (0, False, True),
        (21, False, True),
        (22, False, False),
        (22, True, True),
        (-1, True, False),
    ],
)
def test_people_comment_in_the_time_they_were_given(ahead, is_late, is_allowed):
    design = PatchDesign(status="proposed", consult_from=DAY, consult_until=days(21))
    assert rules.can_comment(design, today=days(ahead), is_late=is_late) is is_allowed


@pytest.mark.parametrize("status", [s for s in DesignStatus if s != "proposed"])
def test_comments_are_about_proposed_plans(status):
    design = PatchDesign(
        name="Spring", status=status, consult_from=DAY, consult_until=days(21)
    )
    with pytest.raises(DesignRefused, match="takes no comments now"):
        rules.check_can_comment(design, today=DAY, is_late=True)


def test_what_stands_in_the_way_is_named():
    rules.check_nothing_in_the_way([])
    with pytest.raises(DesignRefused, match=r"^One\. Two\. Three\. And 2 more\.$"):
        rules.check_nothing_in_the_way(["One.", "Two.", "Three.", "Four.", "Five."])
