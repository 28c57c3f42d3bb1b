"""Which letters are printed together: in posting order, cut into packs of a size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from housingplus.common.counting import plural
from patches.register.models import Patch
from patches.wards.models import Ward
from tenants.letters.models import Channel, PackSplit
from tenants.letters.selectors.drafts import HomeDraft, LetterDraft
from tenants.letters.typesetting import PAGES_IN_A_PACK, posting_sort_key, sheets_of

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


def plan_packs(
    split: str, drafts: Sequence[HomeDraft], *, double_sided: bool
) -> list[PlannedPack]:
    """Divide the letters of a run as asked; a ward or patch too large has several.

    What goes by post comes first, then what goes to a supplier, then the e-mails. By
    number of sheets is by the pages found when the run was composed.
    """
    letters = [Posted(draft, letter) for draft in drafts for letter in draft.letters]
    group_of = partial(_group, split, double_sided=double_sided)
    titles = _titles(split, sorted({group_of(posted) for posted in letters}))
    order = {group: number for number, group in enumerate(titles)}

    def place(posted: Posted) -> tuple[int, int, str]:
        group = group_of(posted)
        channel = _CHANNELS.index(posted.letter.channel)
        return channel, order[group], titles[group]

    letters.sort(key=lambda posted: (place(posted), posted.sort_key))
    packs = []
    for (channel, _, title), together in groupby(letters, key=place):
        for number, some in enumerate(_cut(together), 1):
            packs.append(
                PlannedPack(
                    f"{title[:110]} ({number})"
                    if title and number > 1
                    else title[:120],
                    _CHANNELS[channel],
                    some,
                )
            )
    return packs


def _cut(letters: Iterable[Posted]) -> Iterator[list[Posted]]:
    """Cut letters where a pack is full; each counts as one page at least."""
    pack: list[Posted] = []
    full = 0
    for posted in letters:
        pages = max(posted.letter.likely_pages, 1)
        if pack and full + pages > PAGES_IN_A_PACK:
            yield pack
            pack, full = [], 0
        pack.append(posted)
        full += pages
    if pack:
        yield pack


def _group(split: str, posted: Posted, *, double_sided: bool) -> int:
    if split == PackSplit.WARD:
        return posted.home.ward_id
    if split == PackSplit.PATCH:
        return posted.home.patch_id or 0
    if split == PackSplit.SHEETS:
        return sheets_of(posted.letter.likely_pages, double_sided=double_sided)
    return 0


def _titles(split: str, groups: Sequence[int]) -> dict[int, str]:
    """Return a title for each group, in the order their packs come."""
    found: Mapping[int, object] = {}
    if split == PackSplit.WARD:
        found = Ward.objects.in_bulk(groups)
    elif split == PackSplit.PATCH:
        found = Patch.objects.in_bulk(groups)
    elif split == PackSplit.SHEETS:
        # What is not printed has no sheets, and no title.
        return {group: plural(group, "sheet") if group else "" for group in groups}
    titles = {group: str(found.get(group, "")) for group in groups}
    return dict(sorted(titles.items(), key=lambda one: (one[1], one[0])))
