"""What each role gets at the account, home and search pages."""

from . import EVERYONE, Row, to

ROWS = [
    Row("home", get=to(EVERYONE)),
    Row("search", get=to(EVERYONE), post=to(EVERYONE)),
    Row(
        "search",
        case="with text",
        query="q=elm",
        get=to(EVERYONE, status=302),
        post=to(EVERYONE, status=302),
        data=lambda world: {"q": "elm"},
    ),
    # Nobody has another's searches: the key is not known.
    Row("search_results", args=lambda world: ["nobodys"], get=to(EVERYONE)),
    Row(
        "search_group",
        args=lambda world: ["nobodys", "households"],
        get=to(EVERYONE, status=302, analyst=404),
    ),
    Row("officers:accounts:detail", get=to(EVERYONE)),
    Row("officers:accounts:sessions", get=to(EVERYONE)),
    # Nobody has another's sessions: the record is not found.
    Row(
        "officers:accounts:session_end", args=lambda world: [0], post=to((), others=404)
    ),
    Row("officers:accounts:keep_alive", post=to(EVERYONE, status=302)),
    # Only needed by those whose role requires a second factor.
    Row("officers:accounts:second_factor", get=to(EVERYONE, status=302)),
]
