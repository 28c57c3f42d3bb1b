from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import NoticeDelivery, NoticeRecipient, NoticeSending


@admin.register(NoticeSending)
class NoticeSendingAdmin(ReadOnlyAdmin):
    list_display = ["subject", "ward", "kind", "day", "sent_at", "sent_by"]
    list_filter = ["kind", "ward"]
    list_select_related = ["ward", "sent_by"]
    search_fields = ["subject", "ward__name"]
    exclude = ["pdf"]


@admin.register(NoticeRecipient)
class NoticeRecipientAdmin(ReadOnlyAdmin):
    list_display = ["name", "email", "sending"]
    list_select_related = ["sending"]
    search_fields = ["name", "email"]


@admin.register(NoticeDelivery)
class NoticeDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["recipient", "attempt", "step", "at", "detail"]
    list_select_related = ["recipient"]
    list_filter = ["step"]
    search_fields = ["recipient__name", "recipient__email"]
