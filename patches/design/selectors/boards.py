"""Maps read back as the solver's own: to move homes by hand, and to explain."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from patches.design.models import DesignAlternative, DesignArea, DesignPatch
from patches.design.solver.answer import Design
from patches.design.solver.draw import describe
from patches.design.solver.problem import Area, Home, Options
from patches.design.solver.setup import Setup, prepare
from patches.register.models import Patch

from .frozen import read_rules

# Areas made ready are kept in the process: each holds its distances, some megabytes.
_MOST_KEPT = 4
_kept: OrderedDict[tuple[object, ...], Setup] = OrderedDict()
_lock = Lock()


def load_area(alternative: DesignAlternative, area: DesignArea) -> Design:
    """Return one area of an alternative as the solver draws it, from frozen rows.

    Its patches are numbered and named as they are kept.
    """
    patches = _patches_in(alternative, area)
    place = {patch.pk: index for index, patch in enumerate(patches)}
    placed = dict(
        alternative.placements.filter(unit__area=area)
        .order_by()
        .values_list("unit__number", "patch")
    )
    count = area.units.count()
    part = tuple(place[placed[n]] if n in placed else -1 for n in range(count))
    names = [_name(row) for row in patches]
    return describe(_setup(alternative, area, names), part, names)


def make_ready(alternative: DesignAlternative, area: DesignArea) -> None:
    """Have an area's distances in the process, so that `load_area` is quick."""
    names = [_name(row) for row in _patches_in(alternative, area)]
    _setup(alternative, area, names)


def _patches_in(alternative: DesignAlternative, area: DesignArea) -> list[DesignPatch]:
    """Return an area's patches by number, then others' that have homes here."""
    own = list(
        alternative.patches.filter(area=area)
        .select_related("continues")
        .order_by("number")
    )
    others = (
        alternative.patches.filter(placements__unit__area=area)
        .exclude(area=area)
        .select_related("continues")
        .distinct()
        .order_by("code")
    )
    return [*own, *others]


def _name(patch: DesignPatch) -> str:
    """A patch that goes on has its present code, whatever it was when it was drawn."""
    return patch.continues.code if patch.continues else patch.code


def _setup(alternative: DesignAlternative, area: DesignArea, names: list[str]) -> Setup:
    """Return an area made ready, from the process's few if it is there."""
    options = options_of(alternative, area)
    design = area.design
    key = (design.token, design.drawn_at, area.number, options, tuple(names))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    setup = prepare(_area(area, options))
    with _lock:
        _kept[key] = setup
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return setup


def options_of(alternative: DesignAlternative, area: DesignArea) -> Options:
    """Return the options an area was drawn with."""
    kept = alternative.measures["areas"][area.name].get("options")
    if kept is not None:
        return Options(**kept)
    return Options(
        patches=alternative.patches.filter(area=area).count(),
        tolerance=float(alternative.tolerance) / 100,
    )


def _area(area: DesignArea, options: Options) -> Area:
    rows = area.homes.order_by("property").values_list(
        "property",
        "hours",
        "easting",
        "northing",
        "postcode",
        "street",
        "block",
        "patch__code",
    )
    homes = tuple(
        Home(
            reference=str(pk),
            hours=hours,
            easting=easting,
            northing=northing,
            postcode=postcode,
            street=street,
            block=block,
            patch=code or "",
        )
        for pk, hours, easting, northing, postcode, street, block, code in rows
    )
    elsewhere = Patch.objects.filter(pk__in=area.report.get("elsewhere", []))
    return Area(
        name=area.name,
        homes=homes,
        options=options,
        rules=read_rules(area),
        elsewhere=tuple(sorted(elsewhere.values_list("code", flat=True))),
    )
