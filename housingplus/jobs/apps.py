from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "housingplus.jobs"
    label = "jobs"
