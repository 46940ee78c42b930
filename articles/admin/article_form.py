"""The form of one article: texts as the importer would keep them, and an address that is no other article's."""

from typing import Any

from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import OWN_DIRECTION, PlainTextarea
from articles.admin.meanwhile import MeanwhileForm
from articles.importing.cleaning import tidy
from articles.importing.fingerprints import url_digest
from articles.models.article import Article

TEXTS = ("title", "body")


class ArticleForm(MeanwhileForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = self.instance.language
        if "source" in self.fields:
            self.fields["source"].widget.can_delete_related = False

    def clean_title(self) -> str:
        return tidy(self.cleaned_data["title"])[0]

    def clean_body(self) -> str:
        """Without the control characters that part the fields of the search index."""
        return tidy(self.cleaned_data["body"])[0]

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        digest = url_digest(url)
        if url and not digest:
            raise ValidationError(_("ليس هذا عنواناً على الشبكة: يبدأ العنوان بـ http أو https."))
        if digest and Article.objects.filter(url_digest=digest).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("في الأرشيف مقال آخر بهذا الرابط."))
        return url

    class Meta:
        widgets = {
            "url": AdminTextInputWidget(attrs=OWN_DIRECTION),
            "body": PlainTextarea(attrs={**OWN_DIRECTION, "rows": 14}),
        }
