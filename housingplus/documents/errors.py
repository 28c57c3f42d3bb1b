"""What can go wrong while a document is set."""

from housingplus.common.errors import Refusal


class DocumentNotSet(Refusal):
    """The document could not be set."""
