import pytest

from tenants.letters.markup import BlockKind, Run, fill, is_yes, parse, to_plain_text


def filled(body, *, required=(), **values):
    return fill(parse("Subject", body), values, required=required)


def text(body, **values):
    return to_plain_text(filled(body, **values)).removeprefix("Subject\n\n")


@pytest.mark.parametrize(
    "value",
    [
        '#panic("x")',
        "*bold*",
        "**bold**",
        "((name))",
        "((flag??yes))",
        "# heading",
        "* bullet",
        "1. number",
        "<b>&amp;</b>",
        "$x$ @ref <label> \\ ~",
    ],
)
def test_values_print_as_they_are(value):
    letter = filled("Dear ((name))\n\n((name))\n\n**((name))**", name=value, flag=True)
    assert [block.kind for block in letter.blocks] == [BlockKind.PARAGRAPH] * 3
    assert letter.blocks[0].items[0] == (Run(f"Dear {value}"),)
    assert letter.blocks[1].items[0] == (Run(value),)
    assert letter.blocks[2].items[0] == (Run(value, True),)


def test_names_match_whatever_their_case_and_spaces():
    assert text("((Officer  NAME))", officer_name="Priya") == "Priya\n"


@pytest.mark.parametrize("value", [True, "yes", "Y", "true", "T", "1", "include", 1])
def test_conditional_text_appears_for_yes(value):
    assert is_yes(value)
    assert text("A((flag?? b)).", flag=value) == "A b.\n"


@pytest.mark.parametrize("value", [False, None, "", "no", "0", "perhaps", 0])
def test_conditional_text_is_left_out_otherwise(value):
    assert not is_yes(value)
    assert text("A((flag?? b)).", flag=value) == "A.\n"


def test_paragraph_of_an_empty_value_disappears():
    assert text("One\n\n((note))\n\nTwo", note="") == "One\n\nTwo\n"


def test_line_and_entry_of_an_empty_value_disappear():
    assert text("A\n((note))\nB\n\n* one\n* ((note))", note="") == "A\nB\n\n• one\n"


def test_list_alone_in_its_paragraph_becomes_bullets():
    letter = filled("((homes))", homes=["1 Elm Road", "", "2 Elm Road"])
    assert letter.blocks[0].kind is BlockKind.BULLETS
    assert letter.blocks[0].items == ((Run("1 Elm Road"),), (Run("2 Elm Road"),))


def test_list_in_a_sentence_is_joined():
    assert text("For ((homes)).", homes=["A", "B", "C"]) == "For A, B and C.\n"


def test_names_without_values_are_missing():
    letter = filled("((one)) ((two)) ((two)) ((flag??x))", one="1")
    assert letter.missing == ("two", "flag")


def test_required_values_may_not_be_empty():
    letter = filled("((one)) ((two))", one="", two=" ", required=("TWO",))
    assert letter.missing == ("two",)


def test_newlines_in_a_value_are_line_breaks():
    assert text("((address))", address="1 Elm Road\r\nWexmoor") == (
        "1 Elm Road\nWexmoor\n"
    )


def test_right_to_left_values_are_isolated():
    letter = filled("Dear ((name)) 12", name="محمد")
    assert letter.blocks[0].items[0] == (Run("Dear \u2068محمد\u2069 12"),)
