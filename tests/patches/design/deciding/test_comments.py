"""What people say about a proposed plan, and what they are answered."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from patches.design.errors import DesignChanged, DesignRefused
from patches.design.selectors import comments as selectors
from patches.design.services import comments as services
from patches.design.services import deciding
from patches.models import DesignComment, DesignStatus, PatchDesign
from tests.factories.designs import DesignCommentFactory, make_drawn_design
from tests.factories.officers import UserFactory
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_drawn_design(status=DesignStatus.PROPOSED)


@pytest.fixture
def say(made, officer):
    def act(**changes):
        given = {
            "design": made.design,
            "text": "Elm Road belongs with the flats.",
            "token": uuid.uuid4(),
            "by": officer.user,
        }
        return services.add_comment(**given | changes)

    return act


def test_comments_are_on_the_whole_or_one_patch(say, made, officer):
    whole, part = say(), say(patch=made.drawn[0])
    assert (whole.patch, part.patch) == (None, made.drawn[0])
    assert whole.made_by == officer.user
    recorded = AuditEvent.objects.filter(verb="patch design.comment made")
    assert recorded.count() == 2
    # What was said is not copied into the audit.
    assert "Elm" not in str(recorded.values_list("summary", "changes"))


def test_comments_are_on_proposed_patches_only(say, made):
    with pytest.raises(DesignRefused, match="a patch of the proposed plan"):
        say(patch=made.as_now.patches.first())


def test_what_a_councillor_said_says_who(say):
    with pytest.raises(DesignRefused) as refused:
        say(comes_from="councillor", speaker=" ")
    assert refused.value.field == "speaker"
    comment = say(comes_from="councillor", speaker="Councillor for Beacon Hill")
    assert comment.speaker == "Councillor for Beacon Hill"
    assert say(comes_from="staff", speaker="Me").speaker == ""


@pytest.mark.parametrize("text", ["  ", "x" * 4_001])
def test_comments_say_something_short_enough(say, text):
    with pytest.raises(DesignRefused) as refused:
        say(text=text)
    assert refused.value.field == "text"


def test_a_double_click_comments_once(say):
    token = uuid.uuid4()
    assert say(token=token) == say(token=token)
    assert DesignComment.objects.count() == 1


def test_after_the_window_only_those_who_draw_write_down(say, made):
    PatchDesign.objects.filter(pk=made.design.pk).update(
        consult_from=today() - dt.timedelta(days=9),
        consult_until=today() - dt.timedelta(days=1),
    )
    with pytest.raises(DesignRefused, match="The consultation ended"):
        say()
    assert say(is_late=True)


def test_comments_end_with_the_decision(say, made, manager):
    deciding.approve_design(
        design=made.design,
        version=made.design.version,
        by=manager,
        why_early="Agreed",
    )
    with pytest.raises(DesignRefused, match="takes no comments now"):
        say(is_late=True)


def test_answers_count_and_are_recorded(say, made, manager):
    comment = say()
    assert selectors.count_unanswered(made.design) == 1

    answered = services.answer_comment(
        comment=comment, answer="It does now.", seen="", by=manager
    )

    assert (answered.answer, answered.answered_by) == ("It does now.", manager)
    assert selectors.count_unanswered(made.design) == 0
    assert AuditEvent.objects.get(verb="patch design.comment answered").by == manager


def test_two_people_answering_do_not_overwrite_each_other(say, manager):
    comment = say()
    first = UserFactory(first_name="Sam", last_name="Poole")
    services.answer_comment(comment=comment, answer="Yes.", seen="", by=first)
    with pytest.raises(DesignChanged, match="Sam Poole answered this on"):
        services.answer_comment(comment=comment, answer="No.", seen="", by=manager)
    services.answer_comment(comment=comment, answer="No.", seen="Yes.", by=manager)
    comment.refresh_from_db()
    assert (comment.answer, comment.answered_by) == ("No.", manager)
    with pytest.raises(DesignRefused, match="Enter the answer"):
        services.answer_comment(comment=comment, answer=" ", seen="No.", by=manager)


def test_plans_to_comment_on_are_those_open_to_the_person(made, leader, analyst):
    def plans(user, ahead=0, **scope):
        day = today() + dt.timedelta(days=ahead)
        return list(selectors.list_plans_to_comment_on(user, day, **scope))

    make_drawn_design()
    DesignCommentFactory(design=made.design)
    assert plans(leader.user) == [made.design]
    assert plans(leader.user, ward_ids=[made.ward.pk]) == [made.design]
    assert plans(leader.user, ward_ids=[WardFactory().pk]) == []
    assert plans(leader.user, ahead=21) == [made.design]
    assert plans(leader.user, ahead=22) == plans(leader.user, ahead=-1) == []
    assert plans(analyst) == []
