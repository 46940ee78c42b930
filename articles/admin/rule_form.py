"""The form of a source's rules, and that of trying them before they are saved."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.importing.pages.tree import MAX_BYTES
from articles.importing.readers.web import PAGES
from articles.importing.rule_book import host_of
from articles.importing.store.ruling import MOST_SOURCES, hosts_of
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules, lines_of
from articles.models.source import Source

SELECTORS = ("title", "body", "author", "date", "section")
CODE = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "off"}
MOST_CAPTURES = 20  # offered to be tried
MOST_ARTICLES = 100  # in which they are looked for


class RulesForm(forms.ModelForm):
    """Hosts as addresses carry them, each with one source; a curator may type an address."""

    def clean_hosts(self) -> str:
        hosts = []
        for line in lines_of(self.cleaned_data["hosts"]):
            host = host_of(line)
            if not host:
                raise ValidationError(
                    _("«%(line)s» ليس اسم نطاق؛ يُكتب مثل news.example.org."), params={"line": line}
                )
            if other := self._other_with(host):
                raise ValidationError(
                    _("النطاق %(host)s في قواعد «%(source)s»."),
                    params={"host": host, "source": other.source},
                )
            hosts.append(host)
        return "\n".join(dict.fromkeys(hosts))

    def _other_with(self, host: str) -> ExtractionRules | None:
        similar = ExtractionRules.objects.filter(hosts__contains=host).exclude(pk=self.instance.pk)
        found = similar.select_related("source").order_by("pk")[:MOST_CAPTURES]
        return next((other for other in found if host in hosts_of(other)), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is None and ExtractionRules.objects.count() >= MOST_SOURCES:
            raise ValidationError(
                _("للأرشيف قواعد لعدد %(most)s من المصادر، وهو أقصى ما يحمله."),
                params={"most": f"{MOST_SOURCES:,}"},
            )
        return cleaned

    def is_multipart(self) -> bool:
        """A page of Arabic pasted into the form is a third of the size this way."""
        return True

    class Meta:
        widgets = {
            **{name: AdminTextInputWidget(attrs=CODE) for name in SELECTORS},
            "hosts": AdminTextareaWidget(attrs={**CODE, "rows": 3}),
            "drop": AdminTextareaWidget(attrs={**CODE, "rows": 4}),
            "drop_lines": AdminTextareaWidget(attrs={"dir": "auto", "rows": 6}),
        }


class CaptureChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Capture) -> str:
        return f"{obj.url or obj.origin} {obj.captured_at or obj.stored_at:%Y-%m-%d}"


CAPTURE: dict[str, Any] = {
    "label": _("صفحة محفوظة"),
    "required": False,
    "empty_label": _("اختر صفحة"),
    "widget": forms.Select({"dir": "ltr"}),
}


class TrialForm(forms.Form):
    """What to try the rules on: a stored page of the source, or one that is pasted."""

    prefix = "trial"
    capture = CaptureChoice(Capture.objects.none(), **CAPTURE)
    html = forms.CharField(
        label=_("أو مصدر صفحة يُلصق هنا"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=AdminTextareaWidget(attrs={**CODE, "rows": 6}),
    )

    def __init__(self, *args: Any, source: Source | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source:
            keys = [capture.pk for capture in pages_of(source)]
            offered = Capture.objects.filter(pk__in=keys).order_by("-pk")
            self.fields["capture"] = CaptureChoice(offered, **CAPTURE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("capture") and not cleaned.get("html", "").strip():
            raise ValidationError(_("اختر صفحة محفوظة، أو ألصق مصدر صفحة."))
        if (capture := cleaned.get("capture")) and capture.size > MAX_BYTES:
            raise ValidationError(_("هذه الصفحة أكبر من أن تُقرأ هنا."))
        return cleaned


def pages_of(source: Source) -> list[Capture]:
    """Some of the newest pages of HTML that articles of the source were made of."""
    newest = source.articles.order_by("-pk").values_list("pk", flat=True)[:MOST_ARTICLES]
    pages = Capture.objects.filter(article__in=list(newest), media_type__in=PAGES)
    return list(pages.order_by("-pk")[:MOST_CAPTURES])
