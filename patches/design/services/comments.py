"""What people say about a proposed design, and what they are answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.common.dates import long_date, today
from housingplus.common.locking import lock
from patches.design.errors import DesignChanged
from patches.design.models import CommentFrom, DesignComment, DesignPatch, PatchDesign
from patches.design.rules import comments as rules
from patches.design.rules import deciding

from .moves import lock_design

if TYPE_CHECKING:
    from officers.accounts.models import User


def add_comment(
    *,
    design: PatchDesign,
    text: str,
    token: uuid.UUID,
    by: User,
    patch: DesignPatch | None = None,
    comes_from: str = CommentFrom.STAFF,
    speaker: str = "",
    is_late: bool = False,
) -> DesignComment:
    """Write down what a person says about a design or one of its drawn patches.

    `speaker` is for whom, when it is a councillor or an association. The token came
    with the form: pressing twice makes one.
    """
    try:
        with transaction.atomic():
            design = lock_design(design.pk)
            deciding.check_can_comment(design, today=today(), is_late=is_late)
            rules.check_patch_is_proposed(design, patch)
            rules.check_text(text)
            rules.check_speaker(comes_from, speaker)
            comment = DesignComment.objects.create(
                design=design,
                patch=patch,
                comes_from=comes_from,
                speaker=speaker.strip() if comes_from != CommentFrom.STAFF else "",
                text=text.strip(),
                token=token,
                made_by=by,
            )
            audit.record(
                "patch design.comment made",
                subject=design,
                by=by,
                changes={"comment": [None, comment.pk]},
            )
    except IntegrityError:
        made = DesignComment.objects.filter(token=token).first()
        if made is None:
            raise
        return made
    return comment


@transaction.atomic
def answer_comment(
    *, comment: DesignComment, answer: str, seen: str, by: User
) -> DesignComment:
    """Answer a comment, or change the answer; `seen` is the answer the person saw."""
    comment = lock(DesignComment.objects.filter(pk=comment.pk)).get()
    answer = answer.strip().replace("\r\n", "\n")
    if comment.answer == answer:
        return comment
    if comment.answer != seen.strip().replace("\r\n", "\n"):
        at = comment.answered_at
        when = f" on {long_date(timezone.localtime(at))}" if at else ""
        raise DesignChanged(
            f"{comment.answered_by} answered this{when}, after you opened the page. "
            "Look at that answer, then go on."
        )
    rules.check_answer(answer)
    before = comment.answer
    comment.answer = answer
    comment.answered_at = timezone.now()
    comment.answered_by = by
    comment.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(
        "patch design.comment answered",
        subject=comment.design,
        by=by,
        changes={"comment": [comment.pk, comment.pk], "again": [None, bool(before)]},
    )
    return comment
