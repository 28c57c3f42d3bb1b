from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("officers", "0002_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_staff", False),
                    ("is_superuser", False),
                )
                | models.Q(("role", "administrator")),
                name="django_admin_for_administrators_only",
                violation_error_message="Only administrators use Django admin.",
            ),
        ),
    ]
