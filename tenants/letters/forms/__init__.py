"""Forms of letter templates, runs, and letters that came back."""

from .returns import CheckReturnForm, ReturnsFileForm, ReturnsForm
from .runs import (
    CancelForm,
    DayForm,
    DismissForm,
    GiveUpForm,
    LeaveOutForm,
    PostedForm,
    PreviewForm,
    RunEditForm,
    RunForm,
    ScopeKindForm,
    TemplateForm,
)

__all__ = [
    "CancelForm",
    "CheckReturnForm",
    "DayForm",
    "DismissForm",
    "GiveUpForm",
    "LeaveOutForm",
    "PostedForm",
    "PreviewForm",
    "ReturnsFileForm",
    "ReturnsForm",
    "RunEditForm",
    "RunForm",
    "ScopeKindForm",
    "TemplateForm",
]
