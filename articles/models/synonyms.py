"""Other names: terms that a search takes for one another, as the curators of the archive keep them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.arabic.tokenization import words
from articles.models.source import name_key

MAX_TERMS = 13  # a term and the twelve other names that one search adds to it
MAX_WORDS = 20  # of a term


def term_key(text: str) -> str:
    """One key for every spelling of a term; empty where there is no word in it.

    >>> term_key("«الدولة   الإسلاميّة»") == term_key("الدوله الاسلامية")
    True
    """
    return name_key(" ".join(words(text)))


def validate_term(text: str) -> None:
    """A term has a word to look for, and not a sentence."""
    count = len(words(text))
    if not count:
        raise ValidationError(_("اكتب كلمة واحدة على الأقل."))
    if count > MAX_WORDS:
        raise ValidationError(_("لا يزيد الاسم على %(limit)s كلمة."), params={"limit": MAX_WORDS})


class Kind(models.TextChoices):
    """What the terms of a group are to each other, and how they are recognised in a query."""

    NAME = "name", _("اسم واحد بصور")
    WORDS = "words", _("مترادفات")
    ONE_WAY = "one_way", _("باتجاه واحد")


class SynonymGroupQuerySet(models.QuerySet["SynonymGroup"]):
    def active(self) -> "SynonymGroupQuerySet":
        """Groups that searches use."""
        return self.filter(is_active=True)

    def change(self, **values: Any) -> int:
        """Update every row of the set, so that the next search of every process sees it; the number of rows."""
        return self.update(**values, updated_at=timezone.now())


class SynonymGroup(models.Model):
    """Terms that mean one thing.

    A group of the shipped set knows its row by `shipped_key`; while it still reads as the line it was made from,
    `shipped_as`, nobody has edited it and a newer set may replace its terms.
    """

    label = models.CharField(_("العنوان"), max_length=200, help_text=_("للمحررين. لا يُبحث عنه."))
    kind = models.CharField(
        _("النوع"),
        max_length=10,
        choices=Kind,
        default=Kind.NAME,
        help_text=_(
            "«اسم واحد بصور»: أسماء لمسمى واحد، تُعرف كما كُتبت. "
            "«مترادفات»: كلمات بمعنى واحد، تُعرف بكل أشكالها. "
            "«باتجاه واحد»: من بحث عن المنطلق بُحث له عن البقية، ولا يُعكس."
        ),
    )
    is_active = models.BooleanField(
        _("مفعّلة"), default=True, help_text=_("تدخل في البحث وتخرج منه حالاً، دون إعادة فهرسة.")
    )
    note = models.TextField(_("ملاحظة"), blank=True)
    shipped_key = models.CharField(_("مفتاح القائمة المرفقة"), max_length=200, blank=True, editable=False)
    shipped_as = models.TextField(_("سطر القائمة المرفقة"), blank=True, editable=False)
    created_at = models.DateTimeField(_("أضيفت في"), auto_now_add=True)
    updated_at = models.DateTimeField(_("عُدّلت في"), auto_now=True, db_index=True)

    objects = SynonymGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("مجموعة أسماء")
        verbose_name_plural = _("الأسماء الأخرى")
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(label=""), name="synonym_group_has_a_label"),
            models.UniqueConstraint(
                fields=["shipped_key"], condition=~models.Q(shipped_key=""), name="synonym_group_shipped_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SynonymTerm(models.Model):
    """One term of a group, in the group's order. In a one-way group the `is_source` terms lead to the others."""

    group = models.ForeignKey(
        SynonymGroup, verbose_name=_("المجموعة"), on_delete=models.CASCADE, related_name="terms"
    )
    text = models.CharField(_("الاسم"), max_length=200, validators=[validate_term])
    key = models.CharField(_("مفتاح الاسم"), max_length=200, editable=False, db_index=True)
    order = models.PositiveSmallIntegerField(_("الترتيب"), default=0)
    is_source = models.BooleanField(_("منطلق"), default=False, help_text=_("في المجموعات باتجاه واحد."))

    class Meta:
        verbose_name = _("اسم")
        verbose_name_plural = _("الأسماء")
        ordering = ["group", "order", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="synonym_term_has_a_word")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = " ".join(self.text.split())
        self.key = term_key(self.text)[:200]
        super().save(*args, **kwargs)
        self._touch_group()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self._touch_group()
        return deleted

    def _touch_group(self) -> None:
        """A changed term is a change of its group, by which searches notice it."""
        SynonymGroup.objects.filter(pk=self.group_id).change()
