"""A few letters of a run that show the most."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Case, F, Min, TextField, Value, When
from django.db.models.functions import Cast, Length

from tenants.letters.models import Letter, LetterRun

# However many landlords a run writes for.
MOST_IN_A_SAMPLE = 40
_KINDS = ("letter_format", "channel", "by_person", "wording", "landlord", "is_copy")


def sample_of(run: LetterRun) -> list[Letter]:
    """Return a few letters to look at: the longest name and address, the most pages,
    and one of each format, wording, way to go, kind of answer and landlord, and a copy
    for a representative."""
    chosen = list(dict.fromkeys([*_longest(run), *_first_of_each(run)]))
    return list(
        run.letters.filter(pk__in=chosen[:MOST_IN_A_SAMPLE]).order_by("sequence")
    )


def _longest(run: LetterRun) -> Iterator[int]:
    """The letter with the longest name, with the longest address, with most pages."""
    letters = run.letters.annotate(
        name_length=Length("addressee"),
        address_length=Length(Cast("address_lines", TextField())) - Length("addressee"),
    )
    for measure in ("name_length", "address_length", "page_count"):
        row = letters.order_by(F(measure).desc(nulls_last=True), "sequence").values(
            "pk"
        )
        yield from (found["pk"] for found in row[:1])


def _first_of_each(run: LetterRun) -> Iterator[int]:
    """The first letter of each kind, in the order letters are posted."""
    letters = run.letters.annotate(
        by_person=Case(When(officer__isnull=True, then=Value(0)), default=Value(1))
    ).order_by()
    firsts: set[int] = set()
    for kind in _KINDS:
        found = letters.values(kind).annotate(first=Min("sequence"))
        firsts.update(
            row["first"] for row in found.order_by("first")[:MOST_IN_A_SAMPLE]
        )
    yield from (
        run.letters.filter(sequence__in=firsts)
        .order_by("sequence")
        .values_list("pk", flat=True)
    )
