import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.normalization import normalize
from articles.arabic.roots import roots, roots_by_pattern


@pytest.mark.parametrize(
    ("root", "words"),
    [
        ("كتب", "كتاب كتب مكتبة والكتاب كاتب يكتبون مكاتبات"),
        ("علم", "علم علماء معلم تعليم يعلمون معلومات"),
        ("قول", "قال يقول مقال أقوال"),
        ("خدم", "استخدام مستخدم يستخدمون خدمة"),
        ("وزر", "وزير وزراء وزارة"),
    ],
)
def test_words_of_a_root_tell_it(root, words):
    assert [word for word in words.split() if root not in roots(normalize(word))] == []


@pytest.mark.parametrize("word", ["بنك", "تلفزيون", "اوباما", "london", "2014", ""])
def test_a_word_without_a_root_tells_none(word):
    assert roots(word) == ()


@pytest.mark.parametrize(
    ("word", "root"), [("مستحوذ", "حوذ"), ("والمشفرون", "شفر"), ("انشطار", "شطر"), ("تفاعيل", "فعل")]
)
def test_an_unseen_word_tells_its_root_by_its_pattern(word, root):
    assert roots_by_pattern(word) == (root,)


@pytest.mark.parametrize("name", ["هاشتاغ", "ترامب", "كلينتون"])
def test_a_foreign_name_has_the_form_of_no_pattern(name):
    assert roots_by_pattern(name) == ()


@given(st.text(st.characters(), max_size=20))
def test_roots_have_three_or_four_letters(word):
    assert all(len(root) in (3, 4) for root in roots(word))
