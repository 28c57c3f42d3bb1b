"""Other ways to cut a ward into patches, each given the same units and links.

Every function takes a prepared area and returns the patch number of each unit.
"""

import random
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np

from patches.design.solver.contiguity import pieces_of
from patches.design.solver.ground import Ground
from patches.design.solver.setup import Setup

Method = Callable[[Setup], list[int]]


def metis(setup: Setup, tries: int = 1) -> list[int]:
    """METIS k-way with contiguous parts; of several seeds the best by violation."""
    import pymetis

    ground = setup.ground
    starts, ends = [0], []
    for own in ground.neighbours:
        ends += own
        starts.append(len(ends))
    best: list[int] = []
    for seed in range(1, tries + 1):
        _, part = pymetis.part_graph(
            ground.patches,
            xadj=starts,
            adjncy=ends,
            vweights=_whole_weights(ground),
            recursive=False,
            options=pymetis.Options(seed=seed, contig=1, ufactor=20),
        )
        best = min(best or part, part, key=partial(_badness, ground))
    return best


def gerrychain_tree(setup: Setup) -> list[int]:
    """GerryChain's random balanced trees; the tolerance widens where none is found."""
    graph, part = _tree(setup)
    return [part[node] for node in graph.nodes]


def gerrychain_recom(setup: Setup, steps: int = 200) -> list[int]:
    """The same, then recombination of neighbours; the map with fewest cut links."""
    from gerrychain import MarkovChain, Partition
    from gerrychain.proposals import recom
    from gerrychain.updaters import Tally

    ground = setup.ground
    graph, part = _tree(setup)
    if ground.patches == 1:
        return [0] * ground.count
    first = Partition(
        graph, assignment=part, updaters={"load": Tally("load", alias="load")}
    )
    target = ground.target
    spread = max(abs(load / target - 1) for load in first["load"].values())
    propose = partial(
        recom,
        pop_col="load",
        pop_target=target,
        epsilon=max(0.02, spread * 1.001),
        node_repeats=1,
    )
    chain = MarkovChain(propose, [], initial_partition=first, total_steps=steps, rng=1)
    best, best_cost = part, (2.0, 10**9)
    try:
        for state in chain:
            worst = max(abs(load / target - 1) for load in state["load"].values())
            cost = (max(0.02, worst), len(state["cut_edges"]))
            if cost < best_cost:
                best, best_cost = dict(state.assignment.items()), cost
    except Exception as problem:  # a chain with no balanced cut left has to stop
        if "Balance" not in type(problem).__name__ and "cut" not in str(problem):
            raise
    return [best[node] for node in range(ground.count)]


def _tree(setup: Setup):
    import networkx
    from gerrychain import Graph
    from gerrychain.tree import bipartition_tree, recursive_tree_part

    ground = setup.ground
    plain = networkx.Graph()
    for node in range(ground.count):
        plain.add_node(node, load=int(ground.load[node]))
    for node, beside in enumerate(ground.neighbours):
        plain.add_edges_from((node, other) for other in beside if other > node)
    if ground.patches == 1:
        return plain, dict.fromkeys(plain.nodes, 0)
    graph = Graph.from_networkx(plain)
    for tolerance in (0.02, 0.05, 0.1, 0.2, 0.4):
        try:
            part = recursive_tree_part(
                graph,
                range(ground.patches),
                ground.target,
                "load",
                tolerance,
                node_repeats=1,
                bipartition_tree_fn=partial(bipartition_tree, max_attempts=60),
                rng=1,
            )
        except Exception as problem:
            if type(problem).__name__ not in {
                "BalanceError",
                "PopulationBalanceError",
                "RuntimeError",
                "ReselectException",
            }:
                raise
            continue
        return (graph if _has_nodes(graph) else plain), dict(part)
    return plain, dict(enumerate(metis(setup)))


def _has_nodes(graph) -> bool:
    return list(graph.nodes) == list(range(len(list(graph.nodes))))


