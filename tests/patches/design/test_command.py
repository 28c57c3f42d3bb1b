"""The command draws from the database and changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.common.dates import today
from patches.design.selectors.homes import list_homes
from patches.design.selectors.workload import expected_work
from patches.models import PatchMembership, Property
from tests.factories.designs import (
    AssumptionSetFactory,
    WorkRateFactory,
    WorkRecordFactory,
)
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


@pytest.fixture
def busy_first_street():
    """Homes of the first street ask for far more work than the others."""
    ward = WardFactory()
    homes = make_homes(ward)
    visits = WorkRateFactory(assumptions=AssumptionSetFactory(name="Agreed in May"))
    for home in homes:
        WorkRecordFactory(
            property=home,
            work_type=visits.work_type,
            count=90 if home.street.endswith(" 0") else 6,
        )
    return visits.assumptions


def sizes_of(found):
    return sorted(patch["homes"] for patch in found["areas"][0]["patches"])


def test_homes_weigh_what_a_named_set_expects(tmp_path, capsys, busy_first_street):
    named = ("--assumptions", "Agreed in May")
    found = run(tmp_path, "--all", "--patches", "2", "--tolerance", "9", *named)

    assert found["assumptions"] == "Agreed in May"
    assert sizes_of(found)[0] < 12
    hours = sum(area["measures"]["hours"] for area in found["areas"])
    expected = expected_work(busy_first_street, on=today()).hours
    assert hours == pytest.approx(sum(expected.values()), rel=1e-3)
    assert "what “Agreed in May” expects of them" in capsys.readouterr().out


def test_homes_count_one_where_no_set_is_named_or_default(tmp_path, busy_first_street):
    found = run(tmp_path, "--all", "--patches", "2")

    assert found["assumptions"] is None
    assert sizes_of(found) == [12, 12]


def test_the_default_set_counts_where_nothing_is_named(tmp_path, busy_first_street):
    AssumptionSetFactory(name="Another")
    busy_first_street.is_default = True
    busy_first_street.save()

    arguments = ("--all", "--patches", "2", "--tolerance", "20")
    found = run(tmp_path, *arguments)
    named = run(tmp_path, *arguments, "--assumptions", "Agreed in May")
    assert found == named
    assert found["assumptions"] == "Agreed in May"


def test_hours_from_a_file_replace_the_default_set(tmp_path, busy_first_street):
    busy_first_street.is_default = True
    busy_first_street.save()
    file = tmp_path / "hours.csv"
    homes = Property.objects.values_list("reference", flat=True)
    file.write_text("reference,hours\n" + "".join(f"{one},2\n" for one in homes))

    found = run(tmp_path, "--all", "--patches", "2", "--workload", str(file))
    assert found["assumptions"] is None
    assert sizes_of(found) == [12, 12]


def test_an_unknown_set_lists_those_there_are(busy_first_street):
    AssumptionSetFactory(name="Agreed in June")
    with pytest.raises(CommandError, match="“Agreed in June”, “Agreed in May”"):
        call_command("design_patches", "--all", "--assumptions", "Agreed in July")


def test_a_set_named_before_there_is_any_is_refused():
    make_homes(WardFactory())
    with pytest.raises(CommandError, match="There is: none yet"):
        call_command("design_patches", "--all", "--assumptions", "Agreed in May")


def test_a_set_and_a_file_of_hours_are_not_both_taken(tmp_path, busy_first_street):
    given = ["--assumptions", "Agreed in May", "--workload", str(tmp_path / "x.csv")]
    with pytest.raises(CommandError, match="not allowed with"):
        call_command("design_patches", "--all", *given)


def test_a_set_that_asks_for_no_work_still_draws(tmp_path):
    make_homes(WardFactory())
    AssumptionSetFactory(name="Empty")
    found = run(tmp_path, "--all", "--patches", "2", "--assumptions", "Empty")
    assert len(found["homes"]) == 24


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
