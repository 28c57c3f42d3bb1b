"""Templates: versions never change, and wording is checked before it is kept."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from housingplus.audit.models import AuditEvent
from tenants.letters.default_wording import DEFAULT_WORDING
from tenants.letters.errors import TemplateRefused
from tenants.letters.markup import parse
from tenants.letters.models import LetterTemplate, LetterTemplateVersion
from tenants.letters.placeholders import ALL, check_wording, printed_names
from tenants.letters.services import templates

pytestmark = pytest.mark.django_db


def _save(template, by, **changes):
    version = template.versions.order_by("-number").first()
    fields = {
        "name": template.name,
        "purpose": template.purpose,
        "subject": version.subject,
        "body": version.body,
    } | changes
    return templates.save_template(template=template, by=by, **fields)


def test_an_edit_is_the_next_version_and_the_old_one_stays(template, manager):
    old = template.versions.get()
    new = _save(template, manager, body="Your officer is ((officer name)).\n")
    assert (old.number, new.number) == (1, 2)
    kept = LetterTemplateVersion.objects.get(pk=old.pk)
    assert (kept.subject, kept.body) == (old.subject, old.body)
    assert new.created_by == manager


def test_the_database_refuses_to_change_a_version(template):
    with pytest.raises(DatabaseError), transaction.atomic():
        template.versions.update(body="Rewritten")
    assert template.versions.get().body != "Rewritten"


def test_saving_the_same_wording_makes_no_version(template, manager):
    assert _save(template, manager, name="Another name").number == 1
    template.refresh_from_db()
    assert template.name == "Another name"
    assert template.versions.count() == 1


def test_saving_twice_makes_one_version(template, manager):
    for _ in range(2):
        _save(template, manager, body="Your officer is ((officer name)).\n")
    assert template.versions.count() == 2


def test_an_unknown_placeholder_is_refused_with_its_place(template, manager):
    with pytest.raises(TemplateRefused) as refused:
        _save(template, manager, body="Hello.\n\nCall ((oficer name)) today.")
    assert refused.value.field == "body"
    assert "Line 3, column 6" in refused.value.message
    assert "Did you mean ((officer name))?" in refused.value.message
    assert template.versions.count() == 1


def test_a_character_no_font_shows_is_refused(template, manager):
    with pytest.raises(TemplateRefused, match="cannot be printed: \U0001f600"):
        _save(template, manager, body="Welcome \U0001f600")


def test_a_name_is_used_once(template, manager):
    with pytest.raises(TemplateRefused) as refused:
        templates.create_template(
            name=template.name, purpose="other", subject="A", body="B", by=manager
        )
    assert refused.value.field == "name"


def test_archiving_and_using_again_are_recorded(template, manager):
    for archived in (True, True, False):
        templates.set_archived(template=template, is_archived=archived, by=manager)
    verbs = AuditEvent.objects.filter(by=manager).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "letter template.archived",
        "letter template.restored",
    ]


def test_our_wording_is_added_once(manager):
    assert len(templates.create_default_templates(by=manager)) == 5
    assert templates.create_default_templates(by=manager) == []
    assert LetterTemplate.objects.count() == 5


@pytest.mark.parametrize("wording", DEFAULT_WORDING, ids=lambda w: w.purpose)
def test_our_wording_has_no_problem(wording):
    assert check_wording(wording.subject, wording.body) == ()


@pytest.mark.parametrize(
    ("body", "position", "said"),
    [
        ("((cover))", (1, 1), "yes or no"),
        ("A\n\nSee ((officer phone??Call.))", (3, 5), "not yes or no"),
    ],
)
def test_flags_and_values_are_not_confused(body, position, said):
    (problem,) = check_wording("Hello", body)
    assert (problem.line, problem.column) == position
    assert said in problem.message
    assert problem.is_error


def test_only_printed_values_must_be_known():
    names = printed_names(
        parse("For ((Officer_Name))", "((cover??Yes.)) ((date)) ((date)) ((unknown))")
    )
    assert names == ("officer name", "date")


def test_every_placeholder_is_explained():
    assert len({known.name for known in ALL}) == len(ALL)
    assert all(known.explanation and known.example for known in ALL)
