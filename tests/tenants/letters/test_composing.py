"""Every home in scope becomes letters or a named exception, each once."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.jobs.models import JobStatus
from tenants.letters import rules
from tenants.letters.errors import TemplateRefused
from tenants.letters.selectors.recipients import draft_homes, prepare_mailing
from tenants.letters.services import runs, templates
from tenants.models import Household, LetterRun, TaraStreet
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory, WardFactory
from tests.factories.tenants import (
    CommunicationNeedsFactory,
    HouseholdMemberFactory,
    TaraFactory,
    TaraPatchFactory,
    TaraStreetFactory,
)

pytestmark = pytest.mark.django_db

DATED = dt.date(2026, 3, 3)


def _only(run: LetterRun):
    return run.letters.get()


def _reasons(run: LetterRun) -> dict[int, str]:
    return dict(run.homes.values_list("property", "reason"))


def test_each_home_gets_one_letter_with_its_officer(composed, street, patch, officer):
    run = composed(patch)
    assert run.status == "composed"
    assert (run.home_count, run.letter_count, run.exception_count) == (6, 6, 0)
    assert set(run.wards.all()) == {patch.ward}
    for letter in run.letters.all():
        assert letter.officer == officer
        assert letter.values["officer name"] == officer.name
        assert letter.values["date"] == "3 March 2026"
    rules.check_adds_up(run)


def test_letters_are_in_postcode_order(composed, add_home, patch):
    for postcode in ("ZK14 1AA", "ZK2 1AA", "ZK2 1AB", "ZK1 9ZZ"):
        add_home(patch, ("Ms", "Bea", "Jones"), postcode=postcode)
    run = composed(patch)
    lines = [letter.address_lines[-1] for letter in run.letters.order_by("sequence")]
    assert lines == ["ZK1 9ZZ", "ZK2 1AA", "ZK2 1AB", "ZK14 1AA"]


def test_joint_tenants_get_one_letter_with_both_names(composed, add_home, patch):
    add_home(patch, ("Mr", "Ali", "Khan"), ("Ms", "Bea", "Jones"))
    letter = _only(composed(patch))
    assert letter.addressee == "Mr A Khan and Ms B Jones"
    assert letter.salutation == "Dear Mr Khan and Ms Jones"
    assert letter.values["joint tenants"] == "yes"


def test_separate_tenancies_get_one_letter_each(composed, add_home, patch):
    home = add_home(patch, ("Mr", "Ali", "Khan"))
    add_home.tenancy(home.households.get(), ("Ms", "Bea", "Jones"))
    run = composed(patch)
    assert (run.home_count, run.letter_count, run.exception_count) == (1, 2, 0)
    assert {x.addressee for x in run.letters.all()} == {"Mr A Khan", "Ms B Jones"}


def test_a_household_without_names_is_the_occupier(composed, add_home, patch):
    add_home(patch)
    letter = _only(composed(patch))
    assert (letter.addressee, letter.salutation) == ("The Occupier", "Dear Occupier")


def test_tenants_known_without_a_tenancy_are_named(composed, add_home, patch):
    home = add_home(patch)
    household = home.households.get()
    HouseholdMemberFactory(household=household, role="occupier")
    HouseholdMemberFactory(
        household=household,
        person__title="Mx",
        person__first_name="Ro",
        person__last_name="Dale",
    )
    assert _only(composed(patch)).addressee == "Mx R Dale"


def test_correspondence_address_is_used(composed, add_home, patch):
    add_home(
        patch,
        ("Ms", "Bea", "Jones"),
        household={
            "correspondence_address": "c/o Dale and Sons, 2 Mill Lane, Otherton, zs12ab"
        },
    )
    lines = _only(composed(patch)).address_lines
    assert lines[0] == "Ms B Jones"
    assert lines[-2:] == ["OTHERTON", "ZS1 2AB"]


def test_long_joint_names_take_several_lines(composed, add_home, patch):
    add_home(
        patch,
        ("Ms", "Bea", "Featherstonehaugh-Cholmondeley"),
        ("Mr", "Ali", "Wolfeschlegelsteinhausen"),
    )
    lines = _only(composed(patch)).address_lines
    assert lines[:2] == [
        "Ms B Featherstonehaugh-Cholmondeley and",
        "Mr A Wolfeschlegelsteinhausen",
    ]


@pytest.mark.parametrize(
    ("home", "reason", "detail"),
    [
        ({"empty": True}, "void", ""),
        (
            {"household": {"do_not_write": True, "do_not_write_reason": "Asked"}},
            "do_not_write",
            "",
        ),
        ({"postcode": "ZK"}, "address", "no postcode"),
        ({"street": "S" * 60}, "address", "45 fit the window"),
    ],
)
def test_a_home_without_letter_is_a_named_exception(
    composed, add_home, patch, home, reason, detail
):
    add_home(patch, ("Ms", "Bea", "Jones"), **home)
    run = composed(patch)
    row = run.homes.get()
    assert (run.home_count, run.letter_count, run.exception_count) == (1, 0, 1)
    assert row.is_exception
    assert row.reason == reason
    assert detail in row.detail


def test_a_format_nobody_makes_is_an_exception(composed, add_home, patch):
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    CommunicationNeedsFactory(
        household=home.households.get(), letter_format="easy_read"
    )
    assert composed(patch).homes.get().reason == "other_format"


def test_large_print_is_printed(composed, add_home, patch):
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    CommunicationNeedsFactory(
        household=home.households.get(), letter_format="large_print"
    )
    assert _only(composed(patch)).letter_format == "large_print"


def test_a_character_no_font_shows_is_named_before_approval(composed, add_home, patch):
    add_home(patch, ("Ms", "Bea", "Smile\U0001f600"))
    row = composed(patch).homes.get()
    assert row.reason == "characters"
    assert "\U0001f600" in row.detail


def test_a_missing_value_is_named(composed, add_home, patch, officer):
    officer.job_title = ""
    officer.save()
    add_home(patch, ("Ms", "Bea", "Jones"))
    row = composed(patch).homes.get()
    assert row.reason == "missing_value"
    assert "officer job title" in row.detail


def test_homes_with_no_patch_and_no_answer_are_named(composed, add_home, ward):
    nobody = PatchFactory()
    unplaced = add_home(None, ("Ms", "Bea", "Jones"), ward=ward)
    unanswered = add_home(nobody, ("Ms", "Bea", "Jones"))
    run = composed(scope_kind="all", scope_ids=[])
    assert _reasons(run) == {unplaced.pk: "no_patch", unanswered.pk: "no_answer"}


def test_do_not_write_is_told_even_where_no_one_answers(composed, add_home, ward):
    add_home(
        None,
        ward=ward,
        household={"do_not_write": True, "do_not_write_reason": "Asked"},
    )
    run = composed(scope_kind="wards", scope_ids=[ward.pk])
    assert run.homes.get().reason == "do_not_write"


def test_the_ward_team_answers_a_patch_without_officer(
    composed, add_home, ward, team, leader, manager
):
    vacant = PatchFactory(ward=ward)
    add_home(vacant, ("Ms", "Bea", "Jones"))
    template = templates.create_template(
        name="Vacancy",
        purpose="vacancy",
        subject="((who answers)) answers",
        body="((team answers??The team answers.))((officer answers??No.))",
        by=manager,
    )
    letter = _only(composed(vacant, template_version=template.versions.get()))
    assert letter.officer is None
    assert letter.values["who answers"] == team.name
    assert letter.values["team leader name"] == leader.name


def test_cover_answers_while_it_runs(composed, street, patch, officer):
    cover = AssignmentFactory(
        patch=patch, kind="cover", starts_on=DATED, ends_on=dt.date(2026, 3, 20)
    ).officer
    letter = composed(patch).letters.first()
    assert letter.officer == cover
    assert letter.values["cover until"] == "20 March 2026"
    assert letter.values["officer away"] == officer.name


def test_officer_of_the_letters_date_answers(composed, street, patch, officer):
    later = dt.date(2026, 6, 1)
    lead = patch.assignments.get()
    lead.ends_on = dt.date(2026, 5, 31)
    lead.save()
    new = AssignmentFactory(patch=patch, starts_on=later).officer
    assert composed(patch).letters.first().officer == officer
    assert composed(patch, dated=later).letters.first().officer == new


def test_only_homes_whose_officer_changed_since(composed, street, patch, ward):
    other = PatchFactory(ward=ward)
    AssignmentFactory(patch=other)
    since = dt.date(2026, 2, 1)
    assert composed(patch, changed_since=since).home_count == 0
    lead = patch.assignments.get()
    lead.ends_on = dt.date(2026, 2, 20)
    lead.save()
    AssignmentFactory(patch=patch, starts_on=dt.date(2026, 2, 21))
    assert composed(patch, other, changed_since=since).home_count == 6


def test_scopes_choose_homes(composed, street, add_home, patch, ward, manager):
    elsewhere = PatchFactory(ward=WardFactory(area=ward.area))
    AssignmentFactory(patch=elsewhere)
    far = add_home(elsewhere, ("Ms", "Far", "Away"), street="Far Road")
    everywhere = {home.pk for home in street} | {far.pk}

    def homes(kind, *ids):
        run = composed(scope_kind=kind, scope_ids=list(ids), by=manager)
        return set(run.homes.values_list("property", flat=True))

    assert homes("wards", ward.pk) == everywhere - {far.pk}
    assert homes("area", ward.area_id) == everywhere
    assert homes("all") == everywhere
    tara = TaraFactory(ward=ward)
    TaraStreetFactory(tara=tara, ward=ward, street="Elm Road")
    assert homes("tara", tara.pk) == everywhere - {far.pk}
    TaraStreet.objects.all().delete()
    TaraPatchFactory(tara=tara, patch=elsewhere)
    assert homes("tara", tara.pk) == {far.pk}


def test_homes_no_longer_managed_are_not_in_scope(composed, street, patch):
    street[0].managed_to = dt.date(2026, 3, 2)
    street[0].save()
    assert composed(patch).home_count == 5


def test_pressing_twice_makes_one_run(new_run, patch):
    token = uuid.uuid4()
    assert new_run(patch, token=token) == new_run(patch, token=token)
    assert LetterRun.objects.count() == 1


def test_no_letter_is_addressed_to_a_name_of_which_nothing_is_seen(
    composed, add_home, patch
):
    add_home(patch, ("", "", "\u200b"))
    home = composed(patch).homes.get()
    assert home.reason == "missing_value"
    assert "addressee" in home.detail


def test_composing_again_takes_in_what_changed(composed, work, street, patch, leader):
    run = composed(patch)
    household = Household.objects.first()
    household.do_not_write, household.do_not_write_reason = True, "Asked"
    household.save()
    runs.recompose_run(run=run, by=leader.user)
    run = work.compose(run)
    assert (run.home_count, run.letter_count, run.exception_count) == (6, 5, 1)
    assert list(run.events.values_list("to_status", flat=True)) == [
        "composing",
        "composed",
        "composing",
        "composed",
    ]


def test_a_job_run_twice_composes_once(composed, work, street, patch):
    run = composed(patch)
    before = list(run.letters.values_list("pk", flat=True))
    work.compose(run)
    assert list(run.letters.values_list("pk", flat=True)) == before


def test_an_error_leaves_no_rows_and_says_so(new_run, work, street, patch, monkeypatch):
    run = new_run(patch)

    def broken(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("tenants.letters.services.composing._write_letters", broken)
    with pytest.raises(RuntimeError):
        work.compose(run)
    run.refresh_from_db()
    assert run.status == "failed"
    assert run.homes.count() == 0
    assert run.compose_job.status == JobStatus.FAILED


def test_an_archived_template_is_refused(new_run, template, patch, manager):
    templates.set_archived(template=template, is_archived=True, by=manager)
    template.refresh_from_db()
    with pytest.raises(TemplateRefused):
        new_run(patch, template_version=template.versions.get())


def test_a_thousand_homes_cost_the_queries_of_ten(add_home, patch, template):
    homes = [add_home(patch, ("Ms", "Bea", f"J{n}")).pk for n in range(12)]
    version = template.versions.get()
    mailing = prepare_mailing(subject=version.subject, body=version.body, dated=DATED)
    with CaptureQueriesContext(connection) as few:
        draft_homes(mailing, homes[:2])
    with CaptureQueriesContext(connection) as many:
        drafts = draft_homes(mailing, homes)
    assert len(drafts) == 12
    assert len(many) == len(few) <= 8
