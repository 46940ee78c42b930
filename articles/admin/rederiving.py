"""After a change of rules: the stored articles it concerns are derived again at once where they are few."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext_lazy

from articles.admin.catching_up import catch_up_after_commit
from articles.importing import reextraction
from articles.importing.reextraction import FAILURES, reextract
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.models.article import Article
from articles.models.source import Source

AT_ONCE = 200  # articles derived within a request: less than a second of records, three of pages
COMMAND = "python manage.py reextract_articles --outdated"

REDERIVED = ngettext_lazy(
    "أُعيد استخراج مقال واحد، وتغيّر منه: %(changed)s.",
    "أُعيد استخراج %(number)s مقال، وتغيّر منها: %(changed)s.",
    "count",
)


def derive_again(request: HttpRequest, sources: Sequence[Source]) -> None:
    """Derive the articles of some sources again, or say the command that does."""
    articles = Article.objects.filter(source__in=sources)
    if articles[: AT_ONCE + 1].count() > AT_ONCE:
        say_command(request, sources)
        return
    try:
        store = CaptureStore(settings.CAPTURES_DIR)
        counts = reextract(articles, store=store, outdated=True, alone=True)
    except Busy:
        messages.warning(request, gettext("استيراد يجري الآن، فلم تُعد قراءة المقالات المحفوظة."))
        say_command(request, sources)
        return
    catch_up_after_commit()
    done = counts.total()
    changed = f"{counts[reextraction.CHANGED]:,}"
    if done:
        said = REDERIVED % {"count": done, "number": f"{done:,}", "changed": changed}
        messages.success(request, said)
    if failed := sum(counts[outcome] for outcome in FAILURES):
        sentence = gettext("بقيت كما هي مقالات لم تُقرأ نسخها (%(number)s)؛ يسمّيها الأمر: %(command)s")
        messages.warning(request, sentence % {"number": f"{failed:,}", "command": COMMAND})


def say_command(request: HttpRequest, sources: Sequence[Source] = ()) -> None:
    """How the operator has the stored articles read by the new rules: all of them, or those of some sources."""
    for command in [f"{COMMAND} --source {source.slug}" for source in sources] or [COMMAND]:
        sentence = gettext("تسري القواعد على ما يُستورد من الآن. لتُقرأ بها المقالات المحفوظة: %(command)s")
        messages.info(request, sentence % {"command": command})
