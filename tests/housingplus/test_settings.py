"""Settings: complete or refused, documented, and safe in production."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from housingplus.settings.databases import with_engine_options

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "housingplus" / "settings"
COMPLETE = {
    "SECRET_KEY": "Not-a-secret:only-for-the-tests-of-these-settings-1234567890",
    "ALLOWED_HOSTS": "housing.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with production settings and nothing else in the environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "housingplus.settings.production",
            # A developer's own .env must not complete what the test leaves out.
            "SECRET_KEY": "",
            "ALLOWED_HOSTS": "",
            "DATABASE_URL": "sqlite:///x.sqlite3",
            "ACCEPT_SQLITE": "false",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY to a random text"),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY to a random text"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the names"),
        (
            {"DATABASE_URL": "sqlite:///x.sqlite3"},
            "Set DATABASE_URL to a PostgreSQL database",
        ),
    ],
)
def test_production_refuses_to_start_and_says_what_to_set(left_out, message):
    refused = manage("check", **{**COMPLETE, **left_out})
    assert refused.returncode != 0
    assert message in refused.stderr


def test_production_passes_djangos_deployment_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert checked.returncode == 0, checked.stderr


def test_production_accepts_sqlite_when_told_so():
    checked = manage(
        "check",
        **{
            **COMPLETE,
            "DATABASE_URL": "sqlite:///x.sqlite3",
            "ACCEPT_SQLITE": "true",
        },
    )
    assert checked.returncode == 0, checked.stderr


def test_production_shows_no_demo_sign_ins_whatever_is_set():
    shown = manage(
        "shell",
        "-c",
        "from django.conf import settings as s;"
        "print(s.DEMO_MODE, s.DEBUG, s.MFA_REQUIRED_ROLES)",
        **COMPLETE,
        DEMO_MODE="true",
        DEBUG="true",
    )
    assert "False False ['service_manager', 'administrator']" in shown.stdout


def test_every_variable_is_documented():
    reading = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z_0-9]+)\"")
    read = {
        name
        for file in SETTINGS.glob("*.py")
        if file.name != "test.py"
        for name in reading.findall(file.read_text())
    }
    documented = set(
        re.findall(r"^#?([A-Z_0-9]+)=", (ROOT / ".env.example").read_text(), re.M)
    )
    assert read == documented


def test_environment_is_read_in_settings_only():
    elsewhere = [
        str(file.relative_to(ROOT))
        for app in ("housingplus", "patches", "officers", "tenants")
        for file in (ROOT / app).rglob("*.py")
        if SETTINGS not in file.parents
        and file.name not in {"wsgi.py", "asgi.py"}
        and re.search(r"\bos\.(environ[\[.]|getenv)", file.read_text())
    ]
    assert elsewhere == []


def test_postgresql_compiles_no_statements_unless_its_address_says_so():
    engine = {"ENGINE": "django.db.backends.postgresql"}
    assert with_engine_options(engine | {})["OPTIONS"]["options"] == "-c jit=off"
    asked = engine | {"OPTIONS": {"options": ""}}
    assert with_engine_options(asked)["OPTIONS"] == {"pool": True, "options": ""}
