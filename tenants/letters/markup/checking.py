"""What a writer should put right in a template before it can be used."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from .parsing import normal_newlines
from .placeholders import Found, find_placeholders, name_key

LONGEST_NAME = 80


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place; ``field`` is "subject" or "body".

    An error stops the template from being saved; otherwise the letter can be made
    and the message says how it will look.
    """

    field: str
    line: int
    column: int
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        if self.field == "subject":
            return f"Subject, column {self.column}: {self.message}"
        return f"Line {self.line}, column {self.column}: {self.message}"


_UNSUPPORTED = (
    (
        re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE),
        "tables cannot be used in a letter. Use a list instead.",
        True,
    ),
    (
        re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)"),
        "images cannot be used in the wording of a letter.",
        True,
    ),
    (
        re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$", re.MULTILINE),
        "lines across the page cannot be used in a letter. Leave a blank line instead.",
        True,
    ),
    (
        re.compile(r"^(#{3,})[ \t]+(?=\S)", re.MULTILINE),
        "a letter has two levels of heading, # and ##.",
        True,
    ),
    (
        re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE),
        "blocks of code cannot be used in a letter.",
        True,
    ),
    (
        re.compile(r"(?<!!)\[[^\]\n]{1,500}\]\([^)\n]{1,500}\)"),
        "a link cannot be followed on paper and will print as typed. "
        "Write the address out instead.",
        False,
    ),
    (
        re.compile(r"</?[A-Za-z][^<>\n]{0,500}>"),
        "HTML has no effect in a letter and will print as typed.",
        False,
    ),
    (
        re.compile(r"^[ \t]*>[ \t]", re.MULTILINE),
        "quotations have no effect in a letter and will print as typed.",
        False,
    ),
    (
        re.compile(r"^(?: {2,}|\t)[ \t]*(?:[*\-•]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE),
        "a list inside a list will print as one list.",
        False,
    ),
)


def check(subject: str, body: str, allowed: Iterable[str]) -> tuple[Problem, ...]:
    """Everything wrong with a template, in reading order."""
    names = {name_key(name): name for name in allowed}
    problems: list[Problem] = []
    if not subject.strip():
        problems.append(Problem("subject", 1, 1, "enter the subject of the letter."))
    if not body.strip():
        problems.append(Problem("body", 1, 1, "enter the wording of the letter."))
    for field, text in (("subject", subject), ("body", body)):
        text = normal_newlines(text)
        found = list(find_placeholders(text))
        faults = [*_names_at_fault(found, names), *_stray_brackets(text, found)]
        if field == "body":
            faults += _unsupported(text)
        for position, message, is_error in faults:
            problems.append(_at(field, text, position, message, is_error))
    fields = ("subject", "body")
    return tuple(
        sorted(problems, key=lambda p: (fields.index(p.field), p.line, p.column))
    )


_Fault = tuple[int, str, bool]


def _names_at_fault(found: list[Found], names: dict[str, str]) -> Iterator[_Fault]:
    for placeholder in found:
        key = name_key(placeholder.name)
        if placeholder.is_conditional and not placeholder.wording.strip():
            message = f"enter the text to show for (({placeholder.name}??…))."
            yield placeholder.start, message, True
        if key in names:
            continue
        message = f"there is no placeholder (({placeholder.name[:LONGEST_NAME]}))."
        if close := get_close_matches(key[:LONGEST_NAME], names, n=1, cutoff=0.6):
            message += f" Did you mean (({names[close[0]]}))?"
        yield placeholder.start, message, True


def _stray_brackets(text: str, found: list[Found]) -> Iterator[_Fault]:
    inside = bytearray(len(text))
    for placeholder in found:
        inside[placeholder.start : placeholder.end] = b"\x01" * (
            placeholder.end - placeholder.start
        )
    position = 0
    while position < len(text) - 1:
        pair = text[position : position + 2]
        if inside[position] or inside[position + 1] or pair not in ("((", "))"):
            position += 1
            continue
        if pair == "((":
            yield position, "this (( is never closed. Add )) after the name.", True
        else:
            yield position, "this )) closes nothing. Add (( before the name.", True
        position += 2


def _unsupported(text: str) -> Iterator[_Fault]:
    for pattern, message, is_error in _UNSUPPORTED:
        if match := pattern.search(text):
            yield match.start(), message, is_error


def _at(field: str, text: str, position: int, message: str, is_error: bool) -> Problem:
    before = text[:position]
    column = position - before.rfind("\n")
    return Problem(field, before.count("\n") + 1, column, message, is_error)
