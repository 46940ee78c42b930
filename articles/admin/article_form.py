"""The form of one article: texts as the importer would keep them, and an address that is no other article's."""

from typing import Any, ClassVar

from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import OWN_DIRECTION, PlainTextarea
from articles.admin.field_notes import with_notes
from articles.admin.meanwhile import MeanwhileForm
from articles.importing.cleaning import tidy
from articles.importing.fingerprints import url_digest
from articles.models.article import Article

TEXTS = ("title", "body")


class ArticleForm(MeanwhileForm):
    """`typed` is what a curator had in the form when it was shown anew beside other evidence: nothing is saved yet."""

    typed: ClassVar[QueryDict | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.typed is not None:
            self._retype(self.typed)
        if self.instance.pk:
            with_notes(self)
        for name in TEXTS:
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = self.instance.language
        if "source" in self.fields:
            self.fields["source"].widget.can_delete_related = False

    def _retype(self, typed: QueryDict) -> None:
        """Seen as it was opened: what others saved since is still told of when this is saved."""
        for name, field in self.fields.items():
            self.initial[name] = field.widget.value_from_datadict(typed, {}, self.add_prefix(name))

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
