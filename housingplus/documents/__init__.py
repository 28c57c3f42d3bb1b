"""Documents as accessible PDF (PDF/UA), set by Typst from values alone.

``compile_document(template, content, title=…, dated=…)`` sets a `.typ` file with the
values it is given; the same values on the same day give the same bytes. A template
begins with ``#import "parts.typ": *`` and reads ``content``:

    #import "parts.typ": *
    #show: document
    #heading(level: 2, "Sizes")
    #figures(("Patch", "Homes"), content.sizes, numbers: (1,))

Text reaches Typst as JSON strings, printed as text and never read as markup. What no
shipped font can show is printed as U+FFFD, so that a document always comes.
"""

from .engine import compile_document
from .errors import DocumentNotSet

__all__ = ["DocumentNotSet", "compile_document"]
