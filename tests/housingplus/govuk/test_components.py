"""The component tags, filters and list helpers."""

import datetime as dt
import time
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.db import models
from django.template import engines
from django.test import RequestFactory

from housingplus.govuk import tags
from housingplus.govuk.lists import sorting
from housingplus.govuk.progress import progress_response
from officers.accounts.models import User
from officers.accounts.roles import Role


def render(source, path="/", role=Role.ANALYST, **context):
    template = engines["django"].from_string(source)
    request = RequestFactory().get(path)
    request.user = User(role=role)
    return template.render(context, request).strip()


class Status(models.TextChoices):
    RUNNING = "running", "Running"


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("Running", '<strong class="govuk-tag govuk-tag--turquoise">Running</strong>'),
        (Status.RUNNING, "govuk-tag--turquoise"),
        ("never heard of", "govuk-tag--grey"),
        ("<b>", "&lt;b&gt;"),
        ("Checked", '<strong class="govuk-tag">Checked</strong>'),
    ],
)
def test_tag_takes_its_colour_from_the_table(value, html):
    assert html in render("{% tag_for value %}", value=value)


def test_tag_of_nothing_is_nothing():
    assert render("{% tag_for value %}", value=None) == ""


def test_no_status_has_two_colours():
    words = [word for words in tags._COLOURS.values() for word in words]

    assert len(words) == len(set(words))
    assert words == [word.casefold() for word in words]


def test_five_hundred_tags_are_cheap():
    source = "{% for n in numbers %}{% tag_for 'Over band' %}{% endfor %}"
    started = time.perf_counter()
    render(source, numbers=range(500))

    assert time.perf_counter() - started < 0.25


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ value|govdate }}", "3 March 2026"),
        ("{{ moment|govdate }}", "1 July 2026"),
        ("{{ moment|govdatetime }}", "1 July 2026 at 12:05am"),
        ("{{ nothing|govdate }}{{ nothing|govdatetime }}{{ nothing|phone }}", ""),
        ("{{ '+447700900123'|phone }}", "07700 900123"),
        ("{{ '07700900123'|phone }}", "07700 900123"),
        ("{{ 'ask at the desk'|phone }}", "ask at the desk"),
        ("{{ '+33 1 42 68 53 00'|phone }}", "+33 1 42 68 53 00"),
    ],
)
def test_words(source, expected):
    # 11.05 in the evening in Greenwich is five past midnight in summer.
    moment = dt.datetime(2026, 6, 30, 23, 5, tzinfo=dt.UTC)

    assert render(source, value=dt.date(2026, 3, 3), moment=moment) == expected


def test_sort_header_turns_round_and_keeps_filters():
    html = render(
        '{% sort_header "homes" "Homes" %}', "/?ward=kestrel&sort=homes&page=3"
    )

    assert 'aria-sort="ascending"' in html
    assert 'href="?ward=kestrel&amp;sort=-homes"' in html


def test_sort_header_of_another_column():
    html = render('{% sort_header "code" "Code" "numeric" %}', "/?sort=-homes")

    assert 'aria-sort="none"' in html
    assert "govuk-table__header--numeric" in html
    assert 'href="?sort=code"' in html


@pytest.mark.parametrize(
    ("asked", "order_by", "is_descending"),
    [
        ("", ("code", "pk"), False),
        ("?sort=-homes", ("-home_count", "-code", "pk"), True),
        ("?sort=password", ("code", "pk"), False),
        ("?sort=-latest", ("seen_on", "pk"), True),
    ],
)
def test_sorting_takes_only_allowed_columns(asked, order_by, is_descending):
    chosen = sorting(
        RequestFactory().get(f"/{asked}"),
        {"code": "code", "homes": ("home_count", "code"), "latest": "-seen_on"},
        default="code",
    )

    assert chosen.order_by == order_by
    assert chosen.is_descending is is_descending


def test_pagination_keeps_filters_and_says_where():
    page = Paginator(range(312), 12).page(3)
    html = render("{% paginate page %}", "/?ward=kestrel&page=3", page=page)

    assert 'aria-current="page"' in html
    assert 'href="?ward=kestrel&amp;page=4"' in html
    assert "govuk-pagination__item--ellipsis" in html


