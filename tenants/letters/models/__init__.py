"""Letter templates, runs, and the letters and exceptions each run came to."""

from .letters import Letter, LetterChunk, LetterExceptionReason, LetterRunHome
from .runs import LetterRun, LetterRunEvent, RunStatus, ScopeKind
from .templates import LetterTemplate, LetterTemplateVersion

__all__ = [
    "Letter",
    "LetterChunk",
    "LetterExceptionReason",
    "LetterRun",
    "LetterRunEvent",
    "LetterRunHome",
    "LetterTemplate",
    "LetterTemplateVersion",
    "RunStatus",
    "ScopeKind",
]
