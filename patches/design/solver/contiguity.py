"""Whether patches hang together, and mending those that do not."""

from __future__ import annotations

from collections.abc import Sequence

from .ground import Ground

Neighbours = Sequence[Sequence[int]]


def pieces_of(members: Sequence[int], neighbours: Neighbours) -> list[list[int]]:
    """Return the connected parts of some pieces, the largest first."""
    left = set(members)
    parts = []
    for start in members:
        if start not in left:
            continue
        left.discard(start)
        part = [start]
        for piece in part:
            for other in neighbours[piece]:
                if other in left:
                    left.discard(other)
                    part.append(other)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def can_leave(piece: int, part: Sequence[int], neighbours: Neighbours) -> bool:
    """Return whether a piece's patch stays in one part, and not empty, without it."""
    patch = part[piece]
    mates = [other for other in neighbours[piece] if part[other] == patch]
    if len(mates) <= 1:
        return len(mates) == 1
    wanted = set(mates[1:])
    seen = {piece, mates[0]}
    queue = [mates[0]]
    for at in queue:
        for other in neighbours[at]:
            if part[other] == patch and other not in seen:
                wanted.discard(other)
                if not wanted:
                    return True
                seen.add(other)
                queue.append(other)
    return False


def is_whole(part: Sequence[int], patch: int, neighbours: Neighbours) -> bool:
    """Return whether a patch has pieces and they hang together."""
    members = [piece for piece, own in enumerate(part) if own == patch]
    return len(pieces_of(members, neighbours)) == 1


def are_whole(ground: Ground, part: Sequence[int]) -> bool:
    """Return whether every patch has pieces that hang together."""
    return all(
        len(pieces_of(own, ground.neighbours)) == 1 for own in ground.members(part)
    )


def make_whole(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return a map in which every patch is one part and none is empty.

    Each patch keeps its heaviest part; the others, and pieces in no patch (-1), go to
    the lightest patch beside them. An empty patch takes a piece from the edge of the
    heaviest.
    """
    whole = [-1] * ground.count
    homeless = [[piece] for piece, patch in enumerate(part) if patch < 0]
    for patch, own in enumerate(ground.members(part)):
        parts = pieces_of(own, ground.neighbours)
        parts.sort(key=lambda pieces: -sum(int(ground.load[p]) for p in pieces))
        for piece in parts[0] if parts else []:
            whole[piece] = patch
        homeless += parts[1:]
    _house(ground, whole, homeless)
    while True:
        sizes = [0] * ground.patches
        for patch in whole:
            sizes[patch] += 1
        if 0 not in sizes:
            return whole
        _open(ground, whole, sizes)


def _house(ground: Ground, whole: list[int], homeless: list[list[int]]) -> None:
    loads = [0] * ground.patches
    for piece, patch in enumerate(whole):
        if patch >= 0:
            loads[patch] += int(ground.load[piece])
    while homeless:
        waiting = []
        for pieces in homeless:
            beside = {
                whole[other]
                for piece in pieces
                for other in ground.neighbours[piece]
                if whole[other] >= 0
            }
            if not beside:
                waiting.append(pieces)
                continue
            patch = min(
                beside,
                key=lambda patch: (
                    _is_barred(ground, pieces, patch),
                    loads[patch],
                    patch,
                ),
            )
            for piece in pieces:
                whole[piece] = patch
                loads[patch] += int(ground.load[piece])
        homeless = waiting


def _is_barred(ground: Ground, pieces: Sequence[int], patch: int) -> bool:
    return any(patch in ground.barred[piece] for piece in pieces if ground.barred)


def _open(ground: Ground, whole: list[int], sizes: list[int]) -> None:
    """Give the first empty patch a piece of the heaviest patch that can spare one."""
    empty = sizes.index(0)
    loads = ground.loads(whole)
    for patch in sorted(range(ground.patches), key=lambda patch: -loads[patch]):
        spare = [
            piece
            for piece, own in enumerate(whole)
            if own == patch and can_leave(piece, whole, ground.neighbours)
        ]
        if spare:
            middle = ground.middle([p for p, own in enumerate(whole) if own == patch])
            whole[max(spare, key=lambda p: (int(ground.distance[middle, p]), p))] = (
                empty
            )
            return
    raise AssertionError("more patches than pieces")  # pragma: no cover
