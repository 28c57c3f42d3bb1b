"""Taking letters out of a run that must not, or need not, be sent any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from tenants.letters.models import (
    Letter,
    LetterExceptionReason,
    LetterRun,
    LetterRunHome,
)
from tenants.letters.querysets import (
    GONE,
    LetterQuerySet,
    copy_not_to_go,
    copy_to_go_elsewhere,
    to_changed_household,
    to_marked_household,
)
from tenants.letters.selectors.due import homes_came_back, homes_not_due
from tenants.letters.typesetting import MOST_PAGES

from .claims import unmake_packs


def withdraw_marked(run: LetterRun, letters: LetterQuerySet) -> int:
    """Make exceptions of homes whose household is not to be written to (rule 7).

    Copies that are not to go any more are taken out by themselves. Inside a transaction
    that holds the run or its job. Returns how many homes.
    """
    marked = letters.filter(to_marked_household()).order_by()
    homes: dict[LetterExceptionReason, set[int]] = defaultdict(set)
    for home, is_do_not_write in marked.values_list("home", "household__do_not_write"):
        reason = (
            LetterExceptionReason.DO_NOT_WRITE
            if is_do_not_write
            else LetterExceptionReason.SAFE_CONTACT
        )
        homes[reason].add(home)
    excepted = sum(
        _except(run, some, reason, "Marked after the letters were composed")
        for reason, some in homes.items()
    )
    _take_out(run, letters.filter(copy_not_to_go()), "it was not to go any more")
    return excepted


def _take_out(run: LetterRun, copies: LetterQuerySet, why: str) -> None:
    """Take copies out of a run; their homes keep their letters, and say so."""
    found = list(copies.order_by("sequence").select_related("chunk").defer("values"))
    if not found:
        return
    unmake_packs(run.packs.filter(pk__in={copy.chunk.pack_id for copy in found}))
    for copy in found:
        LetterRunHome.objects.filter(pk=copy.home_id).update(
            detail=f"The copy for {copy.addressee}, {copy.reference}, was taken out: "
            f"{why}"
        )
    Letter.objects.filter(pk__in=[copy.pk for copy in found]).delete()
    run.letter_count -= len(found)
    run.save(update_fields=["letter_count"])


def withdraw_returned(run: LetterRun) -> int:
    """Make exceptions of homes an earlier letter came back from meanwhile.

    Inside a transaction that holds the run. Returns how many homes.
    """
    return _except(
        run,
        homes_came_back(run),
        LetterExceptionReason.RETURNED,
        "An earlier letter came back after these were composed",
    )


def withdraw_changed(run: LetterRun) -> int:
    """Make exceptions of homes whose household left, or wants letters elsewhere.

    What is due to them stays due. A copy for a representative who moved is taken out
    by itself. Inside a transaction that holds the run. Returns how many homes.
    """
    changed = run.letters.filter(to_changed_household()).order_by()
    excepted = _except(
        run,
        set(changed.values_list("home", flat=True)),
        LetterExceptionReason.CHANGED,
        "Changed after the letters were composed",
    )
    moved = run.letters.filter(copy_to_go_elsewhere())
    _take_out(run, moved, "the representative has another address now")
    return excepted


def withdraw_not_due(run: LetterRun) -> int:
    """Make exceptions of homes whose letter is not due any more.

    The change was undone, another run told the household, or it moved out. Inside a
    transaction that holds the run. Returns how many homes; none of a run that writes
    to everybody in its scope.
    """
    return _except(
        run,
        homes_not_due(run),
        LetterExceptionReason.NOT_DUE,
        "Not due any more when the run went on",
    )


def withdraw_too_long(run: LetterRun, pages: Mapping[str, int]) -> int:
    """Make exceptions of homes with a letter no envelope takes; pages by reference.

    Inside a transaction that holds the run. Returns how many homes.
    """
    homes: dict[int, int] = {}
    letters = Letter.objects.filter(run=run, reference__in=pages)
    for home, reference in letters.order_by().values_list("home", "reference"):
        homes[home] = max(homes.get(home, 0), pages[reference])
    return sum(
        _except(run, [home], LetterExceptionReason.TOO_LONG, too_long_said(most))
        for home, most in homes.items()
    )


def too_long_said(pages: int) -> str:
    """Say why a letter is too long, on the home that gets none."""
    return f"{pages} pages; a letter has at most {MOST_PAGES}"


def withdraw_left_out(run: LetterRun, home: LetterRunHome, *, reason: str) -> int:
    """Make an exception of one home because somebody says it needs no letter."""
    return _except(run, [home.pk], LetterExceptionReason.DISMISSED, reason[:300])


def _except(
    run: LetterRun, homes: Collection[int], reason: LetterExceptionReason, detail: str
) -> int:
    if not homes:
        return 0
    letters = Letter.objects.filter(run=run, home__in=homes)
    copies = letters.copies().filter(delivery__status__in=GONE).order_by("sequence")
    copies_gone = list(copies.values_list("home", "reference"))
    printed_in = set(letters.order_by().values_list("chunk__pack", flat=True))
    # Packs before letters, as workers write them: so neither waits for the other.
    unmake_packs(run.packs.filter(pk__in=printed_in))
    # Not what `delete` returns: with a letter its sending goes, too.
    gone = letters.count()
    letters.delete()
    LetterRunHome.objects.filter(pk__in=homes).update(
        is_exception=True, reason=reason, detail=detail
    )
    for home, reference in copies_gone:
        LetterRunHome.objects.filter(pk=home).update(
            detail=f"{detail[:200]}. The representative’s copy, {reference}, had gone"
        )
    run.letter_count -= gone
    run.exception_count += len(homes)
    run.save(update_fields=["letter_count", "exception_count"])
    return len(homes)
