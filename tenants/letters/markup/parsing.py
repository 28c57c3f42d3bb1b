"""Turn the subject and body of a letter template into a tree.

The language is the part of Markdown that GOV.UK Notify allows in letters: paragraphs,
``# headings``, ``## subheadings``, bulleted and numbered lists and ``**bold**``.
Anything else is ordinary text. Parsing never fails; ``checking`` says what a writer
should put right.
"""

import re
from dataclasses import dataclass

from .placeholders import Found, find_placeholders
from .tree import Block, BlockKind, Conditional, Inline, Placeholder, Template, Text

HEADING = re.compile(r"(#{1,2})[ \t]+(?=\S)")
BULLET = re.compile(r"[ \t]*[*\-•][ \t]+(?=\S)")
NUMBER = re.compile(r"[ \t]*\d{1,3}[.)][ \t]+(?=\S)")
INDENT = re.compile(r"[ \t]+(?=\S)")

_MARKERS = (
    (BULLET, BlockKind.BULLETS),
    (NUMBER, BlockKind.NUMBERS),
)


@dataclass(frozen=True)
class _Line:
    number: int
    column: int
    text: str


@dataclass
class _Draft:
    """A block being gathered: each item is the lines that belong to it."""

    kind: BlockKind
    items: list[list[_Line]]


def parse(subject: str, body: str) -> Template:
    """Return the tree of a template. Every text has one; nothing is refused here."""
    one_line = " ".join(normal_newlines(subject).split("\n"))
    return Template(
        subject=parse_inlines([_Line(1, 1, one_line)], bold_allowed=False),
        blocks=tuple(
            Block(draft.kind, tuple(parse_inlines(item) for item in draft.items))
            for draft in _gather(normal_newlines(body))
        ),
    )


def normal_newlines(text: str) -> str:
    for other in ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"):
        text = text.replace(other, "\n")
    return text


def _gather(body: str) -> list[_Draft]:
    drafts: list[_Draft] = []
    is_open = False
    for number, line in _logical_lines(body):
        if not line.strip():
            is_open = False
            continue
        last = drafts[-1] if drafts else None
        if heading := HEADING.match(line):
            level = len(heading.group(1))
            kind = BlockKind.HEADING if level == 1 else BlockKind.SUBHEADING
            drafts.append(_Draft(kind, [[_cut(number, line, heading.end())]]))
            is_open = False
            continue
        for marker, kind in _MARKERS:
            if match := marker.match(line):
                item = [_cut(number, line, match.end())]
                if last is not None and last.kind == kind:
                    last.items.append(item)
                else:
                    drafts.append(_Draft(kind, [item]))
                is_open = True
                break
        else:
            indent = INDENT.match(line)
            piece = _cut(number, line, indent.end() if indent else 0)
            if is_open and last is not None:
                last.items[-1].append(piece)
            else:
                drafts.append(_Draft(BlockKind.PARAGRAPH, [[piece]]))
                is_open = True
    return drafts


def _logical_lines(body: str) -> list[tuple[int, str]]:
    """Lines with their numbers; a placeholder that spans lines keeps them together."""
    inside = {
        position
        for found in find_placeholders(body)
        for position in range(found.start, found.end)
        if body[position] == "\n"
    }
    lines, start, number = [], 0, 1
    first = number
    for position, character in enumerate(body):
        if character == "\n":
            number += 1
            if position not in inside:
                lines.append((first, body[start:position]))
                start, first = position + 1, number
    lines.append((first, body[start:]))
    return lines


def _cut(number: int, line: str, start: int) -> _Line:
    return _Line(number, start + 1, line[start:].rstrip())


def parse_inlines(
    lines: list[_Line], *, bold_allowed: bool = True
) -> tuple[Inline, ...]:
    inlines: list[Inline] = []
    for index, line in enumerate(lines):
        if index:
            inlines.append(Text("\n"))
        is_bold, position = False, 0
        stars_left = _stars_outside(line.text) if bold_allowed else 0
        # An odd last pair of stars closes nothing, so it stays as typed.
        stars_left -= stars_left % 2
        for found in (*find_placeholders(line.text), None):
            end = found.start if found else len(line.text)
            pieces = line.text[position:end].split("**")
            for number, piece in enumerate(pieces):
                if number:
                    if stars_left:
                        is_bold = not is_bold
                        stars_left -= 1
                    else:
                        piece = f"**{piece}"
                if piece:
                    inlines.append(Text(piece, is_bold))
            if found:
                inlines.append(_placeholder(found, line, is_bold))
                position = found.end
    return _joined(inlines)


def _placeholder(found: Found, line: _Line, is_bold: bool) -> Inline:
    before = line.text[: found.start]
    number = line.number + before.count("\n")
    last_break = before.rfind("\n")
    column = found.start - last_break
    if last_break < 0:
        column = line.column + found.start
    if found.is_conditional:
        wording = " ".join(found.wording.split("\n"))
        return Conditional(found.name, wording, number, column, is_bold)
    return Placeholder(found.name, number, column, is_bold)


def _stars_outside(text: str) -> int:
    """Pairs of stars in a line, those inside placeholders left out."""
    count, position = 0, 0
    for found in find_placeholders(text):
        count += text[position : found.start].count("**")
        position = found.end
    return count + text[position:].count("**")


def _joined(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts of one weight become one."""
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if (
            isinstance(inline, Text)
            and isinstance(last, Text)
            and inline.is_bold == last.is_bold
        ):
            joined[-1] = Text(last.text + inline.text, last.is_bold)
        else:
            joined.append(inline)
    return tuple(joined)
