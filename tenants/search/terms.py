"""What was typed into the search box, as terms to look up. Pure text, no queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from housingplus.common.words import LONGEST_WORD, words_in

MOST_TERMS = 6
_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?", re.ASCII)
_INWARD = re.compile(r"\d[a-z]{2}", re.ASCII)
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_LETTER = re.compile(r"[a-z]?", re.ASCII)
_REFERENCE = re.compile(r"(?=.*\d)\w+([-/._]\w+)+", re.ASCII)


class Match(StrEnum):
    """How a term finds words."""

    EXACT = "exact"
    # A house number: "14" finds 14 and 14A, not 140.
    NUMBER = "number"
    PREFIX = "prefix"


@dataclass(frozen=True)
class Term:
    """One word of the search and how it is compared."""

    text: str
    match: Match

    @property
    def is_name_like(self) -> bool:
        """Whether it could be part of a person's name."""
        return not any(mark.isdigit() for mark in self.text)

    def finds(self, word: str) -> bool:
        """Whether the term finds an indexed word."""
        if self.match is Match.EXACT:
            return word == self.text
        if self.match is Match.PREFIX:
            return word.startswith(self.text)
        number, letter = word[: len(self.text)], word[len(self.text) :]
        return number == self.text and _LETTER.fullmatch(letter) is not None


@dataclass(frozen=True)
class Query:
    """What was typed: its terms, and the whole as one identifier."""

    text: str
    terms: tuple[Term, ...]
    # "KS-04" and "ks04" are one code; "ZK1 1AA" and "zk11aa" one postcode.
    joined: str
    # As a UPRN or landlord's reference would be indexed.
    identifier: str

    @property
    def postcode(self) -> str:
        """The whole text as a full postcode without its space, or nothing."""
        return self.joined if _POSTCODE.fullmatch(self.joined) else ""

    @property
    def may_be_reference(self) -> bool:
        """Whether it is the beginning of a reference with marks in it: "KF-00"."""
        return _REFERENCE.fullmatch(self.identifier) is not None


def parse(text: str) -> Query:
    """Return what was typed as terms, in order and each once."""
    text = " ".join(text.replace("\0", "").split())[:200]
    words = _with_postcodes_joined(words_in(text))
    terms = tuple(dict.fromkeys(_term(word) for word in words))
    return Query(
        text=text,
        terms=terms[:MOST_TERMS],
        joined="".join(words_in(text))[:LONGEST_WORD],
        identifier=_identifier(text),
    )


def _identifier(text: str) -> str:
    plain = text.casefold()[:LONGEST_WORD]
    return (plain.lstrip("0") or plain) if plain.isdecimal() else plain


def _with_postcodes_joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and _INWARD.fullmatch(word) and _OUTWARD.fullmatch(joined[-1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _term(word: str) -> Term:
    if _NUMBER.fullmatch(word):
        return Term(word, Match.NUMBER)
    if _POSTCODE.fullmatch(word) or _OUTWARD.fullmatch(word):
        return Term(word, Match.EXACT)
    if word.isdecimal():
        return Term(word.lstrip("0") or word, Match.PREFIX)
    return Term(word, Match.PREFIX)
