from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    HouseholdWord,
    Person,
)


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ["full_name", "phone", "email"]
    search_fields = ["last_name", "first_name", "email"]


@admin.register(Household)
class HouseholdAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "property", "starts_on", "ends_on", "do_not_write"]
    list_filter = ["do_not_write", "do_not_write_review_on"]
    list_select_related = ["property"]
    search_fields = ["=property__uprn", "^property__postcode", "=property__reference"]


@admin.register(HouseholdMember)
class HouseholdMemberAdmin(ReadOnlyAdmin):
    list_display = ["person", "household", "role", "starts_on", "ends_on"]
    list_filter = ["role", "ends_on"]
    list_select_related = ["person", "household"]
    search_fields = ["person__last_name", "person__first_name"]


@admin.register(CommunicationNeeds)
class CommunicationNeedsAdmin(ReadOnlyAdmin):
    list_display = ["household", "letter_format", "language", "needs_interpreter"]
    list_filter = [
        "letter_format",
        "needs_interpreter",
        "copy_to_representative",
        "language",
    ]
    list_select_related = ["household"]
    search_fields = ["language", "=household__property__uprn"]


@admin.register(HouseholdWord)
class HouseholdWordAdmin(ReadOnlyAdmin):
    list_display = ["word", "is_sound", "household"]
    list_filter = ["is_sound"]
    list_select_related = ["household"]
    search_fields = ["^word"]
    ordering = ["pk"]
