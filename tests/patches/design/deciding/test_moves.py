"""Choosing, proposing, sending back, approving, withdrawing: each recorded, once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from patches.design.errors import DesignChanged, DesignRefused
from patches.design.services import deciding as services
from patches.models import DesignStatus, PatchDesign
from tests.factories.designs import make_drawn_design
from tests.factories.officers import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_drawn_design()


@pytest.fixture
def propose(made, manager):
    """Propose the design of `made` for three weeks from today."""

    def act(**changes):
        given = {
            "design": made.design,
            "alternative": made.alternative,
            "consult_from": today(),
            "consult_until": today() + dt.timedelta(days=21),
            "version": made.design.version,
            "by": manager,
        }
        return services.propose_design(**given | changes)

    return act


def moves_of(design: PatchDesign) -> list[tuple[str, str]]:
    return list(design.events.values_list("from_status", "to_status"))


def test_choosing_is_recorded_and_may_change_while_a_draft(made, manager):
    chosen = services.choose_alternative(
        design=made.design, alternative=made.alternative, version=1, by=manager
    )

    assert (chosen.chosen, chosen.version) == (made.alternative, 2)
    event = AuditEvent.objects.get(verb="patch design.chosen")
    assert event.changes == {"chosen": [None, made.alternative.pk]}
    again = services.choose_alternative(
        design=made.design, alternative=made.alternative, version=1, by=manager
    )
    assert again.version == 2


def test_choosing_refuses_what_is_not_a_draft(propose, made, manager):
    proposed = propose()
    copy = made.design.alternatives.get(pk=made.alternative.pk)
    copy.pk, copy.number = None, 9
    copy.save()
    with pytest.raises(DesignRefused, match="Send it back to draft first"):
        services.choose_alternative(
            design=proposed, alternative=copy, version=proposed.version, by=manager
        )


def test_proposing_shows_it_to_everybody_and_says_until_when(
    propose, made, officer, manager
):
    assert not PatchDesign.objects.visible_to(officer.user).exists()

    design = propose(note="Two alternatives were close.")

    assert (design.status, design.chosen) == ("proposed", made.alternative)
    assert PatchDesign.objects.visible_to(officer.user).get() == design
    event = design.events.get()
    assert (event.from_status, event.to_status, event.by) == (
        "draft",
        "proposed",
        manager,
    )
    assert event.note.endswith("Two alternatives were close.")
    recorded = AuditEvent.objects.get(verb="patch design.proposed")
    assert (recorded.subject, recorded.by) == (design, manager)
    assert recorded.changes == {"status": ["draft", "proposed"]}


def test_proposing_refuses_as_now_and_past_windows(propose, made):
    with pytest.raises(DesignRefused, match="As now"):
        propose(alternative=made.as_now)
    with pytest.raises(DesignRefused, match="today or later"):
        propose(consult_from=today() - dt.timedelta(days=1))
    made.design.refresh_from_db()
    assert (made.design.status, made.design.chosen) == ("draft", None)


def test_a_double_click_proposes_once(propose):
    first = propose()
    assert propose().version == first.version
    assert first.events.count() == 1


def test_the_second_of_two_people_is_told_who_did_what(propose, made):
    somebody = UserFactory(first_name="Sam", last_name="Poole")
    with time_machine.travel(dt.datetime(2026, 3, 3, 14, 5, tzinfo=dt.UTC), tick=False):
        propose(by=somebody)
        with pytest.raises(DesignChanged) as lost:
            propose()
    assert lost.value.message.startswith(
        "Sam Poole proposed this design on 3 March 2026 at 14:05."
    )


def test_sending_back_says_why_and_what_people_said_stays(propose, manager):
    design = propose()

    back = services.send_back(
        design=design, note="Keep Elm Road whole", version=design.version, by=manager
    )

    assert (back.status, back.approved_by) == ("draft", None)
    assert back.events.last().note == "Keep Elm Road whole"
    assert back.consult_until is not None
    again = make_drawn_design(status=DesignStatus.PROPOSED).design
    with pytest.raises(DesignRefused, match="Say why"):
        services.send_back(design=again, note=" ", version=again.version, by=manager)


def test_approval_may_be_taken_back(manager):
    design = make_drawn_design(status=DesignStatus.APPROVED).design
    back = services.send_back(
        design=design, note="Wrong map", version=design.version, by=manager
    )
    assert (back.status, back.approved_at, back.approved_by) == ("draft", None, None)


def test_approving_records_who_and_why_early(propose, manager):
    design = propose()
    with pytest.raises(DesignRefused, match="People may comment until"):
        services.approve_design(design=design, version=design.version, by=manager)

    approved = services.approve_design(
        design=design, version=design.version, by=manager, why_early="Nobody objects"
    )

    assert (approved.status, approved.approved_by) == ("approved", manager)
    assert approved.events.last().note == (
        "Before the end of the consultation: Nobody objects"
    )


def test_approval_by_the_proposer_needs_no_other_unless_the_setting_says_so(
    propose, manager, settings
):
    settings.DESIGNS_NEED_SECOND_PERSON = True
    design = propose()
    with pytest.raises(DesignRefused, match="somebody else must approve it"):
        services.approve_design(
            design=design, version=design.version, by=manager, why_early="Agreed"
        )
    other = UserFactory()
    approved = services.approve_design(
        design=design, version=design.version, by=other, why_early="Agreed"
    )
    assert approved.approved_by == other


@pytest.mark.parametrize("status", ["draft", "proposed", "approved"])
def test_withdrawing_is_for_good(status, manager):
    design = make_drawn_design(status=DesignStatus(status)).design
    gone = services.withdraw_design(
        design=design, reason="Overtaken", version=design.version, by=manager
    )
    assert gone.status == "withdrawn"
    assert gone.events.last().note == "Overtaken"
    with pytest.raises(DesignRefused):
        services.send_back(design=gone, note="No", version=gone.version, by=manager)


def test_a_withdrawn_design_is_seen_by_others_only_once_proposed(manager, officer):
    for status in (DesignStatus.DRAFT, DesignStatus.PROPOSED):
        design = make_drawn_design(status=status).design
        services.withdraw_design(
            design=design, reason="Overtaken", version=design.version, by=manager
        )
        seen = PatchDesign.objects.visible_to(officer.user).filter(pk=design.pk)
        assert seen.exists() is (status == DesignStatus.PROPOSED)


def test_every_move_leaves_an_event(propose, manager):
    design = propose()
    design = services.approve_design(
        design=design, version=design.version, by=manager, why_early="Agreed"
    )
    design = services.send_back(
        design=design, note="Wrong map", version=design.version, by=manager
    )
    design = services.withdraw_design(
        design=design, reason="Overtaken", version=design.version, by=manager
    )
    assert moves_of(design) == [
        ("draft", "proposed"),
        ("proposed", "approved"),
        ("approved", "draft"),
        ("draft", "withdrawn"),
    ]
    assert AuditEvent.objects.filter(verb__startswith="patch design.").count() == 5
