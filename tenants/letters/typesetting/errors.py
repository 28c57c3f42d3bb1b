"""What can go wrong while a letter is set."""

from housingplus.common.errors import Refusal


class TypesettingError(Refusal):
    """A sentence fit to show, and the letter it is about when that is known."""

    def __init__(self, message: str, *, reference: str = "") -> None:
        super().__init__(message)
        self.reference = reference


class LetterNotSet(TypesettingError):
    """One named letter cannot be set."""


class PictureRefused(TypesettingError):
    """A logo, photo or signature is not a picture that can be printed."""


class PackIncomplete(TypesettingError):
    """The pages joined are not the letters asked for."""
