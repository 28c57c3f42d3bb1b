import json

from tenants.letters.markup import (
    fill,
    from_plain_values,
    parse,
    to_html,
    to_plain_text,
    to_plain_values,
)

BODY = "# Head\n\nDear **((name))**\nline two\n\n## Sub\n\n* a\n* b\n\n1. c\n2. d"


def letter():
    return fill(parse("For ((name))", BODY), {"name": "<b>O'Hara & Co</b>"})


def test_html_is_escaped():
    html = to_html(letter())
    assert "<strong>&lt;b&gt;O&#x27;Hara &amp; Co&lt;/b&gt;</strong><br>line" in html
    assert '<h2 class="govuk-heading-m" dir="auto">Head</h2>' in html
    assert '<ol class="govuk-list govuk-list--number"><li dir="auto">c</li>' in html


def test_plain_text():
    assert to_plain_text(letter()) == (
        "For <b>O'Hara & Co</b>\n\nHead\n\nDear <b>O'Hara & Co</b>\nline two\n\n"
        "Sub\n\n• a\n• b\n\n1. c\n2. d\n"
    )


def test_plain_values_keep_the_whole_letter():
    stored = json.loads(json.dumps(to_plain_values(letter())))
    assert from_plain_values(stored) == letter()
