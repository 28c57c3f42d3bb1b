"""What ``((placeholders))`` a letter may use, and what each stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .markup import Problem, Template, check, name_key, parse
from .markup.tree import Conditional, Inline, Placeholder


@dataclass(frozen=True)
class Known:
    """A placeholder writers may use. A flag is yes or no: ((cover??text))."""

    name: str
    explanation: str
    example: str
    is_flag: bool = False

    @property
    def typed(self) -> str:
        return f"(({self.name}??…))" if self.is_flag else f"(({self.name}))"


def _text(name: str, explanation: str, example: str) -> Known:
    return Known(name, explanation, example)


def _flag(name: str, explanation: str) -> Known:
    return Known(name, explanation, "shows the text when it is so", is_flag=True)


GROUPS: tuple[tuple[str, tuple[Known, ...]], ...] = (
    (
        "Who answers",
        (
            _text("officer name", "The officer who answers", "Priya Nair"),
            _text("officer job title", "Their job title", "Housing officer"),
            _text("officer phone", "Their telephone number", "07700 900123"),
            _text("officer email", "Their e-mail address", "p.nair@example.org"),
            _text(
                "who answers", "The officer, or the team when it answers", "Priya Nair"
            ),
            _text("answering since", "The first day of that", "3 March 2026"),
            _text("cover until", "The last day of the cover", "9 April 2026"),
            _text("officer away", "Who is being covered", "Sam Okafor"),
        ),
    ),
    (
        "The ward team",
        (
            _text("team name", "The team of the ward", "Kestrel ward team"),
            _text("team leader name", "Who leads it", "Alex Doyle"),
            _text("team phone", "Its telephone number", "0114 496 0111"),
            _text("team email", "Its e-mail address", "kestrel@example.org"),
        ),
    ),
    (
        "The household",
        (
            _text("addressee", "As on the envelope", "Mr A Khan and Ms B Jones"),
            _text("salutation", "As the letter opens", "Dear Mr Khan and Ms Jones"),
            _text("address", "Of the home", "14 Elm Road, Kestrelford, ZK1 1AA"),
            _text("tenancy reference", "Of the tenancy written to", "T004512"),
        ),
    ),
    (
        "The place",
        (
            _text("patch code", "Code of the patch", "KS-04"),
            _text("patch name", "Its name, or its code without one", "Harbour"),
            _text("ward name", "The ward of the patch", "Kestrel"),
            _text("landlord name", "Who manages the home", "Kestrelford Homes"),
            _text("landlord phone", "Their telephone number", "0114 496 0000"),
            _text("landlord email", "Their e-mail address", "homes@example.org"),
            _text("date", "The date on the letter", "3 March 2026"),
        ),
    ),
    (
        "Text that appears only sometimes",
        (
            _flag("cover", "Somebody covers for an officer who is away"),
            _flag("officer answers", "A person answers, as lead or cover"),
            _flag("team answers", "The ward team answers"),
            _flag("officer phone known", "The officer has a telephone number"),
            _flag("officer email known", "The officer has an e-mail address"),
            _flag("joint tenants", "The letter is to two people or more"),
        ),
    ),
)

ALL: tuple[Known, ...] = tuple(known for _, group in GROUPS for known in group)
NAMES: tuple[str, ...] = tuple(known.name for known in ALL)
_BY_KEY = {name_key(known.name): known for known in ALL}


def check_wording(subject: str, body: str) -> tuple[Problem, ...]:
    """Everything wrong with a wording, in reading order."""
    problems = [*check(subject, body, NAMES)]
    template = parse(subject, body)
    for field, inline in _with_field(template):
        known = _BY_KEY.get(name_key(getattr(inline, "name", "")))
        if known is None:
            continue
        if isinstance(inline, Placeholder) and known.is_flag:
            message = f"(({known.name})) is yes or no. Write {known.typed}."
            problems.append(Problem(field, inline.line, inline.column, message))
        if isinstance(inline, Conditional) and not known.is_flag:
            message = (
                f"(({known.name})) is not yes or no, so it cannot decide whether "
                "text appears."
            )
            problems.append(Problem(field, inline.line, inline.column, message))
    fields = ("subject", "body")
    return tuple(
        sorted(problems, key=lambda p: (fields.index(p.field), p.line, p.column))
    )


def printed_names(template: Template) -> tuple[str, ...]:
    """Placeholders whose value is printed, so must not be empty; flags are not."""
    return tuple(
        dict.fromkeys(
            _BY_KEY[key].name
            for _, inline in _with_field(template)
            if isinstance(inline, Placeholder)
            and (key := name_key(inline.name)) in _BY_KEY
        )
    )


def flag_names(template: Template) -> tuple[str, ...]:
    """Flags that decide whether some text of a letter appears."""
    return tuple(
        dict.fromkeys(
            _BY_KEY[key].name
            for _, inline in _with_field(template)
            if isinstance(inline, Conditional)
            and (key := name_key(inline.name)) in _BY_KEY
        )
    )


def _with_field(template: Template) -> Iterator[tuple[str, Inline]]:
    for inline in template.subject:
        yield "subject", inline
    for block in template.blocks:
        for item in block.items:
            for inline in item:
                yield "body", inline
