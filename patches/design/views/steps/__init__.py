"""What stands below a design's figures: a part for each subject, each its owner's.

A subject's module has `step(request, design)`; what it returns is there in
`templates/patches/design/_<subject>.html` under the subject's name.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from patches.design.models import PatchDesign

from . import adjusting, deciding, reviewing, rules

SUBJECTS = {
    "rules": rules,
    "adjusting": adjusting,
    "deciding": deciding,
    "reviewing": reviewing,
}


def steps_of(request: HttpRequest, design: PatchDesign) -> dict[str, Any]:
    """Return what the parts of a design's page need, by subject."""
    return {name: subject.step(request, design) for name, subject in SUBJECTS.items()}
