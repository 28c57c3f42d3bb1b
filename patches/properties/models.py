"""Homes: who owns them, the buildings they are in, and their addresses."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from .querysets import PropertyQuerySet


class LandlordKind(models.TextChoices):
    COUNCIL = "council", "Council"
    HOUSING_ASSOCIATION = "association", "Housing association"
    ALMO = "almo", "Arm's length management organisation"
    COOPERATIVE = "cooperative", "Co-operative"
    OTHER = "other", "Other"


class Landlord(models.Model):
    """Owns or manages homes; its letterhead heads the letters to them."""

    code = models.CharField(
        max_length=20, unique=True, help_text="Short name used in imported lists."
    )
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(
        max_length=12, choices=LandlordKind, default=LandlordKind.COUNCIL
    )
    letterhead_name = models.CharField(max_length=120, blank=True)
    logo = models.ImageField(upload_to="landlords/", blank=True)
    return_address = models.TextField(
        blank=True, help_text="Where letters that cannot be delivered come back to."
    )
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """A building with several homes."""

    class Kind(models.TextChoices):
        TOWER = "tower", "Tower block"
        FLATS = "flats", "Block of flats"
        MAISONETTES = "maisonettes", "Maisonettes"
        SHELTERED = "sheltered", "Sheltered housing"
        OTHER = "other", "Other building"

    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.FLATS)
    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="blocks"
    )
    parent_uprn = models.CharField(
        "parent UPRN",
        max_length=12,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"\A[0-9]{1,12}\Z", "A UPRN is up to 12 digits.")],
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name"], name="block_name_unique_in_ward"
            ),
            models.CheckConstraint(
                condition=Q(parent_uprn__isnull=True)
                | Q(parent_uprn__regex=r"^[0-9]{1,12}$"),
                name="block_parent_uprn_is_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("patches:properties:block", args=[self.pk])


class PropertyType(models.TextChoices):
    HOUSE = "house", "House"
    BUNGALOW = "bungalow", "Bungalow"
    FLAT = "flat", "Flat"
    MAISONETTE = "maisonette", "Maisonette"
    BEDSIT = "bedsit", "Bedsit"
    SHELTERED = "sheltered", "Sheltered home"
    OTHER = "other", "Other"


class Property(models.Model):
    """One home. The address is in BS 7666's parts; nothing here is about people."""

    uprn = models.CharField(
        "UPRN",
        max_length=12,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"\A[0-9]{1,12}\Z", "A UPRN is up to 12 digits.")],
        help_text="Unique Property Reference Number, up to 12 digits.",
    )
    landlord = models.ForeignKey(
        Landlord,
        on_delete=models.PROTECT,
        related_name="owned_properties",
        verbose_name="owner",
    )
    manager = models.ForeignKey(
        Landlord,
        on_delete=models.PROTECT,
        related_name="managed_properties",
        verbose_name="managed by",
        help_text="Its letterhead is on the letters. Usually the owner.",
    )
    reference = models.CharField(
        "landlord's reference", max_length=30, help_text="Unique for each owner."
    )
    sub_building = models.CharField(
        max_length=60, blank=True, help_text="For example Flat 3."
    )
    building = models.CharField(
        "building number or name", max_length=60, blank=True, help_text="12A, Elm House"
    )
    street = models.CharField(max_length=100)
    locality = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=60)
    postcode = models.CharField(max_length=8, db_index=True)
    street_key = models.CharField(
        max_length=100, editable=False, help_text="Street name as sorted and compared."
    )
    walk_key = models.CharField(
        max_length=120,
        editable=False,
        help_text="Sorts homes of a street as a person walks them.",
    )
    house_number = models.PositiveIntegerField(
        null=True,
        editable=False,
        help_text="First number of the building, for odds and evens.",
    )
    property_type = models.CharField(
        "type", max_length=12, choices=PropertyType, default=PropertyType.HOUSE
    )
    bedrooms = models.PositiveSmallIntegerField(null=True, blank=True)
    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="properties"
    )
    block = models.ForeignKey(
        Block,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="properties",
    )
    easting = models.PositiveIntegerField(
        null=True, blank=True, help_text="British National Grid, metres."
    )
    northing = models.PositiveIntegerField(
        null=True, blank=True, help_text="British National Grid, metres."
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    managed_from = models.DateField("management starts")
    managed_to = models.DateField("management ends", null=True, blank=True)

    objects = PropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["street_key", "walk_key", "pk"]
        indexes = [
            models.Index(
                fields=["street_key", "walk_key", "id"], name="property_walking_order"
            ),
            models.Index(
                fields=["ward", "street_key", "walk_key"], name="property_ward_walk"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "reference"],
                name="property_reference_unique_for_landlord",
                violation_error_message=(
                    "This landlord already has a home with that reference."
                ),
            ),
            models.CheckConstraint(
                condition=Q(uprn__isnull=True) | Q(uprn__regex=r"^[0-9]{1,12}$"),
                name="property_uprn_is_digits",
            ),
            models.CheckConstraint(
                condition=~Q(reference=""), name="property_has_reference"
            ),
            models.CheckConstraint(
                condition=Q(managed_to__isnull=True)
                | Q(managed_to__gte=F("managed_from")),
                name="property_management_ends_after_start",
                violation_error_message="Management cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False),
                name="property_easting_with_northing",
                violation_error_message="Give both easting and northing, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="property_latitude_with_longitude",
            ),
        ]

    def __str__(self) -> str:
        return self.one_line

    def get_absolute_url(self) -> str:
        return reverse("patches:properties:detail", args=[self.pk])

    @property
    def first_line(self) -> str:
        """The part of the address that tells it from its neighbours."""
        between = " " if self.building[:1].isdigit() else ", "
        number_and_street = between.join(
            part for part in (self.building, self.street) if part
        )
        return ", ".join(
            part for part in (self.sub_building, number_and_street) if part
        )

    @property
    def one_line(self) -> str:
        """The whole address on one line."""
        parts = (self.first_line, self.locality, self.town, self.postcode)
        return ", ".join(part for part in parts if part)


class PropertyWord(models.Model):
    """One word of a home's address, so that the header search is an indexed look-up."""

    property = models.ForeignKey(
        Property, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    word = models.CharField(max_length=60)

    class Meta:
        indexes = [
            # Stands for the key's own index; holds the word, so no row is read.
            models.Index(
                fields=["property", "word"],
                name="property_word_of_home",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "property"],
                name="property_word_once",
                # PostgreSQL: so that the index also answers "begins with".
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word
