from tenants.letters.markup import BlockKind, list_placeholders, parse
from tenants.letters.markup.tree import Conditional, Placeholder, Text


def body(text):
    return parse("Subject", text).blocks


def test_blank_lines_separate_paragraphs():
    blocks = body("One\nstill one\n\n\nTwo")
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH] * 2
    assert blocks[0].items == ((Text("One\nstill one"),),)


def test_headings_have_two_levels():
    blocks = body("# First\n## Second\n### Third\n#tag")
    assert [block.kind for block in blocks] == [
        BlockKind.HEADING,
        BlockKind.SUBHEADING,
        BlockKind.PARAGRAPH,
    ]
    assert blocks[2].items == ((Text("### Third\n#tag"),),)


def test_lists_gather_their_entries():
    blocks = body("* one\n- two\n• three\n\n1. first\n2) second\n   more of it")
    assert [(block.kind, len(block.items)) for block in blocks] == [
        (BlockKind.BULLETS, 3),
        (BlockKind.NUMBERS, 2),
    ]
    assert blocks[1].items[1] == (Text("second\nmore of it"),)


def test_a_list_may_follow_its_introduction_at_once():
    blocks = body("We can help with:\n* rent\n* repairs")
    assert [block.kind for block in blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.BULLETS,
    ]


def test_bold_closes_in_its_line_or_stays_as_typed():
    (block,) = body("a **b** c **d\n**e**")
    assert block.items[0] == (
        Text("a "),
        Text("b", True),
        Text(" c **d\n"),
        Text("e", True),
    )


def test_single_stars_and_underscores_are_ordinary_text():
    (block,) = body("2 * 3 * 4 and _this_ and *that*")
    assert block.items == ((Text("2 * 3 * 4 and _this_ and *that*"),),)


def test_placeholders_know_their_places():
    template = parse("To ((name))", "Hello\n\n**Dear ((First name))** ((late??Hurry!))")
    assert template.subject == (Text("To "), Placeholder("name", 1, 4))
    assert template.blocks[1].items[0] == (
        Text("Dear ", True),
        Placeholder("First name", 3, 8, True),
        Text(" "),
        Conditional("late", "Hurry!", 3, 25),
    )


def test_placeholder_in_extra_brackets():
    (block,) = body("(((name)))")
    assert block.items[0] == (Text("("), Placeholder("name", 1, 2), Text(")"))


def test_conditional_text_may_run_over_lines():
    (block,) = body("A ((flag??one\n\n* two)) b")
    assert block.items[0] == (
        Text("A "),
        Conditional("flag", "one  * two", 1, 3),
        Text(" b"),
    )


def test_stars_inside_a_conditional_are_not_bold():
    (block,) = body("((flag??**x)) **y**")
    assert block.items[0] == (
        Conditional("flag", "**x", 1, 1),
        Text(" "),
        Text("y", True),
    )


def test_subject_is_one_line_without_markdown():
    template = parse("A **b**\nc", "x")
    assert template.subject == (Text("A **b** c"),)


def test_list_placeholders_names_each_once():
    template = parse("((Name))", "((name)) ((NA ME)) ((flag??x)) ((date))")
    assert list_placeholders(template) == ("Name", "flag", "date")
