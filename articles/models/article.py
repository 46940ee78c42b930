"""The work: one article as readers find, read and cite it. The evidence for it is in its captures."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.collection import Collection
from articles.models.evidence import ConfidenceField, CorrectedField
from articles.models.index_removal import IndexRemoval
from articles.models.many_keys import KeyLookedAt
from articles.models.source import Source
from articles.models.tag import Tag

# Crockford's base 32: no i, l, o or u, so that an address can be read out on the telephone.
PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


def new_public_id() -> str:
    """Ten random characters, 50 bits; the database's unique constraint has the last word."""
    return "".join(PUBLIC_ID_ALPHABET[byte % 32] for byte in secrets.token_bytes(PUBLIC_ID_LENGTH))


class Status(models.TextChoices):
    DRAFT = "draft", _("مسودة")
    IN_REVIEW = "in_review", _("قيد المراجعة")
    PUBLISHED = "published", _("منشور")
    WITHDRAWN = "withdrawn", _("محجوب")


NOT_PUBLISHED = tuple(status for status in Status if status != Status.PUBLISHED)


class Precision(models.TextChoices):
    """How much of `published_on` is known; the unknown rest of the date is written as 1."""

    DAY = "day", _("اليوم")
    MONTH = "month", _("الشهر")
    YEAR = "year", _("السنة")
    UNKNOWN = "unknown", _("غير معروف")


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible(self) -> "ArticleQuerySet":
        """Articles that anyone may read; everything outside the admin begins with this.

        Those under an embargo are told apart by their keys, which an index of their own holds: asked of each row, the
        date of its embargo would cost every count of published articles a look at the table.
        """
        return self.filter(status=Status.PUBLISHED)._without_embargoed()

    def visible_among(self, keys: Iterable[int]) -> "ArticleQuerySet":
        """The articles of these keys that anyone may read, in no order.

        Said as «none of the other statuses»: told «published», SQLite would walk the index of all published articles
        to find a page of them.
        """
        return self.filter(pk__in=keys).exclude(status__in=NOT_PUBLISHED)._without_embargoed().order_by()

    def _without_embargoed(self) -> "ArticleQuerySet":
        return self.exclude(pk__in=Article.objects.embargoed().values("pk"))

    def embargoed(self) -> "ArticleQuerySet":
        """Articles that nobody outside the desk may read before a day to come."""
        return self.filter(embargoed_until__gt=timezone.localdate())

    def not_visible(self) -> "ArticleQuerySet":
        """Articles that only the admin shows."""
        return self.filter(~Q(status=Status.PUBLISHED) | Q(embargoed_until__gt=timezone.localdate()))

    def needing_index(self) -> "ArticleQuerySet":
        """Articles changed since the search index last saw them."""
        return self.filter(stale_since__isnull=False)

    def visible_needing_index(self) -> "ArticleQuerySet":
        """Articles that anyone may read and that the index has not seen as they are now.

        Said as «none of the other statuses»: told «published», SQLite would walk the index of all published articles
        instead of the small one of those that wait.
        """
        return self.needing_index().exclude(status__in=NOT_PUBLISHED)._without_embargoed()

    def published_between(self, start: date, end: date) -> "ArticleQuerySet":
        """Articles dated from `start` to `end`, both days included; an unknown date is in no range."""
        return self.filter(published_on__gte=start, published_on__lte=end)

    def among(self, keys: "models.QuerySet[Any, Any]") -> "ArticleQuerySet":
        """Articles whose keys a subquery gives, which may be most of the archive."""
        return self.alias(key_looked_at=KeyLookedAt()).filter(key_looked_at__in=keys)

    def newest_first(self) -> "ArticleQuerySet":
        """By date of publication, undated articles last, always in the same order."""
        return self.order_by(models.F("published_on").desc(nulls_last=True), "-pk")

    def change(self, **values: Any) -> int:
        """Update every row of the set and mark it for indexing; the number of rows."""
        return self.update(**values, stale_since=timezone.now(), updated_at=timezone.now())

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows and leave word for the search index, in one transaction."""
        for keys in _chunks(self.order_by().values_list("pk", flat=True)):
            IndexRemoval.objects.bulk_create([IndexRemoval(article_key=key) for key in keys])
            _release_from_stories(keys)
        return super().delete()


def _chunks(keys: models.QuerySet[Any, int], size: int = 2000) -> Any:
    chunk: list[int] = []
    for key in keys.iterator(chunk_size=size):
        chunk.append(key)
        if len(chunk) == size:
            yield chunk
            chunk = []
    yield chunk


def _release_from_stories(keys: list[int]) -> None:
    """A story outlives its lead; stories know articles, so they are asked for by name."""
    apps.get_model("articles", "Story").objects.release(keys)


class Article(models.Model):
    """One article.

    `published_on` is a date, never a moment: a newspaper has no time zone. `evidence` says for each field
    where its value came from: {"author": {"place": "dateline", "text": "(ديما)"}}, with a "confidence" below 1 where
    that is not certain; `confidence` is the lowest of them and `corrected` the number of fields that a curator gave,
    both empty where there is none (models/evidence.py keeps them). `stale_since` is the moment of the last change that
    the search index has not seen; it is None when the index is up to date.
    """

    public_id = models.CharField(
        _("المعرّف"), max_length=16, unique=True, default=new_public_id, editable=False
    )
    title = models.CharField(_("العنوان"), max_length=500)
    title_is_derived = models.BooleanField(
        _("عنوان مستخرج"), default=False, help_text=_("لم تحمل الصفحة عنواناً، فأُخذ من أول جملة في النص.")
    )
    body = models.TextField(_("المتن"), blank=True)
    author = models.CharField(_("الكاتب"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source,
        verbose_name=_("المصدر"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    section = models.CharField(_("القسم"), max_length=100, blank=True)
    language = models.CharField(_("اللغة"), max_length=12, default="ar")
    dateline = models.CharField(_("سطر المكان والتاريخ"), max_length=500, blank=True)
    city = models.CharField(_("المدينة"), max_length=100, blank=True)
    country = models.CharField(_("البلد"), max_length=100, blank=True)
    published_on = models.DateField(_("تاريخ النشر"), null=True, blank=True)
    published_precision = models.CharField(
        _("دقة التاريخ"), max_length=8, choices=Precision, default=Precision.UNKNOWN
    )
    status = models.CharField(_("الحالة"), max_length=10, choices=Status, default=Status.DRAFT)
    embargoed_until = models.DateField(
        _("لا يُقرأ قبل"),
        null=True,
        blank=True,
        help_text=_("يبقى المقال المنشور مستوراً عن القراء حتى هذا اليوم، ثم يظهر من نفسه."),
    )
    collections = models.ManyToManyField(
        Collection, verbose_name=_("المجموعات"), blank=True, related_name="articles"
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("الوسوم"), blank=True, related_name="articles")
    url = models.TextField(_("الرابط الأصلي"), blank=True)
    url_digest = models.CharField(_("بصمة الرابط"), max_length=64, blank=True, editable=False)
    external_id = models.CharField(
        _("رقم السجل الأصلي"), max_length=200, blank=True, help_text=_("المعرّف الذي جاء مع السجل المستورد.")
    )
    text_digest = models.CharField(_("بصمة النص"), max_length=64, blank=True, editable=False)
    related_links = models.JSONField(_("روابط ذات صلة"), default=list, blank=True)
    evidence = models.JSONField(_("أدلة الحقول"), default=dict, blank=True)
    confidence = ConfidenceField(_("أقل ثقة"), null=True, blank=True, editable=False)
    corrected = CorrectedField(_("حقول صححها محرر"), null=True, blank=True, editable=False)
    stale_since = models.DateTimeField(
        _("ينتظر الفهرسة منذ"), null=True, blank=True, default=timezone.now, editable=False
    )
    created_at = models.DateTimeField(_("أضيف في"), auto_now_add=True)
    updated_at = models.DateTimeField(_("عُدّل في"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("مقال")
        verbose_name_plural = _("المقالات")
        ordering = ["-published_on", "-pk"]
        permissions = [
            ("publish_article", _("نشر المقالات وحجبها")),
            ("take_down_article", _("حجب المقالات بطلب ورفع الحجب")),
        ]
        indexes = [
            models.Index(fields=["status", "-published_on", "-id"], name="article_by_date"),
            models.Index(fields=["source", "status", "-published_on"], name="article_by_source"),
            models.Index(fields=["-published_on", "-id"], name="article_in_time"),
            models.Index(fields=["language", "-published_on", "-id"], name="article_by_language"),
            models.Index(
                fields=["-published_on", "-id"], name="article_without_author", condition=Q(author="")
            ),
            models.Index(
                fields=["-published_on", "-id"],
                name="article_title_derived",
                condition=Q(title_is_derived=True),
            ),
            models.Index(
                fields=["-published_on", "-id"],
                name="article_corrected",
                condition=Q(corrected__isnull=False),
            ),
            models.Index(
                fields=["confidence", "-published_on", "-id"],
                name="article_in_doubt",
                condition=Q(confidence__isnull=False),
            ),
            models.Index(fields=["title"], name="article_by_title"),
            models.Index(fields=["text_digest"], name="article_by_text"),
            models.Index(fields=["external_id"], name="article_by_record", condition=~Q(external_id="")),
            models.Index(fields=["id"], name="article_stale", condition=Q(stale_since__isnull=False)),
            models.Index(fields=["updated_at"], name="article_by_change"),
            models.Index(fields=["-id"], name="article_undated", condition=Q(published_on__isnull=True)),
            models.Index(
                fields=["embargoed_until"],
                name="article_embargoed",
                condition=Q(embargoed_until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="article_has_a_title"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_precision=Precision.UNKNOWN)
                | Q(
                    published_on__isnull=False,
                    published_precision__in=[Precision.DAY, Precision.MONTH, Precision.YEAR],
                ),
                name="article_date_has_a_precision",
                violation_error_message=_(
                    "لكل تاريخ دقة (يوم أو شهر أو سنة)، والتاريخ الخالي دقته «غير معروف»."
                ),
            ),
            models.UniqueConstraint(
                fields=["url_digest"], condition=~Q(url_digest=""), name="article_one_per_address"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.public_id])

    @property
    def date_is_from_crawl(self) -> bool:
        """Whether the date is the day on which a crawler met the article, for want of a better one."""
        return self.evidence.get("published_on", {}).get("place") == "crawl"

    @property
    def is_embargoed(self) -> bool:
        return self.embargoed_until is not None and self.embargoed_until > timezone.localdate()

    def clean(self) -> None:
        """Raise ValidationError where the unknown part of a date is not written as 1."""
        day = self.published_on
        if day and self.published_precision == Precision.YEAR and (day.month, day.day) != (1, 1):
            raise ValidationError({"published_on": _("تاريخ دقته السنة يُكتب في الأول من يناير.")})
        if day and self.published_precision == Precision.MONTH and day.day != 1:
            raise ValidationError({"published_on": _("تاريخ دقته الشهر يُكتب في أول يوم من الشهر.")})

    def touch(self) -> None:
        """Mark as changed since the search index saw it; the caller saves."""
        self.stale_since = timezone.now()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        IndexRemoval.objects.create(article_key=self.pk)
        _release_from_stories([self.pk])
        return super().delete(*args, **kwargs)
