"""Put values into a template.

Values are copied in after parsing, so nothing inside one is ever read as markup or as
another placeholder.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from housingplus.documents.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, clean_text

from .placeholders import name_key
from .tree import (
    Block,
    BlockKind,
    Conditional,
    FilledBlock,
    FilledLetter,
    Inline,
    Placeholder,
    Run,
    Template,
    Text,
)

Value = str | int | bool | None | Sequence[str]

YES = frozenset({"yes", "y", "true", "t", "1", "include", "show"})


def list_placeholders(template: Template) -> tuple[str, ...]:
    """Each name once, as first typed, in reading order."""
    names: dict[str, str] = {}
    for inline in _inlines(template):
        if not isinstance(inline, Text):
            names.setdefault(name_key(inline.name), inline.name)
    return tuple(names.values())


def fill(
    template: Template,
    values: Mapping[str, Value],
    *,
    required: Iterable[str] = (),
    isolate: bool = False,
) -> FilledLetter:
    """Fill a template with one household's values.

    A name that is not in ``values`` is missing; so is one in ``required`` whose value
    is empty. A paragraph or list entry left with nothing in it disappears. `isolate`
    keeps every value in its own direction, as a right-to-left wording needs.
    """
    by_key = {name_key(name): value for name, value in values.items()}
    must_have = {name_key(name) for name in required}
    blocks = []
    for block in template.blocks:
        if filled := _fill_block(block, by_key, isolate):
            blocks.append(filled)
    return FilledLetter(
        subject=_fill_item(template.subject, by_key, isolate),
        blocks=tuple(blocks),
        missing=_missing(template, by_key, must_have),
    )


def _inlines(template: Template) -> Iterator[Inline]:
    yield from template.subject
    for block in template.blocks:
        for item in block.items:
            yield from item


def _missing(
    template: Template, values: Mapping[str, Value], must_have: set[str]
) -> tuple[str, ...]:
    missing: dict[str, str] = {}
    for inline in _inlines(template):
        if isinstance(inline, Text):
            continue
        key = name_key(inline.name)
        is_empty = isinstance(inline, Placeholder) and not _as_text(values.get(key))
        if key not in values or (key in must_have and is_empty):
            missing.setdefault(key, inline.name)
    return tuple(missing.values())


def _fill_block(
    block: Block, values: Mapping[str, Value], isolate: bool
) -> FilledBlock | None:
    if listed := _as_list(block, values):
        return FilledBlock(BlockKind.BULLETS, listed)
    items = []
    for item in block.items:
        runs = _trimmed(_fill_item(item, values, isolate))
        if runs:
            items.append(runs)
    return FilledBlock(block.kind, tuple(items)) if items else None


def _as_list(block: Block, values: Mapping[str, Value]) -> tuple[tuple[Run, ...], ...]:
    """A list of values alone in its paragraph prints as bullets."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.items[0]) != 1:
        return ()
    inline = block.items[0][0]
    if not isinstance(inline, Placeholder):
        return ()
    value = values.get(name_key(inline.name))
    if value is None or isinstance(value, str | bool | int):
        return ()
    entries = (clean_text(str(entry), isolate=True) for entry in value)
    return tuple((Run(entry, inline.is_bold),) for entry in entries if entry.strip())


def _fill_item(
    item: tuple[Inline, ...], values: Mapping[str, Value], isolate: bool
) -> tuple[Run, ...]:
    runs: list[Run] = []
    for inline in item:
        match inline:
            case Text(text=text):
                text = clean_text(text)
            case Placeholder(name=name):
                text = clean_text(_as_text(values.get(name_key(name))), isolate=True)
                if isolate and text and not text.startswith(FIRST_STRONG_ISOLATE):
                    text = f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
            case Conditional(name=name, text=wording):
                is_true = is_yes(values.get(name_key(name)))
                text = clean_text(wording) if is_true else ""
        if not text:
            continue
        if runs and runs[-1].is_bold == inline.is_bold:
            runs[-1] = Run(runs[-1].text + text, inline.is_bold)
        else:
            runs.append(Run(text, inline.is_bold))
    return tuple(runs)


def is_yes(value: Value) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() in YES
    return bool(value)


def _as_text(value: Value) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, str | int):
        return str(value).strip()
    entries = [str(entry).strip() for entry in value]
    entries = [entry for entry in entries if entry]
    if len(entries) < 2:
        return "".join(entries)
    return f"{', '.join(entries[:-1])} and {entries[-1]}"


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Lines left empty by an empty value go; so do spaces at either end."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(Run(piece, run.is_bold))
    kept = [line for line in lines if "".join(run.text for run in line).strip()]
    joined: list[Run] = []
    for number, line in enumerate(kept):
        for position, run in enumerate(line):
            text = run.text
            if position == 0:
                text = ("\n" if number else "") + text.lstrip(" ")
            if joined and joined[-1].is_bold == run.is_bold:
                joined[-1] = Run(joined[-1].text + text, run.is_bold)
            elif text:
                joined.append(Run(text, run.is_bold))
    return tuple(joined)
