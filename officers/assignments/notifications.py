"""E-mails to officers about what they now answer for; sent after the commit."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail

from housingplus.common.dates import long_date, period

from .models import Assignment, AssignmentKind


def tell_officer(assignment_id: int) -> None:
    """Tell the officer of a new assignment, if they have an e-mail address."""
    assignment = (
        Assignment.objects.select_related("officer", "patch__ward")
        .filter(pk=assignment_id, officer__isnull=False)
        .exclude(officer__email="")
        .first()
    )
    if assignment is None or assignment.officer is None:
        return
    patch = assignment.patch
    if assignment.kind == AssignmentKind.COVER:
        subject = f"You cover patch {patch.code}"
        time = period(assignment.starts_on, assignment.ends_on)
    else:
        subject = f"You are the lead for patch {patch.code}"
        time = f"from {long_date(assignment.starts_on)}"
    send_mail(
        subject,
        f"{assignment.officer.name},\n\n{subject} ({patch.ward.name}), {time}.\n\n"
        f"Sign in to {settings.COUNCIL_NAME} Housing+ to see its homes.\n",
        settings.DEFAULT_FROM_EMAIL,
        [assignment.officer.email],
        fail_silently=True,
    )
