"""The desk of sources: their names and kinds, the way their pages are read, and two sources made one."""

from typing import Any, cast

from django import forms
from django.contrib.admin import TabularInline, display
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import curation, source_merging
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import OWN_DIRECTION, DeskAdmin, LabelledFormSet
from articles.admin.jobs import job_address
from articles.admin.named import NamedAdmin
from articles.jobs import asking, merging_sources
from articles.models.extraction import ExtractionRules, RepeatedLine, RepeatedLineState
from articles.models.source import Source, SourceName, name_key

MOST_NAMES = 30  # of one source


class NamesFormSet(LabelledFormSet):
    """The other names of one source: none twice, and none that is another source's."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        own = name_key(self.instance.name)[:200]
        first: dict[str, str] = {own: self.instance.name}
        for form in self.forms:
            name = form.cleaned_data.get("name", "")
            if not name or form.cleaned_data.get("DELETE"):
                continue
            key = name_key(name)[:200]
            if key in first:
                raise ValidationError(
                    _("«%(name)s» و«%(same)s» اسم واحد."), params={"name": name, "same": first[key]}
                )
            first[key] = name
            other = Source.objects.known_as(name)
            if other and other.pk != self.instance.pk:
                raise ValidationError(
                    _("«%(name)s» اسم لمصدر آخر: «%(source)s». ادمج المصدرين إن كانا واحداً."),
                    params={"name": name, "source": other.name},
                )


class SourceNameInline(TabularInline):
    model = SourceName
    formset = NamesFormSet
    fields = ("name", "former_slug")
    readonly_fields = ("former_slug",)
    formfield_overrides = DeskAdmin.formfield_overrides
    extra = 1
    max_num = MOST_NAMES


class MergeForm(forms.Form):
    """The source that stays, by any of its names."""

    into = forms.CharField(
        label=_("المصدر الذي يبقى"),
        max_length=200,
        help_text=_("اسمه بأي إملاء، أو أي اسم آخر له."),
        widget=forms.TextInput(attrs=OWN_DIRECTION),
    )
    is_sure = forms.BooleanField(label=_("نعم، ادمجهما: لا يُفكّ الدمج بعد ذلك"), required=False)

    def clean_into(self) -> Source:
        name: str = self.cleaned_data["into"]
        into = Source.objects.known_as(name)
        if into is None:
            raise ValidationError(_("لا مصدر اسمه «%(name)s»."), params={"name": name})
        return into


class SourceAdmin(NamedAdmin):
    list_display = ("name", "kind", "country", "homepage", "article_link")
    list_filter = ("kind",)
    fields = ("name", "slug", "kind", "country", "homepage", "notes", "cover_shown", "rules_shown")
    readonly_fields = ("cover_shown", "rules_shown")
    inlines = (SourceNameInline,)
    filter_parameter = "source__id__exact"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:key>/merge/", view, name="articles_source_merge"), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.fields if obj else tuple(name for name in self.fields if name not in self.readonly_fields)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Names and other names in any spelling."""
        key = name_key(search_term)
        named = SourceName.objects.filter(key__contains=key).values("source")
        return queryset.filter(name_key__contains=key) | queryset.filter(pk__in=named), False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and any(formset.has_changed() for formset in formsets):
            curation.mark_articles_of(form.instance)  # the index holds every name
            catch_up_after_commit()

    @display(description=_("صفحته في الموقع"))
    def cover_shown(self, obj: Source) -> SafeString:
        return format_html('<a href="{}"><bdi>{}</bdi></a>', obj.get_absolute_url(), obj.name)

    @display(description=_("قراءة صفحاته"))
    def rules_shown(self, obj: Source) -> SafeString:
        """The way to its rules, where they can be tried, to the lines that repeat in it, and to merging it."""
        rules = ExtractionRules.objects.filter(source=obj).first()
        desk = "admin:articles_extractionrules"
        add = f"{reverse(f'{desk}_add')}?source={obj.pk}"
        context = {
            "has_rules": rules is not None,
            "rules": reverse(f"{desk}_change", args=[rules.pk]) if rules else add,
            "lines": f"{reverse('admin:articles_repeatedline_changelist')}?source__id__exact={obj.pk}",
            "proposed": RepeatedLine.objects.filter(source=obj, state=RepeatedLineState.PROPOSED).count(),
            "merge": reverse("admin:articles_source_merge", args=[obj.pk]),
        }
        return render_to_string("admin/articles/_source_rules.html", context)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a source without articles, and only from its own page."""
        if not isinstance(obj, Source) or obj.articles.exists():
            return False
        return super().has_delete_permission(request, obj)

    def merge_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask into which source, show what would move, and have a job do it."""
        other = Source.objects.filter(pk=key).first()
        if other is None:
            raise Http404
        if not (
            request.user.has_perm("articles.delete_source") and self.has_change_permission(request, other)
        ):
            raise PermissionDenied
        form = MergeForm(request.POST or None)
        into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        moved = source_merging.merging(other, into) if into else None
        if into and moved and not moved.problem and form.cleaned_data["is_sure"]:
            return HttpResponseRedirect(job_address(_asked(other, into, cast(User, request.user))))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("دمج مصدر في آخر"),
            "opts": self.opts,
            "source": other,
            "into": into,
            "form": form,
            "moved": moved,
        }
        return render(request, "admin/articles/source/merge.html", context)


def _asked(other: Source, into: Source, by: User) -> Any:
    """The job that merges them."""
    return asking.ask(
        merging_sources.NAME,
        gettext("دمج «%(other)s» في «%(into)s»") % {"other": other.name, "into": into.name},
        by=by,
        options={"other": other.pk, "into": into.pk},
        keys=other.articles.order_by("pk").values_list("pk", flat=True).iterator(),
    )
