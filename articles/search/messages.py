"""What a reader is told of how a query was read: one Arabic sentence for each code.

`{word}` is quoted from the query. A view in another language translates the template, then fills it in.
"""

from articles.search.syntax import Message

LONGEST_QUOTATION = 60

MESSAGES = {
    "too_long": "البحث أطول من {limit} حرف، فقرأنا أوله وتركنا ما بعد «{word}». اختصره.",
    "too_many_words": "في البحث أكثر من {limit} كلمة، فقرأنا أولها وتركنا «{word}» وما بعدها. اختصره.",
    "too_deep": "الأقواس متداخلة أكثر من {limit} طبقات، فتجاهلنا أعمقها. بسّط البحث.",
    "no_words": "لا كلمة في البحث، فلا نتائج له. اكتب كلمة من حروف أو أرقام.",
    "stopwords": "لم نشترط هذه الكلمات لشيوعها: {words}. ضع الكلمة بين علامتي اقتباس لتُشترط.",
    "only_without": "البحث استبعاد كله، فعرضنا كل المقالات إلا ما استبعدت. أضف كلمة تبحث عنها.",
    "mixed_operators": "جمع البحث «و» و«أو» بلا أقواس، فقرأنا «و» قبل «أو». ضع قوسين حول ما يُقرأ معاً.",
    "stray_operator": "لا كلمة قبل «{word}» أو لا كلمة بعدها، فتجاهلناها. أكمل البحث، أو ضعها بين علامتي اقتباس.",
    "stray_without": "لا كلمة بعد «{word}»، فتجاهلناها. اكتب بعدها ما تستبعده، أو ضعها بين علامتي اقتباس.",
    "repeated_without": "تكررت «{word}» قبل كلمة واحدة، فقرأناها مرة واحدة.",
    "operator_as_word": "لا كلمة تعمل فيها «{word}»، فبحثنا عنها هي كلمةً.",
    "unclosed_quote": "علامة الاقتباس قبل «{word}» غير مغلقة، فقرأنا ما بعدها عبارة. أغلقها حيث تنتهي العبارة.",
    "stray_quote": "علامة الاقتباس {word} وحدها، فتجاهلناها. ضع العبارة بين علامتين.",
    "empty_phrase": "لا كلمة بين علامتي الاقتباس، فتجاهلناهما. اكتب العبارة بينهما.",
    "long_phrase": "العبارة أطول من {limit} كلمة، فقرأنا أولها وتركنا «{word}» وما بعدها.",
    "wildcard_in_phrase": "لا تعمل النجمة داخل علامتي الاقتباس، فتجاهلناها في «{word}».",
    "unclosed_group": "القوس «{word}» غير مغلق، فأغلقناه في آخر البحث. أغلقه حيث ينتهي ما فيه.",
    "stray_close": "القوس «{word}» يغلق ما لم يُفتح، فتجاهلناه.",
    "empty_group": "لا شيء بين القوسين، فتجاهلناهما.",
    "empty_field": "لا شيء بعد «{word}:»، فتجاهلناه. اكتب الكلمة بعد النقطتين.",
    "repeated_field": "حقلان لكلمة واحدة، فتجاهلنا «{word}:».",
    "unknown_field": "لا حقل اسمه «{word}»، فبحثنا عنه كلمةً. هل أردت «{name}:»؟",
    "short_wildcard": "يلزم مع النجمة حرفان متتاليان، وثلاثة حروف إن سبقتها، فبحثنا عن «{reading}» بدل «{word}».",
    "empty_wildcard": "يلزم مع النجمة حرفان متتاليان، فتجاهلنا «{word}».",
    "too_many_wildcards": "في البحث أكثر من {limit} كلمات فيها نجمة أو ~، فبحثنا عن «{reading}» بدل «{word}».",
    "short_fuzzy": "«{word}» أقصر من أن نبحث عما يقاربها، فبحثنا عنها هي. يلزم مع ~ أربعة حروف على الأقل.",
    "fuzzy_lowered": "لا نخالف «{word}» بأكثر من {limit} من الحروف، فقرأناها {reading}.",
    "fuzzy_only_words": "لا تعمل ~ إلا بعد كلمة واحدة، فتجاهلناها في «{word}».",
    "not_literal": "لا تعمل علامة المساواة إلا مع كلمة أو عبارة، فتجاهلناها قبل «{word}».",
    "bad_root": "«{word}» ليس جذراً من ثلاثة حروف عربية أو أربعة، فبحثنا عنه كما هو. اكتب الجذر هكذا: كتب، أو ك-ت-ب.",
    "not_near": "القرب والجملة والفقرة لكلمات وعبارات أو خيارات منها، فطلبنا «{word}» في المقال كله.",
    "short_nearness": "القرب بين كلمتين على الأقل، فبحثنا عن «{word}» وحدها.",
    "too_many_near": "لا نقيس القرب بين أكثر من {limit} كلمات، فتركنا «{word}» وما بعدها.",
    "nested_nearness": "قرب داخل قرب، فقرأنا الكلمات كلها قريبةً بعضها من بعض.",
    "mixed_nearness": "اختلفت أدوات القرب المتتابعة، فقرأنا أوسعها للكلمات كلها: {reading}.",
    "too_far": "أبعد قرب نقيسه {limit} كلمة، فقرأنا {word} هكذا: {limit}.",
    "not_counted": "لا تُعدّ المرات إلا لكلمة أو عبارة أو خيارات منها، فطلبنا «{word}» مرة واحدة.",
    "count_limited": "العدد في «{word}» من 1 إلى {limit}، فقرأناه {reading}.",
    "date_unreadable": "«{word}» بعد «{name}:» ليس تاريخاً، فبحثنا عنه كلمةً. اكتب مثلاً 2015 أو 2014..2016",
    "hijri_unknown": "لا نحوّل من السنين الهجرية إلا {first} إلى {last}، فبحثنا عن «{word}» كلمةً. اكتب التاريخ ميلادياً.",
    "date_relative": "قرأنا «{word}» هكذا: {reading}.",
    "date_hijri": "قرأنا «{word}» بتقويم أم القرى: {reading}.",
    "date_impossible": "لا يوجد تاريخ «{word}»، فقرأناه {reading}.",
    "date_swapped": "آخر المدة «{word}» قبل أولها، فقلبناها: {reading}.",
    "date_without_year": "لا سنة في «{word}»، فقرأناه {reading}.",
    "kept_word": "«{word}» تُبحث كما هي وما يتصل بها، ولا تُجمع بكلمات من جذعها.",
    "date_without_field": "قرأنا «{word}» مدةً من الزمن. ضعها بين علامتي اقتباس لتبحث عن أرقامها.",
}


def message(code: str, start: int, end: int, **arguments: str) -> Message:
    """The sentence of `code`, filled in. Long quotations are cut.

    >>> message("stray_close", 4, 5, word=")").text
    'القوس «)» يغلق ما لم يُفتح، فتجاهلناه.'
    """
    filled = {name: shorten(value) for name, value in arguments.items()}
    return Message(code, MESSAGES[code].format(**filled), start, end, tuple(filled.items()))


def shorten(quotation: str) -> str:
    """A quotation short enough to stand in a sentence.

    >>> len(shorten("كلام " * 100))
    60
    """
    if len(quotation) <= LONGEST_QUOTATION:
        return quotation
    return quotation[: LONGEST_QUOTATION - 1].rstrip() + "…"
