from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import housingplus.common.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("patches", "0002_walk_in_code_point_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="DesignArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("ward_ids", models.JSONField(default=list)),
                ("report", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["design", "number"],
            },
        ),
        migrations.CreateModel(
            name="AssumptionSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "dated",
                    models.DateField(
                        help_text="When these were agreed.", verbose_name="date"
                    ),
                ),
                (
                    "notes",
                    models.TextField(
                        blank=True, help_text="Where the figures come from."
                    ),
                ),
                (
                    "is_default",
                    models.BooleanField(
                        default=False, help_text="Used where no other set is named."
                    ),
                ),
                ("is_archived", models.BooleanField(default=False)),
                (
                    "weekly_hours",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("37.00"),
                        help_text="Contracted hours of a full-time officer.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="hours a week",
                    ),
                ),
                (
                    "leave_days",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("36.0"),
                        help_text="Days a year.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(150),
                        ],
                        verbose_name="leave and bank holidays",
                    ),
                ),
                (
                    "sickness_days",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("8.0"),
                        help_text="Days a year.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(150),
                        ],
                        verbose_name="sickness",
                    ),
                ),
                (
                    "training_days",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("5.0"),
                        help_text="Days a year.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(150),
                        ],
                        verbose_name="training",
                    ),
                ),
                (
                    "other_percent",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("15.0"),
                        help_text="Per cent of the time at work.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="travel, supervision and team meetings",
                    ),
                ),
                (
                    "prior_years",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("2.00"),
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.1")),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="years until a home's own record counts as much as its area's",
                    ),
                ),
                (
                    "band_min",
                    models.PositiveSmallIntegerField(
                        default=280, verbose_name="smallest patch of average homes"
                    ),
                ),
                (
                    "band_max",
                    models.PositiveSmallIntegerField(
                        default=300, verbose_name="largest patch of average homes"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="patches.assumptionset",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assumption_sets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-dated", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="one_default_assumption_set",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_archived", True), ("is_default", True), _negated=True
                        ),
                        name="default_assumption_set_is_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("band_max__gte", models.F("band_min")), ("band_min__gt", 0)
                        ),
                        name="assumption_band_is_a_range",
                        violation_error_message="Give both ends of the band, the smaller one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("leave_days__gte", 0),
                            ("other_percent__gte", 0),
                            ("other_percent__lt", 100),
                            ("prior_years__gt", 0),
                            ("sickness_days__gte", 0),
                            ("training_days__gte", 0),
                            ("weekly_hours__gt", 0),
                        ),
                        name="assumption_capacity_makes_sense",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "leave_days__lt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(260),
                                        "-",
                                        models.F("sickness_days"),
                                    ),
                                    "-",
                                    models.F("training_days"),
                                ),
                            )
                        ),
                        name="assumption_days_are_left_to_work",
                        violation_error_message="No working days are left in the year.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BarrierSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("lines", models.JSONField(default=list)),
                ("bridges", models.JSONField(blank=True, default=list)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("is_archived", models.BooleanField(default=False)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barrier_sets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DesignAlternative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("as_now", "As now"),
                            ("fewest_moved", "Fewest households moved"),
                            ("most_compact", "Most compact"),
                            ("best_balance", "Best balance"),
                            ("weighted", "By your weights"),
                            ("by_hand", "Adjusted by hand"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("tolerance", models.DecimalField(decimal_places=1, max_digits=4)),
                ("measures", models.JSONField(default=dict)),
                (
                    "score",
                    models.FloatField(
                        blank=True,
                        help_text="By the design's weights; the lowest is best.",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="patches.designalternative",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_alternatives",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["design", "number"],
            },
        ),
        migrations.CreateModel(
            name="DesignEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("moves", models.JSONField()),
                ("summary", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("is_undone", models.BooleanField(default=False)),
                (
                    "token",
                    models.UUIDField(
                        help_text="Given by the form, so that a double click moves once.",
                        unique=True,
                    ),
                ),
                (
                    "alternative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="patches.designalternative",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_edits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["alternative", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alternative", "number"), name="edit_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignPatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("home_count", models.PositiveIntegerField()),
                (
                    "moved_count",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Its homes that are in another patch, or none, now.",
                    ),
                ),
                ("hours", models.FloatField()),
                ("deviation", models.FloatField()),
                ("is_whole", models.BooleanField(default=True)),
                ("is_kept", models.BooleanField(default=False)),
                (
                    "walk_metres",
                    models.FloatField(help_text="Mean distance to the middle."),
                ),
                (
                    "walk_spread",
                    models.FloatField(
                        default=0,
                        help_text="How far nine of ten homes are from the middle, metres.",
                    ),
                ),
                ("middle", models.CharField(blank=True, max_length=200)),
                ("why_outside", models.TextField(blank=True)),
                ("band_min", models.PositiveSmallIntegerField()),
                ("band_max", models.PositiveSmallIntegerField()),
                (
                    "band_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why the band is not what its work gives; empty when it is.",
                        max_length=200,
                    ),
                ),
                (
                    "alternative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patches",
                        to="patches.designalternative",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patches",
                        to="patches.designarea",
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_patches",
                        to="patches.patch",
                    ),
                ),
                (
                    "ward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_patches",
                        to="patches.ward",
                    ),
                ),
            ],
            options={
                "ordering": ["alternative", "area__number", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alternative", "code"),
                        name="code_once_in_an_alternative",
                    ),
                    models.UniqueConstraint(
                        fields=("alternative", "area", "number"),
                        name="patch_number_once_in_an_alternative",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("continues__isnull", False)),
                        fields=("alternative", "continues"),
                        name="patch_continued_once_in_an_alternative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("band_max__gte", models.F("band_min")), ("band_min__gt", 0)
                        ),
                        name="design_patch_band_is_a_range",
                        violation_error_message="Give both ends of the band, the smaller one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="design_patch_has_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("home_count", models.PositiveIntegerField()),
                ("hours", models.FloatField()),
                ("easting", models.FloatField()),
                ("northing", models.FloatField()),
                ("is_kept", models.BooleanField(default=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="patches.designarea",
                    ),
                ),
            ],
            options={
                "ordering": ["area", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "number"), name="unit_number_once_in_an_area"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignPlacement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "alternative",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="patches.designalternative",
                    ),
                ),
                (
                    "patch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="patches.designpatch",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="patches.designunit",
                    ),
                ),
            ],
            options={
                "ordering": ["alternative", "unit"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alternative", "unit"),
                        name="unit_once_in_an_alternative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PatchBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "band_min",
                    models.PositiveSmallIntegerField(verbose_name="smallest (homes)"),
                ),
                (
                    "band_max",
                    models.PositiveSmallIntegerField(verbose_name="largest (homes)"),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "patch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bands",
                        to="patches.patch",
                    ),
                ),
            ],
            options={
                "ordering": ["patch", "-starts_on"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="patches_patchband_ends_after_start",
                        violation_error_message="The last day cannot be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("band_max__gte", models.F("band_min")), ("band_min__gt", 0)
                        ),
                        name="dated_band_is_a_range",
                        violation_error_message="Give both ends of the band, the smaller one first.",
                    ),
                    housingplus.common.constraints.NoOverlap(
                        fields=("patch",),
                        name="one_band_for_a_patch_on_a_date",
                        violation_error_message="The patch has a band for part of that time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PatchDesign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="What this design is for, in a sentence or two.",
                        verbose_name="why",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "homes_on",
                    models.DateField(
                        help_text="Homes under management on this day are drawn.",
                        verbose_name="homes as of",
                    ),
                ),
                (
                    "sizing",
                    models.CharField(
                        choices=[
                            ("band", "As the band of the assumption set asks"),
                            ("present", "As many as there are now"),
                            ("patches", "A number of patches"),
                            (
                                "officers",
                                "The officers available (full-time equivalent)",
                            ),
                            ("hours", "Hours a month for each patch"),
                        ],
                        default="band",
                        max_length=8,
                    ),
                ),
                (
                    "sizing_value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True
                    ),
                ),
                (
                    "tolerance",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("2.0"),
                        help_text="Per cent a patch may differ from the mean in the best balance.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(20),
                        ],
                    ),
                ),
                (
                    "review_tolerance",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("5.0"),
                        help_text="Per cent allowed where few moves or short walks matter more.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(20),
                        ],
                    ),
                ),
                (
                    "weight_strength",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        help_text="0 counts doors, 1 the full expected work.",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "balance_weight",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "compactness_weight",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "continuity_weight",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                ("seed", models.PositiveIntegerField(default=1)),
                (
                    "token",
                    models.UUIDField(
                        help_text="Given by the form, so that a double click makes one.",
                        unique=True,
                    ),
                ),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("consult_from", models.DateField(blank=True, null=True)),
                ("consult_until", models.DateField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "starts_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="in force from"
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "superseded_on",
                    models.DateField(
                        blank=True,
                        help_text="First day on which a later design holds.",
                        null=True,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designs_approved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assumptions",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designs",
                        to="patches.assumptionset",
                    ),
                ),
                (
                    "barriers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designs",
                        to="patches.barrierset",
                    ),
                ),
                (
                    "chosen",
                    models.ForeignKey(
                        blank=True,
                        help_text="The alternative that is proposed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chosen_by_designs",
                        to="patches.designalternative",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designs_created",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designs",
                        to="jobs.job",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designs_published",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="patches.patchdesign",
                    ),
                ),
                (
                    "wards",
                    models.ManyToManyField(related_name="designs", to="patches.ward"),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="design_has_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sizing__in", ["band", "present"]),
                                ("sizing_value__isnull", True),
                            ),
                            models.Q(
                                ("sizing__in", ["patches", "officers", "hours"]),
                                ("sizing_value__gt", 0),
                                ("sizing_value__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="design_sizing_has_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight_strength__gte", 0),
                            ("weight_strength__lte", 1),
                            ("review_tolerance__gt", 0),
                            ("tolerance__gt", 0),
                        ),
                        name="design_options_make_sense",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "withdrawn"]),
                            ("chosen__isnull", False),
                            _connector="OR",
                        ),
                        name="design_goes_on_only_chosen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consult_from__isnull", True),
                                ("consult_until__isnull", True),
                            ),
                            models.Q(
                                ("consult_from__isnull", False),
                                ("consult_until__gte", models.F("consult_from")),
                                ("consult_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="design_consultation_is_a_range",
                        violation_error_message="Give both days, the first one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True),
                                ("approved_by__isnull", True),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="design_approved_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True),
                                ("published_by__isnull", True),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="design_published_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["approved", "scheduled"]), _negated=True
                            ),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="design_published_only_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "scheduled"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False),
                                ("starts_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="design_scheduled_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("superseded_by__isnull", True),
                                ("superseded_on__isnull", True),
                            ),
                            models.Q(
                                ("superseded_by__isnull", False),
                                ("superseded_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="design_superseded_on_with_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("keep", "Keep a patch as it is"),
                            ("together", "Keep homes together"),
                            ("apart", "Keep homes apart"),
                            ("not_in", "Keep homes out of a patch"),
                        ],
                        max_length=8,
                    ),
                ),
                ("homes", models.JSONField(blank=True, default=list)),
                ("other_homes", models.JSONField(blank=True, default=list)),
                (
                    "label",
                    models.CharField(
                        help_text="For example the association's name; nobody by name.",
                        max_length=120,
                    ),
                ),
                (
                    "patch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_rules",
                        to="patches.patch",
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="patches.patchdesign",
                    ),
                ),
            ],
            options={
                "ordering": ["design", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["keep", "not_in"]),
                                ("patch__isnull", False),
                            ),
                            models.Q(
                                ("kind__in", ["together", "apart"]),
                                ("patch__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="design_rule_has_its_patch",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "keep")),
                        fields=("design", "patch"),
                        name="patch_kept_once_in_a_design",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("due_on", models.DateField()),
                ("evidence", models.JSONField(blank=True, null=True)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("proposals", models.TextField(blank=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("keep", "Keep the patches as they are"),
                            (
                                "adjust",
                                "Adjust: a new design with the fewest households moved",
                            ),
                            ("redraw", "Draw the patches afresh"),
                        ],
                        max_length=6,
                    ),
                ),
                ("decision_reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_reviews_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_reviews_frozen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "design",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="patches.patchdesign",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("evidence__isnull", True),
                                ("frozen_at__isnull", True),
                                ("frozen_by__isnull", True),
                            ),
                            models.Q(
                                ("evidence__isnull", False),
                                ("frozen_at__isnull", False),
                                ("frozen_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_frozen_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_decided_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            ("frozen_at__isnull", False),
                            _connector="OR",
                        ),
                        name="review_decided_on_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "move",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_move",
                        to="patches.patchmove",
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="patches.patchdesign",
                    ),
                ),
            ],
            options={
                "ordering": ["design", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DesignHome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("hours", models.FloatField()),
                ("easting", models.FloatField(blank=True, null=True)),
                ("northing", models.FloatField(blank=True, null=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("street", models.CharField(blank=True, max_length=100)),
                ("block", models.CharField(blank=True, max_length=190)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="homes",
                        to="patches.designarea",
                    ),
                ),
                (
                    "patch",
                    models.ForeignKey(
                        blank=True,
                        help_text="The patch it was in when the design was drawn.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_homes",
                        to="patches.patch",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_homes",
                        to="patches.property",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="homes",
                        to="patches.designunit",
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="homes",
                        to="patches.patchdesign",
                    ),
                ),
            ],
            options={
                "ordering": ["design", "property"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("design", "property"), name="home_once_in_a_design"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 0)),
                        name="design_home_hours_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="patches.patchdesign",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DesignComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "comes_from",
                    models.CharField(
                        choices=[
                            ("staff", "A member of staff"),
                            ("councillor", "A councillor"),
                            ("tara", "A tenants’ and residents’ association"),
                        ],
                        default="staff",
                        max_length=10,
                    ),
                ),
                ("speaker", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField()),
                ("token", models.UUIDField(unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_comments_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patch",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty when it is about the whole design.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="patches.designpatch",
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="patches.patchdesign",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="design_comment_has_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comes_from", "staff"),
                            models.Q(("speaker", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="design_comment_has_speaker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("answer", ""),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="design_comment_answered_at_with_by",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="designarea",
            name="design",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="areas",
                to="patches.patchdesign",
            ),
        ),
        migrations.AddField(
            model_name="designalternative",
            name="design",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alternatives",
                to="patches.patchdesign",
            ),
        ),
        migrations.CreateModel(
            name="PatchSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("home_count", models.PositiveIntegerField()),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="patches.patchdesign",
                    ),
                ),
                (
                    "from_patch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="patches.patch",
                    ),
                ),
                (
                    "to_patch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="patches.patch",
                    ),
                ),
            ],
            options={
                "ordering": ["design", "from_patch__code", "-home_count"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("design", "from_patch", "to_patch"),
                        name="succession_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("from_patch__isnull", True)),
                        fields=("design", "to_patch"),
                        name="succession_once_from_no_patch",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_patch__isnull", True)),
                        fields=("design", "from_patch"),
                        name="succession_once_to_no_patch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_patch__isnull", False),
                            ("to_patch__isnull", False),
                            _connector="OR",
                        ),
                        name="succession_has_a_patch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("home_count__gt", 0)),
                        name="succession_has_homes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedPatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("opened", "New"),
                            ("kept", "Goes on"),
                            ("closed", "Ends"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_patches",
                        to="patches.patchdesign",
                    ),
                ),
                (
                    "design_patch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published",
                        to="patches.designpatch",
                    ),
                ),
                (
                    "patch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_by",
                        to="patches.patch",
                    ),
                ),
            ],
            options={
                "ordering": ["design", "patch__code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("design", "patch"), name="patch_once_in_a_publication"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("change", "closed"), ("design_patch__isnull", True)
                            ),
                            models.Q(
                                ("change__in", ["opened", "kept"]),
                                ("design_patch__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="published_patch_was_drawn_or_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("home", "Each home"),
                            ("block", "Each block"),
                            ("patch", "Each patch"),
                        ],
                        default="home",
                        max_length=5,
                        verbose_name="counted by",
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("reactive", "Reactive: it comes when it comes"),
                            ("proactive", "Proactive: planned, so many a year"),
                        ],
                        default="reactive",
                        max_length=9,
                    ),
                ),
                (
                    "officer_minutes",
                    models.PositiveIntegerField(
                        help_text="Of the patch officer, for each."
                    ),
                ),
                (
                    "back_office_minutes",
                    models.PositiveIntegerField(
                        default=0, help_text="Of the back office, for each."
                    ),
                ),
                (
                    "per_year",
                    models.DecimalField(
                        decimal_places=3,
                        help_text="Expected where nothing is recorded.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="times a year",
                    ),
                ),
                (
                    "assumptions",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="patches.assumptionset",
                    ),
                ),
            ],
            options={
                "ordering": ["work_type__order", "work_type__name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("per_year__gte", 0)),
                        name="work_rate_is_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "property_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("house", "House"),
                            ("bungalow", "Bungalow"),
                            ("flat", "Flat"),
                            ("maisonette", "Maisonette"),
                            ("bedsit", "Bedsit"),
                            ("sheltered", "Sheltered home"),
                            ("other", "Other"),
                        ],
                        help_text="Empty for every type.",
                        max_length=12,
                    ),
                ),
                (
                    "per_year",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="times a year",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for every area.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_rates",
                        to="patches.housingarea",
                    ),
                ),
                (
                    "rate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="area_rates",
                        to="patches.workrate",
                    ),
                ),
            ],
            options={
                "ordering": ["rate", "area__name", "property_type"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", False)),
                        fields=("rate", "area", "property_type"),
                        name="area_rate_once_in_an_area",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", True)),
                        fields=("rate", "property_type"),
                        name="area_rate_once_for_a_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area__isnull", False),
                            models.Q(("property_type", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="area_rate_is_for_something",
                        violation_error_message="Choose an area, a type of home, or both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_year__gte", 0)),
                        name="area_rate_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "service",
                    models.CharField(
                        blank=True,
                        help_text="Who does the back-office part: Income, Repairs, Community safety.",
                        max_length=60,
                        verbose_name="back-office service",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["order", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="work_type_has_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("count", models.PositiveIntegerField()),
                (
                    "property",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_records",
                        to="patches.property",
                    ),
                ),
                (
                    "work_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="patches.worktype",
                    ),
                ),
            ],
            options={
                "ordering": ["property", "work_type", "starts_on"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="patches_workrecord_ends_after_start",
                        violation_error_message="The last day cannot be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", False)),
                        name="work_record_has_last_day",
                    ),
                    housingplus.common.constraints.NoOverlap(
                        fields=("property", "work_type"),
                        name="work_of_a_home_counted_once",
                        violation_error_message="This work of the home is counted already for part of that time.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="workrate",
            name="work_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rates",
                to="patches.worktype",
            ),
        ),
        migrations.CreateModel(
            name="DesignPatchWork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("per_year", models.FloatField()),
                ("officer_hours", models.FloatField()),
                ("back_office_hours", models.FloatField(default=0)),
                (
                    "patch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work",
                        to="patches.designpatch",
                    ),
                ),
                (
                    "work_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="design_work",
                        to="patches.worktype",
                    ),
                ),
            ],
            options={
                "ordering": ["patch", "work_type__order", "work_type__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("patch", "work_type"),
                        name="work_type_once_in_a_design_patch",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="designarea",
            constraint=models.UniqueConstraint(
                fields=("design", "number"), name="area_number_once_in_a_design"
            ),
        ),
        migrations.AddConstraint(
            model_name="designalternative",
            constraint=models.UniqueConstraint(
                fields=("design", "number"), name="alternative_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="workrate",
            constraint=models.UniqueConstraint(
                fields=("assumptions", "work_type"), name="work_type_once_in_a_set"
            ),
        ),
    ]
