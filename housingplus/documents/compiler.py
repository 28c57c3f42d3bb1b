"""The Typst compiler as every document here wants it: our fonts, one thread."""

from __future__ import annotations

import os
from pathlib import Path

import typst

from .glyphs import FONT_FOLDER


def new_compiler(main: Path, *, root: Path) -> typst.Compiler:
    """Return a compiler of `main` that may read what is in `root` and nothing else.

    A process works in one thread: several cores are used by several workers, and each
    leaves the others to whoever reads pages meanwhile. Left to itself Typst takes
    every core and 5–20 % more processor time.
    """
    # Read once by Typst's thread pool, with the first thing this process sets.
    os.putenv("RAYON_NUM_THREADS", "1")
    return typst.Compiler(
        main,
        root=root,
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[FONT_FOLDER],
        ),
        ignore_system_fonts=True,
    )
