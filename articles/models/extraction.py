"""How the pages of one source are read, as curators keep it: selectors, and lines that are no part of any article."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.importing.pages.rules import LONGEST_SELECTOR, SourceRules
from articles.models.source import Source


class ExtractionRules(models.Model):
    """A source's rules of extraction; they hold for pages captured from its hosts.

    `hosts`, `drop` and `drop_lines` have one entry a line. `articles.importing.pages.rules` says what rules mean.
    """

    source = models.OneToOneField(
        Source, verbose_name=_("المصدر"), on_delete=models.CASCADE, related_name="extraction_rules"
    )
    hosts = models.TextField(
        _("أسماء النطاقات"), blank=True, help_text=_("نطاق في كل سطر، مثل news.example.org، وتدخل فيه فروعه.")
    )
    title = models.CharField(_("محدِّد العنوان"), max_length=LONGEST_SELECTOR, blank=True)
    body = models.CharField(_("محدِّد المتن"), max_length=LONGEST_SELECTOR, blank=True)
    author = models.CharField(_("محدِّد الكاتب"), max_length=LONGEST_SELECTOR, blank=True)
    date = models.CharField(_("محدِّد التاريخ"), max_length=LONGEST_SELECTOR, blank=True)
    section = models.CharField(_("محدِّد القسم"), max_length=LONGEST_SELECTOR, blank=True)
    drop = models.TextField(_("عناصر تُحذف"), blank=True, help_text=_("محدِّد CSS في كل سطر."))
    drop_lines = models.TextField(
        _("أسطر تُحذف"), blank=True, help_text=_("سطر كما يظهر في الصفحة، بأي رسم وعلامات.")
    )
    before_metadata = models.BooleanField(
        _("تتقدم على بيانات الصفحة"),
        default=False,
        help_text=_("يُؤخذ بالمحدِّدات أولاً حيث تخطئ بيانات الصفحة نفسها."),
    )
    updated_at = models.DateTimeField(_("عُدّلت في"), auto_now=True)

    class Meta:
        verbose_name = _("قواعد استخراج")
        verbose_name_plural = _("قواعد الاستخراج")

    def __str__(self) -> str:
        return str(self.source)

    @property
    def rules(self) -> SourceRules:
        """The rules as extraction takes them."""
        return SourceRules(
            title=self.title,
            body=self.body,
            author=self.author,
            date=self.date,
            section=self.section,
            drop=lines_of(self.drop),
            drop_lines=lines_of(self.drop_lines),
            before_metadata=self.before_metadata,
        )

    def clean(self) -> None:
        """Raise ValidationError, field by field, for selectors that cannot be used."""
        problems: dict[str, Any] = dict(self.rules.problems())
        if problems:
            raise ValidationError(problems)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line for given in text.splitlines() if (line := given.strip()))


class RepeatedLineState(models.TextChoices):
    PROPOSED = "proposed", _("مقترح")
    APPROVED = "approved", _("أُقرّ حذفه")
    DISMISSED = "dismissed", _("يبقى في النص")


class RepeatedLine(models.Model):
    """A line that stands in many articles of one source, proposed to its curator as furniture.

    `key` is the line as `articles.importing.pages.lines` folds it; `articles` of the `of` articles looked at have it;
    `examples` are the public ids of a few of them.
    """

    source = models.ForeignKey(
        Source, verbose_name=_("المصدر"), on_delete=models.CASCADE, related_name="repeated_lines"
    )
    key = models.CharField(_("مفتاح السطر"), max_length=300, editable=False)
    text = models.CharField(_("السطر"), max_length=600)
    articles = models.PositiveIntegerField(_("المقالات التي تحمله"), default=0)
    of = models.PositiveIntegerField(_("من مقالات"), default=0)
    examples = models.JSONField(_("أمثلة"), default=list, blank=True, editable=False)
    state = models.CharField(
        _("الحالة"), max_length=10, choices=RepeatedLineState, default=RepeatedLineState.PROPOSED
    )
    found_at = models.DateTimeField(_("وُجد في"), auto_now_add=True)
    decided_at = models.DateTimeField(_("بُتّ فيه في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("بتّ فيه"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("سطر متكرر")
        verbose_name_plural = _("الأسطر المتكررة")
        ordering = ["-articles", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="repeated_line_once_a_source"),
            models.CheckConstraint(
                condition=models.Q(state__in=RepeatedLineState.values), name="repeated_line_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text
