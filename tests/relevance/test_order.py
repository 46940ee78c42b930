"""What ranks above what, all else being equal: each test holds one rule of the order."""

from articles.search.syntax import And, FieldName, In, Level, Node, Or, Word
from tests.search.engines.shelf import Shelf, article

PADDING = "وهذا كلام آخر يقوله صاحبه في مقال طويل عن أمور شتى لا صلة لها بما قبلها ولا بما بعدها"


def ranked(shelf: Shelf, tree: Node) -> list[int]:
    return list(shelf.find(tree, facets=()).keys)


def stem(text: str) -> Word:
    return Word(text, Level.STEM)


def both(*texts: str) -> And:
    return And(tuple(map(stem, texts)))


def test_the_letters_asked_for_stand_above_another_spelling_and_this_above_another_form(shelf: Shelf) -> None:
    shelf.put(
        article(1, "خبر", f"قال الأمريكيون {PADDING}"),  # another form
        article(2, "خبر", f"قال الامريكي {PADDING}"),  # another spelling
        article(3, "خبر", f"قال الأمريكي {PADDING}"),  # as asked for
    )
    assert ranked(shelf, stem("الأمريكي")) == [3, 2, 1]


def test_a_nearer_form_stands_above_a_farther_one(shelf: Shelf) -> None:
    shelf.put(article(1, "خبر", f"كتاب {PADDING}"), article(2, "خبر", f"والكتاب {PADDING}"))
    assert ranked(shelf, stem("الكتاب"))[0] == 2


def test_words_side_by_side_stand_above_scattered_ones(shelf: Shelf) -> None:
    shelf.put(
        article(1, "خبر", f"مجلس {PADDING} جديد قديم الأمن"),
        article(2, "خبر", f"جديد {PADDING} قديم مجلس الأمن"),
    )
    assert ranked(shelf, both("مجلس", "الأمن")) == [2, 1]


def test_words_near_each_other_stand_above_scattered_ones(shelf: Shelf) -> None:
    shelf.put(
        article(1, "خبر", f"أسعار {PADDING} برميل خام النفط"),
        article(2, "خبر", f"{PADDING} أسعار برميل خام النفط"),
    )
    assert ranked(shelf, both("أسعار", "النفط")) == [2, 1]


def test_neighbours_in_other_forms_are_neighbours_too(shelf: Shelf) -> None:
    shelf.put(
        article(1, "خبر", f"المقاتل {PADDING} ثم جاء الأجنبي"),
        article(2, "خبر", f"ثم جاء {PADDING} المقاتل الأجنبي"),
    )
    assert ranked(shelf, both("مقاتل", "أجنبي")) == [2, 1]


def test_a_word_in_the_title_stands_above_the_same_word_in_the_body(shelf: Shelf) -> None:
    shelf.put(article(1, "خبر", f"النفط {PADDING}"), article(2, "النفط", f"خبر {PADDING}"))
    assert ranked(shelf, stem("النفط")) == [2, 1]


def test_a_title_does_not_help_what_is_looked_for_in_the_body(shelf: Shelf) -> None:
    shelf.put(
        article(1, "النفط", f"نفط {PADDING}", published_on="2016-01-02"),
        article(2, "خبر", f"نفط {PADDING}", published_on="2016-01-02"),
    )
    found = shelf.find(In(FieldName.BODY, stem("النفط")), facets=())
    assert found.scores[0] == found.scores[1]


def test_more_of_the_words_stand_above_one_of_them_repeated(shelf: Shelf) -> None:
    shelf.put(article(1, "خبر", "نفط " * 4 + PADDING), article(2, "خبر", f"نفط ثم غاز هنا {PADDING}"))
    assert ranked(shelf, Or((stem("نفط"), stem("غاز")))) == [2, 1]


def test_a_short_article_stands_above_a_long_one_with_as_many_mentions(shelf: Shelf) -> None:
    shelf.put(article(1, "خبر", f"نفط {PADDING} {PADDING}"), article(2, "خبر", f"نفط {PADDING}"))
    assert ranked(shelf, stem("نفط")) == [2, 1]


def test_equals_stand_in_the_same_order_on_every_page(shelf: Shelf) -> None:
    shelf.put(*(article(key, "خبر", f"نفط {PADDING}") for key in range(1, 30)))
    whole = ranked(shelf, stem("نفط"))
    pages = [shelf.find(stem("نفط"), facets=(), start=start, count=7).keys for start in range(0, 21, 7)]
    assert whole == sorted(whole, reverse=True)
    assert [key for page in pages for key in page] == list(shelf.find(stem("نفط"), facets=(), count=21).keys)
