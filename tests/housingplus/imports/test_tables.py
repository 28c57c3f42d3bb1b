"""Reading lists: usual kinds of file are read, anything else is refused in words."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from housingplus.imports.columns import Column, check_columns, recognise
from housingplus.imports.errors import ColumnsMissing, FileRefused
from housingplus.imports.tables import open_table

COLUMNS = (
    Column("uprn", "UPRN", "", required=True, aliases=("UPRN No",)),
    Column("street", "Street", "", required=True, aliases=("Road",)),
    Column("postcode", "Postcode", "", aliases=("Post Code",)),
)
TEXT = "UPRN,Street,Postcode\n1,Café Row,ZK1 1AA\n2,O’Neill’s £ Yard,ZK1 1AB\n"


def read(tmp_path, content: bytes, name: str = "list.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    table = open_table(path, COLUMNS)
    return table, list(table.rows())


def workbook(rows, *, title="Stock") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_usual_encodings_delimiters_and_line_ends(
    tmp_path, encoding, delimiter, line_end
):
    text = TEXT.replace(",", delimiter).replace("\n", line_end)
    table, rows = read(tmp_path, text.encode(encoding))
    assert table.header == ["UPRN", "Street", "Postcode"]
    assert [row.number for row in rows] == [2, 3]
    assert [row.cells[1] for row in rows] == ["Café Row", "O’Neill’s £ Yard"]


def test_workbook_is_known_by_content_not_name(tmp_path):
    content = workbook([["UPRN", "Street"], [990000000007, dt.date(2020, 1, 2)]])
    table, rows = read(tmp_path, content, "list.csv")
    assert "Stock" in table.read_as
    assert rows[0].cells == ["990000000007", "2020-01-02"]


def test_row_numbers_are_those_of_the_spreadsheet(tmp_path):
    text = 'Stock list\n\nUPRN,Street\n1,"Elm\nRoad"\n\n2,Ash Road\n'
    table, rows = read(tmp_path, text.encode())
    assert table.header_number == 3
    assert [row.number for row in rows] == [4, 6]
    content = workbook([[], ["Stock list"], [], ["UPRN", "Street"], [], [1, "Elm"]])
    table, rows = read(tmp_path, content)
    assert table.header_number == 4
    assert [row.number for row in rows] == [6]


def test_formula_cells_are_pointed_out(tmp_path):
    content = workbook([["UPRN", "Street"], [1, "=A1"], ["=1+1", "Elm"]])
    _, rows = read(tmp_path, content)
    assert [sorted(row.formulas) for row in rows] == [[1], [0]]


def test_formula_cells_are_found_beside_empty_columns(tmp_path):
    content = workbook([[None, "UPRN", "Street"], [None, 1, "=B1"]])
    table, rows = read(tmp_path, content)
    assert table.header == ["UPRN", "Street"]
    assert sorted(rows[0].formulas) == [1]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["uprn no", "ROAD", "post_code"], {"uprn": 0, "street": 1, "postcode": 2}),
        (["Street ", " U.P.R.N."], {"street": 0, "uprn": 1}),
        (["Road", "Street"], {"street": 1}),
        (["", "x"], {}),
    ],
)
def test_columns_are_recognised_under_usual_names(header, found):
    assert recognise(header, COLUMNS) == found


def test_missing_columns_are_named():
    with pytest.raises(ColumnsMissing, match="“Street”"):
        check_columns({"uprn": 0}, COLUMNS)
    neither = (COLUMNS[0], Column("street", "Street", ""), COLUMNS[2])
    with pytest.raises(ColumnsMissing, match="“Street” or “Postcode”"):
        check_columns({"uprn": 0}, neither, [("street", "postcode")])


def _zip(names: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in names.items():
            archive.writestr(name, inside)
    return content.getvalue()


REFUSED = {
    "empty": (b"", "empty"),
    "only blank lines": (b"\n \n,,\n", "empty"),
    "no header": (b"990000000007,Elm Road,ZK1 1AA\n", "no header row"),
    "NUL": (b"UPRN,Street\n1,Elm\0Road\n", "NUL"),
    "invalid UTF-8": (b"UPRN,Street\n1,Caf\xc3\x28\n", "UTF-8"),
    "broken after valid UTF-8": ("UPRN,Street\n1,Café\n2,".encode() + b"\xff", "UTF-8"),
    "byte order mark and no UTF-8": (b"\xef\xbb\xbfUPRN,Street\n1,\xe9\n", "UTF-8"),
    "cut UTF-16": ("UPRN,Street\n1,Elm\n".encode("utf-16") + b"\x00", "UTF-16"),
    "UTF-32": ("UPRN,Street\n1,Elm\n".encode("utf-32"), "UTF-32"),
    "long line": (b"UPRN,Street\n1," + b"x" * 10_000_000 + b"\n", "longer than"),
    "10 MB of one line": (b"x" * 10_000_000, "longer than"),
    "unclosed quote": (b'UPRN,Street\n1,"Elm\n' + b"2,Ash\n" * 40_000, "not closed"),
    "stray quote": (b'UPRN,Street\n1,"Elm"s Road\n', "quotation mark"),
    "same column twice": (b"UPRN,Street,uprn\n1,Elm,2\n", "Two columns"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "gzip": (b"\x1f\x8b\x08\x00", "compressed"),
    "zip": (_zip({"homes.csv": b"UPRN,Street"}), "Unpack"),
    "OpenDocument": (_zip({"mimetype": b"x", "content.xml": b""}), ".ods"),
    "binary workbook": (_zip({"xl/workbook.bin": b""}), ".xlsb"),
    "damaged workbook": (_zip({"xl/workbook.xml": b"<x"}), "damaged"),
    "cut workbook": (workbook([["UPRN"], [1]])[:900], "damaged"),
    "web page": (b"<html><table><tr><td>UPRN</td></tr></table></html>", "web page"),
    "too many columns": (b"UPRN,Street" + b",x" * 300 + b"\n1\n", "columns"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_list_is_refused_in_words(tmp_path, case):
    content, words = REFUSED[case]
    with pytest.raises(FileRefused, match=words):
        read(tmp_path, content)


def test_empty_workbook_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="empty"):
        read(tmp_path, workbook([]))


def test_a_million_rows_are_refused_in_bounded_memory(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("w") as file:
        file.write("UPRN,Street\n")
        file.writelines(f"{number},Elm Road\n" for number in range(1_000_000))
    tracemalloc.start()
    with pytest.raises(FileRefused, match="250,000 rows"):
        for _ in open_table(path, COLUMNS).rows():
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_a_file_larger_than_the_limit_is_not_read(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(61 * 1024 * 1024)
    with pytest.raises(FileRefused, match="60 MB"):
        open_table(path, COLUMNS)


def test_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("housingplus.imports.kinds.MOST_BYTES_UNPACKED", 1000)
    with pytest.raises(FileRefused, match="too large"):
        read(tmp_path, workbook([["UPRN", "Street"], [1, "Elm"]]))


GOOD = [
    TEXT.encode(),
    TEXT.encode("utf-16"),
    TEXT.replace(",", ";").encode("cp1252"),
    workbook([["UPRN", "Street"], [1, "Elm"], [2, "=A1"]]),
]


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chosen=st.sampled_from(GOOD), changes=st.data())
def test_no_damaged_file_crashes_the_reader(tmp_path, chosen, changes):
    content = bytearray(chosen)
    for _ in range(changes.draw(st.integers(1, 8))):
        at = changes.draw(st.integers(0, len(content) - 1))
        act = changes.draw(st.sampled_from(["set", "cut", "add", "remove"]))
        if act == "set":
            content[at] = changes.draw(st.integers(0, 255))
        elif act == "cut":
            del content[at + 1 :]
        elif act == "add":
            content[at:at] = changes.draw(st.binary(max_size=6))
        elif len(content) > 1:
            del content[at]
    try:
        _, rows = read(tmp_path, bytes(content))
    except FileRefused:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.cells)
