"""`manage.py demo`, as `make demo` runs it: a site, its sign-ins, nothing left over."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 120


def _page(address: str, running: subprocess.Popen) -> str:
    ends_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends_at:
        assert running.poll() is None, "The demo stopped by itself."
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("The demo did not start.")


def _processes(session: int) -> list[str]:
    """Return the command lines of a session's processes, as Linux lists them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except (FileNotFoundError, ProcessLookupError):
            continue  # It ended while being looked at.
    return found


def test_the_demo_starts_says_where_and_stops_as_a_whole(tmp_path):
    said = tmp_path / "said.txt"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/city.sqlite3",
        "DJANGO_SETTINGS_MODULE": "housingplus.settings.dev",
        "MEDIA_ROOT": str(tmp_path),
        "DEBUG": "false",
    }
    command = [sys.executable, "manage.py", "demo", "--homes", "60", "--port", "8400"]
    with said.open("w") as out:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, start_new_session=True
        )
    try:
        while not (found := re.search(r"http://127.0.0.1:\d+/", said.read_text())):
            assert running.poll() is None, "The demo stopped by itself."
            time.sleep(0.2)
        page = _page(f"{found[0]}accounts/login/", running)
        assert "leader@kestrelford.example" in page
        assert "leader@kestrelford.example" in said.read_text()
        beside = " ".join(_processes(running.pid))
        assert "db_worker" in beside
        assert "restart_stalled_work --every" in beside
        assert "produce_scheduled_letters --every" in beside
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=PATIENCE_S)
    assert not any("manage.py" in line for line in _processes(running.pid))
