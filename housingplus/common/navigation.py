"""The main menu: (label, URL name, permission needed or None), in order."""

from .permissions import Permission

NAVIGATION: tuple[tuple[str, str, Permission | None], ...] = (
    ("Home", "home", None),
    ("Patches", "patches:register:list", Permission.VIEW_PLACES),
    ("Wards", "patches:wards:list", Permission.VIEW_PLACES),
    ("Households", "tenants:households:list", Permission.VIEW_HOUSEHOLDS),
    ("Who answers today", "officers:assignments:board", Permission.VIEW_OFFICERS),
    ("Ward teams", "officers:teams:list", Permission.VIEW_OFFICERS),
    ("Officers", "officers:directory:list", Permission.VIEW_OFFICERS),
    ("TARAs", "tenants:taras:list", Permission.VIEW_TARAS),
    ("Letters", "tenants:letters:run_list", Permission.VIEW_LETTERS),
    ("Patch designs", "patches:designs:list", Permission.VIEW_DESIGNS),
    ("Work of homes", "patches:workload:home", Permission.VIEW_DESIGNS),
    ("Imports", "imports:list", Permission.IMPORT_LISTS),
    ("Administration", "admin:index", Permission.USE_ADMIN),
)
