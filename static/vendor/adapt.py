"""Fit the fetched files to a council's own site. Run by vendor.sh.

- Source maps are not shipped, and Django's manifest storage fails on the name of one.
- The GDS Transport font, the crown and the crest are for service.gov.uk only.
- Of MoJ Frontend only the components in use are kept.
"""

import re
import sys
from pathlib import Path

FONT = '"Helvetica Neue",Helvetica,Arial,sans-serif'
MOJ_COMPONENTS = re.compile(
    r"\.moj-(alert|timeline|side-navigation|sub-navigation|page-header-actions)(?![a-z])"
)
CROWN_COMPONENTS = re.compile(
    r"\.govuk-(header|footer__(crown|copyright-logo|licence-logo))(?![a-z])"
)


def blocks(css: str) -> list[tuple[str, str | None]]:
    """Split a stylesheet into (prelude, body); statements have no body."""
    found, start, depth, opened = [], 0, 0, 0
    for at, character in enumerate(css):
        if character == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif character == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:opened].strip(), css[opened + 1 : at]))
                start = at + 1
        elif character == ";" and depth == 0:
            found.append((css[start:at], None))
            start = at + 1
    return found


def keep(css: str, wanted) -> str:
    """Keep the rules whose selector is wanted, inside @media and @supports too."""
    parts = []
    for prelude, body in blocks(css):
        if body is None:
            parts.append(f"{prelude};")
        elif prelude.startswith(("@media", "@supports")):
            if inner := keep(body, wanted):
                parts.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@font-face"):
            continue
        elif prelude.startswith("@"):
            parts.append(f"{prelude}{{{body}}}")
        else:
            selectors = [s for s in prelude.split(",") if wanted(s)]
            if selectors:
                parts.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(parts)


def without_source_map(text: str) -> str:
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    return re.sub(r"//# sourceMappingURL=\S+", "", text).rstrip() + "\n"


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def main(vendor: Path) -> None:
    for path in [*vendor.glob("*/*/*.css"), *vendor.glob("*/*/*.js")]:
        text = without_source_map(path.read_text(encoding="utf-8"))
        if path.name == "govuk-frontend.min.css":
            text = keep(
                without_comments(text),
                lambda selector: not CROWN_COMPONENTS.search(selector),
            )
        elif path.name == "moj-frontend.min.css":
            text = keep(without_comments(text), MOJ_COMPONENTS.search)
        text = re.sub(r"[a-z-]+:url\(/assets/[^)]*\);?", "", text)
        text = re.sub(r'"?GDS Transport"?, ?arial, ?sans-serif', FONT, text)
        if "GDS Transport" in text or "/assets/" in text:
            sys.exit(f"{path} still names GDS Transport or /assets/: adapt it")
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
