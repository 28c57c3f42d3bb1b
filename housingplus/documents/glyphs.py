"""Which characters the shipped fonts can show, and how wide a line will be."""

import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTFont

from housingplus.documents.text import FIRST_STRONG_ISOLATE, POP_ISOLATE

FONT_FOLDER = Path(__file__).parent / "fonts"
LATIN_FONT = "NotoSans-Regular.ttf"

# Drawn by no font: line breaks, and the marks ``clean_text`` itself puts in.
_JOINERS = frozenset({"\u200c", "\u200d"})
_NEVER_DRAWN = _JOINERS | {"\n", FIRST_STRONG_ISOLATE, POP_ISOLATE}


@cache
def font_files() -> tuple[Path, ...]:
    """The shipped fonts in the order they are tried: Latin first, Chinese last."""
    files = [*FONT_FOLDER.glob("*.ttf"), *FONT_FOLDER.glob("*.otf")]
    return tuple(
        sorted(files, key=lambda f: (f.suffix == ".otf", f.name != LATIN_FONT, f.name))
    )


@cache
def font_families() -> tuple[str, ...]:
    """Family names in the order of ``font_files``, each once."""
    names: dict[str, None] = {}
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            names[str(font["name"].getBestFamilyName())] = None
    return tuple(names)


@cache
def _character_sets() -> tuple[frozenset[int], ...]:
    sets = []
    for path in font_files():
        if path.stem.endswith("-Bold"):
            continue
        with TTFont(path, lazy=True) as font:
            sets.append(frozenset(font.getBestCmap()))
    return tuple(sets)


@cache
def _all_characters() -> frozenset[int]:
    return frozenset().union(*_character_sets())


def characters_not_shown(text: str) -> tuple[str, ...]:
    """Characters of a cleaned text that no shipped font can show, each once.

    A letter and its accents must come from one font, so a mark that no font has
    together with its letter is named too.
    """
    if text.isascii():
        return ()
    everything = _all_characters()
    missing = dict.fromkeys(
        c for c in text if ord(c) not in everything and c not in _NEVER_DRAWN
    )
    for cluster in _accented(text):
        codes = {ord(c) for c in cluster if c not in _NEVER_DRAWN}
        if not any(codes <= font for font in _character_sets()):
            missing.update(dict.fromkeys(cluster[1:]))
    return tuple(missing)


def _accented(text: str) -> list[str]:
    """Each letter that is followed by combining marks, with its marks."""
    clusters: list[str] = []
    for before, character in pairwise(text):
        if unicodedata.category(character)[0] != "M" and character not in _JOINERS:
            clusters.append("")
        elif clusters and clusters[-1]:
            clusters[-1] += character
        else:
            clusters.append(before + character)
    return [cluster for cluster in clusters if cluster]


class _Widths(dict[int, int]):
    """Advance of each character in the Latin face; a full em for any other."""

    def __init__(self, font: TTFont) -> None:
        advances = font["hmtx"].metrics
        super().__init__(
            {code: advances[name][0] for code, name in font.getBestCmap().items()}
        )
        self.units: int = font["head"].unitsPerEm

    def __missing__(self, code: int) -> int:
        return 0 if chr(code) in _NEVER_DRAWN else self.units


@cache
def _widths() -> _Widths:
    with TTFont(FONT_FOLDER / LATIN_FONT, lazy=True) as font:
        return _Widths(font)


def width_in_ems(text: str) -> float:
    """How wide a line of the regular face is, never less than it is printed."""
    widths = _widths()
    return sum(map(widths.__getitem__, map(ord, text))) / widths.units
