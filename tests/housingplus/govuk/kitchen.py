"""Pages that show every component, for the tests and for looking at them.

.venv/bin/python manage.py runserver --settings=tests.housingplus.govuk.kitchen_settings
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import django_filters
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from housingplus.govuk.forms import AutocompleteSelect, GovukDateField, GovukForm
from housingplus.govuk.lists import sorting
from housingplus.govuk.progress import progress_response
from housingplus.urls import urlpatterns as site_urls

PAGES = Path(__file__).parent / "pages"
WARDS = [("kestrel", "Kestrel"), ("merlin", "Merlin"), ("osprey", "Osprey")]


class HomeFilter(django_filters.FilterSet):
    ward = django_filters.ChoiceFilter(label="Ward", choices=WARDS, empty_label="All")
    address = django_filters.CharFilter(label="Address")
    kind = django_filters.MultipleChoiceFilter(
        label="Kind",
        choices=[("flat", "Flat"), ("house", "House")],
        widget=forms.CheckboxSelectMultiple,
    )


class VisitForm(GovukForm):
    widths = {"postcode": "10", "hours": "3"}
    suffixes = {"hours": "hours"}
    choice_hints = {"outcome": {"seen": "Somebody in the household was there"}}
    inline = ("again",)

    name = forms.CharField(help_text="As the household writes it", max_length=20)
    email = forms.EmailField(label="E-mail", required=False)
    postcode = forms.CharField()
    password = forms.CharField(widget=forms.PasswordInput)
    hours = forms.IntegerField(label="Time needed")
    notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    ward = forms.ChoiceField(choices=[("", "Choose a ward"), *WARDS])
    officer = forms.ChoiceField(
        choices=[("", "Choose an officer"), *WARDS], widget=AutocompleteSelect
    )
    outcome = forms.ChoiceField(
        choices=[("seen", "Seen"), ("out", "Nobody in")], widget=forms.RadioSelect
    )
    again = forms.ChoiceField(
        label="Is another visit needed?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        choices=[("large", "Large print"), ("braille", "Braille")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(
        label="The household agreed", help_text="Needed before anything is kept"
    )
    visited_on = GovukDateField(
        label="Date of visit", help_text="For example, 27 3 2026"
    )
    next_on = forms.DateField(label="Next visit", required=False)
    photo = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="abc")

    def clean(self):
        if self.cleaned_data.get("name") == "nobody":
            raise forms.ValidationError("Nobody cannot be visited.")
        return self.cleaned_data


def running_job() -> SimpleNamespace:
    return SimpleNamespace(
        pk=1,
        done=120,
        total=400,
        percent=30,
        stage="Composing letters",
        error="",
        is_finished=False,
        is_stalled=False,
        get_status_display="Running",
    )


def _page(request, name: str, **context) -> HttpResponse:
    source = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return HttpResponse(engines["django"].from_string(source).render(context, request))


@login_not_required
def kitchen_list(request):
    kinds = ("In force", "Draft", "Over band", "No officer", "Ended", "Cover")
    homes = [
        SimpleNamespace(
            number=number,
            address=f"{number} Elm Road, Kestrelford",
            status=kinds[number % 6],
            rooms=number % 4 + 1,
        )
        for number in range(1, 0 if "empty" in request.GET else 313)
    ]
    filtered = HomeFilter(request.GET, queryset=get_user_model().objects.none())
    return _page(
        request,
        "list",
        page_obj=Paginator(homes, 12).get_page(request.GET.get("page")),
        filter=filtered,
        bulk_url="/kitchen/",
        sorting=sorting(
            request, {"address": "address", "rooms": "rooms"}, default="address"
        ),
    )


@login_not_required
def kitchen_detail(request):
    if "say" in request.GET:
        messages.success(request, "Patch saved")
        messages.error(request, "Somebody changed this patch before you")
        messages.info(request, "Letters are due to 287 households")
    day = dt.date(2026, 3, 3)
    return _page(
        request,
        "detail",
        day=day,
        events=[
            {"on": day, "title": "Assigned", "by": "A Leader", "text": "From 3 March"},
            {"at": dt.datetime(2026, 3, 1, 14, 5, tzinfo=dt.UTC), "title": "Made"},
        ],
        job=running_job(),
        shapes={
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"label": "14 Elm Road", "group": "Homes"},
                    "geometry": {"type": "Point", "coordinates": [-1.5, 53.8]},
                },
                {
                    "type": "Feature",
                    "properties": {
                        "label": "KS-04",
                        "group": "Patch",
                        "colour": "#0f7a52",
                    },
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [
                            [
                                [-1.51, 53.79],
                                [-1.49, 53.79],
                                [-1.49, 53.81],
                                [-1.51, 53.79],
                            ]
                        ],
                    },
                },
            ],
        },
    )


@login_not_required
def kitchen_progress(request):
    return progress_response(
        request, running_job(), url=request.path, finished_url="/kitchen/"
    )


@login_not_required
def kitchen_form(request):
    form = VisitForm(request.POST or None, request.FILES or None)
    form.is_valid()
    return _page(request, "form", form=form, back_url="/kitchen/")


urlpatterns = [
    path("kitchen/", kitchen_list),
    path("kitchen/detail/", kitchen_detail),
    path("kitchen/form/", kitchen_form),
    path("kitchen/progress/", kitchen_progress),
    path("", include(site_urls)),
]
