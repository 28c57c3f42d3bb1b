"""How long work of an even pace will still take."""

from __future__ import annotations

import time

# Before this many seconds the pace says little.
_SOON = 3.0


class Pace:
    """Counts from where this worker found the work, not from what was there before."""

    def __init__(self, done: int) -> None:
        self.started, self.first = time.monotonic(), done

    def seconds_left(self, *, done: int, total: int) -> int | None:
        """Return the seconds left at the pace so far; None while that is unknown."""
        passed = time.monotonic() - self.started
        if passed < _SOON or done <= self.first:
            return None
        return round((total - done) * passed / (done - self.first))
