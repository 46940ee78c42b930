import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.unseen_words import RULES, stem_unseen

ARABIC_WORDS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=12)


@pytest.mark.parametrize(
    "forms", ["زغلبوت الزغلبوت والزغلبوت للزغلبوت بالزغلبوت", "زغلبي زغلبيه الزغلبيين زغلبيات"]
)
def test_the_forms_of_an_unseen_word_meet(forms):
    assert len({stem_unseen(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("بزغلوط", "زغلوط"), ("زغلب", "زغلبه"), ("هاملتون", "هاملت")])
def test_what_may_belong_to_the_word_stays(one, other):
    assert stem_unseen(one) != stem_unseen(other)


@given(ARABIC_WORDS)
def test_a_rule_never_leaves_less_than_three_letters(word):
    for rule in RULES:
        assert len(rule(word)) >= min(3, len(word))
