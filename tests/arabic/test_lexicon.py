import pytest

from articles.arabic.datafiles import DATA, read_rows, read_table
from articles.arabic.lexicon import Affixes, Lexicon, Tables, headword_for, lexicon
from articles.arabic.word_lists import Addition

NOUN = {"": frozenset({"", "ه", "هم"}), "ال": frozenset({""})}


def known(stems: dict[str, str], **tables) -> Lexicon:
    return Lexicon(Tables(stems, Affixes({"N": NOUN, "Name": {"": frozenset({""})}}), **tables))


def test_a_reading_is_a_stem_between_affixes_that_its_category_takes():
    (reading,) = known({"كتاب": "/N"}).readings("كتابهم")
    assert (reading.prefix, reading.stem, reading.suffix, reading.headword) == ("", "كتاب", "هم", "كتاب")


def test_affixes_that_do_not_go_together_make_no_reading():
    assert list(known({"كتاب": "/N"}).readings("الكتابهم")) == []


def test_the_heavier_of_two_readings_counts():
    stems, weights = {"كتب": "كتاب/N كاتب/N"}, {"كتب": "-40 -70"}
    assert known(stems, weights=weights).likeliest("كتب").headword == "كتاب"
    assert known(stems, weights={"كتب": "-70 -40"}).likeliest("كتب").headword == "كاتب"


def test_of_equals_the_longer_stem_counts():
    assert known({"وجه": "/N", "وج": "/N"}).likeliest("وجه").stem == "وجه"


def test_an_addition_has_its_weight_behind_those_of_the_lexicon():
    added = {"كتب": [Addition("كتب", "كتيب", "N")]}
    readings = known({"كتب": "كتاب/N"}, weights={"كتب": "-40 -30"}, additions=added).readings("كتب")
    assert [(reading.headword, reading.weight > -131) for reading in readings] == [
        ("كتاب", False),
        ("كتيب", True),
    ]


def test_a_name_is_read_with_its_weight():
    assert known({}, names={"اوباما": "-45"}).likeliest("اوباما").headword == "اوباما"


def test_what_nobody_listed_has_no_reading():
    assert known({"كتاب": "/N"}).likeliest("مدرسه") is None
    assert not known({"كتاب": "/N"}).can_read("مدرسه")


def test_a_listed_headword_is_the_plain_form_before_the_likelier_one():
    pains = known({"الم": "/N", "المان": "الماني/N"}, weights={"الم": "-10", "المان": "-80"})
    assert headword_for("المان", pains) == "الماني"


@pytest.mark.parametrize("name", ["lexicon.txt", "weights.txt", "names.txt", "roots.txt"])
def test_the_shipped_tables_name_their_licence(name):
    head = [line for line in (DATA / name).read_text("utf-8").splitlines()[:6] if line.startswith("#")]
    assert "licence" in " ".join(head).lower()


def test_every_category_of_the_tables_has_its_affixes():
    categories = {
        entry.partition("/")[2] for line in read_table("lexicon.txt").values() for entry in line.split()
    }
    assert categories <= lexicon().categories.keys()


def test_every_stem_with_weights_has_one_for_each_of_its_entries():
    lexicon_entries, weights = read_table("lexicon.txt"), read_table("weights.txt")
    short = [
        stem
        for stem, line in weights.items()
        if len(line.split()) < len(lexicon_entries.get(stem, "").split())
    ]
    assert short == []


def test_the_kinds_of_the_word_list_are_known():
    assert {row[0] for row in read_rows("words.txt")} == {"noun", "singular", "person", "verb", "name"}
