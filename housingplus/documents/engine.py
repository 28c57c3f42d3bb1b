"""Set documents with Typst: one compiler a process, its folder of its own."""

from __future__ import annotations

import atexit
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal, cast

import typst

from .compiler import new_compiler
from .errors import DocumentNotSet
from .glyphs import characters_not_shown, font_families
from .text import clean_text

PARTS = Path(__file__).parent / "parts.typ"
STANDARD: Literal["ua-1"] = "ua-1"
NOT_SHOWN = "\ufffd"


class Engine:
    """A Typst compiler and the folder it may read. Use ``engine()``, one a process."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="documents-"))
        atexit.register(shutil.rmtree, self.root, ignore_errors=True)
        shutil.copyfile(PARTS, self.root / PARTS.name)
        self.compiler = new_compiler(self.root / PARTS.name, root=self.root)
        self.lock = Lock()

    def set(self, template: Path, content: str, dated: dt.date) -> bytes:
        with self.lock:
            written = self.compiler.compile(
                self._copied(template),
                format="pdf",
                sys_inputs={"content": content},
                pdf_standards=[STANDARD],
                timestamp=dt.datetime.combine(dated, dt.time(), dt.UTC),
            )
        # Bytes, not a list of pages: that is for pictures.
        return cast(bytes, written)

    def _copied(self, template: Path) -> Path:
        """Return the template in the compiler's folder, named by its content."""
        source = template.read_bytes()
        name = f"{template.stem}-{hashlib.sha256(source).hexdigest()[:16]}.typ"
        path = self.root / name
        if not path.exists():
            path.write_bytes(source)
        return path


def engine() -> Engine:
    """This process's engine; a forked worker makes its own."""
    return _engine_of(os.getpid())


@cache
def _engine_of(_process: int) -> Engine:
    return Engine()


def compile_document(
    template: Path, content: Mapping[str, Any], *, title: str, dated: dt.date
) -> bytes:
    """Return a tagged PDF of a template filled with `content`.

    `content` holds what JSON can; the title is the document's, and its first heading.
    Raises DocumentNotSet with what Typst says when the template and it do not fit.
    """
    values = {
        "content": _printable(dict(content)),
        "fonts": font_families(),
        "title": printable(title),
    }
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    try:
        return engine().set(template, text, dated)
    except typst.TypstError as error:
        raise DocumentNotSet(
            f"The document could not be set: {str(error.message).strip()}"
        ) from error


def printable(text: str) -> str:
    """Return a text with U+FFFD for each character that no font can show."""
    cleaned = clean_text(text)
    for character in characters_not_shown(cleaned):
        cleaned = cleaned.replace(character, NOT_SHOWN)
    return cleaned


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value
