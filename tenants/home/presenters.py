"""The numbers of the home pages, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from housingplus.common.context_processors import url_or_blank
from housingplus.common.permissions import Permission
from officers.accounts.models import User
from officers.accounts.roles import Role
from patches.design.models import DesignStatus, PatchDesign
from tenants.letters.models import RunStatus

from .selectors import AccountCounts, PatchHome, WardHome, WardLine


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and where its list is."""

    number: int
    label: str
    url: str
    is_worry: bool = False


def figures_of_patches(home: PatchHome, *, came_back: int) -> list[Figure]:
    """Return the numbers of "My patch today"."""
    return [
        Figure(home.home_count, _one_or_many(home.home_count, "home"), "#patches"),
        Figure(len(home.patches), _one_or_many(len(home.patches), "patch"), "#patches"),
        Figure(
            home.review_count,
            "“do not write” reviews due",
            _link("tenants:households:list", do_not_write="due"),
            is_worry=home.review_count > 0,
        ),
        _came_back(came_back),
        Figure(len(home.taras), "TARAs you liaise with", "#taras"),
        Figure(len(home.planned), "changes planned for you", "#planned"),
        _plans(home.plans),
    ]


def figures_of_wards(home: WardHome, *, came_back: int) -> list[Figure]:
    """Return the numbers of "My ward today"; their lists are further down the page."""
    unplaced = _link("patches:register:unplaced", ward=home.wards[0].ward.pk)
    if len(home.wards) > 1:
        unplaced = "#wards"
    return [
        _worry(len(home.without_officer), "patches with no officer", "#no-officer"),
        _worry(len(home.ending_cover), "covers ending soon", "#cover"),
        _worry(len(home.out_of_band), "patches out of band", "#band"),
        _worry(len(home.leaving), "patches leaving their band", "#leaving"),
        _worry(home.unplaced_count, "homes with no patch", unplaced),
        *_counted(home.letters_due, "letters due", _link("tenants:letters:due")),
        _worry(len(home.runs_to_approve), "letter runs to approve", "#letters"),
        _came_back(came_back),
        _worry(len(home.quiet_taras), "TARAs not heard from", "#taras"),
        Figure(len(home.planned), "planned changes", "#planned"),
        _plans(home.plans),
        _worry(
            home.review_count,
            "“do not write” reviews due",
            _link("tenants:households:list", do_not_write="due"),
        ),
    ]


def figures_of_service(home: WardHome, *, came_back: int) -> list[Figure]:
    """Return the numbers of "Whole service"."""
    waiting = home.runs_by_status.get(RunStatus.COMPOSED, 0)
    return [
        Figure(home.home_count, "homes", "#wards"),
        _worry(
            home.unplaced_count,
            "homes with no patch",
            _link("patches:register:unplaced"),
        ),
        Figure(len(home.patches), "patches", _link("patches:register:list")),
        _worry(
            len(home.without_officer),
            "patches with no officer",
            _link("officers:assignments:unassigned"),
        ),
        _worry(
            len(home.out_of_band),
            "patches out of band",
            _link("patches:register:list", size="out"),
        ),
        _worry(
            len(home.leaving),
            "patches leaving their band",
            _link("patches:designs:drift", what="soon"),
        ),
        *_counted(
            home.plans_to_decide,
            "plans waiting for approval",
            _link("patches:designs:list", state=DesignStatus.PROPOSED),
        ),
        Figure(
            len(home.plans),
            "plans open for comment",
            _link("patches:designs:list", state="open"),
        ),
        *_counted(
            home.design_reviews_due,
            "12-month reviews due",
            _link("patches:designs:reviews", state="due"),
        ),
        _worry(len(home.ending_cover), "covers ending soon", "#cover"),
        *_counted(home.letters_due, "letters due", _link("tenants:letters:due")),
        _worry(
            waiting,
            "letter runs to check",
            _link("tenants:letters:run_list", status=RunStatus.COMPOSED),
        ),
        _worry(home.imports_waiting, "imports to finish", _link("imports:list")),
        _came_back(came_back),
        _worry(len(home.quiet_taras), "TARAs not heard from", "#taras"),
        _worry(
            home.review_count,
            "“do not write” reviews due",
            _link("tenants:households:list", do_not_write="due"),
        ),
    ]


def figures_of_measures(wards: list[WardLine]) -> list[Figure]:
    """Return the numbers of the analyst's page: counts, nobody by name."""
    homes = sum(line.home_count for line in wards)
    patches = sum(line.patch_count for line in wards)
    return [
        Figure(homes, "homes", "#wards"),
        Figure(patches, "patches", _link("patches:register:list")),
        Figure(
            sum(line.unplaced_count for line in wards),
            "homes with no patch",
            _link("patches:register:unplaced"),
        ),
        Figure(
            sum(line.without_officer_count for line in wards),
            "patches with no officer",
            _link("officers:assignments:unassigned"),
        ),
        Figure(
            sum(line.out_of_band_count for line in wards),
            "patches out of band",
            _link("patches:register:list", size="out"),
        ),
        Figure(homes // patches if patches else 0, "homes for each patch", "#wards"),
    ]


def figures_of_accounts(counts: AccountCounts) -> list[Figure]:
    """Return accounts by role, each opening them in Django admin."""
    return [
        *(
            Figure(
                counts.by_role.get(role, 0),
                f"accounts: {role.label.lower()}",
                _link(
                    "admin:officers_user_changelist",
                    is_active__exact=1,
                    role__exact=role.value,
                ),
            )
            for role in Role
        ),
        Figure(
            counts.disabled,
            "disabled accounts",
            _link("admin:officers_user_changelist", is_active__exact=0),
        ),
        _worry(
            counts.without_officer,
            "officers’ accounts with no member of staff",
            _link("admin:officers_user_changelist", staff="none"),
        ),
    ]


def first_steps(user: User) -> dict[str, str]:
    """Return the addresses of the first steps the person may take."""
    steps: dict[str, str] = {}
    if user.has_permission(Permission.IMPORT_LISTS):
        steps["import_url"] = url_or_blank("imports:list")
    if user.has_permission(Permission.MANAGE_OFFICERS):
        steps["officers_url"] = url_or_blank("officers:directory:list")
        steps["teams_url"] = url_or_blank("officers:teams:list")
    return steps


def _plans(plans: list[PatchDesign]) -> Figure:
    return Figure(len(plans), "plans to comment on", "#plans")


def _counted(number: int | None, label: str, url: str) -> list[Figure]:
    """Return the figure, or none where nothing was counted for the person."""
    return [] if number is None else [_worry(number, label, url)]


def _came_back(number: int) -> Figure:
    """Letters that came back, from homes nobody has looked at since."""
    url = _link("tenants:letters:return_list", state="to_check")
    return _worry(number, "returned letters to check", url)


def _worry(number: int, label: str, url: str) -> Figure:
    return Figure(number, label, url, is_worry=number > 0)


def _link(name: str, **query: object) -> str:
    url = url_or_blank(name)
    return f"{url}?{urlencode(query)}" if query and url else url


def _one_or_many(number: int, noun: str) -> str:
    many = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return noun if number == 1 else many
