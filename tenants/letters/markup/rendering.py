"""A filled letter as HTML for preview pages, as plain text, and as plain values."""

from html import escape

from .tree import BlockKind, FilledBlock, FilledLetter, Run

_HTML_BLOCKS = {
    BlockKind.PARAGRAPH: ("p", None),
    BlockKind.HEADING: ("h2", None),
    BlockKind.SUBHEADING: ("h3", None),
    BlockKind.BULLETS: ("ul", "li"),
    BlockKind.NUMBERS: ("ol", "li"),
}
_HTML_CLASSES = {
    "p": "govuk-body",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
}


def to_html(letter: FilledLetter, *, with_classes: bool = True) -> str:
    """Escaped HTML of the body, without its subject. Safe to show on a page."""
    return "\n".join(_block_html(block, with_classes) for block in letter.blocks)


def to_plain_text(letter: FilledLetter) -> str:
    parts = [letter.subject_text]
    for block in letter.blocks:
        items = ["".join(run.text for run in item) for item in block.items]
        if block.kind is BlockKind.BULLETS:
            items = [f"• {item}" for item in items]
        elif block.kind is BlockKind.NUMBERS:
            items = [f"{number}. {item}" for number, item in enumerate(items, 1)]
        parts.append("\n".join(items))
    return "\n\n".join(parts) + "\n"


_MARKS = {
    BlockKind.PARAGRAPH: "",
    BlockKind.HEADING: "## ",
    BlockKind.SUBHEADING: "### ",
    BlockKind.BULLETS: "* ",
}


def to_marked_text(letter: FilledLetter) -> str:
    """Plain text that keeps headings and lists, as those who transcribe want it."""
    parts = [f"# {letter.subject_text}"]
    for block in letter.blocks:
        items = ["".join(run.text for run in item) for item in block.items]
        if block.kind is BlockKind.NUMBERS:
            items = [f"{number}. {item}" for number, item in enumerate(items, 1)]
        else:
            items = [f"{_MARKS[block.kind]}{item}" for item in items]
        parts.append("\n".join(items))
    return "\n\n".join(parts) + "\n"


def to_plain_values(letter: FilledLetter) -> dict[str, object]:
    """Lists, strings and numbers only, fit to keep as JSON."""
    return {
        "subject": _runs_to_plain(letter.subject),
        "blocks": [
            [block.kind.value, [_runs_to_plain(item) for item in block.items]]
            for block in letter.blocks
        ],
    }


def from_plain_values(stored: dict) -> FilledLetter:
    return FilledLetter(
        subject=_runs_from_plain(stored["subject"]),
        blocks=tuple(
            FilledBlock(
                BlockKind(kind), tuple(_runs_from_plain(item) for item in items)
            )
            for kind, items in stored["blocks"]
        ),
    )


def _runs_to_plain(runs: tuple[Run, ...]) -> list[list[object]]:
    return [[run.text, int(run.is_bold)] for run in runs]


def _runs_from_plain(runs: list) -> tuple[Run, ...]:
    return tuple(Run(text, bool(is_bold)) for text, is_bold in runs)


def _block_html(block: FilledBlock, with_classes: bool) -> str:
    tag, item_tag = _HTML_BLOCKS[block.kind]
    opening = f'{tag} class="{_HTML_CLASSES[tag]}"' if with_classes else tag
    items = [_runs_html(item) for item in block.items]
    if item_tag:
        entries = (f'<{item_tag} dir="auto">{item}</{item_tag}>' for item in items)
        return f"<{opening}>{''.join(entries)}</{tag}>"
    return f'<{opening} dir="auto">{"".join(items)}</{tag}>'


def _runs_html(runs: tuple[Run, ...]) -> str:
    pieces = []
    for run in runs:
        text = escape(run.text).replace("\n", "<br>")
        pieces.append(f"<strong>{text}</strong>" if run.is_bold else text)
    return "".join(pieces)