def test_one_page_needs_no_pagination():
    assert render("{% paginate page %}", page=Paginator([1], 12).page(1)) == ""


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (0, "<strong>0</strong> homes"),
        (1, "<strong>1</strong> home"),
        (1312, "to <strong>12</strong> of <strong>1,312</strong> homes"),
    ],
)
def test_result_count(total, text):
    page = Paginator(range(total), 12).page(1)

    assert text in render('{% result_count page "home" "homes" %}', page=page)


def test_csv_link_keeps_filters_and_drops_the_page():
    html = render("{% csv_link %}", "/?ward=kestrel&page=2")

    assert 'href="?ward=kestrel&amp;format=csv"' in html


def test_csv_link_is_for_those_who_may_download_lists():
    assert render("{% csv_link %}", role="") == ""


def test_timeline_takes_dictionaries_and_escapes():
    html = render(
        "{% timeline items %}",
        items=[{"on": dt.date(2026, 3, 3), "title": "<b>Moved</b>", "by": "A Leader"}],
    )

    assert "3 March 2026" in html
    assert "&lt;b&gt;Moved&lt;/b&gt;" in html
    assert "by A Leader" in html


def test_row_shows_none_and_names_what_to_change():
    html = render('{% row "Who answers" "" href="/x/" %}')

    assert "None" in html
    assert "Change" in html
    assert "who answers" in html


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("{% button 'Save' %}", 'type="submit"'),
        ("{% button 'Go' href='/x/' kind='secondary' %}", 'href="/x/"'),
        ("{% button 'Save' name='act' value='both' %}", 'name="act" value="both"'),
        ("{% inset %}Text{% endinset %}", "govuk-inset-text"),
        ("{% warning %}Text{% endwarning %}", "govuk-warning-text"),
        ("{% details 'More' %}Text{% enddetails %}", "<summary"),
        ("{% fieldset 'When' 's' %}Text{% endfieldset %}", "legend--s"),
        ("{% empty_state 'None' %}<p>x</p>{% endempty_state %}", "hp-empty"),
        ("{% breadcrumbs 'Wards' '/w/' %}", 'href="/w/"'),
        ("{% subnav 'One' '/' 'Two' '/2/' %}", 'aria-current="page"'),
        ("{% select_buttons evens_odds=True %}", 'data-select="evens"'),
        ("{% tick 'homes' 4 '4 Elm Road' number='4' %}", 'aria-label="Select 4 Elm'),
        ("{% summary_list %}{% row 'A' 0 %}{% endsummary_list %}", ">0</dd>"),
    ],
)
def test_components(source, part):
    assert part in render(source)


def _job(**changes):
    known = {
        "pk": 1,
        "done": 3,
        "total": 12,
        "percent": 25,
        "stage": "Composing",
        "error": "",
        "is_finished": False,
        "is_stalled": False,
        "get_status_display": "Running",
    }
    return SimpleNamespace(**(known | changes))


def test_progress_asks_again_until_finished():
    assert 'hx-get="/p/"' in render("{% progress job '/p/' %}", job=_job())
    done = render("{% progress job '/p/' %}", job=_job(is_finished=True))
    assert "hx-get" not in done


def test_page_refreshes_by_itself_without_scripts_until_finished():
    source = "{% progress_refresh job %}"

    assert "http-equiv" in render(source, job=_job())
    assert render(source, job=_job(is_finished=True)) == ""
    assert render(source, job=None) == ""


def test_progress_response_moves_on_when_work_is_over():
    asked = RequestFactory().get("/p/", headers={"hx-request": "true"})

    running = progress_response(asked, _job(), url="/p/", finished_url="/done/")
    finished = progress_response(
        asked, _job(is_finished=True), url="/p/", finished_url="/done/"
    )
    by_hand = progress_response(
        RequestFactory().get("/p/"), _job(), url="/p/", finished_url="/done/"
    )

    assert b"3 of 12" in running.content
    assert finished["HX-Redirect"] == "/done/"
    assert by_hand.url == "/done/"
