"""Rules of what people say about a proposed design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from patches.design.errors import DesignRefused
from patches.design.models import CommentFrom

if TYPE_CHECKING:
    from patches.design.models import DesignPatch, PatchDesign

LONGEST = 4_000


def check_patch_is_proposed(design: PatchDesign, patch: DesignPatch | None) -> None:
    """A comment is about the whole design or about a patch that is proposed."""
    if patch is not None and patch.alternative_id != design.chosen_id:
        raise DesignRefused("Choose a patch of the proposed plan", field="patch")


def check_text(text: str) -> None:
    """A comment says something, in four thousand characters at most."""
    if not text.strip():
        raise DesignRefused("Enter the comment", field="text")
    if len(text) > LONGEST:
        raise DesignRefused(
            f"The comment must be {LONGEST:,} characters or fewer", field="text"
        )


def check_speaker(comes_from: str, speaker: str) -> None:
    """Who writes down what a councillor or an association said, says for whom."""
    if comes_from != CommentFrom.STAFF and not speaker.strip():
        raise DesignRefused("Enter who said it", field="speaker")


def check_answer(answer: str) -> None:
    """An answer is not taken back, only put in other words."""
    if not answer.strip():
        raise DesignRefused("Enter the answer", field="answer")
    if len(answer) > LONGEST:
        raise DesignRefused(
            f"The answer must be {LONGEST:,} characters or fewer", field="answer"
        )
