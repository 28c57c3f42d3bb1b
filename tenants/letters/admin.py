from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import (
    Letter,
    LetterChunk,
    LetterDelivery,
    LetterPack,
    LetterRun,
    LetterRunEvent,
    LetterRunHome,
    LetterTemplate,
    LetterTemplateVersion,
    LetterWording,
    LetterWordingCheck,
    ReturnedLetter,
)


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ReadOnlyAdmin):
    list_display = ["name", "purpose", "is_archived"]
    list_filter = ["purpose", "is_archived"]
    search_fields = ["name"]


@admin.register(LetterTemplateVersion)
class LetterTemplateVersionAdmin(ReadOnlyAdmin):
    list_display = ["template", "number", "subject", "created_at", "created_by"]
    list_filter = ["template"]
    list_select_related = ["template", "created_by"]
    search_fields = ["template__name", "subject"]


@admin.register(LetterWording)
class LetterWordingAdmin(ReadOnlyAdmin):
    list_display = ["version", "name", "number", "created_at", "created_by"]
    list_filter = ["language", "is_easy_read"]
    list_select_related = ["version__template", "created_by"]
    search_fields = ["version__template__name", "subject"]


@admin.register(LetterWordingCheck)
class LetterWordingCheckAdmin(ReadOnlyAdmin):
    list_display = ["wording", "checked_by", "recorded_at", "recorded_by"]
    list_select_related = ["wording", "recorded_by"]
    search_fields = ["checked_by"]


@admin.register(LetterRun)
class LetterRunAdmin(ReadOnlyAdmin):
    list_display = ["title", "dated", "status", "letter_count", "created_by"]
    list_filter = ["status", "scope_kind", "dated"]
    list_select_related = ["created_by"]
    search_fields = ["title", "created_by__email"]


@admin.register(LetterRunEvent)
class LetterRunEventAdmin(ReadOnlyAdmin):
    list_display = ["run", "at", "by", "from_status", "to_status"]
    list_filter = ["to_status", "at"]
    list_select_related = ["run", "by"]
    search_fields = ["run__title", "by__email"]


@admin.register(LetterRunHome)
class LetterRunHomeAdmin(ReadOnlyAdmin):
    list_display = ["run", "property", "patch", "is_exception", "reason"]
    list_filter = ["is_exception", "reason"]
    list_select_related = ["run", "property", "patch"]
    search_fields = ["run__title", "=property__uprn", "=patch__code"]


@admin.register(LetterChunk)
class LetterChunkAdmin(ReadOnlyAdmin):
    list_display = ["run", "number", "page_count", "done_at"]
    list_select_related = ["run"]
    search_fields = ["run__title"]


@admin.register(LetterPack)
class LetterPackAdmin(ReadOnlyAdmin):
    list_display = ["run", "number", "channel", "letter_count", "page_count", "made_at"]
    list_filter = ["channel"]
    list_select_related = ["run"]
    search_fields = ["run__title", "=sha256"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["reference", "run", "patch", "letter_format", "channel", "is_copy"]
    list_filter = ["letter_format", "channel", "is_copy"]
    list_select_related = ["run", "patch"]
    search_fields = ["=reference", "run__title", "=patch__code"]


@admin.register(ReturnedLetter)
class ReturnedLetterAdmin(ReadOnlyAdmin):
    list_display = ["letter", "reason", "came_back_on", "outcome", "checked_on"]
    list_filter = ["reason", "outcome", "came_back_on"]
    list_select_related = ["letter"]
    search_fields = ["=letter__reference"]


@admin.register(LetterDelivery)
class LetterDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["letter", "service", "status", "attempts", "sent_at"]
    list_filter = ["service", "status"]
    list_select_related = ["letter"]
    search_fields = ["=letter__reference", "=remote_id"]
