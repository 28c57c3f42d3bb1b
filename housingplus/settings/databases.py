"""Options each database engine needs to be safe with several people at once."""

from typing import Any


def with_engine_options(database: dict[str, Any]) -> dict[str, Any]:
    """Return the parsed `DATABASE_URL` with the options its engine needs."""
    if database["ENGINE"].endswith("sqlite3"):
        # Deferred transactions answer "database is locked" under load.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA recursive_triggers=ON;"
            ),
            **database.get("OPTIONS", {}),
        }
    else:
        database["CONN_HEALTH_CHECKS"] = True
        # Compiling a long statement takes longer here than running it does.
        database["OPTIONS"] = {
            "pool": True,
            "options": "-c jit=off",
            **database.get("OPTIONS", {}),
        }
    return database
