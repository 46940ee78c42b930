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


class SourceKind(models.TextChoices):
    """What a source is."""

    NEWSPAPER = "newspaper", _("صحيفة")
    AGENCY = "agency", _("وكالة أنباء")
    SITE = "site", _("موقع")
    PARTY = "party", _("لسان حزب أو تنظيم")
    OTHER = "other", _("غير ذلك")


class SourceQuerySet(models.QuerySet["Source"]):
    def known_as(self, name: str) -> "Source | None":
        """The source that has this name, or goes by it, in any spelling."""
        key = name_key(name)[:200]
        return self.filter(name_key=key).first() or self.filter(names__key=key).first()

    def named(self, name: str) -> "Source":
        """The source that has this name or goes by it, made when the archive does not know it yet."""
        if known := self.known_as(name):
            return known
        key = name_key(name)[:200]
        source, _made = self.get_or_create(name_key=key, defaults={"name": name.strip()[:200]})
        return source


class Source(models.Model):
    """An outlet. `name_key` holds «الأفق» and «الافق» to be one; `slug` is its address."""

    name = models.CharField(_("الاسم"), max_length=200)
    name_key = models.CharField(_("مفتاح الاسم"), max_length=200, unique=True, editable=False)
    slug = models.SlugField(_("العنوان المختصر"), max_length=200, unique=True, allow_unicode=True, blank=True)
    kind = models.CharField(_("النوع"), max_length=10, choices=SourceKind, blank=True)
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


class SourceName(models.Model):
    """Another name by which a source goes: what is imported under it is the source's.

    `former_slug` is an address that the source had, or one that was merged into it: readers are led on from it.
    """

    source = models.ForeignKey(
        Source, verbose_name=_("المصدر"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("الاسم"), max_length=200)
    key = models.CharField(_("مفتاح الاسم"), max_length=200, unique=True, editable=False)
    former_slug = models.SlugField(
        _("عنوان سابق"), max_length=200, allow_unicode=True, blank=True, editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("اسم آخر للمصدر")
        verbose_name_plural = _("أسماؤه الأخرى")
        ordering = ["source", "name"]
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="source_name_has_a_word")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = " ".join(self.name.split())
        self.key = name_key(self.name)[:200]
        super().save(*args, **kwargs)


def free_slug(name: str, model: type[models.Model]) -> str:
    """A slug for `name` that no row of `model` has, and no source had: «الأفق», then «الأفق-2»."""
    stem = slugify(name, allow_unicode=True)[:180] or "x"
    slug, number = stem, 1
    while _is_taken(slug, model):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _is_taken(slug: str, model: type[models.Model]) -> bool:
    if model._default_manager.filter(slug=slug).exists():
        return True
    return model is Source and SourceName.objects.filter(former_slug=slug).exists()
