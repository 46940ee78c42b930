"""The desk of stories: what a search for copies found, one page a story, and what a curator says of it."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import SimpleListFilter, display
from django.contrib.auth.models import User
from django.db.models import Count, F, Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import story_review
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import DeskAdmin, article_link
from articles.admin.filters import Choices
from articles.admin.story_merging import StoryMergingAdmin
from articles.importing.diffing import Change, compare
from articles.models.article import Article
from articles.models.story import NotCopies, Story, StoryMember
from articles.search.dates import iso_date

OUTLETS_SHOWN = 6
COPIES_SHOWN = 100
LONGEST_COMPARED = 200_000  # characters of a lead and a copy; a page compares up to COPIES_SHOWN of them
NO_TEXT = ("article__body", "article__evidence", "article__related_links")


class ReviewFilter(SimpleListFilter):
    title = _("المراجعة")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("waiting", _("فيها ما ينتظر المراجعة"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.reviewable() if self.value() == "waiting" else queryset  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """A copy as its story's page shows it; `changes` are those of the lead's text."""

    member: StoryMember
    is_lead: bool
    link: SafeString | str
    day: str | None
    percent: int
    changes: list[Change]


class StoryAdmin(StoryMergingAdmin):
    change_form_template = "admin/articles/story/change_form.html"
    list_display = ("shown_lead", "shown_state", "copy_count", "shown_outlets", "found_at")
    list_filter = ("state", ReviewFilter)
    list_select_related = ("lead",)
    ordering = ("-pk",)
    search_fields = ("lead__title",)
    search_help_text = _("جزء من عنوان المقال الأول.")
    fields = readonly_fields = ("shown_state", "copy_count", "found_at", "decided_at", "decided_by")
    actions = ("confirm_chosen", "merge_chosen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the outlets of each story, and without any text."""
        members = StoryMember.objects.select_related("article__source").defer(*NO_TEXT)
        stories = super().get_queryset(request).defer("lead__body").annotate(copy_total=Count("members"))
        return stories.prefetch_related(Prefetch("members", members.order_by("pk")))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A story is dismissed, with what a curator said of it kept; it is never just deleted."""
        return False

    # The list

    @display(description=_("المقال الأول"), ordering="lead__title")
    def shown_lead(self, obj: Story) -> SafeString:
        return format_html('<bdi lang="{}">{}</bdi>', obj.lead.language, obj.lead.title)

    @display(description=_("الحالة"), ordering="state")
    def shown_state(self, obj: Story) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', obj.state, obj.get_state_display())

    @display(description=_("النسخ"), ordering="copy_total")
    def copy_count(self, obj: Any) -> str:
        return f"{obj.copy_total:,}"

    @display(description=_("المصادر"))
    def shown_outlets(self, obj: Story) -> str:
        sources = (member.article.source for member in obj.members.all())
        names = list(dict.fromkeys(source.name for source in sources if source))
        return "، ".join(names[:OUTLETS_SHOWN]) + ("…" if len(names) > OUTLETS_SHOWN else "")

    def confirm_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for story in queryset:
            story_review.confirm(story, by=_curator(request))
        self.message_user(request, gettext("أُقرّت الأخبار المختارة."), messages.SUCCESS)

    confirm_chosen.short_description = _("أقرّ الأخبار المختارة")  # type: ignore[attr-defined]
    confirm_chosen.allowed_permissions = ("change",)  # type: ignore[attr-defined]

    # One story

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        story = kwargs.get("obj")
        if story is not None:
            context["title"] = capfirst(self.opts.verbose_name)
            context["copies"] = shown_copies(story)
            context["may_merge"] = self.has_merge_permission(request)
            context["copies_left_out"] = max(0, story.members.count() - COPIES_SHOWN)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        """Nothing of a story is typed: what its buttons say is done by `response_change`."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The verbs write the history."""

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        """Do what the button pressed says; where the story is gone then, show the list."""
        if "_merge" in request.POST:
            return self.merge_one(request, obj)
        stays = True
        try:
            match _pressed(request):
                case ("confirm", _key):
                    story_review.confirm(obj, by=_curator(request))
                case ("dismiss", _key):
                    story_review.dismiss(obj, by=_curator(request))
                    stays = False
                case ("lead", key):
                    story_review.set_lead(obj, _member(obj, key), by=_curator(request))
                case ("remove", key):
                    stays = story_review.remove(obj, _member(obj, key), by=_curator(request))
        except story_review.NotInStory:
            self.message_user(request, gettext("لم يعد المقال من نسخ هذا الخبر."), messages.WARNING)
        else:
            self.message_user(request, gettext("حُفظ ما قلته في هذا الخبر."), messages.SUCCESS)
        catch_up_after_commit()
        page = reverse("admin:articles_story_change", args=[obj.pk]) if stays else None
        return HttpResponseRedirect(page or reverse("admin:articles_story_changelist"))


def _pressed(request: HttpRequest) -> tuple[str, int]:
    """The name of the button pressed and the key of the copy it stands beside, 0 for the whole story."""
    for name in ("confirm", "dismiss", "lead", "remove"):
        if (value := request.POST.get(f"_{name}")) is not None:
            return name, int(value) if value.isascii() and value.isdigit() else 0
    return "", 0


def _member(story: Story, key: int) -> Article:
    member = story.members.filter(article=key).select_related("article").first()
    if member is None:
        raise story_review.NotInStory(key)
    return member.article


def _curator(request: HttpRequest) -> User:
    return cast(User, request.user)


def shown_copies(story: Story) -> list[ShownCopy]:
    """The copies in order of time, the undated last, each with what differs from the lead."""
    rows = StoryMember.objects.filter(story=story).select_related("article__source")
    in_time = rows.order_by(F("article__published_on").asc(nulls_last=True), "pk")[:COPIES_SHOWN]
    return [
        ShownCopy(
            member=member,
            is_lead=member.article_id == story.lead_id,
            link=article_link(member.article),
            day=iso_date(member.article.published_on, member.article.published_precision),
            percent=round(100 * member.similarity),
            changes=differences(story.lead, member.article),
        )
        for member in in_time
    ]


def differences(lead: Article, copy: Article) -> list[Change]:
    """What the copy says otherwise than the lead, word by word; nothing where the texts are the same."""
    if copy.body == lead.body or len(copy.body) + len(lead.body) > LONGEST_COMPARED:
        return []
    return compare(lead.body, copy.body)


class NotCopiesAdmin(DeskAdmin):
    """What curators said are no copies; taking a line back lets the two be proposed again."""

    list_display = ("shown_first", "shown_second", "said_at", "said_by")
    list_display_links = ("said_at",)  # the titles lead to their articles
    list_select_related = ("first", "second", "said_by")
    ordering = ("-pk",)
    fields = readonly_fields = ("shown_first", "shown_second", "said_at", "said_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .select_related("first", "second")
            .defer("first__body", "second__body")
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @display(description=_("المقال"))
    def shown_first(self, obj: NotCopies) -> SafeString | str:
        return article_link(obj.first)

    @display(description=_("المقال الآخر"))
    def shown_second(self, obj: NotCopies) -> SafeString | str:
        return article_link(obj.second)
