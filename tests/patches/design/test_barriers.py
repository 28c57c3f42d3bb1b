"""Reading rivers and bridges from GeoJSON, and naming what is wrong with a file."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patches.design.barriers import (
    MOST_BYTES,
    MOST_FAULTS,
    MOST_PLACES,
    parse_barriers,
)
from patches.design.errors import BarriersRefused
from patches.properties.coordinates import longitudes_and_latitudes

RIVER = [[402_000, 437_000], [402_500.04, 437_020]]
LINE = {"type": "LineString", "coordinates": RIVER}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*geometries):
    features = [feature(geometry) for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def faults(content):
    with pytest.raises(BarriersRefused) as refusal:
        parse_barriers(content)
    return refusal.value.faults


def test_lines_are_barriers_and_points_bridges():
    found = parse_barriers(
        collection(
            LINE,
            {"type": "MultiLineString", "coordinates": [RIVER, RIVER]},
            {"type": "Point", "coordinates": [402_050, 437_000, 12.5]},
            {"type": "MultiPoint", "coordinates": [[402_050, 437_000]]},
        )
    )

    assert found.lines == (((402_000.0, 437_000.0), (402_500.0, 437_020.0)),) * 3
    assert found.bridges == ((402_050.0, 437_000.0),) * 2


@pytest.mark.parametrize("value", [LINE, feature(LINE)])
def test_one_shape_alone_is_read_and_a_byte_order_mark_is_skipped(value):
    content = b"\xef\xbb\xbf\n " + json.dumps(value).encode()

    assert len(parse_barriers(content).lines) == 1


def test_longitude_and_latitude_become_metres():
    spots = longitudes_and_latitudes([402_000, 402_500], [437_000, 437_020])
    degrees = {"type": "LineString", "coordinates": spots}

    found = parse_barriers(collection(degrees))

    assert found.lines == (((402_000.0, 437_000.0), (402_500.0, 437_020.0)),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b" \n", "The file is empty"),
        (b"PK\x03\x04", "a zip file or an Excel workbook"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"%PDF-1.7", "a PDF"),
        (b"<kml></kml>", "XML, such as KML or GML"),
        (b"easting,northing\n1,2\n", "not GeoJSON, which begins with"),
        (b"[1]", "not GeoJSON, which begins with"),
        (b'{"features": [', "cannot be read from line 1, column 15 on"),
        (b'{"a": "\xff"}', "not text in UTF-8"),
        (b"{\x00}", "cannot be read from line 1"),
        (b'{"features": ' + b"[" * 50_000, "not GeoJSON a map would write"),
        (b'{"features": [NaN]}', "not GeoJSON a map would write"),
        (b'{"features": [1' + b"0" * 5_000 + b"]}", "not GeoJSON a map would write"),
        (b"{}", "has no “features”"),
        (b'{"type": ["LineString"]}', "has no “features”"),
        (b'{"features": {}}', "has no “features”"),
        (b'{"features": []}', "The file has no line"),
        (b'{"features": [7]}', "Feature 1 is no shape"),
        (b"{" + b" " * MOST_BYTES, "larger than 2 MB"),
    ],
)
def test_a_file_that_is_something_else_is_named(content, said):
    assert said in faults(content)[0]


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "is no shape"),
        ({"type": "Polygon", "coordinates": []}, "is a Polygon: draw barriers as"),
        ({"type": {}, "coordinates": []}, "is no shape"),
        ({"type": "LineString"}, "has no list of points"),
        ({"type": "LineString", "coordinates": 7}, "has no list of points"),
        ({"type": "LineString", "coordinates": RIVER[:1]}, "fewer than two different"),
        ({"type": "LineString", "coordinates": RIVER[:1] * 2}, "fewer than two diff"),
        ({"type": "MultiLineString", "coordinates": RIVER}, "not two numbers"),
        ({"type": "Point", "coordinates": ["402050", "437000"]}, "not two numbers"),
        ({"type": "Point", "coordinates": [True, False]}, "not two numbers"),
        ({"type": "Point", "coordinates": [10**400, 1]}, "not two numbers"),
        ({"type": "Point", "coordinates": [1]}, "not two numbers"),
        ({"type": "Point", "coordinates": [-167_000, 7_060_000]}, "National Grid"),
        ({"type": "Point", "coordinates": [2.35, 48.8]}, "outside Britain (2.35, 48.8"),
        ({"type": "Point", "coordinates": [53.4, -1.5]}, "longitude belongs first"),
    ],
)
def test_a_wrong_shape_is_named_with_its_number(geometry, said):
    assert faults(collection(geometry))[0].startswith("Feature 1 ")
    assert said in faults(collection(geometry))[0]


def test_a_feature_is_named_as_the_file_names_it():
    shape = {"type": "Polygon", "coordinates": []}
    content = {"features": [feature(shape, name="River \ud800Tinker\n" + "x" * 99)]}

    fault = faults(json.dumps(content).encode())[0]

    assert fault.startswith("Feature 1 (River Tinkerx")
    assert fault.encode()


def test_metres_and_degrees_do_not_mix():
    point = {"type": "Point", "coordinates": [-1.5, 53.4]}

    assert "Some points are in metres" in faults(collection(LINE, point))[0]


def test_bridges_alone_are_no_barrier():
    point = {"type": "Point", "coordinates": RIVER[0]}

    assert "The file has no line" in faults(collection(point))[0]


def test_several_faults_are_named_at_once_but_not_hundreds():
    shapes = [{"type": "Polygon", "coordinates": []}] * 50

    assert len(faults(collection(*shapes))) == MOST_FAULTS
    outside = {"type": "MultiPoint", "coordinates": [[-1, 900_000]] * 9}
    assert len(faults(collection(LINE, outside))) == 1


def test_too_many_points_are_refused():
    line = {"type": "LineString", "coordinates": RIVER * (MOST_PLACES // 2 + 1)}

    assert "more than 20,000 points" in faults(collection(line))[0]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates"])
            | st.text(max_size=3),
            inner | st.sampled_from(["Feature", "LineString", "MultiPoint"]),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_JSON | st.fixed_dictionaries({"features": st.lists(_JSON, max_size=3)}))
def test_any_json_is_read_or_refused(value):
    with suppress(BarriersRefused):
        assert parse_barriers(json.dumps(value).encode()).lines


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content):
    with pytest.raises(BarriersRefused):
        parse_barriers(content)
