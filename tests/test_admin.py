"""Django admin: every table, for administrators only, at a fixed cost."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.db import connection
from django.db.models import ForeignKey, Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.audit import services as audit
from housingplus.audit.models import AuditEvent
from housingplus.common.admin import NoDeleteAdmin, ReferenceAdmin
from housingplus.common.admin_site import OWN_APPS
from housingplus.imports.models import ImportBatch, ImportRow
from housingplus.jobs.models import Job
from officers.accounts.models import User
from officers.accounts.roles import Role
from patches.models import Block, MovedHome, Ward
from tenants.models import (
    Letter,
    LetterChunk,
    LetterPack,
    LetterRun,
    LetterRunEvent,
    LetterRunHome,
)
from tests.factories import designs, letters, officers, patches, tenants

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]


def new_run() -> LetterRun:
    return LetterRun.objects.create(
        template_version=tenants.LetterTemplateVersionFactory(),
        title="Introductions",
        dated=dt.date(2026, 3, 3),
        scope_kind="all",
        token=uuid.uuid4(),
        created_by=officers.UserFactory(),
    )


def new_run_home() -> LetterRunHome:
    return LetterRunHome.objects.create(
        run=new_run(),
        property=patches.PropertyFactory(),
        patch=patches.PatchFactory(),
    )


def new_pack(run: LetterRun | None = None) -> LetterPack:
    return LetterPack.objects.create(
        run=run or new_run(), number=1, first_sequence=1, last_sequence=1
    )


def new_chunk(run: LetterRun | None = None) -> LetterChunk:
    pack = new_pack(run)
    return LetterChunk.objects.create(run=pack.run, number=1, pack=pack)


def new_letter() -> Letter:
    home, household = new_run_home(), tenants.HouseholdFactory()
    return Letter.objects.create(
        run=home.run,
        home=home,
        household=household,
        patch=home.patch,
        officer=officers.OfficerFactory(),
        landlord=household.property.landlord,
        reference=f"L-{home.pk}",
        sequence=1,
        addressee="The Occupier",
        salutation="Dear Occupier",
        address_lines=["1 Elm Road", "ZK1 1AA"],
        values={},
        chunk=new_chunk(home.run),
    )


def new_batch() -> ImportBatch:
    return ImportBatch.objects.create(
        kind="properties",
        file_name="homes.csv",
        sha256="0" * 64,
        token=uuid.uuid4(),
        uploaded_by=officers.UserFactory(),
    )


MAKERS: dict[str, Callable[[], Model]] = {
    "AuditEvent": lambda: audit.record(
        "test", subject=patches.WardFactory(), by=officers.UserFactory()
    ),
    "ImportBatch": new_batch,
    "ImportRow": lambda: ImportRow.objects.create(
        batch=new_batch(), number=2, outcome="new"
    ),
    "Job": lambda: Job.objects.create(kind="test", created_by=officers.UserFactory()),
    "Letter": new_letter,
    "LetterChunk": new_chunk,
    "LetterPack": new_pack,
    "LetterRun": new_run,
    "LetterRunEvent": lambda: LetterRunEvent.objects.create(
        run=new_run(), by=officers.UserFactory(), to_status="composed"
    ),
    "LetterRunHome": new_run_home,
    "MovedHome": lambda: MovedHome.objects.create(
        move=patches.PatchMoveFactory(),
        property=patches.PropertyFactory(),
        from_patch=patches.PatchFactory(),
    ),
    "TeamMembership": officers.TeamMembershipFactory,
    "WardTeam": officers.WardTeamFactory,
}


def make(model: type[Model]) -> Model:
    maker = MAKERS.get(model.__name__)
    if maker is None:
        name = f"{model.__name__}Factory"
        maker = next(
            getattr(module, name)
            for module in (patches, officers, tenants, letters, designs)
            if hasattr(module, name)
        )
    return maker()


def changelist(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change_page(row: Model) -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def add_page(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


@pytest.fixture
def client_of_administrator(client_for, administrator):
    return client_for(administrator)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_is_there_and_loses_nothing(model):
    model_admin = admin.site._registry[model]
    assert isinstance(model_admin, NoDeleteAdmin)
    assert model_admin.search_fields


def test_other_packages_tables_are_left_out():
    assert {model._meta.app_label for model in admin.site._registry} <= OWN_APPS


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_editable_foreign_keys_are_searched_for(model):
    model_admin = admin.site._registry[model]
    if not isinstance(model_admin, ReferenceAdmin):
        return
    keys = {f.name for f in model._meta.fields if isinstance(f, ForeignKey)}
    assert keys == set(model_admin.autocomplete_fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_list_search_and_record_open(client_of_administrator, model):
    row = make(model)
    listed = client_of_administrator.get(changelist(model))
    assert listed.status_code == 200
    found = client_of_administrator.get(changelist(model), {"q": "elm 12"})
    assert found.status_code == 200
    assert client_of_administrator.get(change_page(row)).status_code == 200
    delete = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_delete",
        args=[row.pk],
    )
    assert client_of_administrator.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_list_queries_do_not_grow(client_of_administrator, model):
    for _ in range(2):
        make(model)
    client_of_administrator.get(changelist(model))
    with CaptureQueriesContext(connection) as few:
        client_of_administrator.get(changelist(model))
    for _ in range(10):
        make(model)
    with CaptureQueriesContext(connection) as many:
        client_of_administrator.get(changelist(model))
    assert len(many) == len(few), [query["sql"] for query in many]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_services_write_is_only_looked_at(client_of_administrator, model):
    if isinstance(admin.site._registry[model], ReferenceAdmin) or model is User:
        return
    row = make(model)
    assert client_of_administrator.get(add_page(model)).status_code == 403
    assert client_of_administrator.post(change_page(row), {}).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != "administrator"])
def test_nobody_else_gets_in(client_for, role):
    client = client_for(officers.UserFactory(role=role))
    # The index sends to a sign-in that refuses a person already signed in.
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    for model in (User, Ward, AuditEvent):
        assert client.get(changelist(model), follow=True).status_code == 403


def test_signed_out_person_goes_to_the_one_sign_in_page(client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_reference_data_is_changed_and_recorded(client_of_administrator, administrator):
    block = patches.BlockFactory(name="Kestrel House")
    response = client_of_administrator.post(
        change_page(block),
        {
            "name": "Kestrel Court",
            "address": "",
            "kind": block.kind,
            "ward": block.ward.pk,
            "parent_uprn": "",
        },
    )
    assert response.status_code == 302
    block.refresh_from_db()
    assert block.name == "Kestrel Court"
    event = AuditEvent.objects.get()
    assert (event.verb, event.by, event.subject) == (
        "block.changed",
        administrator,
        block,
    )
    assert event.changes == {"name": ["Kestrel House", "Kestrel Court"]}


def test_ward_is_made_and_recorded(client_of_administrator):
    client_of_administrator.post(
        add_page(Ward), {"name": "Harbour", "code": "E05000001", "boundary": "null"}
    )
    assert Ward.objects.get().name == "Harbour"
    assert AuditEvent.objects.get().verb == "ward.created"


def account(**changed: Any) -> dict[str, Any]:
    return {
        "email": "Robin.Marsh@kestrelford.example",
        "first_name": "Robin",
        "last_name": "Marsh",
        "role": Role.ANALYST.value,
        "is_active": "on",
        **changed,
    }


def test_new_account_gets_a_link_to_choose_a_password(client_of_administrator):
    response = client_of_administrator.post(add_page(User), account())
    assert response.status_code == 302
    made = User.objects.get(email="robin.marsh@kestrelford.example")
    assert made.role == Role.ANALYST
    assert not made.has_usable_password()
    assert mail.outbox[0].to == [made.email]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
    assert AuditEvent.objects.get().verb == "account.created"


def test_address_of_another_account_is_refused(client_of_administrator):
    officers.UserFactory(email="robin.marsh@kestrelford.example")
    response = client_of_administrator.post(add_page(User), account())
    assert "Another account has this e-mail address." in response.content.decode()


def test_role_is_changed_and_recorded(client_of_administrator):
    person = officers.UserFactory(role=Role.ANALYST)
    client_of_administrator.post(
        change_page(person), account(role=Role.ADMINISTRATOR.value)
    )
    person.refresh_from_db()
    assert (person.role, person.is_staff) == (Role.ADMINISTRATOR, True)
    assert person.email == "robin.marsh@kestrelford.example"
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {
        "account.details_changed",
        "account.role_changed",
    }


def test_account_is_disabled(client_of_administrator):
    person = officers.UserFactory(role=Role.ANALYST)
    client_of_administrator.post(change_page(person), account(is_active=""))
    person.refresh_from_db()
    assert not person.is_active
    assert AuditEvent.objects.filter(verb="account.disabled").exists()


def test_old_address_signs_nobody_in_any_more(client_of_administrator):
    person = officers.UserFactory(role=Role.ANALYST)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    client_of_administrator.post(change_page(person), account())
    assert not EmailAddress.objects.exists()


def test_own_role_cannot_be_changed(client_of_administrator, administrator):
    client_of_administrator.post(
        change_page(administrator), account(role=Role.ANALYST.value, is_active="")
    )
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == (Role.ADMINISTRATOR, True)


def test_lost_second_factors_are_removed(client_of_administrator):
    person = officers.UserFactory()
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    client_of_administrator.post(
        changelist(User),
        {"action": "remove_second_factors", "_selected_action": [person.pk]},
    )
    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.get().verb == "account.second_factors_removed"


def test_accounts_without_a_member_of_staff_are_found(client_of_administrator):
    lonely = officers.UserFactory(role=Role.PATCH_OFFICER)
    linked = officers.OfficerFactory(user=officers.UserFactory()).user
    page = client_of_administrator.get(changelist(User), {"staff": "none"})
    assert list(page.context["cl"].result_list) == [lonely]
    page = client_of_administrator.get(changelist(User), {"staff": "linked"})
    assert list(page.context["cl"].result_list) == [linked]


def test_blocks_ward_is_searched_for_by_name(client_of_administrator):
    ward = patches.WardFactory(name="Harbour")
    field = Block._meta.get_field("ward")
    found = client_of_administrator.get(
        reverse("admin:autocomplete"),
        {
            "term": "harb",
            "app_label": "patches",
            "model_name": "block",
            "field_name": field.name,
        },
    )
    assert [row["id"] for row in found.json()["results"]] == [str(ward.pk)]
