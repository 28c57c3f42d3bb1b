"""What a design is drawn from: homes, rules and wishes."""

from __future__ import annotations

from dataclasses import dataclass, field

Spot = tuple[float, float]
Line = tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """One home: its expected work, where it stands and the patch it is in now.

    Eastings and northings are metres. `block` keeps a building whole: any text that
    is the same for its homes and for no others.
    """

    reference: str
    hours: float = 1.0
    easting: float | None = None
    northing: float | None = None
    postcode: str = ""
    street: str = ""
    block: str = ""
    patch: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What every map must keep, by homes' references and present patches' names.

    `not_in` keeps a home out of the drawn patch that carries a present patch's name:
    an officer's own home out of the officer's patch.
    """

    kept_patches: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    not_in: tuple[tuple[str, str], ...] = ()
    barriers: tuple[Line, ...] = ()
    bridges: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What to aim for. The same seed and input give the same map.

    `weight_strength` runs from 0 (count doors) to 1 (the full expected work).
    `tolerance` is the share of the mean a patch may be over or under it. `continuity`
    is how many metres of walking one home's change of patch costs in a fresh map.
    """

    patches: int
    tolerance: float = 0.02
    weight_strength: float = 1.0
    is_review: bool = False
    continuity: float = 0.0
    starts: int = 6
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Area:
    """The homes of one ward team: patches are drawn inside it.

    `elsewhere` are present patches that lie mostly in another area: homes here may be
    in them now, but their names stay there.
    """

    name: str
    homes: tuple[Home, ...]
    options: Options
    rules: Rules = field(default_factory=Rules)
    elsewhere: tuple[str, ...] = ()
