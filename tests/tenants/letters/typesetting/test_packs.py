import random
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tenants.letters.typesetting import (
    PackIncomplete,
    PageSpan,
    Piece,
    compile_chunk,
    join_pack,
    packs,
    plan_chunks,
)

LONG = "\n\n".join("Words to read. " * 30 for _ in range(8))

# The process's own high-water mark: `getrusage` counts that of whoever started it too.
MEMORY = """
from pathlib import Path
from tenants.letters.typesetting import compile_chunk, plan_chunks
from tests.benchmarks._letters import sample_batch, sample_letter

def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

peaks = []
for chunk in plan_chunks(sample_letter(number) for number in range(500)):
    compile_chunk(sample_batch(chunk, has_code=True))
    peaks.append(peak())
print(peaks[11], peaks[-1])
"""


@pytest.fixture
def pieces(tmp_path, make_letter, make_batch, worded):
    letters = [make_letter(number) for number in range(8)]
    letters[3] = make_letter(3, content=worded(LONG))
    made = []
    for number, chunk in enumerate(plan_chunks(letters, 3)):
        result = compile_chunk(make_batch(chunk))
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(result.pdf)
        made.append(Piece(path, result.spans))
    return made


def references(numbers):
    return [f"WX26-{number:06d}" for number in numbers]


def pages_of(path):
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


@pytest.mark.parametrize("shuffled", [False, True])
def test_each_letter_is_where_the_pack_says(pieces, tmp_path, shuffled):
    order = references(range(8))
    if shuffled:
        random.Random(2).shuffle(order)
    path = tmp_path / "pack.pdf"
    spans = join_pack(pieces, path, order=order)
    texts = pages_of(path)
    assert [span.reference for span in spans] == order
    assert sum(span.page_count for span in spans) == len(texts) == 9
    for span in spans:
        for page in range(span.first_page, span.first_page + span.page_count):
            assert span.reference in texts[page - 1]


def test_a_pack_of_many_branches_keeps_its_order(pieces, tmp_path, monkeypatch):
    monkeypatch.setattr(packs, "BRANCH_PAGES", 2)
    path = tmp_path / "pack.pdf"
    spans = join_pack(pieces, path, double_sided=True)
    texts = pages_of(path)
    assert all(span.reference in texts[span.first_page - 1] for span in spans)
    with pikepdf.open(path) as pack:
        assert len(pack.Root.Pages.Kids) == len(texts) // 2
        assert pack.check_pdf_syntax() == []


def test_without_an_order_letters_follow_as_they_are(pieces, tmp_path):
    spans = join_pack(pieces, tmp_path / "pack.pdf")
    assert [span.reference for span in spans] == references(range(8))


def test_double_sided_letters_begin_on_a_front(pieces, tmp_path):
    path = tmp_path / "pack.pdf"
    spans = join_pack(pieces, path, double_sided=True)
    assert all(span.first_page % 2 for span in spans)
    assert len(pages_of(path)) == 16


def test_the_same_pieces_give_the_same_bytes(pieces, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        join_pack(pieces, tmp_path / name, order=references(reversed(range(8))))
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_picture_is_in_the_pack_once(pieces, tmp_path):
    path = tmp_path / "pack.pdf"
    join_pack(pieces, path)
    with pikepdf.open(path) as pack:
        images = [each for each in pack.objects if is_picture(each)]
        assert len(images) == 3
        assert all(len(page.resources.XObject) == 3 for page in pack.pages[:3])


def is_picture(found):
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"


def test_a_letter_may_not_be_left_out_doubled_or_unknown(pieces, tmp_path):
    path = tmp_path / "pack.pdf"
    with pytest.raises(PackIncomplete, match="WX26-000007 is left out"):
        join_pack(pieces, path, order=references(range(7)))
    with pytest.raises(PackIncomplete, match="WX26-000008 has not been set"):
        join_pack(pieces, path, order=references(range(9)))
    with pytest.raises(PackIncomplete, match="asked for twice"):
        join_pack(pieces, path, order=references([*range(8), 7]))
    again = Piece(pieces[0].path, (PageSpan("WX26-000005", 1, 1),))
    with pytest.raises(PackIncomplete, match="WX26-000005 is in the pack twice"):
        join_pack([*pieces, again], path)
    assert not path.exists()


def test_memory_stays_flat_over_many_chunks():
    result = subprocess.run(
        [sys.executable, "-c", MEMORY],
        env={"PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    early, late = map(float, result.stdout.split())
    assert late < early * 1.2
    assert late < 400
