"""The form of a rule as it is filled in step by step: homes found, streets shown."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from housingplus.common.counting import plural
from housingplus.common.numbers import whole_number
from housingplus.govuk.forms import GovukForm
from patches.design.forms.rules import FORMS
from patches.design.models import PatchDesign, RuleKind
from patches.design.rules.ruling import check_homes_are_known
from patches.design.selectors import rules as selectors
from patches.properties.models import Block, Property
from tenants.search.selectors import find_homes as search_homes
from tenants.search.terms import parse
from tenants.taras.models import Tara
from tenants.taras.selectors import homes_of_tara

# Homes shown at once for one search.
_MOST_FOUND = 40


class RuleAnswers:
    """What was posted for a rule, and the form to show for it."""

    def __init__(self, request: HttpRequest, design: PatchDesign, kind: str) -> None:
        self.request = request
        self.posted = request.POST
        self.design = design
        self.kind: RuleKind = FORMS[kind][0]
        self.form_class = FORMS[kind][1]
        self.step = self._step()

    def _step(self) -> str:
        """Enter in any box presses the first button: with nothing to find, save."""
        step = self.posted.get("step", "")
        if step == "find" and not self.posted.get("search", "").strip():
            return ""
        return step if step in {"find", "add", "add_other", "show"} else ""

    @property
    def is_final(self) -> bool:
        return self.request.method == "POST" and not self.step

    @cached_property
    def form(self) -> GovukForm:
        """Return the form: bound when it is to be saved, else with what was typed."""
        if self.is_final:
            return self.form_class(self.posted, **self._offered())
        return self.form_class(initial=self._typed(), **self._offered())

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {
            name: self.posted.get(name, "")
            for name in ("label", "homes", "other_homes", "patch", "ward", "search")
        }
        for name in ("taras", "streets", "blocks"):
            typed[name] = self.posted.getlist(name)
        if self.step in {"add", "add_other"}:
            to = "homes" if self.step == "add" else "other_homes"
            added = [home.uprn or home.reference for home in self.ticked]
            typed[to] = "\n".join(filter(None, [typed[to].rstrip(), *added]))
            typed["search"] = ""
        elif self.step == "find":
            typed["found"] = [str(home.pk) for home in self.ticked]
        return typed

    def _offered(self) -> dict[str, Any]:
        """Return the choices of the form."""
        design = self.design
        if self.kind == RuleKind.KEEP:
            kept = design.rules.filter(kind=RuleKind.KEEP).values("patch")
            return {"patches": selectors.list_patches(design).exclude(pk__in=kept)}
        offered: dict[str, Any] = {"found": self._found()}
        if self.kind == RuleKind.NOT_IN:
            offered["patches"] = selectors.list_patches(design)
        if self.kind == RuleKind.TOGETHER:
            offered |= {
                "taras": [(tara.pk, str(tara)) for tara in self._taras()],
                "wards": design.wards.all(),
                "streets": self._streets(),
                "blocks": self._blocks(),
            }
        return offered

    @cached_property
    def ticked(self) -> list[Property]:
        """Return the homes ticked among those found."""
        asked = {pk for pk in map(whole_number, self.posted.getlist("found")) if pk}
        homes = selectors.homes_of_design(self.design).filter(pk__in=asked)
        return list(homes.in_walking_order()) if asked else []

    def _found(self) -> list[tuple[int, str]]:
        """Return homes to tick: those ticked before, and those the address finds."""
        if self.step in {"add", "add_other"}:
            return []
        homes = {home.pk: home for home in self.ticked}
        if self.step == "find":
            inside = selectors.homes_of_design(self.design).order_by().values("pk")
            query = parse(self.posted.get("search", ""))
            matching = search_homes(query, self.request.user).filter(pk__in=inside)
            homes |= {home.pk: home for home in matching[:_MOST_FOUND]}
        return [(pk, home.one_line) for pk, home in homes.items()]

    @cached_property
    def _ward_id(self) -> int | None:
        wards = list(self.design.wards.order_by().values_list("pk", flat=True)[:2])
        if len(wards) == 1:
            return wards[0]
        return whole_number(self.posted.get("ward", ""))

    def _streets(self) -> list[tuple[str, str]]:
        """Return the streets of the ward shown, and those ticked in another before."""
        shown = self.design.wards.filter(pk__in={self._ward_id, *self._ticked_wards()})
        ticked = set(self.posted.getlist("streets"))
        return [
            (f"{key[0]}:{key[1]}", f"{name} ({plural(total, 'home')})")
            for ward in shown
            for key, name, total in selectors.list_streets(self.design, ward)
            if ward.pk == self._ward_id or f"{key[0]}:{key[1]}" in ticked
        ]

    def _ticked_wards(self) -> set[int]:
        texts = self.posted.getlist("streets")
        numbers = {whole_number(text.partition(":")[0]) for text in texts}
        return {pk for pk in numbers if pk}

    def _blocks(self) -> Any:
        ticked = {pk for pk in map(whole_number, self.posted.getlist("blocks")) if pk}
        wards = self.design.wards.order_by().values("pk")
        return Block.objects.filter(
            Q(ward=self._ward_id) | Q(pk__in=ticked), ward__in=wards
        )

    def _taras(self) -> Any:
        wards = self.design.wards.order_by().values("pk")
        visible = Tara.objects.visible_to(self.request.user)
        return visible.open_on(self.design.homes_on).filter(ward__in=wards)

    @property
    def named(self) -> list[tuple[str, list[Property]]]:
        """Return the homes named so far by group, to show what the numbers mean."""
        groups = []
        for name, title in (("homes", "Homes named"), ("other_homes", "Second group")):
            if name not in self.form.fields or not (text := self.form[name].value()):
                continue
            ids = selectors.find_homes(self.design, text).ids
            homes = selectors.list_homes_of_rule(ids)[:_MOST_FOUND]
            groups.append((title, list(homes)))
        return groups

    def homes(self) -> set[int]:
        """Return every home chosen in any way; refused when one named is not known."""
        answers = self.form.cleaned_data
        chosen = self._read("homes") | {home.pk for home in self.ticked}
        if self.kind == RuleKind.TOGETHER:
            streets = [text.partition(":") for text in answers["streets"]]
            chosen |= set(
                selectors.homes_on_streets(
                    self.design, [(int(ward), key) for ward, _, key in streets]
                )
            )
            chosen |= set(selectors.homes_in_blocks(self.design, answers["blocks"]))
            chosen |= self._homes_of_taras(answers["taras"])
        return chosen

    def _homes_of_taras(self, chosen: Collection[str]) -> set[int]:
        day = self.design.homes_on
        inside = selectors.homes_of_design(self.design).order_by().values("pk")
        return {
            pk
            for tara in self._taras().filter(pk__in=chosen)
            for pk in homes_of_tara(tara, day)
            .filter(pk__in=inside)
            .values_list("pk", flat=True)
        }

    def other_homes(self) -> set[int]:
        """Return the homes of the second group, for homes kept apart."""
        return self._read("other_homes") if self.kind == RuleKind.APART else set()

    def _read(self, name: str) -> set[int]:
        found = selectors.find_homes(self.design, self.form.cleaned_data[name])
        check_homes_are_known(found, field=name)
        return set(found.ids)
