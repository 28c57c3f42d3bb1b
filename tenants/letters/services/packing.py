"""Which letters are printed together: in posting order, cut into packs of a size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from patches.register.models import Patch
from patches.wards.models import Ward
from tenants.letters.models import Channel, PackSplit
from tenants.letters.selectors.drafts import HomeDraft, LetterDraft
from tenants.letters.typesetting import LETTERS_IN_A_PACK, posting_sort_key

_CHANNELS = list(Channel.values)


@dataclass(frozen=True)
class Posted:
    """A letter with its home, to be put in posting order."""

    home: HomeDraft
    letter: LetterDraft

    @property
    def sort_key(self) -> tuple:
        tenancy, is_copy = self.letter.tenancy_id or 0, int(self.letter.is_copy)
        tie = f"{self.home.property_id:012d}-{tenancy:012d}-{is_copy}"
        return posting_sort_key(self.letter.address_lines, tie)


@dataclass(frozen=True)
class PlannedPack:
    """Letters that leave together by one channel, in posting order."""

    title: str
    channel: str
    letters: Sequence[Posted]

    def __len__(self) -> int:
        return len(self.letters)

    def __iter__(self) -> Iterator[Posted]:
        return iter(self.letters)


def plan_packs(split: str, drafts: Sequence[HomeDraft]) -> list[PlannedPack]:
    """Divide the letters of a run as asked; a ward or patch too large has several.

    What goes by post comes first, then what goes to a supplier, then the e-mails.
    """
    titles = _titles(split, drafts)

    def place(posted: Posted) -> tuple[int, str, int]:
        group = _group(split, posted.home)
        channel = _CHANNELS.index(posted.letter.channel)
        return channel, titles.get(group, ""), group

    letters = [Posted(draft, letter) for draft in drafts for letter in draft.letters]
    letters.sort(key=lambda posted: (place(posted), posted.sort_key))
    packs = []
    for (channel, title, _), some in groupby(letters, key=place):
        together = list(some)
        for number, start in enumerate(range(0, len(together), LETTERS_IN_A_PACK), 1):
            packs.append(
                PlannedPack(
                    f"{title[:110]} ({number})"
                    if title and number > 1
                    else title[:120],
                    _CHANNELS[channel],
                    together[start : start + LETTERS_IN_A_PACK],
                )
            )
    return packs


def _group(split: str, home: HomeDraft) -> int:
    if split == PackSplit.WARD:
        return home.ward_id
    if split == PackSplit.PATCH:
        return home.patch_id or 0
    return 0


def _titles(split: str, drafts: Sequence[HomeDraft]) -> Mapping[int, str]:
    groups = {_group(split, draft) for draft in drafts}
    if split == PackSplit.WARD:
        return {pk: row.name for pk, row in Ward.objects.in_bulk(groups).items()}
    if split == PackSplit.PATCH:
        return {pk: str(row) for pk, row in Patch.objects.in_bulk(groups).items()}
    return {}
