"""Articles that readers are refused on somebody's demand, and what they are told instead."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Status


class Reason(models.TextChoices):
    """Why an article was taken down, in the words that its readers are told."""

    RIGHTS = "rights", _("طلبٌ من صاحب الحقوق")
    PRIVACY = "privacy", _("حماية الخصوصية")
    SAFETY = "safety", _("سلامة أشخاص")
    COURT = "court", _("أمر قضائي أو قانوني")
    MISTAKE = "mistake", _("خطأ في الأرشفة")
    OTHER = "other", _("سبب آخر")


class TakedownQuerySet(models.QuerySet["Takedown"]):
    def standing(self) -> "TakedownQuerySet":
        """Those that have not been lifted; an article has one at most."""
        return self.filter(lifted_at__isnull=True)


class Takedown(models.Model):
    """One taking down of an article, and its lifting.

    Readers are told the reason, `public_sentence` and the day. `requester` and `note` never leave the desk.
    `is_legal` says that the law demanded it: the address answers 451 instead of 410. `status_before` is what lifting
    it goes back to.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("المقال"), on_delete=models.CASCADE, related_name="takedowns"
    )
    reason = models.CharField(_("السبب"), max_length=10, choices=Reason)
    public_sentence = models.CharField(
        _("ما يُقال للقراء"),
        max_length=500,
        blank=True,
        help_text=_("جملة تظهر في صفحة المقال بعد السبب. لا تذكر فيها شيئاً من النص ولا من طلب الحجب."),
    )
    is_legal = models.BooleanField(
        _("يفرضه القانون"), default=False, help_text=_("يجيب عنوان المقال بالرمز 451 بدلاً من 410.")
    )
    requester = models.CharField(
        _("من طلبه"), max_length=300, blank=True, help_text=_("لا يظهر إلا في مكتب التحرير.")
    )
    note = models.TextField(_("ملاحظة"), blank=True, help_text=_("لا تظهر إلا في مكتب التحرير."))
    status_before = models.CharField(
        _("الحالة قبله"), max_length=10, choices=Status, default=Status.PUBLISHED
    )
    taken_at = models.DateTimeField(_("حُجب في"), default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("حجبه"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("رُفع الحجب في"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("رفعه"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    lift_reason = models.CharField(_("سبب رفعه"), max_length=200, blank=True)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = _("حجب بطلب")
        verbose_name_plural = _("مقالات محجوبة بطلب")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="takedown_reason_known"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(lifted_at__isnull=True), name="takedown_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)
