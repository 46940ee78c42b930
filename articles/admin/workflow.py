"""From draft to reader and back: who may do which step, and its buttons on an article."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import curation
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import DeskAdmin
from articles.models.article import Article, Status
from articles.takedown import standing_takedown

PUBLISHED = ngettext_lazy("نُشر مقال واحد.", "نُشر %(number)s مقال.", "count")
WITHDRAWN = ngettext_lazy("حُجب مقال واحد.", "حُجب %(number)s مقال.", "count")
DRAFTED = ngettext_lazy("أُعيد مقال واحد إلى المسودات.", "أُعيد %(number)s مقال إلى المسودات.", "count")
SENT = ngettext_lazy("أُرسل مقال واحد إلى المراجعة.", "أُرسل %(number)s مقال إلى المراجعة.", "count")
UNCHANGED = ngettext_lazy(
    "لم يتغيّر مقال واحد: كانت حالته كذلك.", "لم يتغيّر %(number)s مقال: كانت حالتها كذلك.", "count"
)
CHANGE, PUBLISH = "articles.change_article", "articles.publish_article"
LONGEST_REASON = 200


@dataclass(frozen=True)
class Step:
    """One step of the workflow: its verb, its permission, and the statuses of articles that are offered it."""

    name: str
    label: Any
    verb: Callable[..., int]
    permission: str
    done: Any
    offered: tuple[str, ...]


STEPS = {
    step.name: step
    for step in (
        Step("to_review", _("احفظ وأرسل إلى المراجعة"), curation.to_review, CHANGE, SENT, (Status.DRAFT,)),
        Step(
            "publish", _("احفظ وانشر"), curation.publish, PUBLISH, PUBLISHED,
            (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN),
        ),
        Step(
            "withdraw", _("احفظ واحجب"), curation.withdraw, PUBLISH, WITHDRAWN,
            (Status.PUBLISHED, Status.IN_REVIEW),
        ),
        Step(
            "to_draft", _("احفظ وأعد إلى المسودات"), curation.to_draft, PUBLISH, DRAFTED,
            (Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN),
        ),
    )
}  # fmt: skip


class WorkflowAdmin(DeskAdmin):
    """The steps as buttons that save one article first."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    # One article

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        asked = asked_step(request)
        if asked and not request.user.has_perm(asked.permission):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        offered = steps_for(request, shown) if isinstance(shown, Article) and shown.pk else []
        return super().render_change_form(request, {**context, "steps": offered}, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        step = asked_step(request)
        if step is None:
            return super().response_change(request, obj)
        changed = step.verb(
            obj, by=cast(User, request.user), reason=request.POST.get("_reason", "")[:LONGEST_REASON]
        )
        catch_up_after_commit()
        if changed:
            messages.success(request, counted(step.done, changed))
        else:
            messages.warning(request, gettext("حُفظ المقال، ولم تتغيّر حالته: ليست هذه الخطوة مما يصلح لها."))
        return HttpResponseRedirect(request.get_full_path())


def asked_step(request: HttpRequest) -> Step | None:
    """The step whose button was pressed."""
    return next((step for name, step in STEPS.items() if f"_{name}" in request.POST), None)


def steps_for(request: HttpRequest, article: Article) -> list[Step]:
    """The steps that an article can take and that its curator may; none while it is taken down."""
    if article.status == Status.WITHDRAWN and standing_takedown(article):
        return []
    return [
        step
        for step in STEPS.values()
        if article.status in step.offered
        and request.user.has_perm(CHANGE)
        and request.user.has_perm(step.permission)
    ]


def counted(phrase: Any, count: int) -> str:
    return phrase % {"count": count, "number": f"{count:,}"}
