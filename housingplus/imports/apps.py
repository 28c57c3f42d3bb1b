from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "housingplus.imports"
    label = "imports"
