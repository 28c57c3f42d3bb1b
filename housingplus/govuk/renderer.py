"""The one renderer of every form: GOV.UK components with hint and error."""

from django.forms.renderers import TemplatesSetting

from .boundfield import GovukBoundField


class GovukRenderer(TemplatesSetting):
    """Draws `{{ form }}`, `{{ formset }}` and `{{ field.as_field_group }}`.

    Widgets keep Django's own templates, so Django admin's pages stay as they are;
    the parts that differ (radios, checkboxes, files) are drawn by the field's template.
    """

    form_template_name = "govuk/form.html"
    formset_template_name = "govuk/formset.html"
    field_template_name = "govuk/field.html"
    bound_field_class = GovukBoundField
