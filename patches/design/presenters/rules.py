"""Rules of a design in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from housingplus.common.counting import plural
from patches.design.models import DesignRule, RuleKind


@dataclass(frozen=True)
class KindPage:
    """What a kind of rule is called where it is asked for, and what it does."""

    heading: str
    lead: str


KIND_PAGES = {
    "keep": KindPage(
        "Keep patches as they are",
        "A kept patch loses no home and gains none. The other patches are drawn "
        "around it.",
    ),
    "together": KindPage(
        "Keep homes together",
        "All these homes come into one patch. If they are not side by side, the "
        "streets between them come too.",
    ),
    "apart": KindPage(
        "Keep homes apart",
        "Homes of one block or street side always stay together, so they cannot be "
        "kept apart.",
    ),
    "not-in": KindPage(
        "Keep homes out of a patch",
        "For a conflict of interest: an officer’s own home or a relative’s, out of "
        "the officer’s patch. The rest of its block or street side stays out with it.",
    ),
}


@dataclass(frozen=True)
class RuleLine:
    """A rule as a row of a list."""

    rule: DesignRule

    @property
    def kind(self) -> str:
        return RuleKind(self.rule.kind).label

    @property
    def about(self) -> str:
        """What the rule is about: how many homes, which patch."""
        homes, others = len(self.rule.homes), len(self.rule.other_homes)
        patch = self.rule.patch
        if self.rule.kind == RuleKind.KEEP:
            return str(patch)
        if self.rule.kind == RuleKind.NOT_IN:
            return f"{plural(homes, 'home')} out of {patch}"
        if others:
            return f"{plural(homes, 'home')} from {plural(others, 'home')}"
        if self.rule.kind == RuleKind.APART:
            return f"{plural(homes, 'home')} from each other"
        return plural(homes, "home")


def rule_lines(rules: Iterable[DesignRule]) -> list[RuleLine]:
    """Return rules, with their patches at hand, as rows."""
    return [RuleLine(rule) for rule in rules]
