"""A patch with an officer and homes, and runs taken as far as a test needs."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from types import SimpleNamespace

import pytest

from housingplus.jobs.services import run_job
from patches.models import Patch, Property
from tenants.letters.default_wording import INTRODUCTION
from tenants.letters.services import composing, packing, runs
from tenants.letters.services.composing import compose
from tenants.letters.services.production import produce
from tenants.letters.services.templates import create_template
from tenants.models import Household, LetterRun
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import (
    LandlordFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import (
    CommunicationNeedsFactory,
    HouseholdFactory,
    PersonFactory,
    TenancyFactory,
    TenancyPersonFactory,
)

DATED = dt.date(2026, 3, 3)


@pytest.fixture
def landlord():
    return LandlordFactory(name="Kestrelford City Council")


@pytest.fixture
def patch(ward, officer) -> Patch:
    """A patch of the ward led by `officer`."""
    patch = PatchFactory(ward=ward, code="KS-04", name="Harbour")
    AssignmentFactory(patch=patch, officer=officer)
    return patch


@pytest.fixture
def add_home(landlord):
    """Add a home to a patch, lived in by the people named unless told otherwise."""

    def add(patch: Patch | None, *names: tuple[str, str, str], **fields) -> Property:
        empty = fields.pop("empty", False)
        household = fields.pop("household", {})
        if patch is not None:
            fields.setdefault("ward", patch.ward)
        home = PropertyFactory(landlord=landlord, **fields)
        if patch is not None:
            PatchMembershipFactory(patch=patch, property=home)
        if not empty:
            lived_in = HouseholdFactory(property=home, **household)
            if names:
                add_tenancy(lived_in, *names)
        return home

    def add_tenancy(household: Household, *names: tuple[str, str, str]):
        tenancy = TenancyFactory(
            household=household, landlord=household.property.landlord
        )
        for order, (title, first, last) in enumerate(names):
            person = PersonFactory(title=title, first_name=first, last_name=last)
            TenancyPersonFactory(tenancy=tenancy, person=person, order=order)
        return tenancy

    add.tenancy = add_tenancy
    return add


@pytest.fixture
def add_copied(add_home, patch):
    """Add a home whose household's representative has copies."""

    def add(*names, household=None, **needs):
        home = add_home(
            patch,
            *(names or [("Mr", "Ali", "Khan")]),
            household=household or {},
            building="12",
            street="Elm Road",
            postcode="ZK1 1AA",
        )
        defaults = {
            "representative_name": "Ms Ida Boyle",
            "representative_address": "Harbour Advocacy, 9 Mill Lane, Otherton, zs12ab",
            "copy_to_representative": True,
        }
        CommunicationNeedsFactory(
            household=home.households.get(), **{**defaults, **needs}
        )
        return home

    return add


@pytest.fixture
def template(db):
    return create_template(
        name=INTRODUCTION.name,
        purpose=INTRODUCTION.purpose,
        subject=INTRODUCTION.subject,
        body=INTRODUCTION.body,
        by=None,
    )


@pytest.fixture
def new_run(template, leader):
    """Make a run of the patches given, not yet composed."""

    def make(*patches: Patch, **fields) -> LetterRun:
        fields.setdefault("template_version", template.versions.latest("number"))
        fields.setdefault("scope_kind", "patches")
        fields.setdefault("scope_ids", [patch.pk for patch in patches])
        fields.setdefault("dated", DATED)
        fields.setdefault("token", uuid.uuid4())
        fields.setdefault("by", leader.user)
        return runs.create_run(title="Introductions", **fields)

    return make


@pytest.fixture
def work():
    """Do the background work of a run now, as a worker would."""

    def compose_now(run: LetterRun) -> LetterRun:
        run.refresh_from_db()
        run_job(run.compose_job_id, partial(compose, run.pk))
        run.refresh_from_db()
        return run

    def produce_now(run: LetterRun) -> LetterRun:
        run.refresh_from_db()
        run_job(run.produce_job_id, partial(produce, run.pk))
        run.refresh_from_db()
        return run

    return SimpleNamespace(compose=compose_now, produce=produce_now)


@pytest.fixture
def composed(new_run, work):
    """Make a run of the patches given and compose it."""

    def make(*patches: Patch, **fields) -> LetterRun:
        return work.compose(new_run(*patches, **fields))

    return make


@pytest.fixture
def produced(composed, work, leader):
    """Take a run of the patches given to its pack."""

    def make(*patches: Patch, **fields) -> LetterRun:
        run = composed(*patches, **fields)
        runs.approve_run(run=run, by=leader.user)
        runs.produce_run(run=run, by=leader.user)
        return work.produce(run)

    return make


@pytest.fixture
def street(add_home, patch):
    """Six homes of the patch with one tenant each."""
    return [
        add_home(patch, ("Ms", "Bea", f"Tenant{number}"), postcode=f"ZK{number} 1AA")
        for number in range(1, 7)
    ]


@pytest.fixture
def by_workers(monkeypatch, composed, add_home, patch, leader):
    """An approved run of small chunks and packs, for workers of their own."""
    # It reads test modules, which read this one.
    from tests.tenants.letters import crew

    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)
    monkeypatch.setattr(packing, "PAGES_IN_A_PACK", 10)
    monkeypatch.setattr(runs, "_enqueue_produce", lambda run, job: None)
    monkeypatch.setattr(runs, "_enqueue_compose", lambda run, job: None)
    for number in range(crew.LETTERS):
        add_home(patch, ("Ms", "Bea", f"Tenant{number}"), postcode=f"ZK{number} 1AA")

    def make(*, producing: bool = True) -> LetterRun:
        run = composed(patch, is_double_sided=False)
        run = runs.approve_run(run=run, by=leader.user)
        return runs.produce_run(run=run, by=leader.user) if producing else run

    yield make
    crew.end_all()
