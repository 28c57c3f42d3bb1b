"""Homes grouped into units that are never split: a block, or a street side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .problem import Home

Key = tuple[str, ...]

MILLI = 1000
DECI = 10
STRAY_METRES = 500


@dataclass(frozen=True, slots=True)
class Unit:
    """Homes that go to one patch together.

    `x` and `y` are decimetres and `load` thousandths of an hour: whole numbers add up
    to the same on every machine.
    """

    name: str
    homes: tuple[int, ...]
    x: int
    y: int
    load: int
    kept: str
    present: tuple[tuple[str, int], ...]

    @property
    def home_count(self) -> int:
        return len(self.homes)

    @property
    def present_patch(self) -> str:
        """Return the patch most of its homes are in now; "" for none."""
        counted = dict(self.present)
        return min(counted, key=lambda name: (-counted[name], name), default="")

    def homes_in(self, patch: str) -> int:
        """Return how many of its homes are in a patch now."""
        return dict(self.present).get(patch, 0)


@dataclass(frozen=True, slots=True)
class Units:
    """The units of an area, and the homes that need a person to look."""

    units: tuple[Unit, ...]
    unit_of: tuple[int, ...]
    placed_by_postcode: tuple[str, ...]
    placed_by_street: tuple[str, ...]
    unplaced: tuple[str, ...]
    strays: tuple[str, ...]


def loads_of(homes: Sequence[Home], weight_strength: float) -> list[int]:
    """Return each home's weight: between the mean's hours and its own.

    An area whose hours are all nought is weighed by its doors.
    """
    if not homes:
        return []
    total = sum(round(home.hours * MILLI) for home in homes)
    mean = total / len(homes) if total else float(MILLI)
    strength = weight_strength if total else 0.0
    return [
        round((1 - strength) * mean + strength * home.hours * MILLI) for home in homes
    ]


def make_units(
    homes: Sequence[Home],
    loads: Sequence[int],
    kept_patches: Iterable[str] = (),
) -> Units:
    """Group homes into units.

    Homes of a block are one unit; others go by postcode and street; units on one spot
    become one. A home without coordinates joins its block, else its postcode, else its
    street. A home of a kept patch never shares a unit with one outside it.
    """
    kept = set(kept_patches)
    groups: dict[Key, list[int]] = {}
    without: list[int] = []
    for index, home in enumerate(homes):
        if _is_placed(home):
            groups.setdefault(_key(home, kept), []).append(index)
        else:
            without.append(index)
    groups, spots = _merge_same_spot(homes, groups)
    joined = _place(homes, without, groups, kept)
    unit_of = [-1] * len(homes)
    units = []
    strays = []
    for number, (key, members) in enumerate(groups.items()):
        members.sort()
        for index in members:
            unit_of[index] = number
        x, y = spots[key]
        strays += [homes[i].reference for i in members if _is_stray(homes[i], x, y)]
        units.append(
            Unit(
                name=_name(homes, members),
                homes=tuple(members),
                x=x,
                y=y,
                load=sum(loads[i] for i in members),
                kept=key[-1],
                present=_present(homes, members),
            )
        )
    return Units(
        units=tuple(units),
        unit_of=tuple(unit_of),
        placed_by_postcode=tuple(joined["postcode"]),
        placed_by_street=tuple(joined["street"]),
        unplaced=tuple(joined["nowhere"]),
        strays=tuple(strays),
    )


def _is_placed(home: Home) -> bool:
    """A home at 0, 0 has no coordinates: lists write them so."""
    return bool(home.easting) and bool(home.northing)


def _key(home: Home, kept: set[str]) -> Key:
    lock = home.patch if home.patch in kept else ""
    if home.block:
        return ("block", home.block, lock)
    if home.postcode or home.street:
        return ("street", _plain(home.postcode), _plain(home.street), lock)
    return ("spot", str(home.easting), str(home.northing), lock)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _merge_same_spot(
    homes: Sequence[Home], groups: dict[Key, list[int]]
) -> tuple[dict[Key, list[int]], dict[Key, tuple[int, int]]]:
    """Return groups in order of place, those on one spot made one, and the spots."""
    first_at: dict[tuple[int, int, str], Key] = {}
    merged: dict[Key, list[int]] = {}
    spots: dict[Key, tuple[int, int]] = {}
    middles = {key: _middle(homes, members) for key, members in groups.items()}
    for key in sorted(groups, key=lambda key: (middles[key], key)):
        x, y = middles[key]
        first = first_at.setdefault((x // DECI, y // DECI, key[-1]), key)
        merged.setdefault(first, []).extend(groups[key])
        spots.setdefault(first, (x, y))
    return merged, spots


def _middle(homes: Sequence[Home], members: Sequence[int]) -> tuple[int, int]:
    xs = sorted(round((homes[i].easting or 0) * DECI) for i in members)
    ys = sorted(round((homes[i].northing or 0) * DECI) for i in members)
    half = len(members) // 2
    return xs[half], ys[half]


def _place(
    homes: Sequence[Home],
    without: Sequence[int],
    groups: dict[Key, list[int]],
    kept: set[str],
) -> dict[str, list[str]]:
    """Put homes without coordinates in the units of their neighbours."""
    found: dict[str, list[str]] = {"postcode": [], "street": [], "nowhere": []}
    if not without:
        return found
    by_block: dict[Key, Key] = {}
    by_postcode: dict[Key, Counter[Key]] = {}
    by_street: dict[Key, Counter[Key]] = {}
    for key, members in groups.items():
        for index in members:
            home = homes[index]
            lock = home.patch if home.patch in kept else ""
            if home.block:
                by_block.setdefault((home.block, lock), key)
            for table, text in (
                (by_postcode, home.postcode),
                (by_street, home.street),
            ):
                if text:
                    table.setdefault((_plain(text), lock), Counter())[key] += 1
    for index in without:
        home = homes[index]
        lock = home.patch if home.patch in kept else ""
        postcode = by_postcode.get((_plain(home.postcode), lock))
        street = by_street.get((_plain(home.street), lock))
        in_block = by_block.get((home.block, lock))
        if in_block is not None:
            groups[in_block].append(index)
        elif postcode:
            groups[_likeliest(home, postcode)].append(index)
            found["postcode"].append(home.reference)
        elif street:
            groups[_likeliest(home, street)].append(index)
            found["street"].append(home.reference)
        else:
            found["nowhere"].append(home.reference)
    return found


def _likeliest(home: Home, units: Counter[Key]) -> Key:
    """Return the unit of the home's own street, else the largest; a block last."""
    street = _plain(home.street)
    return min(
        units,
        key=lambda key: (
            key[0] == "block",
            not (key[0] == "street" and key[2] == street),
            -units[key],
            key,
        ),
    )


def _is_stray(home: Home, x: int, y: int) -> bool:
    if not _is_placed(home):
        return False
    across = abs((home.easting or 0) * DECI - x)
    along = abs((home.northing or 0) * DECI - y)
    return max(across, along) > STRAY_METRES * DECI


def _name(homes: Sequence[Home], members: Sequence[int]) -> str:
    blocks = Counter(homes[i].block for i in members if homes[i].block)
    if blocks and blocks.total() * 2 > len(members):
        return min(blocks, key=lambda name: (-blocks[name], name))
    streets = Counter((homes[i].street, homes[i].postcode) for i in members)
    street, postcode = min(streets, key=lambda pair: (-streets[pair], pair))
    return ", ".join(part for part in (street, postcode) if part) or (
        homes[members[0]].reference
    )


def _present(
    homes: Sequence[Home], members: Sequence[int]
) -> tuple[tuple[str, int], ...]:
    counted = Counter(homes[i].patch for i in members if homes[i].patch)
    return tuple(sorted(counted.items()))
