"""Reads of runs and letters for pages, here and in other sub-packages."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
)

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from officers.assignments.scope import wards_run_by
from patches.properties.models import Property
from patches.register.models import Patch
from patches.wards.models import Ward
from tenants.households.models import Household
from tenants.letters.models import (
    Channel,
    Letter,
    LetterPack,
    LetterRun,
    LetterRunHome,
    LetterTemplate,
    LetterTemplateVersion,
    RunStatus,
)
from tenants.letters.querysets import likely_pages
from tenants.letters.reasons import reason_label, shown_counts
from tenants.letters.typesetting import sheets_of

if TYPE_CHECKING:
    from officers.accounts.models import User

# From approval on a letter is more than a draft.
MEANT_STATUSES = (
    RunStatus.APPROVED,
    RunStatus.PRODUCING,
    RunStatus.PAUSED,
    RunStatus.PRODUCED,
    RunStatus.POSTED,
)


def list_runs(user: User) -> QuerySet[LetterRun]:
    """Runs the person may see, with what the list shows."""
    return (
        LetterRun.objects.visible_to(user)
        .select_related("template_version__template", "created_by", "approved_by")
        .defer("senders")
    )


def list_runs_to_approve(user: User) -> QuerySet[LetterRun]:
    """Runs waiting for this person: wholly in wards they run, and with letters."""
    if not user.has_permission(Permission.APPROVE_LETTERS):
        return LetterRun.objects.none()
    runs = list_runs(user).filter(status=RunStatus.COMPOSED, letter_count__gt=0)
    if not user.has_permission(Permission.ALL_WARDS):
        elsewhere = Ward.objects.exclude(pk__in=wards_run_by(user).values("pk"))
        runs = runs.exclude(wards__in=elsewhere.values("pk"))
    return runs


def list_letters(user: User) -> QuerySet[Letter]:
    """Letters to households the person may see, with what the list shows."""
    return (
        Letter.objects.visible_to(user)
        .filter(run__status__in=MEANT_STATUSES)
        .select_related("run", "patch", "home__property", "returned")
        .defer("values", "run__senders")
    )


def list_run_homes(run: LetterRun) -> QuerySet[LetterRunHome]:
    """Homes of a run with their letters, for its list."""
    letters = Letter.objects.annotate(likely_pages=likely_pages()).order_by(
        "is_copy", "sequence"
    )
    return run.homes.select_related("property", "patch").prefetch_related(
        Prefetch("letters", letters)
    )


@dataclass(frozen=True)
class ReasonCount:
    """How many homes of a run are exceptions for a reason."""

    reason: str
    label: str
    count: int


def count_reasons(run: LetterRun, *, names_marks: bool) -> list[ReasonCount]:
    """Exceptions of a run by reason, most first, as a person may be told of them."""
    rows = dict(
        run.homes.filter(is_exception=True)
        .order_by()
        .values_list("reason")
        .annotate(total=Count("pk"))
    )
    return [
        ReasonCount(reason, reason_label(reason, names_marks=names_marks), total)
        for reason, total in sorted(
            shown_counts(rows, names_marks=names_marks).items(),
            key=lambda row: (-row[1], row[0]),
        )
    ]


@dataclass(frozen=True)
class ChannelCount:
    """How many letters of a run go one way, with their pages once they are set."""

    channel: str
    label: str
    homes: int
    letters: int
    pages: int


def count_channels(run: LetterRun) -> list[ChannelCount]:
    """Letters of a run by how they reach their households; one query."""
    rows = {
        channel: counts
        for channel, *counts in run.letters.order_by()
        .values_list("channel")
        .annotate(Count("home", distinct=True), Count("pk"), Sum("page_count"))
    }
    return [
        ChannelCount(channel, str(label), homes, letters, pages or 0)
        for channel, label in Channel.choices
        for homes, letters, pages in [rows.get(channel, (0, 0, 0))]
        if letters
    ]


def count_copies(run: LetterRun) -> int:
    """How many letters of a run are copies for representatives."""
    return run.letters.copies().count()


@dataclass(frozen=True)
class PagesRow:
    """How many letters of a run have, or are expected to have, so many pages."""

    pages: int
    letters: int
    set_count: int

    @property
    def is_expected(self) -> bool:
        """Whether some were not set, so that the number may turn out another."""
        return self.set_count < self.letters


@dataclass(frozen=True)
class PageCounts:
    """How many letters of a run to print have how many pages, as far as known."""

    rows: list[PagesRow]
    letter_count: int

    @property
    def set_count(self) -> int:
        return sum(row.set_count for row in self.rows)

    @property
    def usual(self) -> int:
        """The number of pages most letters have."""
        return max(self.rows, key=lambda row: row.letters).pages if self.rows else 0

    @property
    def longer_count(self) -> int:
        return sum(row.letters for row in self._longer)

    @property
    def is_longer_expected(self) -> bool:
        return any(row.is_expected for row in self._longer)

    @property
    def _longer(self) -> list[PagesRow]:
        return [row for row in self.rows if row.pages > self.usual]


def count_pages(run: LetterRun) -> PageCounts:
    """Letters to print by their number of pages, fewest first."""
    rows = (
        run.letters.filter(channel=Channel.POST)
        .annotate(likely_pages=likely_pages())
        .order_by("likely_pages")
        .values_list("likely_pages")
        .annotate(Count("pk"), Count("page_count"))
    )
    found = [PagesRow(*row) for row in rows]
    return PageCounts(
        rows=[row for row in found if row.pages],
        letter_count=sum(row.letters for row in found),
    )


def list_packs(run: LetterRun) -> QuerySet[LetterPack]:
    """Packs of a run that can be downloaded: none before all of them are made."""
    if run.status not in {RunStatus.PRODUCED, RunStatus.POSTED}:
        return LetterPack.objects.none()
    return run.packs.filter(made_at__isnull=False).order_by("number")


def sheets_in_packs(run: LetterRun) -> dict[int, list[tuple[int, int]]]:
    """By pack of letters to post: how many letters have how many sheets."""
    rows = (
        run.letters.filter(channel=Channel.POST, page_count__isnull=False)
        .order_by()
        .values_list("chunk__pack", "page_count")
        .annotate(total=Count("pk"))
    )
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for pack_id, pages, total in rows:
        found[pack_id][sheets_of(pages, double_sided=run.is_double_sided)] += total
    return {pack_id: sorted(counts.items()) for pack_id, counts in found.items()}


def patches_of_run(run: LetterRun) -> QuerySet[Patch]:
    """Patches with homes in a run."""
    return Patch.objects.filter(
        pk__in=run.homes.order_by().values("patch").distinct()
    ).order_by("code")


def count_marked_since(run: LetterRun) -> int:
    """Letters of a run to households now marked do not write."""
    if run.status in {RunStatus.POSTED, RunStatus.CANCELLED}:
        return 0
    return run.letters.marked_since().count()


def count_changed_since(run: LetterRun) -> int:
    """Letters of a run to households that left, or want letters elsewhere, by now."""
    if run.status in {RunStatus.POSTED, RunStatus.CANCELLED}:
        return 0
    return run.letters.changed_since().count()


def count_written_to_lately(run: LetterRun, days: int = 28) -> int:
    """Homes of a run that have a letter in another run with a date near this one's."""
    near = Letter.objects.filter(
        home__property=OuterRef("property"),
        run__status__in=MEANT_STATUSES,
        run__dated__gte=run.dated - dt.timedelta(days=days),
    ).exclude(run=run.pk)
    return run.homes.filter(Exists(near), is_exception=False).count()


