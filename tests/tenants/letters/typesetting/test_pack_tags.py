"""A pack is tagged as its letters are, whatever order they were joined in."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from tenants.letters.typesetting import Piece, compile_chunk, join_pack, plan_chunks
from tests.benchmarks._letters import sample_batch, sample_letter
from tests.pdf_ua import elements_of, problems_of

from .test_pdf_ua import LETTERS

LONG = "\n\n".join("Words to read. " * 30 for _ in range(8))


@pytest.fixture
def letters(worded):
    """One of each kind and one of two pages, each with a reference of its own."""
    made = [*(make() for make in LETTERS.values()), sample_letter(0)]
    made[-1] = replace(made[-1], content=worded(LONG))
    return [
        replace(letter, reference=f"WX26-{number:06d}")
        for number, letter in enumerate(made)
    ]


@pytest.fixture
def pieces(letters, tmp_path):
    # The second piece begins with a letter in Urdu: so does its file, as a whole.
    letters = sorted(letters, key=lambda letter: letter.language == "ur", reverse=True)
    made = []
    for number, chunk in enumerate(plan_chunks(letters, 3)):
        result = compile_chunk(sample_batch(chunk, has_code=True))
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(result.pdf)
        made.append(Piece(path, result.spans))
    return made


def read_in_order(pack):
    """The page each element below the document begins on, in reading order."""
    numbers = {page.objgen: number for number, page in enumerate(pack.pages, 1)}
    (document,) = pack.Root.StructTreeRoot.K
    pages = []
    for element in document.K:
        own = [element, *elements_of(element)]
        pages.append(next(numbers[one.Pg.objgen] for one in own if "/Pg" in one))
    return pages


def marks_of(element):
    """The page and number of each mark an element holds."""
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [
        (kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID))
        if isinstance(kid, pikepdf.Dictionary)
        else (element.Pg.objgen, int(kid))
        for kid in kids
        if not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid
    ]


@pytest.mark.parametrize("double_sided", [False, True])
def test_a_pack_passes_the_checks(pieces, letters, tmp_path, double_sided):
    order = [letter.reference for letter in reversed(letters)]
    path = tmp_path / "pack.pdf"
    spans = join_pack(pieces, path, order=order, double_sided=double_sided)

    assert problems_of(path.read_bytes()) == []
    with pikepdf.open(path) as pack:
        assert pack.check_pdf_syntax() == []
        read = read_in_order(pack)
        assert read == sorted(read)
        written = {
            page
            for span in spans
            for page in range(span.first_page, span.first_page + span.page_count)
        }
        assert set(read) == written


def test_every_mark_on_a_page_leads_to_its_element(pieces, tmp_path):
    path = tmp_path / "pack.pdf"
    join_pack(pieces, path)
    with pikepdf.open(path) as pack:
        parents = pikepdf.NumberTree(pack.Root.StructTreeRoot.ParentTree)
        for page in pack.pages:
            for mark, element in enumerate(parents[int(page.StructParents)]):
                assert (page.objgen, mark) in marks_of(element)


def test_what_is_said_of_a_letter_left_out_is_left_out(pieces, tmp_path):
    less = [Piece(piece.path, piece.spans[1:]) for piece in pieces]
    path = tmp_path / "pack.pdf"
    spans = join_pack(less, path)
    assert problems_of(path.read_bytes()) == []
    with pikepdf.open(path) as pack:
        assert len(pack.pages) == sum(span.page_count for span in spans)
        assert set(read_in_order(pack)) == set(range(1, len(pack.pages) + 1))
        # Nothing of the others is in the file.
        found = sum(
            isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
            for one in pack.objects
        )
        assert found == 1 + sum(1 for _ in elements_of(pack.Root.StructTreeRoot.K[0]))


def test_each_letter_keeps_its_language(pieces, letters, tmp_path):
    path = tmp_path / "pack.pdf"
    order = [letter.reference for letter in letters]
    spans = {span.reference: span for span in join_pack(pieces, path, order=order)}
    urdu = [letter.reference for letter in letters if letter.language == "ur"]
    english = [letter.reference for letter in letters if letter.language == "en-GB"]
    with pikepdf.open(path) as pack:
        assert pack.Root.Lang == "en-GB"
        said = {}
        (document,) = pack.Root.StructTreeRoot.K
        for page, element in zip(read_in_order(pack), document.K, strict=True):
            said.setdefault(page, set()).add(str(element.get("/Lang", "en-GB")))
    for reference in urdu:
        assert "ur" in said[spans[reference].first_page]
    for reference in english:
        assert "ur" not in said[spans[reference].first_page]


def test_a_pack_of_a_pack_is_tagged_too(pieces, tmp_path):
    """As the mail house's files are made: letters of a pack by number of sheets."""
    first = tmp_path / "pack.pdf"
    spans = join_pack(pieces, first, double_sided=True)
    second = tmp_path / "part.pdf"
    again = join_pack([Piece(first, spans[2:5])], second)
    assert [span.reference for span in again] == [span.reference for span in spans[2:5]]
    assert problems_of(second.read_bytes()) == []


def test_untagged_pieces_make_an_untagged_pack(letters, tmp_path):
    result = compile_chunk(sample_batch(letters[:2]), tagged=False)
    piece = Piece(tmp_path / "piece.pdf", result.spans)
    piece.path.write_bytes(result.pdf)
    join_pack([piece], tmp_path / "pack.pdf")
    with pikepdf.open(io.BytesIO((tmp_path / "pack.pdf").read_bytes())) as pack:
        assert "/StructTreeRoot" not in pack.Root
