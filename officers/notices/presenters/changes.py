"""What changed, as sentences."""

from __future__ import annotations

from housingplus.common.dates import long_date
from officers.assignments.selectors import Answer, AnswerKind
from officers.notices.selectors.changes import Changes, HomesMoved, PatchChange

# Streets a sentence names; the rest are counted.
MOST_NAMED = 12


def change_sentences(changes: Changes) -> list[str]:
    """Return each change as one sentence: the team, its leader, patches, homes."""
    said = []
    if changes.is_new_team:
        said.append(_team(changes))
    if changes.is_new_leader:
        said.append(_leader(changes))
    said += [patch_sentence(change) for change in changes.patches]
    said += [move_sentence(moved) for moved in changes.moves]
    return said


def since_words(changes: Changes) -> str:
    """Return the heading above the sentences."""
    return f"What has changed since {long_date(changes.since)}"


def _team(changes: Changes) -> str:
    if changes.team_after is None:
        return f"{changes.team_before} no longer looks after the ward; no team does."
    if changes.team_before is None:
        return f"{changes.team_after} looks after the ward; no team did."
    return (
        f"{changes.team_after} looks after the ward, in place of {changes.team_before}."
    )


def _leader(changes: Changes) -> str:
    before, after = changes.leader_before, changes.leader_after
    if after is None:
        return f"{before} no longer leads the ward team; nobody leads it at present."
    in_place = f", in place of {before}" if before else ""
    return f"{after} leads the ward team{in_place}."


def patch_sentence(change: PatchChange) -> str:
    """Return who answers for a patch now, and who did."""
    patch, before, after = change.patch, change.before, change.after
    if after is None:
        return f"Patch {patch} is no longer in use."
    if before is None:
        return f"Patch {patch} is new. {_who(after)}."
    if after.kind == AnswerKind.COVER:
        return f"Patch {patch}: {_cover(after)}."
    if after.kind == AnswerKind.LEAD:
        assert after.officer is not None  # noqa: S101
        if before.kind == AnswerKind.COVER and before.covered == after.officer:
            return (
                f"Patch {patch}: {after.name} answers again; "
                f"cover by {before.name} has ended."
            )
        if before.officer is None:
            return f"Patch {patch}: {_who(after)}. It had no officer of its own."
        if before.officer == after.officer:
            return f"Patch {patch}: {after.name}, who covered it, is now its officer."
        return f"Patch {patch}: {_who(after)}, in place of {before.name}."
    if before.officer is None:
        return f"Patch {patch}: {_who(after)}, in place of {before.name}."
    return (
        f"Patch {patch} has no officer of its own at the moment. "
        f"{after.name} answers in place of {before.name}."
    )


def _who(answer: Answer) -> str:
    since = f" since {long_date(answer.since)}" if answer.since else ""
    if answer.kind == AnswerKind.NOBODY:
        return "Nobody answers for it at the moment"
    return f"{answer.name} answers for it{since}"


def _cover(answer: Answer) -> str:
    away = f" for {answer.covered}" if answer.covered else ""
    first = f" from {long_date(answer.since)}" if answer.since else ""
    last = f" until {long_date(answer.until)}" if answer.until else ""
    return f"{answer.name} covers{away}{first}{last}"


def move_sentence(moved: HomesMoved) -> str:
    """Return how many homes went where, and in which streets."""
    homes = "1 home" if moved.home_count == 1 else f"{moved.home_count:,} homes"
    names = list(moved.streets[:MOST_NAMED])
    more = len(moved.streets) - len(names)
    streets = ", ".join(names) + (f" and {more} more streets" if more > 0 else "")
    if moved.to_patch is None:
        return f"{homes} went out of patch {moved.from_patch} into none: {streets}."
    if moved.from_patch is None:
        was = "was" if moved.home_count == 1 else "were"
        return (
            f"{homes} came into patch {moved.to_patch} that {was} in none: {streets}."
        )
    return (
        f"{homes} went from patch {moved.from_patch} to patch {moved.to_patch}: "
        f"{streets}."
    )
