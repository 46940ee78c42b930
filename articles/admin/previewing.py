"""A form that shows, before it is saved, what it would do: «معاينة» beside the buttons that save."""

from typing import Any

from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import BaseFormSet, ModelForm
from django.forms.formsets import all_valid
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from articles.admin.histories import TrackedAdmin

PREVIEW = "_preview"


class PreviewedAdmin(TrackedAdmin):
    """A desk with a preview of what its form would do; nothing is saved by it, and no script is needed."""

    change_form_template = "admin/articles/previewed_form.html"
    preview_template = ""

    def preview(self, form: Any, formsets: list[Any]) -> dict[str, Any]:
        """What a form that holds good would do, for the preview's template."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra = {"preview_template": self.preview_template, **(extra_context or {})}
        if request.method == "POST" and PREVIEW in request.POST:
            return self._preview_view(request, object_id, extra)
        return super().changeform_view(request, object_id, form_url, extra)

    def _preview_view(
        self, request: HttpRequest, object_id: str | None, extra: dict[str, Any]
    ) -> HttpResponse:
        """The form as it was typed, nothing saved, and what it would do."""
        shown = self._previewed(request, object_id)
        fieldsets: Any = list(self.get_fieldsets(request, shown))
        made = self.get_form(request, shown, change=shown is not None, fields=flatten_fieldsets(fieldsets))
        form = made(request.POST, instance=shown)
        desk: Any = self  # Django's own view makes its formsets so, and has no public name for it
        formsets, inlines = desk._create_formsets(request, form.instance, change=shown is not None)
        is_good = form.is_valid()
        # Named one by one: all_valid asks every formset, so that all errors are shown.
        if all_valid(formsets) and is_good:
            extra["preview"] = self.preview(form, formsets)
        context = self._form_context(request, form, formsets, inlines, shown, fieldsets)
        return self.render_change_form(
            request, context | extra, add=shown is None, change=shown is not None, obj=shown
        )

    def _previewed(self, request: HttpRequest, object_id: str | None) -> Model | None:
        """The row that is changed, None for a new one; raises what Django's own form answers with."""
        shown = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and shown is None:
            raise Http404
        allowed = self.has_change_permission(request, shown) if shown else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        return shown

    def _form_context(
        self,
        request: HttpRequest,
        form: "ModelForm[Any]",
        formsets: "list[BaseFormSet[Any]]",
        inlines: list[Any],
        shown: Model | None,
        fieldsets: Any,
    ) -> dict[str, Any]:
        read_only = self.get_readonly_fields(request, shown)
        admin_form = AdminForm(form, fieldsets, {}, read_only, model_admin=self)
        inline_formsets = self.get_inline_formsets(request, formsets, inlines, shown)
        media = self.media + admin_form.media
        for inline in inline_formsets:
            media += inline.media
        return {
            **self.admin_site.each_context(request),
            "title": gettext("معاينة قبل الحفظ"),
            "subtitle": None,
            "adminform": admin_form,
            "errors": AdminErrorList(form, formsets),
            "object_id": str(shown.pk) if shown else None,
            "original": shown,
            "is_popup": False,
            "to_field": None,
            "media": media,
            "inline_admin_formsets": inline_formsets,
            "preserved_filters": self.get_preserved_filters(request),
        }
