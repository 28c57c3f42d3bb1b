"""Each kind of field as GOV.UK draws it, with and without an error."""

import datetime as dt

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory
from django.template import engines
from django.test import RequestFactory

from housingplus.govuk.forms import AutocompleteSelect, GovukDateField, GovukForm
from tests.housingplus.govuk.kitchen import VisitForm


class DateForm(GovukForm):
    starts_on = GovukDateField(label="Start date")


def render(source, **context):
    template = engines["django"].from_string(source)
    return template.render(context, RequestFactory().get("/"))


@pytest.fixture
def empty():
    """The form of every kind of field, sent with nothing in it."""
    form = VisitForm({"token": "abc"})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        (
            "name",
            ['class="govuk-input"', 'for="id_name"', "As the household writes it"],
        ),
        ("name", ['id="id_name_helptext"', 'aria-describedby="id_name_helptext"']),
        ("email", ["E-mail (optional)", 'type="email"']),
        ("postcode", ["govuk-input--width-10"]),
        ("password", ["govuk-js-password-input-input", 'type="password"', ">Show<"]),
        ("hours", ['inputmode="numeric"', 'type="text"', "govuk-input__suffix"]),
        ("notes", ['class="govuk-textarea"']),
        ("ward", ['class="govuk-select"']),
        ("officer", ["<select", 'data-autocomplete="true"']),
        ("outcome", ["govuk-radios__input", "<legend", "Somebody in the household"]),
        ("outcome", ['id="id_outcome_0_hint"', 'aria-describedby="id_outcome_0_hint"']),
        ("again", ["govuk-radios--inline"]),
        ("needs", ["govuk-checkboxes__input", 'type="checkbox"', "<legend"]),
        ("agreed", ["govuk-checkboxes__item", "Needed before anything is kept"]),
        ("visited_on", ['name="visited_on_day"', 'name="visited_on_year"', "<legend"]),
        ("next_on", ['name="next_on_month"', "Next visit (optional)"]),
        ("photo", ['class="govuk-file-upload"', 'type="file"']),
    ],
)
def test_field_is_drawn_as_its_component(field, parts):
    html = VisitForm()[field].as_field_group()

    for part in parts:
        assert part in html
    assert "govuk-error-message" not in html


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Enter the name"),
        ("hours", "Enter the time needed"),
        ("ward", "Select the ward"),
        ("outcome", "Select the outcome"),
        ("again", "Select an answer"),
        ("needs", "Select the needs"),
        ("agreed", "Tick “The household agreed” to go on"),
        ("visited_on", "Enter the date of visit"),
        ("password", "Enter the password"),
    ],
)
def test_missing_answer_says_what_to_do(empty, field, sentence):
    html = empty[field].as_field_group()

    assert sentence in html
    assert "govuk-form-group--error" in html
    assert f'id="id_{field}_error"' in html
    assert f"id_{field}_error" in html.split("aria-describedby=", 1)[1] or (
        field == "agreed"
    )


class LimitsForm(GovukForm):
    hours = forms.DecimalField(
        label="Hours a week", min_value=1, max_value=6_000, decimal_places=1
    )
    price = forms.DecimalField(max_digits=5, decimal_places=2)
    often = forms.IntegerField(label="How often?", min_value=0)
    name = forms.CharField(max_length=3, min_length=2)
    own = forms.IntegerField(max_value=1, error_messages={"max_value": "Enter 1"})


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("hours", "0.5", "Hours a week must be 1 or more"),
        ("hours", "6000.5", "Hours a week must be 6,000 or less"),
        ("hours", "1.55", "Hours a week must have 1 decimal place or fewer"),
        ("price", "1.555", "Price must have 2 decimal places or fewer"),
        ("price", "1234", "Price must be less than 1,000"),
        ("often", "-1", "The answer must be 0 or more"),
        ("name", "abcd", "Name must be 3 characters or fewer"),
        ("name", "a", "Name must be 2 characters or more"),
        ("own", "2", "Enter 1"),
    ],
)
def test_answer_out_of_its_limits_says_what_it_must_be(field, value, sentence):
    form = LimitsForm({field: value})
    assert form[field].error_messages == [sentence]


def test_every_error_of_the_summary_links_to_an_input_of_the_form(empty):
    html = str(empty)
    summary = render("{% error_summary form %}", form=empty)

    targets = [part.split('"')[0] for part in summary.split('href="#')[1:]]
    assert len(targets) == 12
    for target in targets:
        assert f'id="{target}"' in html


def test_whole_form_error_is_shown_in_summary_and_form():
    form = VisitForm({"name": "nobody"})

    assert "Nobody cannot be visited" in render("{% error_summary form %}", form=form)
    assert "Nobody cannot be visited" in str(form)


