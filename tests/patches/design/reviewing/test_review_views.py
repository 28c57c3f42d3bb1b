"""The pages of a review."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from patches.design.models import DesignReview, DesignStatus, ReviewDecision
from patches.design.services.reviews import freeze_evidence, write_proposals
from patches.design.views.evidence import gather_evidence
from tests.factories.designs import (
    DesignCommentFactory,
    DesignReviewFactory,
    PatchDesignFactory,
    make_drawn_design,
)
from tests.factories.officers import UserFactory
from tests.pdf_ua import problems_of

pytestmark = pytest.mark.django_db
LIST = reverse("patches:designs:reviews")


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def made():
    made = make_drawn_design(
        status=DesignStatus.SCHEDULED, starts_on=in_days(-340), name="Spring 2025"
    )
    DesignReviewFactory(design=made.design, due_on=in_days(25))
    return made


@pytest.fixture
def frozen(made, manager):
    evidence = gather_evidence(made.design.review, today())
    return freeze_evidence(review=made.design.review, evidence=evidence, by=manager)


def url(made, act="") -> str:
    name = f"review_{act}" if act else "review"
    return reverse(f"patches:designs:{name}", args=[made.design.pk])


def text_of(response) -> str:
    return response.content.decode()


def test_reviews_are_listed_next_due_first(client_for, officer, made):
    later = DesignReviewFactory(
        due_on=in_days(300), design=PatchDesignFactory(starts_on=in_days(-30))
    )
    page = client_for(officer.user).get(LIST)
    assert [row for row, _ in page.context["lines"]] == [made.design.review, later]
    page = client_for(officer.user).get(LIST, {"state": "due"})
    assert [row for row, _ in page.context["lines"]] == [made.design.review]


def test_list_comes_as_csv(client_for, manager, made):
    response = client_for(manager).get(LIST, {"format": "csv"})
    rows = b"".join(response.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert '"Spring 2025"' in rows[1]


def test_no_design_published_says_so(client_for, manager):
    assert "No design has been published yet" in text_of(client_for(manager).get(LIST))


def test_list_queries_do_not_grow(client_for, manager, made):
    client = client_for(manager)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _ in range(8):
        DesignReviewFactory(
            frozen_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            frozen_by=UserFactory(),
            evidence={},
        )
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_evidence_is_shown_as_it_stands_until_frozen(client_for, manager, made):
    client = client_for(manager)
    text = text_of(client.get(url(made)))
    assert "This is the evidence as it stands today." in text
    assert "Freeze the evidence" in text
    DesignCommentFactory(design=made.design, text="Keep Elm Road")
    assert "Keep Elm Road" in text_of(client.get(url(made)))


def test_frozen_evidence_is_never_made_again(client_for, manager, made):
    client = client_for(manager)
    response = client.post(url(made, "freeze"), follow=True)
    assert "Evidence frozen" in text_of(response)
    frozen = DesignReview.objects.get(design=made.design)
    DesignCommentFactory(design=made.design, text="Said afterwards")
    made.present[0].name = "Another name"
    made.present[0].save()
    text = text_of(client.get(url(made)))
    assert "Said afterwards" not in text
    assert "Another name" not in text
    assert "It shows what was known then" in text
    client.post(url(made, "freeze"))
    assert DesignReview.objects.get(design=made.design).evidence == frozen.evidence


def test_freezing_too_early_says_when(client_for, manager, made):
    DesignReview.objects.update(due_on=in_days(60))
    client = client_for(manager)
    assert "It can be frozen from" in text_of(client.get(url(made)))
    response = client.post(url(made, "freeze"), follow=True)
    assert "can be frozen from" in text_of(response)
    assert DesignReview.objects.get().frozen_at is None


def test_officers_read_and_do_not_act(client_for, officer, made, frozen):
    text = text_of(client_for(officer.user).get(url(made)))
    assert "Sizes" in text
    assert url(made, "decide") not in text
    assert url(made, "pdf") in text


def test_proposals_are_written_and_conflicts_shown(client_for, manager, made, frozen):
    client = client_for(manager)
    page = client.get(url(made, "proposals"))
    seen = page.context["form"]["version"].value()
    write_proposals(review=frozen, proposals="Theirs", version=seen, by=UserFactory())
    answers = {"version": seen, "proposals": "Ours"}
    response = client.post(url(made, "proposals"), answers)
    assert response.status_code == 409
    assert "Theirs" in text_of(response)
    answers["version"] = response.context["form"]["version"].value()
    assert client.post(url(made, "proposals"), answers).status_code == 302
    assert "Ours" in text_of(client.get(url(made)))


@pytest.mark.parametrize("act", ["proposals", "decide"])
def test_nothing_is_written_before_the_evidence_is_frozen(
    client_for, manager, made, act
):
    response = client_for(manager).get(url(made, act))
    assert response.status_code == 409
    assert "Freeze the evidence first" in text_of(response)


def test_decision_needs_an_answer_and_a_reason(client_for, manager, made, frozen):
    answers = {"version": frozen.version}
    response = client_for(manager).post(url(made, "decide"), answers)
    assert response.status_code == 200
    assert "Select an answer" in text_of(response)
    assert "Error:" in text_of(response)


def test_keeping_the_patches_ends_the_review(client_for, manager, made, frozen):
    answers = {"version": frozen.version, "decision": "keep", "reason": "It works"}
    client = client_for(manager)
    response = client.post(url(made, "decide"), answers, follow=True)
    assert response.redirect_chain[-1][0] == url(made)
    text = text_of(response)
    assert "It works" in text
    assert "Decided" in text
    assert client.get(url(made, "decide")).status_code == 302


@pytest.mark.parametrize(
    ("decision", "sizing"),
    [(ReviewDecision.ADJUST, "sizing=present"), (ReviewDecision.REDRAW, "")],
)
def test_other_decisions_lead_to_the_new_design(
    client_for, manager, made, frozen, decision, sizing
):
    answers = {"version": frozen.version, "decision": decision, "reason": "Drift"}
    response = client_for(manager).post(url(made, "decide"), answers)
    form = reverse("patches:designs:create_for", args=["wards"])
    assert response.url.startswith(f"{form}?scope={made.ward.pk}")
    assert sizing in response.url
    assert response.url in text_of(client_for(manager).get(url(made))).replace(
        "&amp;", "&"
    )


def test_evidence_as_pdf(client_for, manager, made, frozen):
    write_proposals(
        review=frozen, proposals="Elm Road 🙂", version=frozen.version, by=manager
    )
    response = client_for(manager).get(url(made, "pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="review-spring-2025.pdf"' in response["Content-Disposition"]
    assert problems_of(response.content) == []
    with pikepdf.open(io.BytesIO(response.content)) as pdf, pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Review of the patch design “Spring 2025”"
    document = pypdfium2.PdfDocument(response.content)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for words in (made.present[0].code, "Elm Road", "Not taken yet.", str(manager)):
        assert words in text
    assert client_for(manager).get(url(made, "pdf")).content == response.content


def test_there_is_no_pdf_before_the_evidence_is_frozen(client_for, manager, made):
    assert client_for(manager).get(url(made, "pdf")).status_code == 404


def test_a_design_without_review_has_no_page(client_for, manager):
    made = make_drawn_design()
    assert client_for(manager).get(url(made)).status_code == 404


def test_superseded_designs_are_not_reviewed(client_for, manager, made):
    made.design.superseded_on = today()
    made.design.superseded_by = PatchDesignFactory(name="Later one")
    made.design.save()
    text = text_of(client_for(manager).get(url(made)))
    assert "A later design holds since" in text
    assert "Later one" in text


def test_a_designs_page_leads_to_its_review(client_for, officer, made):
    text = text_of(client_for(officer.user).get(made.design.get_absolute_url()))
    assert url(made) in text


def test_review_of_a_design_no_database_could_hold_is_not_found(client_for, manager):
    page = client_for(manager).get("/designs/99999999999999999999/review/")
    assert page.status_code == 404
