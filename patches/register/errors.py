"""What moving homes and changing patches may refuse."""

from housingplus.common.errors import Conflict, Refusal


class MoveRefused(Refusal):
    """A rule does not let these homes move so."""


class UndoRefused(Refusal):
    """The move cannot be undone any more."""


class PatchRefused(Refusal):
    """A rule does not let the patch be so."""


class HomesChanged(Conflict):
    """Somebody moved some of these homes while another was deciding."""


class PatchChanged(Conflict):
    """Somebody changed the patch while another had its form open."""
