from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "housingplus.govuk"
    label = "govuk"
