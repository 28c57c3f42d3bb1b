"""A wording shown with a real household, as the editor and template pages ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from tenants.households.models import Household
from tenants.letters.markup import FilledLetter
from tenants.letters.models import LetterExceptionReason
from tenants.letters.reasons import reason_label
from tenants.letters.typesetting import (
    LetterContent,
    Letterhead,
    OfficerBlock,
    TypesetBatch,
)

from .content import draft_batch
from .drafts import HomeDraft
from .recipients import Mailing, draft_homes, prepare_mailing
from .runs import next_household
from .wordings import Wording

if TYPE_CHECKING:
    from officers.accounts.models import User


@dataclass(frozen=True)
class Preview:
    """The letter one household would get today, or why it would get none."""

    household: Household | None = None
    find: str = ""
    refusal: str = ""
    batch: TypesetBatch | None = None

    @property
    def letter(self) -> LetterContent | None:
        return self.batch.letters[0] if self.batch else None

    @property
    def content(self) -> FilledLetter | None:
        return self.letter.content if self.letter else None

    @property
    def letterhead(self) -> Letterhead | None:
        if self.batch is None:
            return None
        return self.batch.letterheads[self.batch.letters[0].letterhead]

    @property
    def officer(self) -> OfficerBlock | None:
        if self.batch is None:
            return None
        return self.batch.officers[self.batch.letters[0].officer]

    @property
    def letter_count(self) -> int:
        return sum(not letter.note for letter in self._letters)

    @property
    def copy_count(self) -> int:
        return len(self._letters) - self.letter_count

    @property
    def _letters(self) -> tuple[LetterContent, ...]:
        return self.batch.letters if self.batch else ()


def preview_for(
    user: User,
    *,
    subject: str,
    body: str,
    household_id: int | None = None,
    find: str = "",
    wants_next: bool = False,
    only: Wording | None = None,
) -> Preview:
    """Return the wording for a household the person may see, today.

    With `only` the letter is set from that translation or easy read, whatever the
    household wants.
    """
    household = None
    if household_id is not None and not wants_next and not find:
        household = (
            Household.objects.visible_to(user)
            .select_related("property")
            .filter(pk=household_id)
            .first()
        )
    household = household or next_household(
        user, find=find, after=household_id if wants_next else None
    )
    if household is None:
        return Preview(find=find)
    mailing = prepare_mailing(subject=subject, body=body, dated=today(), only=only)
    drafts = draft_homes(mailing, [household.property_id])
    home = drafts[0]
    if home.reason:
        label = reason_label(
            home.reason,
            names_marks=user.has_permission(Permission.EDIT_HOUSEHOLDS),
        )
        refusal = f"{label}: {home.detail}" if home.detail else label
        shown = (
            _with_gaps(mailing, household)
            if home.reason == LetterExceptionReason.MISSING_VALUE
            else None
        )
        if shown is None:
            return Preview(household, find, refusal)
        batch = draft_batch(mailing, shown, subject=subject, body=body)
        return Preview(household, find, refusal, batch)
    batch = draft_batch(mailing, home, subject=subject, body=body)
    return Preview(household, find, batch=batch)


def _with_gaps(mailing: Mailing, household: Household) -> HomeDraft | None:
    """The household's letters with the name of each missing value in its place."""
    names = mailing.only.names if mailing.only else mailing.names
    nothing = replace(mailing.only, names=()) if mailing.only else None
    (home,) = draft_homes(
        replace(mailing, names=(), only=nothing), [household.property_id]
    )
    if home.reason:
        return None
    letters = tuple(
        replace(
            letter,
            values=letter.values
            | {name: f"[{name}]" for name in names if not letter.values[name]},
        )
        for letter in home.letters
    )
    return replace(home, letters=letters)
