"""Database rules that Django's own constraints cannot say on both databases.

PostgreSQL keeps them as constraints of the table. SQLite has none of the kind, so
they are triggers, which vanish whenever Django rebuilds a table: `post_migrate`
puts them back (see `apps.py`) and a system check says which are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.db.models.constraints import BaseConstraint


class NoOverlap(BaseConstraint):
    """No two rows with the same `fields` are in force on the same day.

    For models derived from `DatedModel`. `condition` limits the rule to rows where
    a plain field has a value, for example ``{"kind": "lead"}``. Rows where one of
    `fields` is NULL are not compared.
    """

    def __init__(
        self,
        *,
        fields: list[str] | tuple[str, ...],
        name: str,
        condition: dict[str, str] | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields = tuple(fields)
        self.condition = dict(condition or {})

    def constraint_sql(  # type: ignore[override] # None: the triggers say it
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str | None:
        assert model is not None and schema_editor is not None
        if schema_editor.connection.vendor != "postgresql":
            return None
        quote = schema_editor.quote_name
        parts = [f"{quote(column)} WITH =" for column in self._columns(model)]
        parts.append("daterange(starts_on, ends_on, '[]') WITH &&")
        where = " AND ".join(
            f"{quote(_column(model, name))} = '{value}'"
            for name, value in self.condition.items()
        )
        return (
            f"CONSTRAINT {quote(self.name)} EXCLUDE USING gist ({', '.join(parts)})"
            + (f" WHERE ({where})" if where else "")
        )

    def create_sql(
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str:
        assert model is not None and schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str:
        assert model is not None and schema_editor is not None
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {quote(self.name)}"

    def trigger_sql(self, model: type[models.Model]) -> dict[str, str]:
        """Return SQLite's triggers for this rule: name to CREATE statement."""
        table = model._meta.db_table
        columns = self._columns(model)
        same = " AND ".join(f'other."{column}" = NEW."{column}"' for column in columns)
        mine = [(_column(model, name), value) for name, value in self.condition.items()]
        when = " AND ".join(f"NEW.\"{column}\" = '{value}'" for column, value in mine)
        theirs = "".join(
            f" AND other.\"{column}\" = '{value}'" for column, value in mine
        )
        return {
            f"{self.name}_{event.lower()}": f'''
            CREATE TRIGGER "{self.name}_{event.lower()}"
            AFTER {event} ON "{table}" FOR EACH ROW
            {f"WHEN {when}" if when else ""}
            BEGIN
              SELECT RAISE(ABORT, '{self.name}')
              WHERE EXISTS (
                SELECT 1 FROM "{table}" AS other
                WHERE {same} AND other."id" <> NEW."id"{theirs}
                  AND other."starts_on" <= COALESCE(NEW."ends_on", '9999-12-31')
                  AND COALESCE(other."ends_on", '9999-12-31') >= NEW."starts_on"
              );
            END'''
            for event in ("INSERT", "UPDATE")
        }

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str = "default",
    ) -> None:
        if exclude and {*self.fields, *self.condition, "starts_on"} & set(exclude):
            return
        keys = {name: getattr(instance, name) for name in self.fields}
        starts_on = getattr(instance, "starts_on", None)
        ends_on = getattr(instance, "ends_on", None)
        if starts_on is None or any(value is None for value in keys.values()):
            return
        if any(getattr(instance, k) != v for k, v in self.condition.items()):
            return
        others = (
            model._default_manager.using(using)
            .filter(**keys, **self.condition)
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
            .exclude(pk=instance.pk)
        )
        if ends_on is not None:
            others = others.filter(starts_on__lte=ends_on)
        if others.exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs["fields"] = self.fields
        if self.condition:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NoOverlap):
            return NotImplemented
        return self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def _columns(self, model: type[models.Model]) -> list[str]:
        return [_column(model, name) for name in self.fields]


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field) and field.column is not None
    return field.column
