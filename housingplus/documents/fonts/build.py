"""Make the shipped font files from Debian's Noto packages.

    apt-get download fonts-noto-core fonts-noto-cjk
    for package in *.deb; do dpkg-deb -x "$package" unpacked; done
    python housingplus/documents/fonts/build.py unpacked/usr/share/fonts

Hinting is dropped (paper and PDF viewers do not use it); kerning, ligatures and the
shaping tables of each script are kept. The same input gives the same bytes.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent

LATIN_RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x036F),  # Latin-1 to combining marks
    (0x0370, 0x0527),  # Greek, Cyrillic
    (0x1AB0, 0x1AFF),  # more combining marks
    (0x1D00, 0x1DBF),  # phonetic letters
    (0x1E00, 0x1FFF),  # Vietnamese, Welsh, Yoruba, polytonic Greek
    (0x2000, 0x206F),  # punctuation, direction marks
    (0x2070, 0x20CF),  # superscripts, currencies
    (0x2100, 0x218F),  # letter-like, fractions
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematical signs the font has
    (0x25A0, 0x25FF),  # shapes: bullets, dotted circle
    (0x2C60, 0x2C7F),  # Latin extended C
    (0xA720, 0xA7FF),  # Latin extended D
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFD, 0xFFFD),
)

WHOLE = (
    "Arabic",
    "Armenian",
    "Bengali",
    "Devanagari",
    "Ethiopic",
    "Georgian",
    "Gujarati",
    "Gurmukhi",
    "Hebrew",
    "Malayalam",
    "Sinhala",
    "Tamil",
    "Telugu",
    "Thai",
)


def latin() -> set[int]:
    return {code for low, high in LATIN_RANGES for code in range(low, high + 1)}


def chinese() -> set[int]:
    """GB 2312 (6,763 simplified) with Big5 level 1 (5,401 traditional), and kana."""
    codes = set(range(0x3000, 0x3100)) | set(range(0xFF01, 0xFF5F))
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            codes |= _decoded(bytes((lead, trail)), "gb2312")
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            codes |= _decoded(bytes((lead, trail)), "big5")
    return {code for code in codes if code >= 0x2E80}


def _decoded(pair: bytes, encoding: str) -> set[int]:
    try:
        return {ord(pair.decode(encoding))}
    except (UnicodeDecodeError, TypeError):
        return set()


def write(font: TTFont, codes: set[int] | None, name: str) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes if codes is not None else font.getBestCmap())
    subsetter.subset(font)
    font.save(HERE / name, reorderTables=True)


def main(source: Path) -> None:
    noto = source / "truetype" / "noto"
    for weight in ("Regular", "Bold"):
        font = TTFont(noto / f"NotoSans-{weight}.ttf", recalcTimestamp=False)
        write(font, latin(), f"NotoSans-{weight}.ttf")
    for script in WHOLE:
        name = f"NotoSans{script}-Regular.ttf"
        write(TTFont(noto / name, recalcTimestamp=False), None, name)
    collection = TTCollection(source / "opentype" / "noto" / "NotoSansCJK-Regular.ttc")
    for font in collection.fonts:
        if font["name"].getDebugName(1) == "Noto Sans CJK SC":
            font.recalcTimestamp = False
            write(font, chinese(), "NotoSansCJKsc-Regular.otf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
