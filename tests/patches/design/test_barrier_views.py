"""Pages of barriers: uploading, the list, one set, archiving."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from patches.design.barriers import MOST_BYTES
from patches.models import BarrierSet, DesignStatus
from tests.factories.designs import BarrierSetFactory, PatchDesignFactory
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db

LIST = reverse("patches:designs:barrier_list")
UPLOAD = reverse("patches:designs:barrier_upload")
RIVER = {"type": "LineString", "coordinates": [[402_000, 437_000], [403_000, 437_000]]}
BRIDGE = {"type": "Point", "coordinates": [402_500, 437_010]}


def file_of(*geometries, content=None):
    features = [{"type": "Feature", "geometry": shape} for shape in geometries]
    text = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return SimpleUploadedFile("rivers.geojson", text if content is None else content)


@pytest.fixture
def client(manager, client_for):
    return client_for(manager)


def detail(barriers, act=""):
    name = f"patches:designs:barrier_{act or 'detail'}"
    return reverse(name, args=[barriers.pk])


def test_upload_keeps_the_lines_and_shows_them(client, manager):
    file = file_of(RIVER, BRIDGE)

    response = client.post(
        UPLOAD, {"name": " Rivers  2026 ", "file": file}, follow=True
    )

    made = BarrierSet.objects.get()
    assert (made.name, made.uploaded_by) == ("Rivers 2026", manager)
    assert made.lines == [[[402_000, 437_000], [403_000, 437_000]]]
    assert made.bridges == [[402_500, 437_010]]
    page = response.content.decode()
    assert "1.0 km" in page
    assert "Bridge 1" in page
    assert AuditEvent.objects.get(verb="barriers.uploaded").by == manager


def test_a_double_click_uploads_once(client):
    for _ in range(2):
        response = client.post(UPLOAD, {"name": "Rivers", "file": file_of(RIVER)})

    assert response.url == detail(BarrierSet.objects.get())


def test_another_file_of_the_same_name_is_refused(client):
    BarrierSetFactory(name="Rivers")

    response = client.post(UPLOAD, {"name": "Rivers", "file": file_of(RIVER)})

    page = response.content.decode()
    assert "There is a problem" in page
    assert "There are barriers called Rivers already" in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (file_of(content=b"PK\x03\x04"), ["a zip file or an Excel workbook"]),
        (file_of(content=b"{" + b" " * MOST_BYTES), ["larger than 2 MB"]),
        (file_of(content=b""), ["The file is empty"]),
        (file_of({"type": "Polygon"}, None), ["Feature 1 is a Pol", "Feature 2 is no"]),
        (file_of(BRIDGE), ["The file has no line"]),
    ],
)
def test_a_poor_file_is_explained(client, file, said):
    page = client.post(UPLOAD, {"name": "Rivers", "file": file}).content.decode()

    assert "There is a problem" in page
    assert all(words in page for words in said)
    assert not BarrierSet.objects.exists()


def test_nothing_sent_is_explained(client):
    page = client.post(UPLOAD).content.decode()

    assert "Enter the name" in page
    assert "Choose a file" in page


def test_a_bridge_far_from_every_line_is_said(client):
    barriers = BarrierSetFactory(bridges=[[405_000, 436_600], [405_000, 438_500]])

    page = client.get(detail(barriers)).content.decode()

    assert "1 bridge is more than 250 metres from every line" in page
    assert page.count("Far from every line") == 1


def test_a_set_without_bridges_says_so(client):
    page = client.get(detail(BarrierSetFactory(bridges=[]))).content.decode()

    assert "There are no bridges" in page


def test_map_draws_lines_bridges_and_wards(client):
    square = [[[-1.5, 53.4], [-1.4, 53.4], [-1.4, 53.5], [-1.5, 53.4]]]
    WardFactory(boundary={"type": "Polygon", "coordinates": square})
    barriers = BarrierSetFactory(
        lines=[[[401_000, 436_500], [409_000, 436_500]], [[1, 1], [2, 2]]]
    )

    shapes = client.get(detail(barriers, "map")).json()["features"]

    kinds = [shape["geometry"]["type"] for shape in shapes]
    assert kinds == ["Polygon", "LineString", "Point"]
    assert shapes[1]["geometry"]["coordinates"][0] == [
        pytest.approx(-1.98, abs=0.01),
        pytest.approx(53.82, abs=0.01),
    ]


def test_detail_lists_the_designs_a_person_may_see(client, client_for, officer):
    barriers = BarrierSetFactory()
    PatchDesignFactory(name="Spring draft", barriers=barriers)

    assert "Spring draft" in client.get(detail(barriers)).content.decode()
    page = client_for(officer.user).get(detail(barriers)).content.decode()
    assert "Spring draft" not in page
    assert "Archive" not in page


def test_archiving_takes_a_set_off_the_list_and_back(client):
    barriers = BarrierSetFactory(name="Old rivers")

    client.post(detail(barriers, "archive"), {"archive": "1"})
    client.post(detail(barriers, "archive"), {"archive": "1"})

    assert not client.get(LIST).context["page_obj"].object_list
    archived = client.get(f"{LIST}?archived=1").context["page_obj"]
    assert list(archived) == [barriers]
    client.post(detail(barriers, "archive"), {"archive": "0"})
    assert list(client.get(LIST).context["page_obj"]) == [barriers]
    verbs = [event.verb for event in AuditEvent.objects.order_by("pk")]
    assert verbs == ["barriers.archived", "barriers.restored"]


def test_empty_lists_say_what_to_do(client, officer, client_for):
    assert "Upload a GeoJSON file" in client.get(LIST).content.decode()
    assert (
        "No barriers are archived" in client.get(f"{LIST}?archived=1").content.decode()
    )
    page = client_for(officer.user).get(LIST).content.decode()
    assert "A service manager can upload them" in page


@pytest.mark.parametrize("sort", ["name", "-uploaded", "designs"])
def test_list_sorts(client, sort):
    BarrierSetFactory.create_batch(2)

    assert len(client.get(f"{LIST}?sort={sort}").context["page_obj"]) == 2


def test_list_queries_do_not_grow(client, django_assert_num_queries):
    BarrierSetFactory.create_batch(2)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for barriers in BarrierSetFactory.create_batch(10):
        PatchDesignFactory(barriers=barriers)
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_detail_queries_do_not_grow(client, django_assert_num_queries):
    barriers = BarrierSetFactory()
    PatchDesignFactory.create_batch(2, barriers=barriers)
    client.get(detail(barriers))
    with CaptureQueriesContext(connection) as few:
        client.get(detail(barriers))
    PatchDesignFactory.create_batch(10, barriers=barriers, status=DesignStatus.DRAFT)
    with django_assert_num_queries(len(few)):
        client.get(detail(barriers))
