"""A PostgreSQL server of a test's own, which may crash and harm no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.s3_store import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


class Server:
    """A cluster in a folder of its own, run as somebody PostgreSQL accepts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.bin = BINARIES[-1].parent
        self.owner = {"user": "postgres"} if os.geteuid() == 0 else {}
        if self.owner:
            shutil.chown(folder, "postgres")

    def run(self, program: str, *arguments: str, **options) -> None:
        subprocess.run(
            [str(self.bin / program), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **options,
        )

    def start(self) -> None:
        data = self.folder / "data"
        self.run(
            "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync",
            **self.owner,
        )  # fmt: skip
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
            # The server crashes here, the machine does not.
            " -c fsync=off -c shared_buffers=32MB -c max_connections=40"
        )
        self.control("start", "-o", options)

    def control(self, act: str, *arguments: str) -> None:
        self.run(
            "pg_ctl", act, "-w", "-D", str(self.folder / "data"), "-l",
            str(self.folder / "log"), *arguments, **self.owner,
        )  # fmt: skip

    def crash_and_restart(self) -> None:
        self.control("restart", "-m", "immediate")

    def copy_of(self, address: str) -> None:
        """Take over a database with all that is in it."""
        here = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        with subprocess.Popen(
            [str(self.bin / "pg_dump"), "--no-owner", address], stdout=subprocess.PIPE
        ) as dump:
            self.run("psql", "-q", "-v", "ON_ERROR_STOP=1", here, stdin=dump.stdout)
        assert dump.returncode == 0


@contextmanager
def on_a_server_of_its_own(address: str) -> Iterator[Server]:
    """Go on with a copy of the test's database on a server that may crash."""
    kept = dict(connection.settings_dict)
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        server = Server(Path(folder))
        server.start()
        try:
            server.copy_of(address)
            connection.close()
            connection.settings_dict.update(
                HOST="127.0.0.1",
                PORT=server.port,
                USER="postgres",
                PASSWORD="",
                NAME="postgres",
            )
            yield server
        finally:
            connection.close()
            connection.settings_dict.update(kept)
            server.control("stop", "-m", "immediate")
