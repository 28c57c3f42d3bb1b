"""Households and associations a published design concerns: letters due, hand-overs."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Case, Count, QuerySet, When
from django.db.models.functions import Coalesce, Least

from housingplus.common.dates import day_before
from officers.designs.changes import Answers, homes_changing_officer, homes_of_design
from patches.design.models import PatchDesign
from patches.register.models import Patch
from tenants.households.models import Household
from tenants.households.querysets import not_written_to
from tenants.taras.models import Tara, TaraBlock, TaraPatch, TaraStreet

if TYPE_CHECKING:
    from officers.accounts.models import User

# Reviews that fall due within this time after the day are handed over with the home.
REVIEWS_AHEAD = dt.timedelta(days=91)


@dataclass(frozen=True)
class LettersDue:
    """Households whose answering officer changes, in all and by ward."""

    home_count: int
    household_count: int
    not_written_to_count: int
    by_ward: dict[int, int]


@dataclass
class TaraToHandOver:
    """An association some of whose homes change patch or officer."""

    tara: Tara
    home_count: int = 0
    officers: Counter[tuple[str, str]] = field(default_factory=Counter)
    closing: list[Patch] = field(default_factory=list)

    @property
    def officer_changes(self) -> list[tuple[str, str, int]]:
        """Who answers before, who then, and for how many homes; most homes first."""
        return [(*pair, homes) for pair, homes in self.officers.most_common()]


def count_letters_due(design: PatchDesign, answers: Answers) -> LettersDue:
    """Count the households that need a letter because of a design; three queries."""
    homes = homes_changing_officer(design, answers)
    households = Household.objects.as_at(answers.starts_on).filter(
        property__in=homes.order_by().values("pk")
    )
    rows = (
        households.order_by()
        .annotate(is_marked=Case(When(not_written_to(), then=True), default=False))
        .values_list("property__ward", "is_marked")
        .annotate(total=Count("pk"))
    )
    by_ward: Counter[int] = Counter()
    stopped = 0
    for ward_id, is_marked, total in rows:
        by_ward[ward_id] += total
        stopped += total if is_marked else 0
    return LettersDue(
        home_count=homes.count(),
        household_count=by_ward.total(),
        not_written_to_count=stopped,
        by_ward=dict(by_ward),
    )


def list_reviews_to_hand_over(
    user: User, design: PatchDesign, answers: Answers
) -> QuerySet[Household]:
    """Return marks that stop letters, to be looked at again soon by another officer."""
    homes = homes_changing_officer(design, answers).order_by()
    return (
        Household.objects.visible_to(user)
        .as_at(answers.starts_on)
        .review_due(answers.starts_on + REVIEWS_AHEAD)
        .filter(property__in=homes.values("pk"))
        .select_related("property")
        .order_by(
            Least(
                Coalesce("do_not_write_review_on", "safe_contact_review_on"),
                Coalesce("safe_contact_review_on", "do_not_write_review_on"),
            ),
            "pk",
        )
    )


def list_taras_to_hand_over(
    design: PatchDesign, answers: Answers
) -> list[TaraToHandOver]:
    """Return the open associations whose homes change patch or officer; five queries.

    `closing` are patches they speak for that close: they need others in their place.
    """
    found: dict[int, TaraToHandOver] = {}
    taras = Tara.objects.open_on(answers.starts_on).select_related("ward").in_bulk()
    streets = _by_key(TaraStreet.objects.values_list("ward", "street_key", "tara"))
    blocks = _by_key(TaraBlock.objects.values_list("block", "tara"))
    patches = _by_key(TaraPatch.objects.values_list("patch", "tara"))
    homes = homes_of_design(design, answers).order_by()
    for ward_id, street, block_id, from_id, to_id in homes.values_list(
        "ward", "street_key", "block", "patch_before", "patch_after"
    ).iterator(chunk_size=5_000):
        if from_id == to_id and not answers.changes(from_id, to_id):
            continue
        speaking = {
            *streets[ward_id, street],
            *blocks[block_id,],
            *patches[from_id,],
            *patches[to_id,],
        }
        for tara_id in speaking & set(taras):
            one = found.setdefault(tara_id, TaraToHandOver(taras[tara_id]))
            one.home_count += 1
            if answers.changes(from_id, to_id):
                pair = (answers.who_before(from_id), answers.who_after(to_id))
                one.officers[pair] += 1
    for (patch_id,), tara_ids in list(patches.items()):
        patch = answers.patches.get(patch_id)
        if patch is None or patch.ends_on != day_before(answers.starts_on):
            continue
        for tara_id in tara_ids & set(taras):
            one = found.setdefault(tara_id, TaraToHandOver(taras[tara_id]))
            one.closing.append(patch)
    return sorted(found.values(), key=lambda one: one.tara.name)


def _by_key(rows: Iterable[tuple[object, ...]]) -> defaultdict[tuple, set[int]]:
    """Return the last value of each row by the values before it."""
    found: defaultdict[tuple, set[int]] = defaultdict(set)
    for *key, tara_id in rows:
        found[tuple(key)].add(tara_id)  # type: ignore[arg-type]
    return found
