import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tenants.letters.typesetting import (
    LetterFormat,
    LetterNotSet,
    OfficerBlock,
    Picture,
    PictureRefused,
    TypesetBatch,
    compile_chunk,
    letters_out_of_length,
    plan_chunks,
    single_letter,
    typesetting_version,
)
from tenants.letters.typesetting import engine as engine_module
from tenants.letters.typesetting.engine import engine

LONG = "\n\n".join("Words to read. " * 30 for _ in range(12))

RERUN = """
import hashlib
from tenants.letters.typesetting import compile_chunk, single_letter
from tests.benchmarks._letters import sample_batch, sample_letter
batch = sample_batch([sample_letter(number) for number in range(270, 295)])
for pdf in (
    compile_chunk(batch).pdf,
    compile_chunk(batch, tagged=False).pdf,
    single_letter(batch.only(batch.letters[:1])).pdf,
):
    print(hashlib.sha256(pdf).hexdigest())
"""


def test_single_letter_says_what_it_was_given(make_letter, make_batch, text_of):
    result = single_letter(make_batch([make_letter(3)]))
    text = " ".join(text_of(result.pdf).split())
    assert result.page_count == 1
    for words in (
        "Mr Adam Dawson and Ms Dorota Dawson",
        "4 Alder Walk",
        "ZK1 0AD",
        "22 November 2026",
        "WX26-000003",
        "Dear Mr Dawson and Ms Dawson",
        "Your housing officer is Priya Nair",
        "from 7 December 2026.",
        "This letter is for both of the tenants",
        "Yours sincerely",
        "Telephone: 07700 900101",
        "large print, Braille",
    ):
        assert words in text


def test_every_letter_of_a_chunk_has_its_own_pages(make_letter, make_batch, text_of):
    letters = [make_letter(number) for number in range(5)]
    result = compile_chunk(make_batch(letters))
    assert [span.first_page for span in result.spans] == [1, 2, 3, 4, 5]
    for span in result.spans:
        assert span.reference in text_of(result.pdf, span.first_page)


@pytest.mark.parametrize("tagged", [True, False])
def test_a_longer_letter_is_found(make_letter, make_batch, worded, text_of, tagged):
    letters = [make_letter(0), make_letter(1, content=worded(LONG)), make_letter(2)]
    result = compile_chunk(make_batch(letters), tagged=tagged)
    assert [(s.first_page, s.page_count) for s in result.spans] == [
        (1, 1),
        (2, 3),
        (5, 1),
    ]
    assert [s.reference for s in letters_out_of_length(result.spans, 1)] == [
        "WX26-000001"
    ]
    assert "Page" not in text_of(result.pdf, 2)
    assert "Page 2 of 3" in text_of(result.pdf, 3)
    assert "Page 3 of 3" in text_of(result.pdf, 4)
    assert "Our reference: WX26-000001" in text_of(result.pdf, 4)


def test_large_print_has_its_own_plan(make_letter, make_batch, opened):
    letter = make_letter(1, format=LetterFormat.LARGE_PRINT)
    result = single_letter(make_batch([letter]))
    assert result.page_count == 2
    content = opened(result.pdf).pages[0].Contents.read_bytes()
    assert b" 18 Tf" in content


@pytest.mark.parametrize(
    "value",
    [
        '#panic("x")',
        "*bold* _it_ $x$ `raw`",
        "((officer name))",
        '#read("/etc/passwd")',
        '#image("letter.typ")',
        '"); panic("x',
        "\\u{41} // not a comment",
        "= Heading <letter-start> @ref",
    ],
)
def test_values_are_printed_and_never_run(
    make_letter, make_batch, worded, text_of, value
):
    letter = make_letter(
        1,
        content=worded("Hello ((name)).", subject="For ((name))", name=value),
        address_lines=(value[:45], "4 Elm Road", "ZK1 4AB"),
        salutation=f"Dear {value}",
    )
    text = " ".join(text_of(single_letter(make_batch([letter])).pdf).split())
    for words in (f"Hello {value}.", f"Dear {value}", f"For {value}", value[:45]):
        assert " ".join(words.split()) in text


