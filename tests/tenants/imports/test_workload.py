"""The pages of an import of work: it holds its own dates, so none is asked for."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from housingplus.imports.models import ImportBatch, ImportStatus
from patches.design.importing.columns import COLUMNS
from patches.models import WorkRecord
from tests.factories.designs import WorkTypeFactory
from tests.factories.patches import PropertyFactory
from tests.patches.design.importing.conftest import work
from tests.tenants.imports.conftest import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, manager):
    return client_for(manager)


def test_from_upload_to_records(client, django_capture_on_commit_callbacks):
    PropertyFactory(reference="K1")
    WorkTypeFactory(name="Visit")
    client.post(
        reverse("imports:upload"),
        {
            "kind": "workload",
            "file": SimpleUploadedFile("work.csv", as_csv([work()])),
            "token": uuid.uuid4(),
        },
    )
    batch = ImportBatch.objects.get()
    columns = reverse("imports:columns", args=[batch.pk])
    form = client.get(columns).context["form"]
    assert "starts_on" not in form.fields
    chosen = {field.name: field.value() for field in form if field.value()}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(columns, chosen)
    confirm = reverse("imports:confirm", args=[batch.pk])
    page = client.get(confirm)
    assert "1 counts of work will be added." in page.content.decode()
    digest = page.context["form"]["digest"].value()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(confirm, {"digest": digest})

    batch.refresh_from_db()
    assert batch.status == ImportStatus.DONE
    assert WorkRecord.objects.get().count == 2
    assert "The list is in." in client.get(batch.get_absolute_url()).content.decode()


def test_the_template_and_the_help_name_every_column(client, tmp_path):
    answer = client.get(reverse("imports:template", args=["workload", "xlsx"]))
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"".join(answer))
    names = [column.name for column in COLUMNS]

    first_row = next(load_workbook(path)["List"].iter_rows(values_only=True))
    assert list(first_row) == names
    help_page = client.get(reverse("imports:help")).content.decode()
    assert all(name in help_page for name in names)
