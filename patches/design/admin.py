"""Patch designs for administrators: looked at here, changed on their own pages."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from housingplus.common.admin import ReadOnlyAdmin, ReferenceAdmin

from .models import (
    AreaRate,
    AssumptionSet,
    BarrierSet,
    DesignAlternative,
    DesignArea,
    DesignComment,
    DesignEdit,
    DesignEvent,
    DesignHome,
    DesignMove,
    DesignPatch,
    DesignPatchWork,
    DesignPlacement,
    DesignReview,
    DesignRule,
    DesignUnit,
    PatchDesign,
    PatchSuccession,
    PublishedPatch,
    WorkRate,
    WorkRecord,
    WorkType,
)


@admin.register(WorkType)
class WorkTypeAdmin(ReferenceAdmin):
    list_display = ["name", "service", "order"]
    list_filter = ["service"]
    search_fields = ["name", "service"]


@admin.register(WorkRecord)
class WorkRecordAdmin(ReadOnlyAdmin):
    list_display = ["property", "work_type", "count", "starts_on", "ends_on"]
    list_filter = ["work_type"]
    list_select_related = ["property", "work_type"]
    search_fields = ["=property__uprn", "=property__reference"]
    ordering = ["pk"]


@admin.register(AssumptionSet)
class AssumptionSetAdmin(ReferenceAdmin):
    """Corrected here until a design has used it; made by copying, on its own page."""

    list_display = ["name", "dated", "is_default", "is_archived", "created_by"]
    list_filter = ["is_default", "is_archived", "dated"]
    list_select_related = ["created_by"]
    search_fields = ["name", "notes"]
    autocomplete_fields = ["copied_from", "created_by"]
    readonly_fields = ["copied_from", "created_by", "is_default"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: AssumptionSet | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.designs.exists())

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        """Count the change too: who has the set's own page open is told of it."""
        obj.version += 1
        super().save_model(request, obj, form, change)


@admin.register(WorkRate)
class WorkRateAdmin(ReadOnlyAdmin):
    list_display = [
        "assumptions",
        "work_type",
        "basis",
        "nature",
        "officer_minutes",
        "back_office_minutes",
        "per_year",
    ]
    list_filter = ["basis", "nature", "assumptions"]
    list_select_related = ["assumptions", "work_type"]
    search_fields = ["assumptions__name", "work_type__name"]


@admin.register(AreaRate)
class AreaRateAdmin(ReadOnlyAdmin):
    list_display = ["rate", "area", "property_type", "per_year"]
    list_filter = ["area", "property_type"]
    list_select_related = ["rate", "area"]
    search_fields = ["rate__work_type__name", "area__name"]


