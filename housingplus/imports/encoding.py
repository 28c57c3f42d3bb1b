"""Which encoding a text file is in, decided by rules that can be explained.

A byte order mark decides. Without one UTF-16 shows by its zero bytes, then UTF-8 by
being valid throughout. Bytes that are not UTF-8 are Windows-1252 when each of them is a
mark or letter a British list holds ("£", "’", "é"); anything else is refused, because
guessing wrong would print a tenant's name wrong on a letter.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import BinaryIO

from .errors import FileRefused

_CHUNK = 1 << 20
_SAMPLE = 4096
# Euro, ellipsis, quotes, dashes, bullet, trade marks, pound, copyright, degree, ½ …
_PLAUSIBLE = (
    b"\x80\x85\x8a\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9c\x9e\x9f\xa0\xa3\xa9"
    b"\xae\xb0\xb4\xb7\xba\xbc\xbd\xbe\xc0\xc1\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd"
    b"\xce\xcf\xd1\xd2\xd3\xd4\xd6\xd8\xd9\xda\xdb\xdc\xdd\xdf"
) + bytes(code for code in range(0xE0, 0xFE) if code not in (0xF0, 0xF7))
_IMPLAUSIBLE = re.compile(
    b"[" + re.escape(bytes(set(range(0x80, 0x100)) - set(_PLAUSIBLE))) + b"]"
)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HELP = "Save it again as “CSV UTF-8” and upload that."


def find_encoding(path: Path) -> str:
    """Return the name of the codec that reads the file; refuse when none is sure."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            raise FileRefused(f"The file is in UTF-32, which is not read here. {_HELP}")
        if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        elif sample.startswith(codecs.BOM_UTF8):
            encoding = "utf-8-sig"
        elif (unmarked := _utf_16_without_mark(sample)) is not None:
            encoding = unmarked
        else:
            return _utf_8_or_windows(file)
        _check_decodes(file, encoding)
    return encoding


def _utf_16_without_mark(sample: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte."""
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    for encoding, zeros, others in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        if zeros.count(0) > half * 0.8 and not others.count(0):
            return encoding
    return None


def _utf_8_or_windows(file: BinaryIO) -> str:
    bad_line = _check(file, "utf-8")
    if bad_line is None:
        return "utf-8"
    file.seek(0)
    multibyte, line = 0, 1
    while chunk := file.read(_CHUNK):
        multibyte += len(_MULTIBYTE.findall(chunk))
        strange = _IMPLAUSIBLE.search(chunk)
        if multibyte or strange:
            raise FileRefused(
                f"Line {bad_line} holds bytes that are no text in UTF-8, so letters "
                f"such as é or ’ would come out wrong. {_HELP}"
            )
        line += chunk.count(b"\n")
    return "cp1252"


def _check_decodes(file: BinaryIO, encoding: str) -> None:
    bad_line = _check(file, encoding)
    if bad_line is not None:
        name = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
        raise FileRefused(
            f"The file says it is {name}, but line {bad_line} holds bytes that are no "
            f"text in it. {_HELP}"
        )


def _check(file: BinaryIO, encoding: str) -> int | None:
    """Return the line with the first bytes that do not decode; None when all do."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + bytes(error.object[: error.start]).count(b"\n")
        if not chunk:
            return None
        line += text.count("\n")