def kmeans_constrained(setup: Setup) -> list[int]:
    """k-means on units with smallest and largest numbers of units a patch."""
    from k_means_constrained import KMeansConstrained

    ground = setup.ground
    if ground.patches == 1:
        return [0] * ground.count
    mean = ground.count / ground.patches
    found = KMeansConstrained(
        ground.patches,
        size_min=max(1, int(mean * 0.95)),
        size_max=int(mean * 1.05) + 1,
        n_init=3,
        random_state=1,
    ).fit_predict(_spots(setup))
    return [int(patch) for patch in found]


def spopt_skater(setup: Setup) -> list[int]:
    from spopt.region import Skater

    frame, links = _frame(setup)
    model = Skater(frame, links, ["x", "y"], n_clusters=setup.ground.patches, floor=3)
    return _solved(setup, model)


def spopt_azp(setup: Setup) -> list[int]:
    from spopt.region import AZP

    frame, links = _frame(setup)
    np.random.seed(1)
    model = AZP(
        frame, links, ["x", "y"], n_clusters=setup.ground.patches, random_state=1
    )
    return _solved(setup, model)


def spopt_maxp(setup: Setup) -> list[int]:
    """As many regions as reach 95 % of the mean: their number is not given."""
    from spopt.region import MaxPHeuristic

    frame, links = _frame(setup)
    np.random.seed(1)
    random.seed(1)
    model = MaxPHeuristic(
        frame,
        links,
        ["x", "y"],
        "load",
        0.95 * setup.ground.target,
        top_n=2,
        max_iterations_construction=10,
        max_iterations_sa=3,
    )
    return _solved(setup, model)


def _solved(setup: Setup, model) -> list[int]:
    """Return a model's regions numbered from 0; one region where it fails."""
    if setup.ground.patches == 1:
        return [0] * setup.ground.count
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.solve()
    labels = [int(label) for label in model.labels_]
    number = {label: n for n, label in enumerate(sorted(set(labels)))}
    return [number[label] for label in labels]


def _frame(setup: Setup):
    import geopandas
    from libpysal.weights import W

    ground = setup.ground
    spots = _spots(setup)
    frame = geopandas.GeoDataFrame(
        {"x": spots[:, 0], "y": spots[:, 1], "load": ground.load.astype(float)},
        geometry=geopandas.points_from_xy(spots[:, 0], spots[:, 1]),
    )
    links = {node: list(beside) for node, beside in enumerate(ground.neighbours)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frame, W(links, silence_warnings=True)


def _spots(setup: Setup):
    units = setup.units.units
    return np.array([(unit.x / 10, unit.y / 10) for unit in units])


def _whole_weights(ground: Ground) -> list[int]:
    """METIS takes 32-bit weights; a ten-thousandth of the mean is fine enough."""
    return [max(1, round(int(load) * 10_000 / ground.target)) for load in ground.load]


def _badness(ground: Ground, part: list[int]) -> tuple[int, int, int]:
    parts = sum(
        len(pieces_of(own, ground.neighbours)) != 1 for own in ground.members(part)
    )
    cut = sum(
        part[node] != part[other]
        for node, beside in enumerate(ground.neighbours)
        for other in beside
    )
    return parts, ground.violation(part), cut


PEERS: dict[str, tuple[str, Method]] = {
    "PyMetis, best of 20": ("pymetis", partial(metis, tries=20)),
    "PyMetis": ("pymetis", metis),
    "GerryChain tree": ("gerrychain", gerrychain_tree),
    "GerryChain tree + ReCom": ("gerrychain", gerrychain_recom),
    "k-means-constrained": ("k_means_constrained", kmeans_constrained),
    "spopt Skater": ("spopt", spopt_skater),
    "spopt AZP": ("spopt", spopt_azp),
    "spopt MaxP": ("spopt", spopt_maxp),
}
QUICK_PEERS = ("PyMetis, best of 20", "GerryChain tree")
