"""Text made safe to set: nothing invisible, one form of each letter."""

import re
import unicodedata

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_KEPT_FORMAT_CHARACTERS = frozenset({"\u200c", "\u200d"})  # joiners of Persian, Bengali
_INVISIBLE_MARKS = frozenset(
    # Combining grapheme joiner, Mongolian and ordinary variation selectors.
    chr(code)
    for low, high in ((0x34F, 0x34F), (0x180B, 0x180F), (0xFE00, 0xFE0F))
    for code in range(low, high + 1)
) | frozenset(chr(code) for code in range(0xE0100, 0xE01F0))
_INVISIBLE = re.compile(f"[{''.join(sorted(_INVISIBLE_MARKS))}]")
# Letters and a Braille cell that fonts leave empty.
_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SPACES = {"\t": " ", "\u00ad": "", "\u2007": "\u00a0", "\u202f": "\u00a0"}


def clean_text(text: str, *, isolate: bool = False) -> str:
    """Strip what cannot be seen and could mislead; compose accents (NFC).

    Direction controls, zero-width spaces and control characters go. The zero-width
    joiners stay, but only between letters, where Persian and Indic spelling needs them.
    ``isolate`` wraps a text that has right-to-left letters, so that its neighbours in
    the sentence keep their places.
    """
    if text.isascii() and text.isprintable():
        return text
    if text.replace("\n", "").isprintable() and not _INVISIBLE.search(text):
        return _composed(text, isolate=isolate)
    for newline in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(newline, "\n")
    kept = []
    for index, character in enumerate(text):
        if character in _SPACES:
            kept.append(_SPACES[character])
        elif character == "\n" or _is_shown(character):
            kept.append(character)
        elif character in _KEPT_FORMAT_CHARACTERS and kept:
            before, after = kept[-1][-1:], text[index + 1 : index + 2]
            if _is_letter(before) and (_is_letter(after) or character == "\u200d"):
                kept.append(character)
    return _composed("".join(kept), isolate=isolate)


def is_seen(text: str) -> bool:
    """Whether anything of a text can be seen: no name is made of zero-width spaces."""
    return any(
        not character.isspace() and character not in _EMPTY
        for character in clean_text(text)
    )


def _composed(text: str, *, isolate: bool) -> str:
    cleaned = unicodedata.normalize("NFC", text)
    if isolate and has_right_to_left(cleaned):
        return f"{FIRST_STRONG_ISOLATE}{cleaned}{POP_ISOLATE}"
    return cleaned


def has_right_to_left(text: str) -> bool:
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def is_right_to_left(text: str) -> bool:
    """True when the first letter with a direction runs from right to left."""
    if text.isascii():
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False


def _is_shown(character: str) -> bool:
    # Unassigned characters pass: the glyph check names them instead of dropping them.
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return False
    return character not in _INVISIBLE_MARKS


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[:1] in {"L", "M"} if character else False