def list_templates() -> QuerySet[LetterTemplate]:
    """Templates with their newest version's number and when it was written."""
    newest = LetterTemplateVersion.objects.filter(template=OuterRef("pk")).order_by(
        "-number"
    )
    return LetterTemplate.objects.annotate(
        version_number=Subquery(newest.values("number")[:1]),
        changed_at=Subquery(newest.values("created_at")[:1]),
        run_count=Count("versions__runs", distinct=True),
    )


def current_version(template: LetterTemplate) -> LetterTemplateVersion:
    """The newest version of a template."""
    return template.versions.select_related("created_by").latest("number")


def next_household(
    user: User, *, find: str = "", after: int | None = None
) -> Household | None:
    """A household to preview a letter with, among those the person may see.

    `find` narrows to a postcode, a UPRN or the beginning of a street; `after` is the
    household shown last, so that "next" walks through them all and begins again.
    """
    rows = (
        Household.objects.visible_to(user)
        .as_at(today())
        .select_related("property")
        .order_by("pk")
    )
    if find := " ".join(find.split()):
        rows = rows.filter(property__in=_homes_named(find))
    if after is not None:
        following = rows.filter(pk__gt=after).first()
        if following is not None:
            return following
    return rows.first()


def _homes_named(find: str) -> QuerySet[Property]:
    compact = find.replace(" ", "").upper()
    postcode = f"{compact[:-3]} {compact[-3:]}" if len(compact) > 4 else compact
    homes = Property.objects
    return (
        homes.filter(postcode__istartswith=postcode)
        | homes.filter(postcode__istartswith=find)
        | homes.filter(uprn=find)
        | homes.filter(street_key__startswith=find.casefold())
    )
