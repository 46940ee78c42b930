"""Where articles were published: a newspaper, an agency, a site."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.arabic.normalization import normalize


def name_key(name: str) -> str:
    """One key for every spelling of a name that Arabic writers treat as the same.

    >>> name_key("صحيفة  الأفق") == name_key("صحيفه الافق")
    True
    """
    return " ".join(normalize(word) for word in name.split())


class SourceQuerySet(models.QuerySet["Source"]):
    def named(self, name: str) -> "Source":
        """The source of this name in any spelling, made when the archive does not know it yet."""
        key = name_key(name)[:200]
        source, _made = self.get_or_create(name_key=key, defaults={"name": name.strip()[:200]})
        return source


class Source(models.Model):
    """An outlet. `name_key` holds «الأفق» and «الافق» to be one; `slug` is its address."""

    name = models.CharField(_("الاسم"), max_length=200)
    name_key = models.CharField(_("مفتاح الاسم"), max_length=200, unique=True, editable=False)
    slug = models.SlugField(_("العنوان المختصر"), max_length=200, unique=True, allow_unicode=True, blank=True)
    country = models.CharField(_("البلد"), max_length=100, blank=True)
    homepage = models.URLField(_("الموقع"), blank=True)
    notes = models.TextField(_("ملاحظات"), blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("مصدر")
        verbose_name_plural = _("المصادر")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="source_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)[:200]
        self.slug = self.slug or free_slug(self.name, Source)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:source", args=[self.slug])


def free_slug(name: str, model: type[models.Model]) -> str:
    """A slug for `name` that no row of `model` has: «الأفق», then «الأفق-2»."""
    stem = slugify(name, allow_unicode=True)[:180] or "x"
    slug, number = stem, 1
    while model._default_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
