"""The one table of status colours. A status not listed is grey."""

# The words a person reads, in lower case, by colour of the GOV.UK tag.
_COLOURS = {
    "green": (
        "active",
        "answered",
        "approved",
        "complete",
        "completed",
        "done",
        "imported",
        "in band",
        "in force",
        "in post",
        "lead",
        "posted",
        "published",
        "ready",
        "signed in",
        "succeeded",
    ),
    "blue": (
        "checked",
        "ready to confirm",
        "composed",
        "current",
        "new",
        "produced",
        "to approve",
        "waiting for approval",
    ),
    "turquoise": (
        "being checked",
        "being imported",
        "cover",
        "checking",
        "composing",
        "producing",
        "running",
    ),
    "yellow": (
        "changed",
        "columns to confirm",
        "draft",
        "due",
        "from a later date",
        "future",
        "planned",
        "under band",
        "upcoming",
        "waiting",
        "ward team",
    ),
    "orange": (
        "away",
        "exception",
        "needs attention",
        "note",
        "over band",
        "stalled",
        "would disappear",
    ),
    "red": (
        "do not write",
        "error",
        "failed",
        "has errors",
        "no officer",
        "no one here",
        "no patch",
        "overdue",
        "refused",
        "vacant",
    ),
    "purple": ("high-rise", "representative"),
    "grey": (
        "cancelled",
        "closed",
        "ended",
        "inactive",
        "left",
        "not in use",
        "past",
        "unchanged",
        "void",
    ),
}
COLOURS = {word: colour for colour, words in _COLOURS.items() for word in words}
TAG_COLOURS = frozenset(_COLOURS) | {"pink", "magenta", "teal"}


def colour_of(text: str) -> str:
    """Return the colour for a status, whatever its case."""
    return COLOURS.get(text.casefold(), "grey")
