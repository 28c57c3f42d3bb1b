"""The shape of the code, read from its source (STYLE.md §1, §2, §6)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["housingplus", "patches", "officers", "tenants"]
LONGEST_FILE = 400
# The outer layer reads from any app: pages, addresses, commands, and what feeds them.
OUTER = {"admin", "block_views", "commands", "demo", "home", "search", "urls", "views"}
# Built on settings and addresses, not on models.
WIRING = {"housingplus.settings", "housingplus.urls"}
PERSONAL = {
    "CommunicationNeeds",
    "Household",
    "HouseholdMember",
    "HouseholdWord",
    "Letter",
    "LetterRun",
    "LetterRunHome",
    "Person",
    "ReturnedLetter",
    "Tenancy",
    "TenancyPerson",
}
WRITES = {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "save"}
TOP_LEVEL = {
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "housingplus",
    "manage.py",
    "officers",
    "patches",
    "pyproject.toml",
    "static",
    "templates",
    "tenants",
    "tests",
    "uv.lock",
}
NOT_OURS = {"db.sqlite3", "db.sqlite3-shm", "db.sqlite3-wal", "media", "staticfiles"}


def _sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _is_outer(path: Path) -> bool:
    parts = {*path.relative_to(ROOT).with_suffix("").parts}
    return bool(parts & OUTER)


def _is_view(path: Path) -> bool:
    relative = path.relative_to(ROOT).with_suffix("")
    return "views" in relative.parts or relative.name.endswith("_views")


VIEWS = [path for path in _sources(*LAYERS) if _is_view(path)]


def _imports(tree: ast.AST) -> Iterator[str]:
    """Yield imported modules, but for those only a type checker imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
        else:
            yield from _imports(node)


@pytest.mark.parametrize("path", _sources(*LAYERS, "tests"), ids=_id)
def test_files_are_short(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize(
    "path", [path for path in _sources(*LAYERS) if not _is_outer(path)], ids=_id
)
def test_imports_go_downwards(path):
    own = LAYERS.index(path.relative_to(ROOT).parts[0])
    if _id(path).removesuffix(".py").replace("/", ".").startswith(tuple(WIRING)):
        return
    upward = {
        name
        for name in _imports(ast.parse(path.read_text()))
        if name.split(".")[0] in LAYERS[own + 1 :]
    }
    assert not upward


@pytest.mark.parametrize("path", VIEWS, ids=_id)
def test_views_start_from_what_the_person_may_see(path):
    """`Model.objects` of personal data in a view goes straight to `visible_to`."""
    tree = ast.parse(path.read_text())
    parents = {
        child: parent
        for parent in ast.walk(tree)
        for child in ast.iter_child_nodes(parent)
    }
    unscoped = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in PERSONAL
        and getattr(parents.get(node), "attr", "") != "visible_to"
    ]
    assert not unscoped


@pytest.mark.parametrize("path", VIEWS, ids=_id)
def test_views_leave_writing_to_services(path):
    written = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and ast.unparse(node.func).split(".")[0] not in {"services", "audit"}
    ]
    assert not written


@pytest.mark.parametrize("path", _sources(*LAYERS), ids=_id)
def test_the_day_is_asked_for_in_one_place(path):
    """`timezone.now().date()` is yesterday late on a summer evening."""
    text = path.read_text()
    assert ".now().date()" not in text
    assert "date.today()" not in text
    assert "localdate()" not in text or path.name == "dates.py"


def test_only_agreed_things_stand_at_the_top():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - NOT_OURS <= TOP_LEVEL
