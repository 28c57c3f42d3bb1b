"""What notices say in an e-mail: the text, with the PDF beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from housingplus.common.dates import long_date
from officers.drop_ins.presenters import DropInLine
from officers.notices.selectors.changes import Changes
from officers.who_answers.presenters import Contact, PatchLine

from .changes import change_sentences, since_words
from .printed import AreaNotice, WardNotices


def briefing_subject(notices: WardNotices) -> str:
    return (
        f"{notices.ward}: who answers for which homes, as at {long_date(notices.day)}"
    )


def briefing_body(notices: WardNotices, words: str, sender: str) -> str:
    """Return the text of a briefing for the ward's councillors."""
    return _text(
        words,
        "Dear councillor,",
        f"This is who answers for the homes in {notices.ward} as at "
        f"{long_date(notices.day)}. The PDF names the streets of each patch and has a "
        "map.",
        *_changed(notices.changes),
        _section("Patches", map(_patch, notices.lines), "No homes are in a patch."),
        *_ending(notices, sender),
    )


def area_subject(area: AreaNotice, notices: WardNotices) -> str:
    return f"{area.name}: your housing officers, as at {long_date(notices.day)}"


def area_body(area: AreaNotice, notices: WardNotices, words: str, sender: str) -> str:
    """Return the text of a notice to an association."""
    return _text(
        words,
        f"To {area.name},",
        "This is who answers for the homes you speak for as at "
        f"{long_date(notices.day)}. The PDF can be printed and passed on.",
        _section(
            "Your housing officers", map(_patch, area.lines), "No homes are in a patch."
        ),
        *_changed(area.changes),
        *_ending(notices, sender),
    )


def _text(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _section(title: str, lines: Iterable[str], nothing: str) -> str:
    said = [f"- {line}" for line in lines]
    return "\n".join([title, *(said or [nothing])])


def _changed(changes: Changes | None) -> list[str]:
    if changes is None:
        return []
    said = change_sentences(changes)
    return [_section(since_words(changes), said, "Nothing has changed.")]


def _patch(line: PatchLine) -> str:
    if line.contact is None:
        return f"{line.name}: nobody at the moment"
    note = f" ({line.note})" if line.note else ""
    return f"{line.name}: {_reach(line.contact)}{note}"


def _reach(contact: Contact) -> str:
    return ", ".join(
        part for part in (contact.name, contact.phone, contact.email) if part
    )


def _ending(notices: WardNotices, sender: str) -> list[str]:
    parts = []
    if notices.team is not None:
        led = f", led by {notices.leader}" if notices.leader else ""
        parts.append(f"The ward team: {_reach(notices.team)}{led}")
    if notices.drop_ins:
        parts.append(_section("Drop-in sessions", _sessions(notices.drop_ins), ""))
    if notices.address:
        parts.append(f"To look up who answers for a home: {notices.address}")
    return [*parts, f"{sender}\n{notices.council}"]


def _sessions(drop_ins: Sequence[DropInLine]) -> Iterable[str]:
    for line in drop_ins:
        yield ", ".join(part for part in (line.when, line.where, line.note) if part)
