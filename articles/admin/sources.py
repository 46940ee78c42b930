"""The desk of sources."""

from django.contrib.admin import display
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.named import NamedAdmin
from articles.models.extraction import ExtractionRules, RepeatedLine, RepeatedLineState
from articles.models.source import Source


class SourceAdmin(NamedAdmin):
    list_display = ("name", "country", "homepage", "article_link")
    fields = ("name", "slug", "country", "homepage", "notes", "rules_shown")
    readonly_fields = ("rules_shown",)
    filter_parameter = "source__id__exact"

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.fields if obj else tuple(name for name in self.fields if name != "rules_shown")

    @display(description=_("قراءة صفحاته"))
    def rules_shown(self, obj: Source) -> SafeString:
        """The way to the rules of the source, and to the lines that repeat in it."""
        rules = ExtractionRules.objects.filter(source=obj).first()
        desk = "admin:articles_extractionrules"
        add = f"{reverse(f'{desk}_add')}?source={obj.pk}"
        context = {
            "has_rules": rules is not None,
            "rules": reverse(f"{desk}_change", args=[rules.pk]) if rules else add,
            "lines": f"{reverse('admin:articles_repeatedline_changelist')}?source__id__exact={obj.pk}",
            "proposed": RepeatedLine.objects.filter(source=obj, state=RepeatedLineState.PROPOSED).count(),
        }
        return render_to_string("admin/articles/_source_rules.html", context)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a source without articles, and only from its own page."""
        if not isinstance(obj, Source) or obj.articles.exists():
            return False
        return super().has_delete_permission(request, obj)
