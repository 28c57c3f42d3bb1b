"""The pages of an import."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from housingplus.imports.models import ImportBatch, ImportStatus
from housingplus.jobs.models import Job, JobStatus
from patches.models import Property
from tests.tenants.imports.conftest import as_csv, homes

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, manager):
    return client_for(manager)


def send(client, content: bytes, name: str = "homes.csv", **values):
    form = {
        "kind": "properties",
        "file": SimpleUploadedFile(name, content),
        "token": uuid.uuid4(),
        **values,
    }
    return client.post(reverse("imports:upload"), form)


def columns_form(client, batch) -> dict[str, str]:
    """What the columns page offers, as a browser would send it."""
    form = client.get(reverse("imports:columns", args=[batch.pk])).context["form"]
    values = {}
    for field in form:
        value = field.value()
        if field.name == "starts_on":
            for part in ("day", "month", "year"):
                values[f"starts_on_{part}"] = getattr(value, part)
        elif value not in (None, False, ""):
            values[field.name] = value
    return values


def check(client, rows, django_capture_on_commit_callbacks, **choices) -> ImportBatch:
    send(client, as_csv(rows))
    batch = ImportBatch.objects.latest("pk")
    form = {**columns_form(client, batch), **choices}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("imports:columns", args=[batch.pk]), form)
    assert answer.status_code == 302
    batch.refresh_from_db()
    return batch


CREATE = {"create_landlords": "on", "create_wards": "on", "create_patches": "on"}


def test_the_whole_way(client, django_capture_on_commit_callbacks):
    batch = check(client, homes(3), django_capture_on_commit_callbacks, **CREATE)
    assert batch.status == ImportStatus.CHECKED
    page = client.get(batch.get_absolute_url())
    assert b"Continue to confirm" in page.content
    confirm_url = reverse("imports:confirm", args=[batch.pk])
    form = client.get(confirm_url).context["form"]
    day = form["starts_on"].value()
    answer = {
        "starts_on_day": day.day,
        "starts_on_month": day.month,
        "starts_on_year": day.year,
        "digest": form["digest"].value(),
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(confirm_url, answer).status_code == 302
    batch.refresh_from_db()
    assert batch.status == ImportStatus.DONE
    assert Property.objects.count() == 3
    assert not batch.file
    assert b"The list is in" in client.get(batch.get_absolute_url()).content
    again = check(client, homes(3), django_capture_on_commit_callbacks, **CREATE)
    assert b"No changes" in client.get(again.get_absolute_url()).content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"UPRN,Reference\n1,\0\n", "NUL characters"),
        (b"UPRN,Reference\n", "no rows below"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"x" * 300_000, "longer than"),
    ],
)
def test_a_file_that_is_no_list_is_refused_on_the_form(client, content, words):
    page = send(client, content)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "govuk-error-summary" in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_an_empty_form_says_what_is_missing(client):
    page = client.post(reverse("imports:upload"), {}).content.decode()
    assert "govuk-error-summary" in page
    assert "Choose a file" in page


def test_a_path_in_the_file_name_goes_nowhere(client):
    send(client, as_csv(homes(1)), name="../../etc/passwd.csv")
    batch = ImportBatch.objects.get()
    assert batch.file_name == "passwd.csv"
    assert batch.file.name.startswith("imports/")
    assert "passwd" not in batch.file.name


def test_columns_can_be_named_by_hand(client, django_capture_on_commit_callbacks):
    rows = homes(2)
    for row in rows:
        row["Strasse"] = row.pop("street")
    send(client, as_csv(rows))
    batch = ImportBatch.objects.get()
    assert "street" not in batch.columns
    url = reverse("imports:columns", args=[batch.pk])
    form = columns_form(client, batch)
    page = client.post(url, form).content.decode()
    assert "Select the column that holds “Street”" in page
    twice = {**form, "column_street": form["column_town"]}
    page = client.post(url, twice).content.decode()
    assert "already chosen for “Street”" in page
    form["column_street"] = str(list(rows[0]).index("Strasse"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {**form, **CREATE})
    batch.refresh_from_db()
    assert batch.new_count == 2


def test_the_columns_page_wants_a_day_that_is_not_past(client):
    send(client, as_csv(homes(1)))
    batch = ImportBatch.objects.get()
    form = {**columns_form(client, batch), "starts_on_year": 2020}
    page = client.post(reverse("imports:columns", args=[batch.pk]), form)
    assert "Enter today or a later date" in page.content.decode()


def test_failed_rows_alone_can_be_downloaded(
    client, django_capture_on_commit_callbacks
):
    rows = homes(3)
    rows[1] |= {"postcode": "nowhere", "street": "=cmd()"}
    batch = check(client, rows, django_capture_on_commit_callbacks, **CREATE)
    assert batch.status == ImportStatus.REFUSED
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Enter a whole postcode" in page
    assert "Continue to confirm" not in page
    url = reverse("imports:failed_rows", args=[batch.pk, "csv"])
    answer = client.get(url)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('"Postcode: Enter a whole postcode')
    assert "'=cmd()" in lines[1]
    assert answer["Content-Disposition"].startswith("attachment")
    book = load_workbook(
        io.BytesIO(client.get(url.replace("csv", "xlsx")).content), data_only=False
    )
    values = list(book["List"].values)
    assert len(values) == 2
    assert values[1][1] == "990000000002"


@pytest.mark.parametrize("kind", ["properties", "households"])
def test_templates_can_be_uploaded_as_they_come(client, kind):
    answer = client.get(reverse("imports:template", args=[kind, "xlsx"]))
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["List", "Columns"]
    text = client.get(reverse("imports:template", args=[kind, "csv"]))
    page = send(client, b"".join(text.streaming_content), kind=kind)
    assert "no rows below" in page.content.decode()
    assert client.get("/imports/templates/other.csv").status_code == 404


def test_every_count_opens_its_list(client, django_capture_on_commit_callbacks):
    batch = check(client, homes(3), django_capture_on_commit_callbacks, **CREATE)
    page = client.get(batch.get_absolute_url(), {"outcome": "new"})
    assert page.context["page_obj"].paginator.count == batch.new_count == 3
    report = client.get(batch.get_absolute_url(), {"format": "csv"})
    assert len(b"".join(report.streaming_content).splitlines()) == 4


def test_cancelling_removes_the_file(client):
    send(client, as_csv(homes(1)))
    batch = ImportBatch.objects.get()
    client.post(reverse("imports:cancel", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.status == ImportStatus.CANCELLED
    assert not batch.file


def test_work_that_stopped_can_be_started_again(client):
    send(client, as_csv(homes(1)))
    batch = ImportBatch.objects.get()
    job = Job.objects.create(kind="import check", status=JobStatus.RUNNING)
    batch.status, batch.job = ImportStatus.CHECKING, job
    batch.save()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Start the work again" in page
    url = reverse("imports:progress", args=[batch.pk])
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 200
    assert client.get(url).status_code == 302


def test_a_report_seen_before_a_new_check_does_not_confirm(
    client, django_capture_on_commit_callbacks
):
    batch = check(client, homes(2), django_capture_on_commit_callbacks, **CREATE)
    url = reverse("imports:confirm", args=[batch.pk])
    day = client.get(url).context["form"]["starts_on"].value()
    form = {
        "starts_on_day": day.day,
        "starts_on_month": day.month,
        "starts_on_year": day.year,
        "digest": "another",
    }
    page = client.post(url, form).content.decode()
    assert "checked again since" in page
    assert not Property.objects.exists()


def test_list_queries_do_not_grow(client, manager, django_assert_num_queries):
    def add(count: int) -> None:
        for number in range(count):
            ImportBatch.objects.create(
                kind="properties",
                file_name=f"{number}.csv",
                sha256="0" * 64,
                token=uuid.uuid4(),
                uploaded_by=manager,
            )

    url = reverse("imports:list")
    add(2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    add(10)
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_report_queries_do_not_grow(
    client, django_capture_on_commit_callbacks, django_assert_num_queries
):
    short = check(client, homes(2), django_capture_on_commit_callbacks, **CREATE)
    long = check(client, homes(12), django_capture_on_commit_callbacks, **CREATE)
    client.get(short.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(short.get_absolute_url())
    with django_assert_num_queries(len(few)):
        client.get(long.get_absolute_url())


def test_the_list_downloads_as_csv(client):
    send(client, as_csv(homes(1)))
    answer = client.get(reverse("imports:list"), {"format": "csv"})
    assert b"homes.csv" in b"".join(answer.streaming_content)
    assert client.get(reverse("imports:help")).status_code == 200
