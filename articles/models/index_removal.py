"""Word left for the search index that an article's row is gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexRemoval(models.Model):
    """The key of a deleted article, kept until the index has forgotten it too."""

    article_key = models.BigIntegerField(_("مفتاح المقال"))
    removed_at = models.DateTimeField(_("حُذف في"), auto_now_add=True)

    class Meta:
        verbose_name = _("حذف ينتظر الفهرسة")
        verbose_name_plural = _("محذوفات تنتظر الفهرسة")
        permissions = [("rebuild_index", _("فحص فهرس البحث وإعادة بنائه"))]

    def __str__(self) -> str:
        return str(self.article_key)
