"""The exported proof: complete, checkable by a stranger, and wrong when tampered."""

from __future__ import annotations

import csv
import io
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from housingplus.common.dates import today
from tenants.letters.proving import check_proof
from tenants.letters.selectors.proof import write_proof
from tenants.letters.services import files, runs
from tenants.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(street, patch, add_home, produced, leader):
    """Six homes told, one empty."""
    add_home(patch, empty=True)
    run = produced(patch, dated=today())
    return runs.mark_posted(run=run, posted_on=today(), by=leader.user)


@pytest.fixture
def proof(told, tmp_path) -> Path:
    path = tmp_path / "proof.zip"
    with path.open("wb") as file:
        write_proof(file, today())
    return path


def tamper(proof: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the proof with a text of one file changed."""
    changed = proof.with_name("changed.zip")
    with zipfile.ZipFile(proof) as archive, zipfile.ZipFile(changed, "w") as out:
        for entry in archive.namelist():
            text = archive.read(entry).decode()
            if entry == name:
                assert old in text
                text = text.replace(old, new, 1)
            out.writestr(entry, text)
    return changed


def test_a_proof_holds(proof):
    assert check_proof(proof) == []


def test_every_home_stands_once_and_nobody_by_name(proof):
    with zipfile.ZipFile(proof) as archive:
        text = archive.read("homes.csv").decode("utf-8-sig")
        everything = "".join(archive.read(n).decode() for n in archive.namelist())
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["State"] for row in rows].count("Told") == 6
    assert len({row["Home"] for row in rows}) == len(rows) == 7
    for person in Person.objects.all():
        assert person.last_name not in everything


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("homes.csv", '"Told"', '"Letter due"', "has a letter and is not told"),
        ("letters.csv", '"L', '"X', "was changed"),
        ("totals.csv", '"6"', '"5"', "totals of"),
        ("runs.csv", '"Introductions"', '"Others"', "runs.csv was changed"),
    ],
)
def test_a_changed_proof_does_not_hold(proof, name, old, new, said):
    assert any(said in line for line in check_proof(tamper(proof, name, old, new)))


def test_packs_are_compared_by_their_hash(proof, told, tmp_path):
    packs = tmp_path / "packs"
    packs.mkdir()
    assert any("is not there" in line for line in check_proof(proof, packs))
    (packs / "a.pdf").write_bytes(files.path_of(told.packs.get().file).read_bytes())
    assert check_proof(proof, packs) == []


def test_the_command_says_whether_it_holds(proof):
    out = StringIO()
    call_command("verify_letter_proof", str(proof), stdout=out)
    assert "The proof holds" in out.getvalue()
    with pytest.raises(CommandError, match="does not hold"):
        call_command(
            "verify_letter_proof",
            str(tamper(proof, "totals.csv", '"6"', '"5"')),
            stdout=StringIO(),
        )


def test_what_is_no_proof_is_said(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")
    assert "cannot be read" in check_proof(path)[0]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("homes.csv", "")
    assert "is missing" in check_proof(path)[0]


def test_a_leader_downloads_the_proof_of_own_wards(client_for, leader, told, tmp_path):
    response = client_for(leader.user).get(reverse("tenants:letters:coverage_proof"))
    path = tmp_path / "mine.zip"
    path.write_bytes(b"".join(response.streaming_content))
    assert check_proof(path) == []
