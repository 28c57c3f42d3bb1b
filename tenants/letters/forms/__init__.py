"""Forms of letter templates, runs, and letters that came back."""

from .returns import CheckCopyForm, CheckReturnForm, ReturnsFileForm, ReturnsForm
from .runs import (
    CancelForm,
    DayForm,
    DismissForm,
    GiveUpForm,
    LeaveOutForm,
    PostedForm,
    RunEditForm,
    RunForm,
    ScheduleForm,
    ScopeKindForm,
)
from .wordings import (
    LanguageForm,
    PreviewForm,
    TemplateEditForm,
    TemplateForm,
    WordingCheckForm,
    WordingForm,
)

__all__ = [
    "CancelForm",
    "CheckCopyForm",
    "CheckReturnForm",
    "DayForm",
    "DismissForm",
    "GiveUpForm",
    "LanguageForm",
    "LeaveOutForm",
    "PostedForm",
    "PreviewForm",
    "ReturnsFileForm",
    "ReturnsForm",
    "RunEditForm",
    "RunForm",
    "ScheduleForm",
    "ScopeKindForm",
    "TemplateEditForm",
    "TemplateForm",
    "WordingCheckForm",
    "WordingForm",
]
