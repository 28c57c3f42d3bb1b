"""How many pages letters run to, known by setting them before anybody approves.

In a small run every letter is set. In a large one letters are alike but for names and
addresses: of each kind the letter with the least text is set, and those with the most,
from the longest down until ten in a row have no more pages than the shortest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tenants.letters.errors import ProductionFailed
from tenants.letters.markup import parse
from tenants.letters.models import Channel, LetterExceptionReason
from tenants.letters.placeholders import flag_names
from tenants.letters.selectors.content import draft_content
from tenants.letters.selectors.copies import copy_note
from tenants.letters.selectors.drafts import HomeDraft, LetterDraft
from tenants.letters.selectors.recipients import Mailing
from tenants.letters.selectors.senders import Senders, letterheads_of, officers_of
from tenants.letters.selectors.wordings import Wording
from tenants.letters.typesetting import (
    CHUNK_SIZE,
    MOST_PAGES,
    TypesetBatch,
    TypesettingError,
    compile_chunk,
)

from .withdrawing import too_long_said

SET_ALL_UP_TO = 500
LONGEST_AT_A_TIME = 10


@dataclass(frozen=True)
class Measurer:
    """Sets drafts as they will print and says how many pages each has.

    Pages are kept by the draft's identity: drafts may be equal, and hashing is slow.
    """

    mailing: Mailing
    senders: Senders
    subject: str
    body: str
    report: Callable[[], None]

    def measure(self, drafts: Sequence[HomeDraft]) -> list[HomeDraft]:
        """Return the drafts with the pages of letters set; too long ones excepted."""
        letters = [
            (home.patch_id or 0, letter)
            for home in drafts
            for letter in home.letters
            if letter.channel == Channel.POST
        ]
        likely: dict[int, int] = {}
        if len(letters) <= SET_ALL_UP_TO:
            pages = self._set(letters)
        else:
            pages, likely = self._set_longest(letters)
        return [_measured(home, pages, likely) for home in drafts]

    def _set_longest(
        self, letters: Sequence[tuple[int, LetterDraft]]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """Return the pages of the letters set, and what the others will come to."""
        kinds: dict[tuple, list[tuple[int, LetterDraft]]] = defaultdict(list)
        for patch_id, letter in letters:
            kinds[self._kind(patch_id, letter)].append((patch_id, letter))
        for alike in kinds.values():
            alike.sort(key=lambda one: self._length(one[1]))
        pages = self._set([alike[0] for alike in kinds.values()])
        fewest = {kind: pages[id(alike.pop(0)[1])] for kind, alike in kinds.items()}
        waiting = {kind: alike for kind, alike in kinds.items() if alike}
        likely: dict[int, int] = {}
        while waiting:
            longest = {
                kind: alike[-LONGEST_AT_A_TIME:] for kind, alike in waiting.items()
            }
            found = self._set([one for some in longest.values() for one in some])
            pages |= found
            for kind, some in longest.items():
                del waiting[kind][-LONGEST_AT_A_TIME:]
                most = max(found[id(letter)] for _, letter in some)
                settled = all(found[id(letter)] == fewest[kind] for _, letter in some)
                if not waiting[kind] or (settled and most <= MOST_PAGES):
                    unset = waiting.pop(kind)
                    likely |= {id(letter): fewest[kind] for _, letter in unset}
        return pages, likely

    def _kind(self, patch_id: int, letter: LetterDraft) -> tuple:
        """What makes letters unlike each other beside the length of their values."""
        officer = self.senders.officers[str(patch_id)]
        return (
            letter.is_copy,
            letter.letter_format,
            letter.wording.pk if letter.wording else None,
            letter.wanted_language,
            letter.landlord_id,
            letter.officer_id is None,
            officer["photo"] is None,
            officer["signature"] is None,
            *(letter.values[flag] for flag in self._flags(letter.wording)),
        )

    def _flags(self, wording: Wording | None) -> tuple[str, ...]:
        """Flags that decide whether some text of a letter appears."""
        flags = _flags_in(self.subject, self.body)
        if wording is None:
            return flags
        # In a bilingual letter the English follows.
        return (*flags, *_flags_in(wording.subject, wording.body))

    def _length(self, letter: LetterDraft) -> int:
        note = copy_note(letter.addressee, letter.values) if letter.is_copy else ""
        return len(note) + sum(len(letter.values[name]) for name in self.mailing.names)

    def _set(self, letters: Sequence[tuple[int, LetterDraft]]) -> dict[int, int]:
        """Return the pages of letters by the draft's identity."""
        pages: dict[int, int] = {}
        for start in range(0, len(letters), CHUNK_SIZE):
            some = letters[start : start + CHUNK_SIZE]
            try:
                spans = compile_chunk(self._batch(some), tagged=False).spans
            except TypesettingError as error:
                raise ProductionFailed(error.message) from error
            for (_, letter), span in zip(some, spans, strict=True):
                pages[id(letter)] = span.page_count
            self.report()
        return pages

    def _batch(self, letters: Sequence[tuple[int, LetterDraft]]) -> TypesetBatch:
        mailing = self.mailing
        contents = [
            replace(
                draft_content(
                    letter,
                    patch_id,
                    subject=self.subject,
                    body=self.body,
                    mailing=mailing,
                ),
                reference=f"L0000-{number:05d}",
            )
            for number, (patch_id, letter) in enumerate(letters)
        ]
        return TypesetBatch(
            letters=tuple(contents),
            letterheads=letterheads_of(
                self.senders, sorted({content.letterhead for content in contents})
            ),
            officers=officers_of(
                self.senders, sorted({content.officer for content in contents})
            ),
            dated=mailing.dated,
            envelope=mailing.envelope,
        )


@lru_cache(maxsize=64)
def _flags_in(subject: str, body: str) -> tuple[str, ...]:
    return flag_names(parse(subject, body))


def _measured(
    home: HomeDraft, pages: Mapping[int, int], likely: Mapping[int, int]
) -> HomeDraft:
    letters = tuple(
        replace(
            letter,
            page_count=pages.get(id(letter)),
            likely_pages=pages.get(id(letter)) or likely.get(id(letter), 0),
        )
        for letter in home.letters
    )
    most = max((letter.page_count or 0 for letter in letters), default=0)
    if most > MOST_PAGES:
        return replace(
            home,
            letters=(),
            reason=LetterExceptionReason.TOO_LONG,
            detail=too_long_said(most),
        )
    return replace(home, letters=letters)
