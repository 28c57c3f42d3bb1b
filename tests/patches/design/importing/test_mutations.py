"""Any list at all: no crash, every row accounted for, and all in or nothing."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housingplus.common.errors import HousingPlusError
from housingplus.imports.options import ImportOptions
from housingplus.imports.running import apply_file, check_file
from patches.design.importing.importer import WorkImporter
from patches.design.importing.planning import _clashes
from patches.models import WorkRecord
from tests.factories.patches import PropertyFactory

from .conftest import WORK, errors, work

CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "K1",
            "K2",
            "visit",
            "0",
            "7",
            "-3",
            "1e5",
            "2025-01-01",
            "31/12/2025",
            "2025-06-30",
            "99999999999999999999",
            "=1+1",
            "\x00",
            "\u202eK1",
            "NaN",
            "'; DROP TABLE",
        ]
    ),
    st.text(max_size=8),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(list(WORK)), CELLS), max_size=6)
DAYS = st.integers(0, 30)
PERIODS = st.sets(
    st.tuples(DAYS, st.integers(0, 8)).map(lambda p: (p[0], sum(p))), max_size=6
)


@pytest.fixture
def street(home, visits):
    return [
        home,
        PropertyFactory(landlord=home.landlord, ward=home.ward, reference="K2"),
    ]


QUIETLY = {
    "deadline": None,
    "suppress_health_check": [
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
}


@settings(max_examples=120, **QUIETLY)
@given(
    rows=ROWS, bytes_changed=st.dictionaries(st.integers(0, 400), st.integers(0, 255))
)
def test_any_list_is_taken_whole_or_refused(street, tmp_path, rows, bytes_changed):
    WorkRecord.objects.all().delete()
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(WORK))
    writer.writeheader()
    writer.writerows({**work(), **row} for row in rows)
    content = bytearray(text.getvalue().encode("utf-8", "surrogatepass"))
    for at, value in bytes_changed.items():
        if at < len(content):
            content[at] = value
    path = tmp_path / "work.csv"
    path.write_bytes(bytes(content))
    importer, options = WorkImporter(), ImportOptions()

    try:
        parsed, plan = check_file(path, importer, options)
    except HousingPlusError:
        return

    counts = plan.counts
    accepted = counts["new"] + counts["changed"] + plan.unchanged_count
    assert accepted + counts["error"] == plan.row_count
    assert all(message for *_, message in errors(plan))
    if plan.has_errors:
        return
    if not plan.changes_nothing:
        apply_file(
            parsed, plan, importer=importer, options=options, source=path, sha256="0"
        )
    assert WorkRecord.objects.count() == accepted
    assert check_file(path, importer, options)[1].unchanged_count == accepted


@settings(**QUIETLY)
@given(listed=PERIODS, recorded=PERIODS)
def test_a_period_clashes_exactly_if_it_overlaps_another(listed, recorded):
    def overlaps(one, other):
        return one != other and one[0] <= other[1] and other[0] <= one[1]

    found = _clashes(listed, recorded)

    assert found.keys() == {
        one
        for one in listed - recorded
        if any(overlaps(one, other) for other in listed | recorded)
    }
    for one, (other, is_recorded) in found.items():
        assert overlaps(one, other)
        assert is_recorded == (other in recorded)
