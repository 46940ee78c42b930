"""Words that a search takes as they stand, not with the other words of their stem, as the curators keep them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.arabic.analysis import SURFACE
from articles.arabic.characters import ALEF, LAM
from articles.arabic.tokenization import words
from articles.models.source import name_key

ARTICLE = ALEF + LAM
MOST_WORDS = 2000  # kept at a time: every process that searches holds them all


def validate_word(text: str) -> None:
    """One word, in letters that words are searched by, and not the article alone."""
    if len(words(text)) != 1:
        raise ValidationError(_("اكتب كلمة واحدة لا غير."))
    if SURFACE(text) == ARTICLE:
        raise ValidationError(_("أداة التعريف وحدها ليست كلمة تُبحث."))


class WordKind(models.TextChoices):
    """What may cling to a word that is looked for as it stands."""

    NAME = "name", _("اسم علم")
    WORD = "word", _("كلمة")


class StemExceptionQuerySet(models.QuerySet["StemException"]):
    def active(self) -> "StemExceptionQuerySet":
        """Words that searches keep."""
        return self.filter(is_active=True)

    def change(self, **values: Any) -> int:
        """Update every row of the set, so that the next search of every process sees it; the number of rows."""
        return self.update(**values, updated_at=timezone.now())


class StemException(models.Model):
    """A word that is not searched by its stem. `key` holds all its spellings to be one."""

    word = models.CharField(
        _("الكلمة"),
        max_length=100,
        validators=[validate_word],
        help_text=_("كما تُكتب في الصحف، وبالألف واللام إن كانت منها: «الحياة» الصحيفة غير «حياة»."),
    )
    key = models.CharField(_("مفتاح الكلمة"), max_length=100, unique=True, editable=False)
    kind = models.CharField(
        _("النوع"),
        max_length=10,
        choices=WordKind,
        default=WordKind.NAME,
        help_text=_(
            "«اسم علم»: قد تسبقه الواو والفاء والباء واللام والكاف، ولا يلحقه شيء. "
            "«كلمة»: قد تدخل عليها الألف واللام أيضاً، وقد يلحقها ضمير."
        ),
    )
    is_apart = models.BooleanField(
        _("ولا تُوجد بغيرها"),
        default=False,
        help_text=_("من بحث عن كلمة أخرى من جذعها لا يجدها. بغير هذا يجدها، ولا تجد هي غيرها."),
    )
    is_active = models.BooleanField(
        _("مفعّلة"), default=True, help_text=_("تدخل في البحث وتخرج منه حالاً، دون إعادة فهرسة.")
    )
    note = models.TextField(_("ملاحظة"), blank=True)
    created_at = models.DateTimeField(_("أضيفت في"), auto_now_add=True)
    updated_at = models.DateTimeField(_("عُدّلت في"), auto_now=True, db_index=True)

    objects = StemExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("كلمة لا تُجمع بغيرها")
        verbose_name_plural = _("كلمات تُبحث كما هي")
        ordering = ["word", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="stem_exception_has_a_word")]

    def __str__(self) -> str:
        return self.word

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.word = " ".join(self.word.split())
        self.key = name_key(" ".join(words(self.word)))[:100]
        super().save(*args, **kwargs)