@admin.register(BarrierSet)
class BarrierSetAdmin(ReadOnlyAdmin):
    list_display = ["name", "uploaded_at", "uploaded_by", "is_archived"]
    list_filter = ["is_archived", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name"]


@admin.register(PatchDesign)
class PatchDesignAdmin(ReadOnlyAdmin):
    list_display = ["name", "status", "homes_on", "starts_on", "created_by"]
    list_filter = ["status", "starts_on", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["name", "created_by__email"]


@admin.register(DesignRule)
class DesignRuleAdmin(ReadOnlyAdmin):
    list_display = ["design", "kind", "label", "patch"]
    list_filter = ["kind"]
    list_select_related = ["design", "patch"]
    search_fields = ["design__name", "label", "=patch__code"]


@admin.register(DesignArea)
class DesignAreaAdmin(ReadOnlyAdmin):
    list_display = ["design", "number", "name"]
    list_select_related = ["design"]
    search_fields = ["design__name", "name"]


@admin.register(DesignUnit)
class DesignUnitAdmin(ReadOnlyAdmin):
    list_display = ["area", "number", "name", "home_count", "hours", "is_kept"]
    list_filter = ["is_kept"]
    list_select_related = ["area"]
    search_fields = ["area__design__name", "name"]
    ordering = ["pk"]


@admin.register(DesignHome)
class DesignHomeAdmin(ReadOnlyAdmin):
    list_display = ["design", "property", "area", "unit", "patch", "hours"]
    list_select_related = ["design", "property", "area", "unit", "patch"]
    search_fields = ["=property__uprn", "=property__reference", "=postcode"]
    ordering = ["pk"]


@admin.register(DesignAlternative)
class DesignAlternativeAdmin(ReadOnlyAdmin):
    list_display = ["design", "number", "name", "kind", "tolerance", "created_at"]
    list_filter = ["kind", "created_at"]
    list_select_related = ["design"]
    search_fields = ["design__name", "name"]


@admin.register(DesignPatch)
class DesignPatchAdmin(ReadOnlyAdmin):
    list_display = ["alternative", "code", "name", "ward", "home_count", "hours"]
    list_filter = ["is_whole", "is_kept", "ward"]
    list_select_related = ["alternative", "ward"]
    search_fields = ["=code", "name", "alternative__design__name"]
    ordering = ["pk"]


@admin.register(DesignPlacement)
class DesignPlacementAdmin(ReadOnlyAdmin):
    list_display = ["alternative", "unit", "patch"]
    list_select_related = ["alternative", "unit", "patch"]
    search_fields = ["=patch__code", "unit__name"]
    ordering = ["pk"]


@admin.register(DesignPatchWork)
class DesignPatchWorkAdmin(ReadOnlyAdmin):
    list_display = [
        "patch",
        "work_type",
        "per_year",
        "officer_hours",
        "back_office_hours",
    ]
    list_filter = ["work_type"]
    list_select_related = ["patch", "work_type"]
    search_fields = ["=patch__code", "work_type__name"]
    ordering = ["pk"]


@admin.register(DesignEdit)
class DesignEditAdmin(ReadOnlyAdmin):
    list_display = ["alternative", "number", "summary", "made_by", "made_at"]
    list_filter = ["is_undone", "made_at"]
    list_select_related = ["alternative", "made_by"]
    search_fields = ["summary", "made_by__email", "alternative__design__name"]


@admin.register(DesignEvent)
class DesignEventAdmin(ReadOnlyAdmin):
    list_display = ["design", "at", "by", "from_status", "to_status"]
    list_filter = ["to_status", "at"]
    list_select_related = ["design", "by"]
    search_fields = ["design__name", "by__email"]


@admin.register(DesignComment)
class DesignCommentAdmin(ReadOnlyAdmin):
    list_display = ["design", "patch", "comes_from", "made_by", "made_at"]
    list_filter = ["comes_from", "made_at"]
    list_select_related = ["design", "patch", "made_by"]
    search_fields = ["design__name", "speaker", "text"]


@admin.register(PublishedPatch)
class PublishedPatchAdmin(ReadOnlyAdmin):
    list_display = ["design", "patch", "change"]
    list_filter = ["change"]
    list_select_related = ["design", "patch"]
    search_fields = ["design__name", "=patch__code"]


@admin.register(DesignMove)
class DesignMoveAdmin(ReadOnlyAdmin):
    list_display = ["design", "move"]
    list_select_related = ["design", "move__to_patch"]
    search_fields = ["design__name", "=move__to_patch__code"]


@admin.register(PatchSuccession)
class PatchSuccessionAdmin(ReadOnlyAdmin):
    list_display = ["design", "from_patch", "to_patch", "home_count"]
    list_select_related = ["design", "from_patch", "to_patch"]
    search_fields = ["design__name", "=from_patch__code", "=to_patch__code"]


@admin.register(DesignReview)
class DesignReviewAdmin(ReadOnlyAdmin):
    list_display = ["design", "due_on", "decision", "decided_at", "decided_by"]
    list_filter = ["decision", "due_on"]
    list_select_related = ["design", "decided_by"]
    search_fields = ["design__name", "proposals", "decision_reason"]
