"""Which households lose an officer they know in a design, by group; never one alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from housingplus.common.dates import day_before, today
from housingplus.common.models import in_force
from officers.designs.comparing import leads_of
from officers.designs.selectors import leads_on
from patches.design.models import DesignAlternative, DesignStatus
from patches.design.rules.chance import spread_of
from patches.design.rules.equality import EqualityCheck, Tally, check_equality
from patches.design.rules.suppression import FEWEST
from patches.design.rules.suppression import Count as Counted
from patches.design.selectors.alternatives import list_homes, with_leads
from patches.properties.models import PropertyType
from tenants.households.languages import ENGLISH, language_kept, language_name
from tenants.households.models import LetterFormat

_HOUSEHOLD = "property__households__"
_NEEDS = f"{_HOUSEHOLD}needs__"
LANGUAGES = "Language"
OTHER_LANGUAGE = "Another language"
_NO_LANGUAGE = "English, or none recorded"
# Each with its groups in the order they are shown; none: by name.
_ORDERS: dict[str, list[str]] = {
    "Ward": [],
    "Format of letters": [
        "Standard, or none recorded",
        *(label for value, label in LetterFormat.choices if value != "standard"),
    ],
    LANGUAGES: [],
    "Interpreter": ["Not recorded as needed", "Needed"],
    "Representative": ["None recorded", "Somebody acts for the household"],
    "Type of home": [str(label) for label in PropertyType.labels],
    "Landlord": [],
}
# Of groups by name, those that stand before and after the others.
_PLACES = {_NO_LANGUAGE: -1, OTHER_LANGUAGE: 1}
# The columns of `_counted_homes` that tell groups apart, as in `_ORDERS`.
_COLUMNS = (
    "property__ward__name",
    f"{_NEEDS}letter_format",
    f"{_NEEDS}language",
    f"{_NEEDS}needs_interpreter",
    "is_represented",
    "property__property_type",
    "property__landlord__name",
)


@dataclass
class _Counting:
    """Running sums of one grouping; `squares` of the parts of streets and blocks."""

    wholes: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    squares: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def add(self, wholes: Counter[str], parts: Counter[str]) -> None:
        """Add what was counted of one street or block."""
        self.wholes += wholes
        self.parts += parts
        for name in wholes:
            self.squares[name] += parts[name] ** 2
            self.units[name] += 1

    def merge(self, names: Iterable[str], into: str) -> None:
        """Count some groups as one."""
        for name in names:
            for counted in (self.wholes, self.parts, self.squares, self.units):
                counted[into] += counted.pop(name, 0)

    def tallies(self, order: list[str]) -> list[Tally]:
        places = {name: place for place, name in enumerate(order)} or _PLACES
        names = sorted(self.wholes, key=lambda name: (places.get(name, 0), name))
        return [
            Tally(
                name,
                Counted(self.wholes[name], self.parts[name]),
                spread_of(self.parts[name], self.squares[name], self.units[name]),
            )
            for name in names
        ]


def get_equality_check(alternative: DesignAlternative) -> EqualityCheck:
    """Count the households that lose a known officer, by group, small numbers hidden.

    Of everybody who lives in a home of the design: no list of them and no name comes
    out, so that this is not cut to what one person may see. A fixed number of queries;
    the homes are counted in the database by street or block.
    """
    homes, day = _homes_with_leads(alternative)
    counting = {title: _Counting() for title in _ORDERS}
    total: Counter[str] = Counter()
    rows = _counted_homes(homes, day).iterator(chunk_size=2_000)
    for _, own in groupby(rows, key=itemgetter(0)):
        found = {title: (Counter[str](), Counter[str]()) for title in _ORDERS}
        for _, *values, whole, part in own:
            total["whole"] += whole
            total["part"] += part
            for title, name in zip(_ORDERS, _names(values), strict=True):
                found[title][0][name] += whole
                found[title][1][name] += part
        for title, (wholes, parts) in found.items():
            counting[title].add(wholes, parts)
    _merge_rare_languages(counting[LANGUAGES])
    return check_equality(
        Counted(total["whole"], total["part"]),
        {title: counting[title].tallies(order) for title, order in _ORDERS.items()},
    )


def _homes_with_leads(
    alternative: DesignAlternative,
) -> tuple[QuerySet[Any], dt.date]:
    """Return the homes with their leads now and then, and the day that "now" is.

    What was published is counted on the day before it came into force, with the leads
    of the day itself: afterwards nobody would be seen to lose anyone.
    """
    design = alternative.design
    if (
        design.status == DesignStatus.SCHEDULED
        and design.starts_on is not None
        and design.chosen_id == alternative.pk
    ):
        last = day_before(design.starts_on)
        leads = leads_on(design.starts_on)
        published = design.published_patches.filter(design_patch__isnull=False)
        then = {
            drawn_id: leads[patch_id]
            for drawn_id, patch_id in published.order_by().values_list(
                "design_patch", "patch"
            )
            if patch_id in leads
        }
        now = leads_on(last)
        return with_leads(list_homes(alternative), now, then), min(last, today())
    _, proposed = leads_of(list(alternative.patches.order_by("pk")))
    then = {pk: officer.pk for pk, officer in proposed.items() if officer is not None}
    return with_leads(list_homes(alternative), leads_on(today()), then), today()


def _counted_homes(homes: QuerySet[Any], day: dt.date) -> QuerySet[Any]:
    """Count households by street or block and group: all, and those who lose."""
    loses = Q(drawn_patch_id__isnull=False, lead_now__gt=0) & ~Q(
        lead_now=F("lead_then")
    )
    represented = Q(**{f"{_NEEDS}representative_name__gt": ""})
    return (
        homes.filter(in_force(day, _HOUSEHOLD))
        .annotate(
            is_represented=Case(
                When(represented, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .order_by("unit")
        .values_list("unit", *_COLUMNS)
        .annotate(whole=Count("pk"), part=Count("pk", filter=loses))
    )


def _names(values: list[Any]) -> Iterator[str]:
    """Yield the name of the group a row belongs to, for each grouping."""
    ward, letters, language, interpreter, represented, kind, landlord = values
    yield ward
    standard = letters in (None, LetterFormat.STANDARD)
    yield _ORDERS["Format of letters"][0] if standard else LetterFormat(letters).label
    yield _language(language or "")
    yield _ORDERS["Interpreter"][bool(interpreter)]
    yield _ORDERS["Representative"][represented]
    yield PropertyType(kind).label
    yield landlord


def _language(text: str) -> str:
    """Return a language as recorded; English and nothing are one."""
    name = language_name(language_kept(text))
    if name == ENGLISH.name:
        return _NO_LANGUAGE
    return name[:1].upper() + name[1:]


def _merge_rare_languages(counting: _Counting) -> None:
    """Count languages of fewer than five households as one.

    Their names alone would tell that somebody speaks them, and what was recorded is
    free text.
    """
    rare = [
        name
        for name, whole in counting.wholes.items()
        if whole < FEWEST and name != _NO_LANGUAGE
    ]
    if rare:
        counting.merge(rare, OTHER_LANGUAGE)
