"""What a review is decided on, read from places, officers and associations."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.common.dates import long_date, today
from officers.designs.evidence import officers_since
from patches.design.models import DesignStatus
from patches.design.months import months_before
from patches.design.selectors.evidence import months_of
from patches.design.views.evidence import gather_evidence
from tenants.taras.contacts import count_contacts
from tests.factories.designs import (
    DesignCommentFactory,
    DesignMoveFactory,
    DesignReviewFactory,
    WorkRecordFactory,
    make_drawn_design,
)
from tests.factories.officers import AssignmentFactory, OfficerFactory, WardTeamFactory
from tests.factories.patches import MovedHomeFactory, PatchFactory, PatchMoveFactory
from tests.factories.tenants import TaraContactFactory, TaraFactory

pytestmark = pytest.mark.django_db
FIRST = dt.date(2025, 4, 1)
LAST = dt.date(2026, 3, 31)


def on(days: int) -> dt.date:
    return FIRST + dt.timedelta(days=days)


@pytest.fixture
def year_old():
    """A design that came into force eleven months ago, with its review."""
    made = make_drawn_design(
        homes=6,
        status=DesignStatus.SCHEDULED,
        starts_on=today() - dt.timedelta(days=340),
    )
    DesignReviewFactory(design=made.design, due_on=today() + dt.timedelta(days=25))
    return made


def sample(patch, **fields):
    return AssignmentFactory(patch=patch, starts_on=FIRST, **fields)


def test_changes_of_officer_since_the_first_day():
    patch = PatchFactory()
    before = sample(patch, ends_on=on(99)).officer
    after = AssignmentFactory(
        patch=patch, starts_on=on(100), reason="New in post"
    ).officer
    assert officers_since([patch], FIRST, LAST)["changes"] == [
        {
            "on": long_date(on(100)),
            "patch": patch.code,
            "before": before.name,
            "after": after.name,
            "reason": "New in post",
        }
    ]


def test_what_came_with_the_design_is_no_change():
    patch = PatchFactory()
    AssignmentFactory(patch=patch, ends_on=on(-1))
    sample(patch)
    assert officers_since([patch], FIRST, LAST) == {
        "changes": [],
        "vacancies": [],
        "covers": [],
    }


def test_the_same_officer_again_is_no_change():
    patch, officer = PatchFactory(), OfficerFactory()
    sample(patch, officer=officer, ends_on=on(99))
    AssignmentFactory(patch=patch, officer=officer, starts_on=on(100))
    assert officers_since([patch], FIRST, LAST)["changes"] == []


def test_days_nobody_answered_for_a_patch():
    patch = PatchFactory()
    sample(patch, ends_on=on(9))
    AssignmentFactory(
        patch=patch,
        officer=None,
        team=WardTeamFactory(),
        starts_on=on(10),
        ends_on=on(29),
    )
    AssignmentFactory(patch=patch, kind="cover", starts_on=on(5), ends_on=on(14))
    AssignmentFactory(patch=patch, starts_on=on(30))
    found = officers_since([patch], FIRST, LAST)
    assert found["vacancies"] == [{"patch": patch.code, "days": 15}]
    assert found["covers"] == [{"patch": patch.code, "times": 1, "days": 10}]


def test_a_patch_nobody_ever_answered_for():
    patch = PatchFactory(starts_on=on(300))
    found = officers_since([patch], FIRST, LAST)
    assert found["vacancies"] == [{"patch": patch.code, "days": 65}]


def test_contacts_are_counted_by_kind_and_nothing_said_is_shown():
    tara = TaraFactory()
    for day in (on(-1), on(0), on(20)):
        TaraContactFactory(tara=tara, on=day, kind="visit", note="Private")
    TaraContactFactory(tara=tara, on=on(10), kind="call")
    TaraFactory(ward=tara.ward, closed_on=on(-1))
    TaraFactory()
    (row,) = count_contacts([tara.ward_id], FIRST, LAST)
    assert row["total"] == 3
    assert row["kinds"]["Visit"] == 2
    assert row["last_on"] == long_date(on(20))
    assert "Private" not in json.dumps(row)


def test_months_of_a_design_are_whole_ones_up_to_the_last(year_old):
    months = months_of(year_old.design, today())
    assert months[-1] == months_before(today(), 1)[0]
    assert months[0].first <= year_old.design.starts_on <= months[0].last
    assert months_of(year_old.design, year_old.design.starts_on) == []


def test_evidence_holds_everything(year_old):
    design, patch = year_old.design, year_old.present[0]
    months = months_before(today())
    for home in year_old.homes:
        WorkRecordFactory(
            property=home,
            work_type=year_old.work_type,
            count=8,
            starts_on=months[0].first,
            ends_on=months[-1].last,
        )
    TaraFactory(ward=year_old.ward, name="Elm residents")
    DesignCommentFactory(design=design, patch=year_old.drawn[0], text="Keep Elm Road")
    later = PatchMoveFactory(to_patch=patch, starts_on=today(), home_count=3)
    MovedHomeFactory(move=later)
    DesignMoveFactory(
        design=design,
        move=PatchMoveFactory(
            to_patch=patch, starts_on=design.starts_on, home_count=99
        ),
    )
    sample(patch)
    evidence = gather_evidence(design.review, today())
    assert json.loads(json.dumps(evidence)) == evidence
    assert dict(evidence["facts"])["Homes on its first day"] == "12"
    assert dict(evidence["facts"])["Homes that changed patch then"] == "2"
    assert [row["homes_now"] for row in evidence["sizes"]] == [4, 8]
    assert evidence["work"]["kinds"][0]["verdict"] == "More than expected"
    assert evidence["work"]["findings"]
    assert [row["code"] for row in evidence["work"]["patches"]] == [
        row.code for row in year_old.present
    ]
    assert evidence["moves"]["homes"] == 3
    assert evidence["comments"][0]["text"] == "Keep Elm Road"
    issues = "\n".join(evidence["issues"])
    assert "No contact with Elm residents is recorded." in issues
    assert "1 comment had no answer." in issues
    assert f"{year_old.present[1].code} had no officer on 341 days." in issues


def test_a_young_design_has_no_work_yet():
    made = make_drawn_design(status=DesignStatus.SCHEDULED, starts_on=today())
    DesignReviewFactory(design=made.design)
    evidence = gather_evidence(made.design.review, today())
    assert evidence["work"]["months"] == ""
    assert evidence["work"]["kinds"] == []


def test_queries_do_not_grow():
    def gathered(patches):
        made = make_drawn_design(
            patches=patches,
            status=DesignStatus.SCHEDULED,
            starts_on=today() - dt.timedelta(days=340),
        )
        DesignReviewFactory(design=made.design)
        for patch in made.present:
            sample(patch)
            TaraFactory(ward=made.ward)
            DesignCommentFactory(design=made.design)
            PatchMoveFactory(to_patch=patch, starts_on=today(), home_count=1)
        WorkRecordFactory(property=made.homes[0], work_type=made.work_type)
        with CaptureQueriesContext(connection) as queries:
            gather_evidence(made.design.review, today())
        return len(queries)

    gathered(2)
    assert gathered(2) == gathered(9)
