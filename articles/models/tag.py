"""Curators' own words on articles: for the desk alone, no reader sees them."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.source import name_key


class TagQuerySet(models.QuerySet["Tag"]):
    def named(self, names: Iterable[str]) -> "list[Tag]":
        """The tags of these names in any spelling, made where they are new."""
        return [
            self.get_or_create(name_key=name_key(name)[:100], defaults={"name": name.strip()[:100]})[0]
            for name in names
        ]


class Tag(models.Model):
    """One word, or a few; `name_key` holds its spellings to be one."""

    name = models.CharField(_("الوسم"), max_length=100)
    name_key = models.CharField(_("مفتاح الاسم"), max_length=100, unique=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("وسم")
        verbose_name_plural = _("الوسوم")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="tag_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)[:100]
        super().save(*args, **kwargs)
