"""How many pages letters have is known before anybody approves."""

from __future__ import annotations

import pikepdf
import pytest
from django.urls import reverse

from tenants.letters.rules import check_adds_up
from tenants.letters.selectors.runs import count_pages
from tenants.letters.services import files, lengths, runs
from tenants.letters.services.templates import create_template
from tenants.models import LetterRun
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db
PARAGRAPH = "Words of a letter to ((addressee)) that go on for a while. " * 12


@pytest.fixture
def worded(db):
    """Make a template of so many paragraphs; return its version."""

    def write(paragraphs: int):
        made = create_template(
            name="Long letter",
            purpose="other",
            subject="About ((officer name))",
            body="\n\n".join([PARAGRAPH] * paragraphs),
            by=None,
        )
        return made.versions.get()

    return write


def pages_of(run: LetterRun) -> dict[str, int | None]:
    return dict(run.letters.values_list("addressee", "page_count"))


def test_a_second_page_shows_before_approval(
    composed, street, patch, client_for, leader, worded
):
    run = composed(patch, template_version=worded(6))

    assert set(pages_of(run).values()) == {2}
    client = client_for(leader.user)
    for name in ("run_detail", "run_approve"):
        page = client.get(reverse(f"tenants:letters:{name}", args=[run.pk]))
        assert "6 letters of 2 pages" in page.content.decode()
        assert "Every letter to print was set" in page.content.decode()
    homes = reverse("tenants:letters:run_homes", args=[run.pk])
    assert client.get(f"{homes}?pages=2").context["page_obj"].paginator.count == 6
    assert client.get(f"{homes}?pages=1").context["page_obj"].paginator.count == 0
    assert client.get(f"{homes}?pages=99999999999999").status_code == 200


def test_a_letter_no_envelope_takes_is_an_exception(composed, street, patch, worded):
    run = composed(patch, template_version=worded(60))

    assert (run.letter_count, run.exception_count) == (0, 6)
    home = run.homes.first()
    assert home.reason == "too_long"
    assert "a letter has at most 10" in home.detail


def test_in_a_large_run_the_longest_of_each_kind_are_set(
    composed, add_home, patch, monkeypatch, worded
):
    for number in range(12):
        add_home(patch, ("Ms", "Bea", f"Tenant{number:02}{'x' * (number % 3)}"))
    add_home(patch, ("Ms", "Ann", "O"))
    add_home(patch, ("Ms", "Bartholomea-Wilhelmina", "Featherstonehaugh-Cholmondeley"))
    version = worded(2)
    run = composed(patch, template_version=version)
    every = pages_of(run)
    assert set(every.values()) == {1, 2}

    monkeypatch.setattr(lengths, "SET_ALL_UP_TO", 3)
    monkeypatch.setattr(lengths, "LONGEST_AT_A_TIME", 2)
    again = composed(patch, template_version=version)
    found = pages_of(again)

    known = {name: pages for name, pages in found.items() if pages}
    assert known.items() <= every.items()
    assert [n for n, pages in every.items() if pages == 2] == [
        n for n, pages in found.items() if pages == 2
    ]
    assert len(known) == 5
    assert count_pages(again).letter_count == 14


def test_letters_not_set_count_with_the_pages_expected_of_them(
    composed, work, add_home, patch, monkeypatch, worded, client_for, leader
):
    for number in range(14):
        large = {"letter_format": "large_print"} if number < 6 else {}
        home = add_home(patch, ("Ms", "Bea", f"Tenant{number:02}"))
        CommunicationNeedsFactory(household=home.households.get(), **large)
    monkeypatch.setattr(lengths, "SET_ALL_UP_TO", 3)
    monkeypatch.setattr(lengths, "LONGEST_AT_A_TIME", 2)
    run = composed(patch, template_version=worded(1))

    found = [(row.pages, row.letters, row.is_expected) for row in count_pages(run).rows]
    assert found == [(1, 8, True), (2, 6, True)]
    assert set(run.letters.values_list("page_count", flat=True)) == {None, 1, 2}
    client = client_for(leader.user)
    for name in ("run_detail", "run_approve"):
        page = client.get(reverse(f"tenants:letters:{name}", args=[run.pk]))
        assert "About 6 letters run to more pages" in page.content.decode()
        assert "about 6 letters of 2 pages" in page.content.decode()
        assert "6 of 14 letters" in page.content.decode()
    homes = reverse("tenants:letters:run_homes", args=[run.pk])
    behind = client.get(f"{homes}?pages=2")
    assert behind.context["page_obj"].paginator.count == 6
    assert "about 2 pages" in behind.content.decode()

    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    found = [(row.pages, row.letters, row.is_expected) for row in count_pages(run).rows]
    assert found == [(1, 8, False), (2, 6, False)]
    page = client.get(run.get_absolute_url()).content.decode()
    assert "6 letters run to more pages" in page
    assert "bout 6 letters" not in page


@pytest.mark.parametrize("way_out", ["print", "mail_house"])
def test_a_letter_not_set_before_approval_is_found_too_long_when_it_is(
    composed, work, leader, street, patch, worded, way_out
):
    run = composed(patch, template_version=worded(2), way_out=way_out)
    long = run.letters.get(home__property=street[2])
    long.values["addressee"] = "Bea Tenant " * 300
    long.save(update_fields=["values"])
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)

    assert (run.status, run.letter_count, run.exception_count) == ("produced", 5, 1)
    home = run.homes.get(is_exception=True)
    assert (home.property, home.reason) == (street[2], "too_long")
    assert "a letter has at most 10" in home.detail
    check_adds_up(run)
    pack = run.packs.get()
    assert (pack.letter_count, pack.page_count) == (5, run.page_count)
    with pikepdf.open(files.path_of(pack.file)) as opened:
        printed = len(opened.pages)
    assert printed == sum(-(-pages // 2) * 2 for pages in pages_of(run).values())
    assert long.reference not in files.path_of(run.ledger_file).read_text()


def test_a_run_of_nothing_but_letters_too_long_ends_without_any(
    composed, work, leader, street, patch, worded
):
    run = composed(patch, template_version=worded(2))
    for letter in run.letters.all():
        letter.values["addressee"] = "Bea Tenant " * 300
        letter.save(update_fields=["values"])
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert (run.status, run.letter_count, run.exception_count) == ("produced", 0, 6)
    assert not run.packs.exists()
