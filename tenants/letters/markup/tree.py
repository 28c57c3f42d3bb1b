"""What a letter's wording is made of, before and after its values are filled in."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Text:
    """Words as typed; a newline inside is a line break within the paragraph."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class Placeholder:
    """``((name))``: replaced by a value. Lines and columns count from 1."""

    name: str
    line: int
    column: int
    is_bold: bool = False


@dataclass(frozen=True)
class Conditional:
    """``((flag??text))``: the text appears when the flag is true."""

    name: str
    text: str
    line: int
    column: int
    is_bold: bool = False


Inline = Text | Placeholder | Conditional


class BlockKind(StrEnum):
    PARAGRAPH = "p"
    HEADING = "h1"
    SUBHEADING = "h2"
    BULLETS = "ul"
    NUMBERS = "ol"


@dataclass(frozen=True)
class Block:
    """A paragraph or heading has one item; a list has one for each entry."""

    kind: BlockKind
    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class Template:
    subject: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Run:
    """A piece of finished text. Nothing in it has any meaning but itself."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class FilledBlock:
    kind: BlockKind
    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class FilledLetter:
    """A letter's wording with every value in place.

    ``missing`` names, as typed in the template, the placeholders that had no value.
    """

    subject: tuple[Run, ...]
    blocks: tuple[FilledBlock, ...]
    missing: tuple[str, ...] = ()

    @property
    def subject_text(self) -> str:
        return "".join(run.text for run in self.subject)