def test_error_summary_lists_formset_errors():
    formset = formset_factory(DateForm)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    )

    html = render("{% error_summary formset %}", formset=formset)

    assert 'href="#id_form-0-starts_on_0"' in html
    assert 'href="#id_form-1-starts_on_0"' in html


def test_error_summary_is_silent_before_a_form_is_sent():
    assert render("{% error_summary form %}", form=VisitForm()).strip() == ""


def test_plain_django_form_speaks_the_same_way():
    class Plain(forms.Form):
        surname = forms.CharField()

    form = Plain({})

    assert "Enter the surname" in str(form)
    assert "Surname (optional)" not in str(form)


@pytest.mark.parametrize(
    "given",
    [
        ("3", "3", "2026"),
        ("03", "03", "2026"),
        ("3", "March", "2026"),
        ("3", "mar", "2026"),
        (" 3 ", "MARCH", "2026"),
    ],
)
def test_date_is_read(given):
    day, month, year = given
    form = DateForm(
        {"starts_on_day": day, "starts_on_month": month, "starts_on_year": year}
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_on"] == dt.date(2026, 3, 3)


@pytest.mark.parametrize(
    ("given", "sentence", "wrong"),
    [
        (("", "", ""), "Enter the start date", [0, 1, 2]),
        (("3", "", "2026"), "Start date must include a month", [1]),
        (("3", "", ""), "Start date must include a month and year", [1, 2]),
        (("31", "2", "2026"), "Start date must be a real date", [0]),
        (("3", "13", "2026"), "Start date must be a real date", [1]),
        (("3", "Mars", "2026"), "Start date must be a real date", [1]),
        (("3", "3", "26"), "Year must include 4 numbers", [2]),
        (("٣", "3", "2026"), "Start date must be a real date", [0]),
        (("9" * 25, "3", "2026"), "Start date must be a real date", [0]),
        (("3", "9" * 5000, "2026"), "Start date must be a real date", [1]),
        (("3", "3", "0000"), "Start date must be a real date", [2]),
        (("3", "3", "0001"), "Year must be between 1900 and 2199", [2]),
        (("31", "12", "9999"), "Year must be between 1900 and 2199", [2]),
    ],
)
def test_date_says_what_is_wrong_and_marks_the_part(given, sentence, wrong):
    form = DateForm(
        dict(
            zip(
                ("starts_on_day", "starts_on_month", "starts_on_year"),
                given,
                strict=True,
            )
        )
    )
    html = form["starts_on"].as_field_group()

    assert sentence in html
    assert form["starts_on"].error_target == f"id_starts_on_{wrong[0]}"
    assert html.count("govuk-input--error") == len(wrong)
    for part in filter(None, given):
        assert f'value="{part}"' in html


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "10000-01-01"])
def test_date_in_an_address_is_in_our_time_too(day):
    assert DateForm({"starts_on": day}).has_error("starts_on")


def test_date_in_an_address_fills_all_three_inputs():
    form = DateForm({"starts_on": "2026-03-03"})

    assert form.is_valid()
    assert form.cleaned_data["starts_on"] == dt.date(2026, 3, 3)
    assert 'value="2026"' in str(form)


def test_date_in_an_address_that_is_none_is_refused():
    form = DateForm({"starts_on": "yesterday"})

    assert not form.is_valid()


def test_date_initial_and_unchanged():
    form = DateForm(
        {"starts_on_day": "3", "starts_on_month": "3", "starts_on_year": "2026"},
        initial={"starts_on": dt.date(2026, 3, 3)},
    )

    assert not form.has_changed()
    assert 'value="3"' in str(DateForm(initial={"starts_on": dt.date(2026, 3, 3)}))


def test_file_of_a_record_can_be_seen_and_removed():
    class Upload(GovukForm):
        photo = forms.FileField(required=False)

    kept = SimpleUploadedFile("photo.png", b"x")
    kept.url = "/photos/1/"
    html = Upload(initial={"photo": kept})["photo"].as_field_group()

    assert 'href="/photos/1/"' in html
    assert 'name="photo-clear"' in html
    assert html.count('type="file"') == 1


def test_typed_text_is_escaped():
    form = VisitForm({"name": '"><script>alert(1)</script>'})

    assert "<script>" not in str(form)


def test_autocomplete_select_is_a_real_select_without_scripts():
    class Choose(GovukForm):
        officer = forms.ChoiceField(choices=[("1", "Priya")], widget=AutocompleteSelect)

    assert "<select" in str(Choose())
    assert "<option" in str(Choose())
