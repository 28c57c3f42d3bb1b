from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "housingplus.audit"
    label = "audit"
