"""One piece of news that several outlets carried: copies of one text, found by their words, confirmed by a curator."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class StoryState(models.TextChoices):
    FOUND = "found", _("وُجدت آلياً")
    CONFIRMED = "confirmed", _("أقرّها محرر")


class StoryQuerySet(models.QuerySet["Story"]):
    def reviewable(self) -> "StoryQuerySet":
        """Stories in which something waits for a curator: the whole of it, or a copy found since."""
        unseen = StoryMember.objects.filter(is_reviewed=False).values("story")
        return self.filter(Q(state=StoryState.FOUND) | Q(pk__in=unseen))

    @transaction.atomic
    def release(self, keys: Sequence[int]) -> None:
        """Take the articles of these keys, which are about to be deleted, from their stories.

        A story that loses its lead has its longest copy for lead from now on; a story of one is no story.
        """
        touched = list(
            StoryMember.objects.filter(article__in=keys).values_list("story", flat=True).distinct()
        )
        if not touched:
            return
        StoryMember.objects.filter(article__in=keys).delete()
        for story in self.filter(pk__in=touched, lead__in=keys):
            if longest := story.members.order_by("-words", "article").first():
                self.filter(pk=story.pk).update(lead=longest.article_id)
                mark_for_index([longest.article_id])
        self.filter(pk__in=touched).dissolve_small()

    def dissolve_small(self) -> int:
        """Delete those of the set that have less than two copies; their number."""
        small = list(self.annotate(count=Count("members")).filter(count__lt=2).values_list("pk", flat=True))
        mark_for_index(StoryMember.objects.filter(story__in=small).values_list("article", flat=True))
        self.model.objects.filter(pk__in=small).delete()
        return len(small)


def mark_for_index(keys: Sequence[int] | models.QuerySet[Any, int]) -> None:
    """Mark articles whose story changed for the search index; the articles themselves did not change."""
    Article.objects.filter(pk__in=keys).update(stale_since=timezone.now())


class Story(models.Model):
    """Articles that are copies of one text. The lead is the longest of them unless a curator chose another.

    The lead is among the members. What a search for copies found is made anew by the next one; a confirmed story
    keeps its lead and the copies that were reviewed, and copies found since wait in it for review.
    """

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

    objects = StoryQuerySet.as_manager()

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

    `similarity` is the share of the lead's and the copy's words in common runs, 1 for the same folded text. `words` is
    the length of the copy's title and body. `is_reviewed` says that a curator confirmed it.
    """

    story = models.ForeignKey(
        Story, verbose_name=_("الخبر"), on_delete=models.CASCADE, related_name="members"
    )
    article = models.OneToOneField(
        Article, verbose_name=_("المقال"), on_delete=models.CASCADE, related_name="story_member"
    )
    similarity = models.FloatField(_("التشابه"), default=1)
    words = models.PositiveIntegerField(_("عدد الكلمات"), default=0)
    is_reviewed = models.BooleanField(_("روجعت"), default=False)

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
