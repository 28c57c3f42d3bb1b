"""The wording of letters: a small part of Markdown with ``((placeholders))``.

``parse(subject, body)`` gives a :class:`Template`, and never fails.
``check(subject, body, allowed)`` lists what a writer must put right, with positions.
``list_placeholders(template)`` names what it needs.
``fill(template, values, required=…)`` gives a :class:`FilledLetter` of plain strings.
``to_html`` and ``to_plain_text`` show a filled letter, ``to_plain_values`` and
``from_plain_values`` keep it; ``tenants.letters.typesetting`` prints it.

Plain Python over plain values: no models, no settings, no database.
"""

from .checking import Problem, check
from .filling import fill, is_yes, list_placeholders
from .parsing import parse
from .placeholders import name_key
from .rendering import (
    from_plain_values,
    to_html,
    to_marked_text,
    to_plain_text,
    to_plain_values,
)
from .tree import BlockKind, FilledBlock, FilledLetter, Run, Template

__all__ = [
    "BlockKind",
    "FilledBlock",
    "FilledLetter",
    "Problem",
    "Run",
    "Template",
    "check",
    "fill",
    "from_plain_values",
    "is_yes",
    "list_placeholders",
    "name_key",
    "parse",
    "to_html",
    "to_marked_text",
    "to_plain_text",
    "to_plain_values",
]
