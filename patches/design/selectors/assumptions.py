"""Reads of assumption sets."""

from __future__ import annotations

from patches.design.models import AssumptionSet


def default_assumptions() -> AssumptionSet | None:
    """Return the set used where no other is named; None before there is any."""
    return AssumptionSet.objects.filter(is_default=True).first()
