"""Pages of letter templates: the editor, its preview, versions."""

from __future__ import annotations

import pytest

from tenants.letters.services.templates import save_template
from tenants.models import Household
from tests.factories.tenants import HouseholdFactory

from .test_views import text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, leader):
    return client_for(leader.user)


def test_the_editor_previews_a_household_in_sight(
    client_for, manager, street, patch, template, officer
):
    client = client_for(manager)
    wording = {"subject": "Hello ((addressee))", "body": "Call ((officer name))."}
    page = text_of(client.post(url("template_preview"), wording))
    assert "Hello Ms B Tenant1" in page
    assert f"Call {officer.name}." in page
    first = Household.objects.order_by("pk").first()
    page = text_of(
        client.post(
            url("template_preview"), wording | {"household": first.pk, "next": "1"}
        )
    )
    assert "Hello Ms B Tenant2" in page
    page = text_of(client.post(url("template_preview"), wording | {"find": "zk6 1aa"}))
    assert "Hello Ms B Tenant6" in page
    pdf = client.post(url("template_preview_pdf"), wording)
    assert pdf.content.startswith(b"%PDF")


def test_a_preview_never_shows_a_household_out_of_sight(
    client, street, patch, template, other_leader, client_for
):
    stranger = client_for(other_leader.user)
    wording = {"subject": "Hello ((addressee))", "body": "B"}
    hidden = Household.objects.first()
    page = text_of(
        stranger.post(url("template_preview"), wording | {"household": hidden.pk})
    )
    assert "Tenant" not in page
    assert "No household to show" in page


def test_a_preview_shows_gaps_and_why(client, street, patch):
    wording = {"subject": "Until ((cover until))", "body": "B"}
    page = text_of(client.post(url("template_preview"), wording))
    assert "This household would get no letter today" in page
    assert "Until [cover until]" in page


def test_the_editor_keeps_what_was_typed_when_refused(client_for, manager, template):
    client = client_for(manager)
    page = text_of(
        client.post(
            url("template_edit", template.pk),
            {
                "name": template.name,
                "purpose": "other",
                "subject": "Hello",
                "body": "Call ((nobody)) now",
            },
        )
    )
    assert "Line 1, column 6: there is no placeholder ((nobody))" in page
    assert "Call ((nobody)) now" in page
    assert template.versions.count() == 1


def test_who_saves_second_is_told_that_somebody_saved_first(
    client_for, manager, administrator, template
):
    edit = url("template_edit", template.pk)
    first, second = client_for(manager), client_for(administrator)
    shown = [client.get(edit).context["form"] for client in (first, second)]
    answers = {
        name: shown[0][name].value()
        for name in ("name", "purpose", "subject", "begun_from")
    }
    assert first.post(edit, answers | {"body": "Of the first"}).status_code == 302
    # Pressed twice, it is saved once and nobody is told off.
    assert first.post(edit, answers | {"body": "Of the first"}).status_code == 302
    mine = answers | {"name": "Renamed", "body": "Of the second"}
    response = second.post(edit, mine)
    page = text_of(response)
    assert f"{manager.get_full_name()} saved version 2" in page
    assert "Of the second" in page
    template.refresh_from_db()
    assert template.name != "Renamed"
    assert template.versions.count() == 2
    changes = text_of(second.get(response.context["changed_url"]))
    assert "from version 1 to version 2" in changes

    again = mine | {"begun_from": response.context["form"]["begun_from"].value()}
    assert second.post(edit, again).status_code == 302
    assert template.versions.latest("number").body == "Of the second\n"


def _save_wording(client, template, body, seen):
    answers = {"subject": "Opiekun", "body": body, "seen": seen}
    return client.post(url("wording_edit", template.pk, "pl"), answers)


def test_who_saves_a_translation_second_is_told(
    client_for, manager, administrator, template
):
    first, second = client_for(manager), client_for(administrator)
    edit = url("wording_edit", template.pk, "pl")
    seen = first.get(edit).context["form"]["seen"].value()
    version = template.versions.get()
    for _ in range(2):
        saved = _save_wording(first, template, "((officer name)) A", seen)
        assert saved.status_code == 302
    refused = _save_wording(second, template, "((officer name)) B", seen)
    page = text_of(refused)
    assert "Somebody saved this wording while you were writing" in page
    assert "((officer name)) B" in page
    assert "((officer name)) A" in text_of(second.get(refused.context["theirs_url"]))
    assert version.wordings.count() == 1
    seen = refused.context["form"]["seen"].value()
    assert (
        _save_wording(second, template, "((officer name)) B", seen).status_code == 302
    )
    assert version.wordings.count() == 2


def test_a_translation_of_english_that_changed_meanwhile_is_not_saved(
    client_for, manager, template
):
    client = client_for(manager)
    edit = url("wording_edit", template.pk, "pl")
    seen = client.get(edit).context["form"]["seen"].value()
    newer = save_template(
        template=template,
        name=template.name,
        purpose=template.purpose,
        subject="New",
        body="New English",
        by=manager,
    )
    refused = _save_wording(client, template, "Stare", seen)
    assert "The English became version 2" in text_of(refused)
    assert not newer.wordings.exists()
    seen = refused.context["form"]["seen"].value()
    assert _save_wording(client, template, "Nowe", seen).status_code == 302
    assert newer.wordings.get().body == "Nowe\n"


def test_preview_button_without_javascript_saves_nothing(
    client_for, manager, template, street, patch
):
    client = client_for(manager)
    page = text_of(
        client.post(
            url("template_edit", template.pk),
            {
                "name": template.name,
                "purpose": "other",
                "subject": "Seen only",
                "body": "Text",
                "preview": "1",
            },
        )
    )
    assert "Seen only" in page
    assert template.versions.count() == 1


def test_templates_are_made_edited_and_archived(client_for, manager):
    client = client_for(manager)
    client.post(url("template_defaults"))
    answers = {
        "name": "Mine",
        "purpose": "other",
        "subject": "Hello",
        "body": "Text",
    }
    made = client.post(url("template_create"), answers)
    edited = client.post(made.url + "edit/", answers | {"body": "Other"}, follow=True)
    assert "Saved as version 2" in text_of(edited)
    assert "This is version 1" in text_of(client.get(made.url, {"version": "1"}))
    page = text_of(client.post(made.url + "archive/", {"archive": "1"}, follow=True))
    assert "Archived" in page
    assert "Mine" not in text_of(client.get(url("template_list")))
    assert "Mine" in text_of(client.get(url("template_list"), {"archived": "1"}))


def test_a_household_without_a_home_in_scope_is_not_offered(client, street):
    HouseholdFactory()
    page = text_of(
        client.post(url("template_preview"), {"subject": "A", "find": "nowhere"})
    )
    assert "No household you may see" in page
