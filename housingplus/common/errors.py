"""Refusals: a rule said no, in a sentence fit to show."""


class HousingPlusError(Exception):
    """Base of every error this project raises on purpose."""


class Refusal(HousingPlusError):
    """A rule refused a change. The message is shown to the person as it is."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return self.message


class Conflict(Refusal):
    """Somebody else changed the same thing first; the message says who and when."""
