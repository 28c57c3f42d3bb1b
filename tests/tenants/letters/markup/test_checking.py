import pytest

from tenants.letters.markup import check

ALLOWED = ("officer name", "start date", "joint tenants")


def messages(body, subject="Subject"):
    return [str(problem) for problem in check(subject, body, ALLOWED)]


def test_a_good_template_has_no_problems():
    text = "# Hello\n\n**((Officer name))** from ((START DATE)) ((joint_tenants??Both))"
    assert messages(text) == []


def test_unknown_placeholder_is_named_with_its_place():
    assert messages("One\n\nYou can ask ((oficer name)).") == [
        "Line 3, column 13: there is no placeholder ((oficer name)). "
        "Did you mean ((officer name))?"
    ]


def test_nothing_is_suggested_when_nothing_is_close():
    assert messages("((xyzzy))") == [
        "Line 1, column 1: there is no placeholder ((xyzzy))."
    ]


def test_subject_is_checked_too():
    assert messages("x", subject="Hi ((nobody here))") == [
        "Subject, column 4: there is no placeholder ((nobody here))."
    ]


def test_names_match_whatever_their_case_and_spaces():
    assert messages("((OFFICERNAME)) ((officer_name)) ((  Officer   Name ))") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Dear ((officer name", "Line 1, column 6: this (( is never closed"),
        ("Dear ((officer name)", "Line 1, column 6: this (( is never closed"),
        ("x\nofficer name)) y", "Line 2, column 13: this )) closes nothing"),
        ("((officer ((start date)))) x", "Line 1, column 1: this (( is never closed"),
    ],
)
def test_stray_brackets(text, place):
    assert messages(text)[0].startswith(place)


def test_conditional_without_text():
    assert messages("((joint tenants??))") == [
        "Line 1, column 1: enter the text to show for ((joint tenants??…))."
    ]


@pytest.mark.parametrize(
    ("text", "words", "is_error"),
    [
        ("| a | b |\n|---|---|", "tables cannot be used", True),
        ("![logo](logo.png)", "images cannot be used", True),
        ("one\n\n---\n\ntwo", "lines across the page", True),
        ("***", "lines across the page", True),
        ("### deep", "two levels of heading", True),
        ("```\ncode\n```", "blocks of code", True),
        ("[our site](https://example.org)", "a link cannot be followed", False),
        ("<b>bold</b>", "HTML has no effect", False),
        ("> quoted", "quotations have no effect", False),
        ("* one\n  * two", "a list inside a list", False),
    ],
)
def test_unsupported_markdown(text, words, is_error):
    problems = check("Subject", text, ALLOWED)
    assert [(words in p.message, p.is_error) for p in problems] == [(True, is_error)]


def test_empty_subject_and_body():
    assert messages(" \n", subject=" ") == [
        "Subject, column 1: enter the subject of the letter.",
        "Line 1, column 1: enter the wording of the letter.",
    ]
