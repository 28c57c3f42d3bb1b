"""Letters as PDF: tagged, with fonts of the project's own, the same bytes every time.

Plain Python over plain values: no models, no settings, no database.

A letter
    ``LetterContent`` (``content``) is one household's letter with every word decided:
    address lines, salutation, a ``FilledLetter`` from ``tenants.letters.markup``, date,
    and the keys of its ``Letterhead`` and ``OfficerBlock``. ``TypesetBatch`` holds
    letters with what they share, the envelope (``C5`` or ``DL``) and the run's date.

Before setting
    ``address_lines(parts, postcode)`` and ``check_address(lines, envelope)``;
    ``characters_not_shown(text)`` and ``unprintable_characters(batch, letter)``;
    ``check_letterhead(head, envelope)``;
    ``sorted(letters, key=lambda x: posting_sort_key(x.address_lines, x.reference))``.

Setting
    ``plan_chunks(letters)`` cuts them into chunks; ``compile_chunk(batch, tagged=…)``
    sets one chunk and tells the pages of each letter; ``single_letter(batch)`` gives
    one accessible PDF with the letter's own title. Failures are ``LetterNotSet`` with
    ``reference``. One process uses one compiler (about 250 MB);
    use processes, not threads, for speed.

After setting
    ``letters_out_of_length(spans, pages)`` lists letters longer or shorter than the run
    declares; ``join_pack(pieces, path, order=…)`` writes the printer's file;
    ``cut_letter(path, span, …)`` takes one letter out of a chunk or pack again.

The bytes depend on the letters of a chunk, the Typst version, ``letter.typ``, the code
and the fonts: ``typesetting_version()`` names the rest, to be kept with a chunk.
"""

from housingplus.documents.glyphs import characters_not_shown

from .addresses import (
    AddressFault,
    AddressProblem,
    address_lines,
    check_address,
    lines_below_name,
    normal_postcode,
    postcode_sort_key,
    posting_sort_key,
)
from .content import (
    LetterContent,
    Letterhead,
    LookUp,
    Offer,
    OfficerBlock,
    PageSpan,
    Picture,
    TypesetBatch,
    TypesetResult,
)
from .engine import (
    CHUNK_SIZE,
    PAGES_IN_A_PACK,
    compile_chunk,
    plan_chunks,
    single_letter,
    typesetting_version,
    unprintable_characters,
)
from .errors import LetterNotSet, PackIncomplete, PictureRefused, TypesettingError
from .letterheads import check_letterhead
from .packs import Piece, cut_letter, join_pack, letters_out_of_length
from .phrases import (
    NAMES,
    dates_in,
    is_written_right_to_left,
    phrases_of,
)
from .profiles import (
    C5,
    DL,
    ENVELOPES,
    MOST_PAGES,
    EnvelopeProfile,
    LetterFormat,
    sheets_of,
)

__all__ = [
    "C5",
    "CHUNK_SIZE",
    "DL",
    "ENVELOPES",
    "MOST_PAGES",
    "NAMES",
    "PAGES_IN_A_PACK",
    "AddressFault",
    "AddressProblem",
    "EnvelopeProfile",
    "LetterContent",
    "LetterFormat",
    "LetterNotSet",
    "Letterhead",
    "LookUp",
    "Offer",
    "OfficerBlock",
    "PackIncomplete",
    "PageSpan",
    "Picture",
    "PictureRefused",
    "Piece",
    "TypesetBatch",
    "TypesetResult",
    "TypesettingError",
    "address_lines",
    "characters_not_shown",
    "check_address",
    "check_letterhead",
    "compile_chunk",
    "cut_letter",
    "dates_in",
    "is_written_right_to_left",
    "join_pack",
    "letters_out_of_length",
    "lines_below_name",
    "normal_postcode",
    "phrases_of",
    "plan_chunks",
    "postcode_sort_key",
    "posting_sort_key",
    "sheets_of",
    "single_letter",
    "typesetting_version",
    "unprintable_characters",
]
