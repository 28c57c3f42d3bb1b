"""Things that hold for any wording and any value."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housingplus.documents.text import clean_text
from tenants.letters.markup import (
    check,
    fill,
    from_plain_values,
    list_placeholders,
    parse,
    to_html,
    to_plain_text,
    to_plain_values,
)

# A busy machine is no fault of the code.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            ["((", "))", "??", "**", "*", "#", "##", "- ", "* ", "1. ", "\n", "\n\n"]
        ),
        st.sampled_from(["name", "flag", " ", "|", "[a](b)", "![", "<b>", "---", "\\"]),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)


@patient
@given(subject=MARKUP, body=MARKUP, value=st.text(max_size=30))
def test_any_wording_can_be_parsed_checked_filled_and_shown(subject, body, value):
    template = parse(subject, body)
    check(subject, body, ["name", "flag"])
    names = list_placeholders(template)
    letter = fill(template, dict.fromkeys(names, value))
    assert not letter.missing
    to_html(letter)
    to_plain_text(letter)
    assert from_plain_values(to_plain_values(letter)) == letter


@patient
@given(value=st.text(max_size=60))
def test_a_value_never_becomes_markup(value):
    letter = fill(parse("((v))", "A ((v)) z"), {"v": value, "name": "EXPANDED"})
    shown = clean_text(value.strip())
    (block,) = letter.blocks
    assert all(not run.is_bold for run in block.items[0])
    text = "".join(run.text for run in block.items[0])
    plain = text.replace("\u2068", "").replace("\u2069", "")
    lines = [f"A {shown} z".split("\n")]
    assert plain.split() == " ".join(lines[0]).split()


@patient
@given(value=MARKUP)
def test_html_of_a_value_has_no_tags_of_its_own(value):
    html = to_html(fill(parse("s", "A ((v)) z"), {"v": value}))
    inside = html.removeprefix('<p class="govuk-body" dir="auto">')
    inside = inside.removesuffix("</p>").replace("<br>", "")
    assert "<" not in inside


@patient
@given(text=st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = clean_text(text)
    assert clean_text(once) == once
