"""The command draws from the database and changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.design.selectors.homes import list_homes
from patches.models import PatchMembership
from tests.factories.officers import TeamWardFactory
from tests.factories.patches import (
    LONG_AGO,
    BlockFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db


def make_homes(ward, streets=6, homes=4, block=None, patch=None):
    """Return homes on streets a hundred metres apart, in a patch if one is given."""
    made = [
        PropertyFactory(
            ward=ward,
            street=f"{ward.name} Road {street}",
            postcode=f"ZK{ward.pk % 90 + 1} {street}AA",
            easting=402_000 + street * 100,
            northing=437_000 + number,
            block=block,
        )
        for street in range(streets)
        for number in range(homes)
    ]
    for home in made if patch else []:
        PatchMembershipFactory(property=home, patch=patch)
    return made


def run(tmp_path, *arguments):
    file = tmp_path / "design.json"
    call_command("design_patches", *arguments, "--json", str(file))
    return json.loads(file.read_text())


def test_designs_each_ward_teams_area(tmp_path, capsys):
    one, two, lone = WardFactory(), WardFactory(), WardFactory()
    team = TeamWardFactory(ward=one).team
    TeamWardFactory(ward=two, team=team)
    homes = make_homes(one) + make_homes(two) + make_homes(lone)

    found = run(tmp_path, "--all", "--patches", "5")

    assert {area["name"] for area in found["areas"]} == {team.name, lone.name}
    assert {home["uprn"] for home in found["homes"]} == {home.uprn for home in homes}
    assert len({home["patch"] for home in found["homes"]}) == 5
    assert found["city"]["within"] == [1, 1, 1]
    assert "In all: 5 patches, 72 homes" in capsys.readouterr().out


def test_changes_nothing_and_leaves_other_wards_out(tmp_path):
    ward, other = WardFactory(), WardFactory()
    patch = PatchFactory(ward=ward)
    make_homes(ward, patch=patch)
    make_homes(other)

    found = run(tmp_path, "--wards", ward.code, "--patches", "2")

    assert len(found["homes"]) == 24
    assert {home["now"] for home in found["homes"]} == {patch.code}
    assert patch.code in {home["patch"] for home in found["homes"]}
    assert PatchMembership.objects.filter(patch=patch).count() == 24


def test_review_moves_few_homes(tmp_path):
    ward = WardFactory()
    make_homes(ward, streets=7, patch=PatchFactory(ward=ward, code="P1"))
    small = WardFactory()
    team = TeamWardFactory(ward=ward).team
    TeamWardFactory(ward=small, team=team)
    for home in make_homes(small, streets=5, patch=PatchFactory(ward=ward, code="P2")):
        home.easting += 700
        home.save()

    found = run(tmp_path, "--all", "--review")
    near = run(tmp_path, "--all", "--patches", "2", "--continuity", "1000")

    assert found["city"]["moved_homes"] == near["city"]["moved_homes"] == 4
    assert found["city"]["worst"] == near["city"]["worst"] == 0


def test_hours_come_from_a_file(tmp_path, capsys):
    ward = WardFactory()
    homes = make_homes(ward)
    file = tmp_path / "hours.csv"
    rows = [f"{home.uprn},{5 if n < 4 else 1}" for n, home in enumerate(homes[:-1])]
    file.write_text("UPRN,Hours\n" + "\n".join(rows) + "\n")

    found = run(
        tmp_path, "--all", "--patches", "2", "--workload", str(file), "--tolerance", "9"
    )

    sizes = sorted(patch["homes"] for patch in found["areas"][0]["patches"])
    assert sizes == [4, 20]
    assert "Given the mean, for want of hours" in capsys.readouterr().out


def test_barriers_and_kept_patches_are_heeded(tmp_path):
    ward = WardFactory()
    make_homes(ward, streets=2, patch=PatchFactory(ward=ward, code="KEEP"))
    for home in make_homes(ward, streets=6):
        home.northing += 300
        home.save()
    line = [[400_000, 437_100], [405_000, 437_100]]
    file = tmp_path / "river.json"
    shapes = [
        {"type": "LineString", "coordinates": line},
        {"type": "MultiLineString", "coordinates": [line]},
        {"type": "Point", "coordinates": [402_050, 437_100]},
        {"type": "MultiPoint", "coordinates": [[402_050, 437_100]]},
    ]
    features = [{"type": "Feature", "geometry": shape} for shape in shapes]
    file.write_text(json.dumps({"features": features}))

    arguments = ["--patches", "4", "--keep", "KEEP", "--barriers", str(file)]
    found = run(tmp_path, "--all", *arguments)

    kept = [home for home in found["homes"] if home["patch"] == "KEEP"]
    assert {home["now"] for home in kept} == {"KEEP"}
    assert len(kept) == 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--wards", "Nowhere"], "no ward nowhere"),
        (["--all", "--patches", "0"], "at least one patch"),
        (["--all", "--patches", "99"], "Ask for fewer patches"),
        (["--all", "--keep", "X9"], "No home here is in patch X9"),
        (["--all", "--workload", "missing.csv"], "cannot be read"),
        (["--all", "--barriers", "missing.json"], "not a GeoJSON file"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, said):
    make_homes(WardFactory())

    with pytest.raises(CommandError, match=said):
        call_command("design_patches", *arguments)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,hours\nA,1\n", "needs the columns"),
        ("reference,hours\nA,much\n", "line 2: A, 'much' hours"),
        ("reference,hours\n,1\n", "line 2: no home"),
        ("reference,hours\nA,-1\n", "line 2"),
        ("reference,hours\nnobody,1\n", "No home of these wards"),
    ],
)
def test_a_poor_workload_file_is_refused(tmp_path, text, said):
    make_homes(WardFactory())
    file = tmp_path / "hours.csv"
    file.write_text(text)

    with pytest.raises(CommandError, match=said):
        call_command("design_patches", "--all", "--workload", str(file))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "LineString", "coordinates": [[53.4, -1.5], [53.4, -1.4]]},
    ],
)
def test_a_poor_barrier_file_is_refused(tmp_path, geometry):
    make_homes(WardFactory())
    file = tmp_path / "river.json"
    file.write_text(json.dumps({"features": [{"geometry": geometry}]}))

    with pytest.raises(CommandError, match="not a GeoJSON file"):
        call_command("design_patches", "--all", "--barriers", str(file))


def test_homes_off_the_map_are_counted(tmp_path, capsys):
    ward = WardFactory()
    make_homes(ward)
    lost = PropertyFactory(ward=ward, street="Lost Lane", postcode="ZK99 9ZZ")

    found = run(tmp_path, "--all", "--patches", "2")

    assert found["areas"][0]["homes_without_place"] == [lost.reference]
    assert "Not on the map, so in no patch: 1 of the homes" in capsys.readouterr().out


def test_reading_homes_takes_two_queries_however_many():
    ward = WardFactory()
    block = BlockFactory(ward=ward)
    patch = PatchFactory(ward=ward)
    make_homes(ward, streets=1, homes=2, block=block, patch=patch)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            rows = list_homes([ward.pk], LONG_AGO.replace(year=2025))
        counts.append(len(asked))
        make_homes(ward, streets=5, homes=2, patch=patch)

    assert counts == [2, 2]
    assert {row.home.patch for row in rows} == {patch.code}
    assert list_homes([ward.pk], LONG_AGO.replace(year=2025), {})[0].home.hours == 1.0
