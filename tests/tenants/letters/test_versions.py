"""Versions of a template: what changed between them, and what used them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tenants.letters.services.templates import save_template
from tenants.letters.word_changes import word_changes


def said(changes) -> str:
    marks = {"same": "{}", "added": "+{}+", "removed": "-{}-"}
    return "".join(marks[change.kind].format(change.text) for change in changes)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Call us.", "Call us.", "Call us."),
        ("Call  us.", "Call us.", "Call us."),
        ("Call us.", "Do call us.", "-Call -+Do call +us."),
        ("Call us today.", "Call us.", "Call -us today.-+us.+"),
        (
            "Ask ((officer name)) now",
            "Ask ((officer first name)) now",
            "Ask -((officer name)) -+((officer first name)) +now",
        ),
        ("One\n\nTwo", "One\nTwo", "One-\n\n-+\n+Two"),
        ("", "New", "+New+"),
        ("(cover) a", "(cover) b", "(cover) -a-+b+"),
    ],
)
def test_words_are_compared(before, after, expected):
    assert said(word_changes(before, after)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [("a (b((c)) d)\n* e", "a b((c)) (d\n\n* f  g"), ("((open", "(((x)))")],
)
def test_nothing_is_lost(before, after):
    changes = word_changes(before, after)
    old = "".join(change.text for change in changes if change.kind != "added")
    new = "".join(change.text for change in changes if change.kind != "removed")
    assert (old.split(), new.split()) == (before.split(), after.split())


@pytest.mark.django_db
def test_the_page_says_what_changed_and_links_what_used_it(
    composed, street, patch, template, leader, client_for
):
    run = composed(patch)
    first = template.versions.get()
    save_template(
        template=template,
        name=template.name,
        purpose=template.purpose,
        subject="<b>Hello</b> from us",
        body=first.body + "\nGood bye.\n",
        by=leader.user,
    )
    client = client_for(leader.user)
    url = reverse("tenants:letters:template_compare", args=[template.pk])
    page = client.get(url)
    assert "from version 1 to version 2" in page.content.decode()
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page.content.decode()
    changed = [row.text for row in page.context["body"] if row.kind != "same"]
    assert changed == ["\n\nGood bye."]
    assert [row.run_count for row in page.context["versions"]] == [0, 1]

    listed = client.get("/letters/", {"version": first.pk})
    assert list(listed.context["page_obj"]) == [run]
    same = client.get(url, {"from": "2", "to": "2"}).content.decode()
    assert "one and the same version" in same
    assert client.get(url, {"from": "9"}).status_code == 404
    detail = client.get(template.get_absolute_url()).content.decode()
    assert f"/letters/?version={first.pk}" in detail
