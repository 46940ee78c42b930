"""One piece of news that several outlets carried: copies of one text, found by their words, confirmed by a curator."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class StoryState(models.TextChoices):
    FOUND = "found", _("وُجدت آلياً")
    CONFIRMED = "confirmed", _("أقرّها محرر")


class Story(models.Model):
    """Articles that are copies of one text. The lead is the longest of them unless a curator chose another."""

    lead = models.ForeignKey(
        Article, verbose_name=_("المقال الأول"), on_delete=models.CASCADE, related_name="leads"
    )
    state = models.CharField(_("الحالة"), max_length=10, choices=StoryState, default=StoryState.FOUND)
    found_at = models.DateTimeField(_("وُجدت في"), auto_now_add=True)
    decided_at = models.DateTimeField(_("أُقرّت في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("أقرّها"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("خبر واحد في نسخ")
        verbose_name_plural = _("الأخبار المكررة")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="story_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StoryState.values), name="story_state_known")
        ]

    def __str__(self) -> str:
        return str(self.lead)


class StoryMember(models.Model):
    """One copy; an article is in one story at most.

    `similarity` is the share of the lead's and the copy's words in common runs, 1 for the same folded text.
    """

    story = models.ForeignKey(
        Story, verbose_name=_("الخبر"), on_delete=models.CASCADE, related_name="members"
    )
    article = models.OneToOneField(
        Article, verbose_name=_("المقال"), on_delete=models.CASCADE, related_name="story_member"
    )
    similarity = models.FloatField(_("التشابه"), default=1)

    class Meta:
        verbose_name = _("نسخة من خبر")
        verbose_name_plural = _("نسخ الأخبار")
        ordering = ["story", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(similarity__gte=0, similarity__lte=1), name="story_similarity_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return str(self.article)


class NotCopies(models.Model):
    """Two articles of which a curator said that they are no copies: they are not proposed again."""

    first = models.ForeignKey(Article, verbose_name=_("المقال"), on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(
        Article, verbose_name=_("المقال الآخر"), on_delete=models.CASCADE, related_name="+"
    )
    said_at = models.DateTimeField(_("قيل في"), auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("قاله"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("مقالان ليسا نسختين")
        verbose_name_plural = _("مقالات ليست نسخاً")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_copies_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="not_copies_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
