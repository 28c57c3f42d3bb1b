"""Sign-ins of the demo city: one for each role, all with the same password."""

from __future__ import annotations

from dataclasses import dataclass

from .roles import Role

# Known to everybody: shown on the sign-in page, in demo mode only.
DEMO_PASSWORD = "heron-lantern-meadow"  # noqa: S105


@dataclass(frozen=True)
class DemoSignIn:
    """An account of the demo city."""

    email: str
    first_name: str
    last_name: str
    role: Role
    looks_at: str


def demo_sign_ins() -> list[DemoSignIn]:
    """Return the demo accounts, the one to begin with first."""
    return [
        DemoSignIn(
            "leader@kestrelford.example",
            "Morgan",
            "Ashdown",
            Role.WARD_TEAM_LEADER,
            "My ward today",
        ),
        DemoSignIn(
            "officer@kestrelford.example",
            "Priya",
            "Calder",
            Role.PATCH_OFFICER,
            "My patch today",
        ),
        DemoSignIn(
            "manager@kestrelford.example",
            "Idris",
            "Fenwick",
            Role.SERVICE_MANAGER,
            "The whole service",
        ),
        DemoSignIn(
            "analyst@kestrelford.example",
            "Hana",
            "Selby",
            Role.ANALYST,
            "Measures, nobody by name",
        ),
        DemoSignIn(
            "admin@kestrelford.example",
            "Tomasz",
            "Brook",
            Role.ADMINISTRATOR,
            "Accounts and reference data",
        ),
    ]
