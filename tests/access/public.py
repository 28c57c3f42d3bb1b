"""The pages without sign-in: open to everybody, and to nobody in particular."""

from __future__ import annotations

from django.core.cache import cache

from . import EVERYONE, Row, World, to

NAME = "officers:who_answers"


def _nobody_has_asked(args: list) -> list:
    """Forget who has asked how often: the table asks more than one visitor would."""
    cache.clear()
    return args


def _row(name: str, **values) -> Row:
    args = values.pop("args", lambda world: [])
    return Row(
        f"{NAME}:{name}",
        args=lambda world: _nobody_has_asked(args(world)),
        get=values.pop("get", to(EVERYONE)),
        public=True,
        **values,
    )


def _ward(world: World) -> list:
    return [world.ward.code]


ROWS = [
    _row("start"),
    _row("start", query="postcode=zk11aa", case="postcode"),
    _row("start", query="postcode=zk99zz", case="unknown"),
    _row("start", query="postcode=nowhere", case="mistyped"),
    _row("embed"),
    _row("embed", query="postcode=zk11aa", case="postcode"),
    _row("wards"),
    _row("ward", args=_ward),
    _row("colours"),
    # Nobody in the world has a photo.
    _row("photo", args=lambda world: [world.officer.pk], get=to((), others=404)),
    _row("api", query="postcode=zk11aa"),
    _row("api", get=to((), others=400), case="nothing asked"),
]
