"""Every string a reader can meet is Arabic in the source and has an English translation that fits it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import Node, Template
from django.template.base import Variable
from django.template.engine import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.functional import Promise

from articles.search.messages import MESSAGES
from articles.search.operators import FIELDS, OPERATORS
from articles.templatetags import counts

ROOT = Path(settings.BASE_DIR)
LOCALE = ROOT / "articles" / "locale"
GETTEXT = {"_", "gettext", "gettext_lazy"}
NGETTEXT = {"ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
ARABIC = re.compile(r"[\u0621-\u064a]")

Msgid = str | tuple[str, str]


def catalog(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def template_files() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def python_files() -> list[Path]:
    return sorted(path for folder in ("articles", "newsroom") for path in (ROOT / folder).rglob("*.py"))


def msgids_of_template(path: Path) -> Iterator[Msgid]:
    template = Template(path.read_text("utf-8"), engine=Engine.get_default())
    for node in every_node(template):
        if isinstance(node, BlockTranslateNode):
            singular = node.render_token_list(node.singular)[0]
            yield (singular, node.render_token_list(node.plural)[0]) if node.plural else singular
        elif isinstance(node, TranslateNode):
            variable = node.filter_expression.var
            if isinstance(variable, Variable) and isinstance(variable.literal, str):
                yield variable.literal


def every_node(template: Template) -> Iterator[Node]:
    """Every node of a template with `{% extends %}` and `{% include %}` left unopened."""
    waiting: list[Node] = list(template.nodelist)
    while waiting:
        node = waiting.pop()
        yield node
        for child_list in node.child_nodelists:
            waiting.extend(getattr(node, child_list, None) or [])
        for _condition, nodelist in getattr(node, "conditions_nodelists", []):
            waiting.extend(nodelist)


def msgids_of_python(path: Path) -> Iterator[Msgid]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if node.func.id in GETTEXT and texts:
            yield texts[0]
        elif node.func.id in NGETTEXT:
            yield texts[0], texts[1]


def msgids_of_the_query_language() -> Iterator[Msgid]:
    yield from MESSAGES.values()
    for row in (*OPERATORS, *FIELDS):
        yield row.explanation
    for operator in OPERATORS:
        yield operator.title
    for field in FIELDS:
        yield field.spellings[0]


def every_msgid() -> set[Msgid]:
    found: set[Msgid] = set(msgids_of_the_query_language())
    for path in template_files():
        found.update(msgids_of_template(path))
    for path in python_files():
        found.update(msgids_of_python(path))
    return found


@pytest.mark.parametrize("path", template_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_can_be_read_and_holds_no_text_outside_the_translation_tags(path: Path) -> None:
    template = Template(path.read_text("utf-8"), engine=Engine.get_default())
    bare = [node.s for node in every_node(template) if hasattr(node, "s") and ARABIC.search(node.s)]
    assert bare == []


def test_every_string_has_an_english_translation() -> None:
    english = catalog("en")
    missing = [
        msgid
        for msgid in every_msgid()
        if not (message := english.get(key(msgid))) or not message.string or not all(strings(message.string))
    ]
    assert sorted(map(key, missing)) == []


def test_no_translation_is_left_of_a_string_that_is_gone() -> None:
    wanted = {key(msgid) for msgid in every_msgid()}
    assert [message.id for message in catalog("en") if message.id and key(message.id) not in wanted] == []


def test_every_plural_has_the_six_arabic_forms() -> None:
    arabic = catalog("ar")
    plurals = [msgid for msgid in every_msgid() if isinstance(msgid, tuple)]
    without = [msgid for msgid in plurals if not (found := arabic.get(key(msgid))) or len(found.string) != 6]
    assert without == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_translation_fills_in_the_same_things(language: str) -> None:
    for message in catalog(language):
        if message.id:
            allowed = {*PLACEHOLDER.findall(" ".join(strings(message.id)))}
            for string in strings(message.string):
                assert set(PLACEHOLDER.findall(string)) <= allowed, message.id
            assert set(PLACEHOLDER.findall(strings(message.string)[-1])) == allowed, message.id


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    assert texts(compiled) == texts(catalog(language))


@pytest.mark.parametrize(
    "count, written",
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (11, "11 مقالًا"),
        (100, "100 مقال"),
        (31030, "31,030 مقالًا"),
    ],
)
def test_arabic_counts_its_articles(count: int, written: str) -> None:
    assert counts.articles(count) == written


@pytest.mark.parametrize("count, written", [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_english_counts_its_articles(count: int, written: str) -> None:
    with translation.override("en"):
        assert counts.articles(count) == written


def key(msgid: Msgid) -> str:
    """The form under which a catalogue keeps a message."""
    return msgid if isinstance(msgid, str) else msgid[0]


def texts(messages: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {strings(message.id): strings(message.string) for message in messages if message.id}


def strings(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str | Promise) else tuple(value)  # type: ignore[arg-type]
