"""Articles that belong together for a reader: a dossier, a donated folder, a teaching set."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.source import free_slug, name_key


class CollectionQuerySet(models.QuerySet["Collection"]):
    def named(self, name: str) -> "Collection":
        """The collection of this name in any spelling, made when it is new."""
        collection, _made = self.get_or_create(
            name_key=name_key(name)[:200], defaults={"name": name.strip()[:200]}
        )
        return collection


class Collection(models.Model):
    """A named set of articles; an article may be in many."""

    name = models.CharField(_("الاسم"), max_length=200)
    name_key = models.CharField(_("مفتاح الاسم"), max_length=200, unique=True, editable=False)
    slug = models.SlugField(_("العنوان المختصر"), max_length=200, unique=True, allow_unicode=True, blank=True)
    description = models.TextField(_("الوصف"), blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("مجموعة")
        verbose_name_plural = _("المجموعات")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="collection_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)[:200]
        self.slug = self.slug or free_slug(self.name, Collection)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:collection", args=[self.slug])
