"""How often races and kills are tried: a few in every run, many in `make stress`."""

from __future__ import annotations

import os


def rounds(quick: int, full: int) -> int:
    """Return `full` where STRESS is set, `quick` otherwise."""
    return full if os.environ.get("STRESS") else quick
