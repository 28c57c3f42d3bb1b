"""The file a mail house is given, and its check."""

from __future__ import annotations

import io
import json
import zipfile

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from tenants.letters.services import files
from tenants.letters.services.templates import create_template
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_file(produced, add_home, street, patch, tmp_path):
    """A run's file for a mail house."""
    add_home(
        patch,
        ("Ms", "Quiet", "Person"),
        household={"do_not_write": True, "do_not_write_reason": "Kept apart"},
    )
    version = create_template(
        name="Long letter",
        purpose="other",
        subject="About ((officer name))",
        body="\n\n".join(["Words to ((addressee)) " * 12] * 9),
        by=None,
    ).versions.get()
    run = produced(
        patch, template_version=version, way_out="mail_house", is_double_sided=False
    )
    path = tmp_path / "mail.zip"
    path.write_bytes(files.path_of(run.mail_file).read_bytes())
    return run, path


def changed(path, name: str, content: bytes):
    with zipfile.ZipFile(path) as archive:
        kept = {one: archive.read(one) for one in archive.namelist()}
    kept[name] = content
    with zipfile.ZipFile(path, "w") as archive:
        for one, read in kept.items():
            archive.writestr(one, read)


def test_the_file_has_every_letter_once_by_sheets(mail_file):
    run, path = mail_file
    call_command("verify_mail_file", path)

    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("index.json"))
        read_me = archive.read("README.txt").decode()
        everything = b"".join(
            archive.read(name) for name in archive.namelist() if ".pdf" not in name
        ).decode()
        pages = {
            row["file"]: len(pikepdf.open(io.BytesIO(archive.read(row["file"]))).pages)
            for row in index["files"]
        }
    assert {row["reference"] for row in index["letters"]} == set(
        run.letters.values_list("reference", flat=True)
    )
    assert [row["sequence"] for row in index["letters"]] == [1, 2, 3, 4, 5, 6]
    assert pages == {row["file"]: row["pages"] for row in index["files"]}
    assert index["totals"]["letters"] == 6
    assert "Postage: Second class" in read_me
    assert "do not write" not in everything.lower()
    assert "Quiet" not in everything


@pytest.mark.parametrize(
    ("is_double_sided", "sheets"), [(False, [1, 2, 3]), (True, [1, 1, 2])]
)
def test_letters_are_put_together_by_their_sheets(
    produced, add_home, patch, is_double_sided, sheets
):
    tenants = [("Ms", "Bea", "Long"), ("Ms", "Dee", "Long")]
    for letter_format, names in (
        ("standard", tenants[:1]),
        ("large_print", tenants[:1]),
        ("large_print", tenants),
    ):
        home = add_home(patch, *names)
        CommunicationNeedsFactory(
            household=home.households.get(), letter_format=letter_format
        )
    version = create_template(
        name="Names",
        purpose="other",
        subject="Names",
        body="\n\n".join(["((addressee)), " * 20] * 5),
        by=None,
    ).versions.get()
    run = produced(
        patch,
        template_version=version,
        way_out="mail_house",
        is_double_sided=is_double_sided,
    )

    path = files.path_of(run.mail_file)
    call_command("verify_mail_file", path)
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("index.json"))
    assert sorted(row["pages"] for row in index["letters"]) == [1, 2, 3]
    assert sorted(row["sheets"] for row in index["letters"]) == sheets
    assert [row["file"] for row in index["files"]] == [
        f"letters-001-{number}-sheets.pdf" for number in sorted(set(sheets))
    ]
    for row in index["letters"]:
        assert row["file"] == f"letters-001-{row['sheets']}-sheets.pdf"


def test_a_changed_file_does_not_hold(mail_file, capsys):
    _, path = mail_file
    changed(path, "index.csv", b"sequence\r\n")
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_mail_file", path)
    assert "index.csv has another check sum" in capsys.readouterr().out


def test_who_downloads_it_is_kept(mail_file, client_for, leader):
    run, path = mail_file
    client = client_for(leader.user)
    assert "mail house (ZIP)" in client.get(run.get_absolute_url()).content.decode()
    response = client.get(reverse("tenants:letters:run_mail_file", args=[run.pk]))
    assert b"".join(response.streaming_content) == path.read_bytes()
    entry = AuditEvent.objects.get(verb="letter run.mail house file downloaded")
    assert entry.by == leader.user


def test_a_run_printed_here_has_none(produced, street, patch):
    assert produced(patch).mail_file == ""