def test_the_same_letters_give_the_same_bytes_in_another_process(
    make_letter, make_batch
):
    runs = [
        subprocess.run(
            [sys.executable, "-c", RERUN],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    batch = make_batch([make_letter(number) for number in range(270, 295)])
    compile_chunk(make_batch([make_letter(1)]))
    here = hashlib.sha256(compile_chunk(batch).pdf).hexdigest()
    assert here == runs[0].split()[0]


def test_an_unprintable_character_names_its_letter(make_letter, make_batch, worded):
    letters = [make_letter(0), make_letter(1, content=worded("Party 🎉 time"))]
    for tagged in (True, False):
        with pytest.raises(LetterNotSet, match="WX26-000001.*🎉") as refusal:
            compile_chunk(make_batch(letters), tagged=tagged)
        assert refusal.value.reference == "WX26-000001"


def test_a_failure_of_the_engine_is_traced_to_its_letter(make_letter, make_batch):
    broken = Picture(b"\x89PNG\r\n\x1a\nnot a picture", "Signature")
    batch = make_batch([make_letter(number) for number in range(7)])
    letters = list(batch.letters)
    letters[4] = make_letter(4, officer="broken")
    people = {**batch.officers, "broken": OfficerBlock("Jo Bloggs", signature=broken)}
    batch = TypesetBatch(tuple(letters), batch.letterheads, people, batch.dated)
    with pytest.raises(LetterNotSet) as refusal:
        compile_chunk(batch)
    assert refusal.value.reference == "WX26-000004"
    with pytest.raises(LetterNotSet):
        single_letter(batch.only(batch.letters[4:5]))


def test_a_team_may_answer_without_a_persons_details(make_letter, make_batch, text_of):
    base = make_batch([make_letter(0, officer="team", language="cy")])
    people = {"team": OfficerBlock("The Northfield neighbourhood team")}
    batch = TypesetBatch(base.letters, base.letterheads, people, base.dated)
    text = text_of(single_letter(batch).pdf)
    assert "Yours sincerely\r\nThe Northfield neighbourhood team" in text
    assert "Telephone: \r" not in text


@pytest.mark.parametrize("tagged", [True, False])
def test_a_letter_needs_a_subject(make_letter, make_batch, worded, tagged):
    letter = make_letter(1, content=worded("Body", subject="((note))", note=" "))
    with pytest.raises(LetterNotSet, match="WX26-000001 has no subject"):
        compile_chunk(make_batch([letter]), tagged=tagged)


def test_a_picture_must_be_png_or_jpeg():
    with pytest.raises(PictureRefused):
        _ = Picture(b"<svg/>", "Logo").name


def test_only_named_pictures_are_in_the_engines_folder(make_letter, make_batch):
    single_letter(make_batch([make_letter(1)]))
    names = {path.name for path in engine().root.rglob("*") if path.is_file()}
    assert "letter.typ" in names
    assert all(len(name) == 68 for name in names - {"letter.typ"})


def test_chunks_keep_the_order(make_letter):
    letters = [make_letter(number) for number in range(7)]
    chunks = plan_chunks(letters, 3)
    assert [len(chunk) for chunk in chunks] == [3, 3, 1]
    assert [letter for chunk in chunks for letter in chunk] == letters


def test_version_names_engine_and_files():
    assert typesetting_version().startswith("typst ")
    assert engine_module.TEMPLATE.exists()


def test_version_changes_with_the_code_of_letters(monkeypatch, tmp_path):
    now = typesetting_version()
    assert {"letter.typ", "phrases.py", "content.py", "parts.typ", "dates.py"} <= {
        path.name for path in engine_module._source_files()
    }
    (tmp_path / "new.py").write_text("")
    changed = (*engine_module._SOURCES, tmp_path)
    monkeypatch.setattr(engine_module, "_SOURCES", changed)
    assert typesetting_version.__wrapped__() == now
    (tmp_path / "new.py").write_text("HYPHEN = '-'")
    assert typesetting_version.__wrapped__() != now
