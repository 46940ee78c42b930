"""The web part of the sample collection, seeds/web/: made here, so that every byte of it has its reason beside it.

    python -m tests.seeds

Outlets, towns and people are invented; the addresses lead nowhere. The same text always makes the same files.
"""

import gzip
import hashlib
import io
import json
import zipfile
from html import escape
from pathlib import Path

from articles.exporting import records

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "web"
ALUFUQ, SAHIL, MADAR, MINA = "جريدة الأفق", "وكالة الساحل", "صحيفة المدار", "بريد الميناء"
UNCHANGING = (2017, 10, 1, 0, 0, 0)

# One text of an agency, which three outlets carry: all of it, under another headline, and without its end.
BRIDGE = (
    "افتُتح صباح الأحد في بلدة عين السدرة جسر عائم طوله 240 متراً يصل ضفتي النهر، بعد أربع سنوات من انهيار الجسر "
    "القديم في السيول، وعبره في ساعاته الأولى أكثر من ثلاثة آلاف شخص أغلبهم سيراً على الأقدام.",
    "وقال رئيس بلدية عين السدرة مروان الخضري لوكالة الساحل إن الجسر كلّف مليوناً ومئتي ألف دينار جُمع ربعها من تبرعات "
    "الأهالي والمغتربين، وإن الشاحنات التي تزيد حمولتها على خمسة أطنان لن يُسمح لها بعبوره قبل أن ينتهي فحص المراسي في "
    "الخريف.",
    "وكان تلاميذ الضفة الغربية يقطعون النهر بالقوارب إلى مدارسهم كل صباح، وتوقفت الدراسة في الشتاء الماضي تسعة عشر "
    "يوماً بسبب ارتفاع المياه. وتقول المعلمة سعاد النمر إن صفها الذي بدأ العام بأحد عشر تلميذاً صار فيه ستة وعشرون.",
    "ويعوّل المزارعون على الجسر في نقل محصول التمر قبل نهاية أيلول. وقال مزارع من القرى القريبة إن أجرة نقل الصندوق "
    "بالقارب كانت تعادل نصف ثمنه في السوق، وإن كثيرين تركوا ثمارهم على النخل في الموسمين الماضيين.",
    "ووعدت وزارة الأشغال بأن تبدأ ببناء جسر من الخرسانة في العام المقبل، غير أن موعداً كهذا أُعلن مرتين من قبل ثم أُجّل "
    "لقلة المال.",
)


def floods(quarters: int, families: str, last: str) -> str:
    """The page whose numbers changed while it stood at one address."""
    return page(
        f"السيول تغمر {quarters} حياً في مدينة الرابية والمدارس تفتح أبوابها للعائلات",
        (
            f"غمرت السيول منذ فجر الإثنين {quarters} حياً في مدينة الرابية بعد ليلة من المطر لم تعرف المدينة مثلها منذ "
            f"اثني عشر عاماً، ولجأت {families} عائلة إلى المدارس التي فتحت أبوابها منذ السادسة صباحاً.",
            "وانقطعت الكهرباء عن الأحياء الجنوبية كلها. وقال مهندس في دائرة المياه إن قناة التصريف التي تحمي وسط المدينة "
            "كانت مسدودة بالركام منذ أن بدأ العمل في الطريق الدائري، وإن كتباً أُرسلت إلى المقاول في ذلك ولم يُجب عنها.",
            "وعمل متطوعون بالجرارات على نقل كبار السن من البيوت الواطئة. وتقول ليلى الصابر، وهي ممرضة فتحت بيتها للجيران، "
            f"إن الماء بلغ في شارعها علو الركبة ثم انحسر قبل الظهر. {last}",
        ),
        outlet=ALUFUQ,
        author="نضال الكرخي",
        day="2017-10-02",
        address="https://example.org/alufuq/2017/10/02/suyul-alrabiya",
    )


def page(
    title: str,
    paragraphs: tuple[str, ...],
    *,
    outlet: str,
    author: str,
    day: str,
    address: str,
    charset: str = "utf-8",
) -> str:
    """A page as outlets make them: metadata, a menu, the text, other headlines, a footer."""
    text = "\n".join(f"    <p>{escape(each)}</p>" for each in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
  <meta charset="{charset}">
  <title>{escape(title)} - {outlet}</title>
  <link rel="canonical" href="{address}">
  <meta property="og:type" content="article">
  <meta property="og:site_name" content="{outlet}">
  <meta property="article:published_time" content="{day}">
</head>
<body>
  <nav><a href="/">الرئيسية</a> <a href="/local">محليات</a> <a href="/economy">اقتصاد</a></nav>
  <article>
    <h1>{escape(title)}</h1>
    <p class="byline">بقلم: {author}</p>
{text}
  </article>
  <aside><h3>اقرأ أيضاً</h3><ul><li><a href="/sport">الفريق الأول يعود من المنفى</a></li></ul></aside>
  <footer>جميع الحقوق محفوظة لـ{outlet}</footer>
</body>
</html>
"""


def saved_page() -> bytes:
    """A page that a browser saved, with the comment it leaves."""
    address = "https://example.net/mina/2016/05/jaras-alsafina"
    text = page(
        "صياد يخرج من البحر جرس سفينة غرقت قبل مئة عام",
        (
            "علق جرس من النحاس وزنه أحد عشر كيلوغراماً بشبكة الصياد حسن البحراوي على بعد ميلين من ميناء أم الصدف، وعليه "
            "بالحروف اللاتينية اسم سفينة بخارية تقول دفاتر الميناء إنها غرقت في شتاء 1913.",
            "ونظّف البحراوي الجرس في فناء بيته ثم سلّمه إلى مديرية الآثار التي ستعرضه في مبنى الجمارك القديم. ويقول إنه ظنه "
            "في أول الأمر مرساة صغيرة، ثم قرعه ابنه بحجر «فعرفنا من صوته ما هو».",
            "وتحفظ دار الوثائق في المدينة قائمة بحمولة السفينة: سكّر وقماش وخمسة صناديق من حروف الطباعة كانت في طريقها إلى "
            "جريدة لم تصدر قط. ولم يُعثر على الحطام نفسه.",
        ),
        outlet=MINA, author="رنا الساحلي", day="2016-05-21", address=address,
    )  # fmt: skip
    return text.replace("<html", f"<!-- saved from url=({len(address):04}){address} -->\n<html", 1).encode()


def old_page() -> bytes:
    """A page of tables in Windows-1256, as they were written when there was no other way."""
    title = "سوق الورّاقين يفقد آخر مجلّد للكتب فيه"
    paragraphs = (
        "أغلق الحاج عبد الكريم النسّاخ دكانه في سوق الورّاقين بعد ثلاثة وخمسين عاماً من تجليد الكتب، ولم يبق في السوق من "
        "يخيط الملازم باليد. وقال إن عينيه لم تعودا تريان ثقب الإبرة، وإن أحداً من أبنائه لم يتعلم الحرفة.",
        "وجلّد النسّاخ في سنيّه الأولى دفاتر المحكمة الشرعية، ثم كتب الطلبة، ثم مجاميع الجرائد التي كان باعة السوق "
        "يشترونها بالوزن. ويحتفظ في خزانة عند الباب بمكابس من خشب الجوز ورثها عن أبيه.",
        "وعرضت مكتبة البلدية أن تشتري العدّة كلها وتفتح بها مشغلاً للصغار، فقال إنه سيهبها إياها بشرط واحد: أن تُستعمل.",
    )
    rows = "\n".join(f"<tr><td>{each}</td></tr>" for each in paragraphs)
    return f"""<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">
<title>{title}</title><meta name="author" content="كمال الحلبي">
<link rel="canonical" href="https://example.org/almadar/2015/akhir-almujallidin"></head><body>
<table><tr><td><h1>{title}</h1></td></tr>
<tr><td>{MADAR} - 7 نيسان 2015</td></tr>
{rows}
</table></body></html>
""".encode("windows-1256")


def crawl() -> bytes:
    """One address three times (a text, the same with other numbers, that one again), the agency's text, a resource."""
    address = "https://example.org/alufuq/2017/10/02/suyul-alrabiya"
    first = floods(14, "ثلاثمئة", "ولم تُسجّل إصابات.").encode()
    second = floods(23, "سبعمئة", "وأُعلن مساءً عن وفاة رجل في الستين.").encode()
    bridge = page(
        "جسر عائم يعيد تلاميذ عين السدرة إلى مدارسهم", BRIDGE, outlet=ALUFUQ, author=SAHIL, day="2017-09-11",
        address="https://example.org/alufuq/2017/09/11/jisr-ayn-alsidra",
    )  # fmt: skip
    resource = page(
        "مدرسة ليلية لعمال المرفأ تخرّج دفعتها الأولى",
        (
            "تسلّم ستة عشر عاملاً من عمال المرفأ شهادات محو الأمية في حفل صغير أقيم في عنبر البضائع رقم 4، حيث كانوا يتعلمون "
            "القراءة ثلاث ليالٍ في الأسبوع منذ الشتاء.",
            "وبدأت المدرسة بفكرة محاسب في شركة التفريغ لاحظ أن رفاقه يوقّعون كشوف الأجور ببصماتهم ولا يعرفون ما فيها. ويقول "
            "أكبرهم، وهو في الثامنة والخمسين، إن أول ما قرأه وحده كان اسمه على باب خزانته.",
            "وستفتح المدرسة صفاً ثانياً في الخريف، للنساء من عائلات العمال، في قاعة أعارتها النقابة.",
        ),
        outlet=MADAR, author="سامر الدالي", day="2017-06-18", address="https://example.org/almadar/2017/06/madrasa-layliya",
    ).encode()  # fmt: skip
    return b"".join(
        (
            info("alufuq-2017.warc.gz"),
            response(address, "2017-10-02T09:10:00Z", first),
            response(address, "2017-10-02T18:40:00Z", second),
            revisit(address, "2017-10-05T06:00:00Z", second, of="2017-10-02T18:40:00Z"),
            response(
                "https://example.org/alufuq/2017/09/11/jisr-ayn-alsidra",
                "2017-10-02T09:10:04Z",
                bridge.encode(),
            ),
            record(
                "resource",
                "https://example.org/almadar/2017/06/madrasa-layliya",
                "2017-10-02T09:11:00Z",
                resource,
            ),
        )
    )


def wacz() -> bytes:
    """A crawl of one page in a package that vouches for it."""
    text = page(
        "افتتاح جسر عين السدرة العائم بعد أربع سنوات",
        (BRIDGE[0], BRIDGE[1], BRIDGE[2], BRIDGE[3].partition(". ")[0] + "."),
        outlet=MINA, author=SAHIL, day="2017-09-12", address="https://example.net/mina/2017/09/jisr-ayn-alsidra",
    ).encode()  # fmt: skip
    address = "https://example.net/mina/2017/09/jisr-ayn-alsidra"
    crawl = info("mina.warc.gz") + response(address, "2017-09-13T07:00:00Z", text)
    title = {
        "id": "1",
        "url": address,
        "ts": "2017-09-13T07:00:00Z",
        "title": "افتتاح جسر عين السدرة العائم بعد أربع سنوات",
    }
    files = {
        "archive/mina.warc.gz": crawl,
        "pages/pages.jsonl": lines({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}, title),
    }
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "resources": [
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": records.label(content),
                "bytes": len(content),
            }
            for name, content in files.items()
        ],
    }
    return packed({**files, "datapackage.json": lines(package)})


def pages() -> bytes:
    """Two saved pages in a .zip."""
    well = page(
        "بئر القرية تجفّ والصهاريج تأتي مرتين في الأسبوع",
        (
            "جفّت البئر التي شربت منها قرية أم الحجل تسعين عاماً، وصار الماء يصل إليها في صهاريج البلدية مرتين في الأسبوع، "
            "لكل بيت ستمئة لتر يوقّع صاحبه على تسلّمها.",
            "ويقول مختار القرية إن عشرين بئراً حُفرت في السنوات الخمس الأخيرة لمزارع الدواجن المجاورة، وإن أعمقها يبلغ مئتي "
            "متر. وتقول المزارع إن لديها رخصاً بكل ما حفرت.",
        ),
        outlet=MINA, author="رنا الساحلي", day="2017-08-03", address="https://example.net/mina/2017/08/bir-alqarya",
    )  # fmt: skip
    clock = page(
        "ساعة البلدية تدق من جديد وأهل السوق يختلفون على الوقت",
        (
            "عادت ساعة برج البلدية إلى الدق بعد صمت دام ستة أعوام، حين وجد ساعاتيّ متقاعد في مخزن المدرسة الصناعية ترساً "
            "يصلح لها. وتأخرت الساعة في يومها الأول سبع دقائق.",
            "ويريد أصحاب الدكاكين أن تبقى متأخرة لأن السوق تُغلق عليها، ويريد سائقو الحافلات أن تُضبط. وقالت البلدية إنها "
            "ستستفتي الناس في ذلك على ورق يُوزّع مع فواتير الماء.",
        ),
        outlet=MINA, author="هادي العطار", day="2017-08-17", address="https://example.net/mina/2017/08/saat-albaladiya",
    )  # fmt: skip
    return packed({"mina/bir-alqarya.html": well.encode(), "mina/saat-albaladiya.html": clock.encode()})


def rss() -> bytes:
    """The agency's own feed: its text, and a short piece."""
    quiet = (
        "أعلنت هيئة الموانئ توقف حركة العبّارات يومي الجمعة والسبت بسبب الرياح، وقالت إن التذاكر المحجوزة تبقى صالحة "
        "أسبوعاً. وكانت الأرصاد قد حذّرت من أمواج يزيد علوها على ثلاثة أمتار في الممر الشمالي."
    )
    items = (
        ("افتتاح جسر عائم في عين السدرة", "https://example.net/sahil/2017/09/10/0031", "Sun, 10 Sep 2017 13:05:00 +0300",
         "".join(f"<p>{each}</p>" for each in BRIDGE)),
        ("توقف العبّارات يومين بسبب الرياح", "https://example.net/sahil/2017/09/14/0007", "Thu, 14 Sep 2017 09:20:00 +0300",
         f"<p>{quiet}</p>"),
    )  # fmt: skip
    entries = "\n".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{moment}</pubDate>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
        for title, link, moment, text in items
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{SAHIL}</title><link>https://example.net/sahil/</link><language>ar</language>
{entries}
</channel></rss>
""".encode()


def atom() -> bytes:
    """An entry with its text, and one with a summary only."""
    return """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">
<title>نشرة خزائن الكتب</title><id>urn:x-seed:khazain</id><updated>2017-11-20T08:00:00Z</updated>
<entry><title>فهرس جديد لمخطوطات الطب في مكتبة الوادي</title><id>urn:x-seed:khazain:1</id>
<link href="https://example.org/khazain/fihris-altibb"/><published>2017-11-12T08:00:00Z</published>
<updated>2017-11-12T08:00:00Z</updated><author><name>أسيل الدباغ</name></author>
<content type="html">&lt;p&gt;صدر عن مكتبة الوادي فهرس لمئة وثمانين مخطوطة في الطب والصيدلة، نصفها لم يُوصف من قبل. ويذكر الفهرس لكل مخطوطة
ورقها وخطها ومن تملّكها، ويصحح نسبة كتابين في الكحالة إلى غير مؤلفيهما.&lt;/p&gt;&lt;p&gt;وتقول المكتبة إن صور المخطوطات ستُتاح
للباحثين في العام المقبل، بعد أن تفرغ من ترميم ما أصابته الرطوبة منها.&lt;/p&gt;</content></entry>
<entry><title>دورة في ترميم الورق</title><id>urn:x-seed:khazain:2</id>
<link href="https://example.org/khazain/dawrat-altarmim"/><published>2017-11-20T08:00:00Z</published>
<updated>2017-11-20T08:00:00Z</updated>
<summary>تفتح مكتبة الوادي باب التسجيل في دورة لترميم الورق مدتها ثلاثة أسابيع، لعشرة متدربين من أمناء المكتبات.</summary></entry>
</feed>
""".encode()


FILES = {
    "jaras-alsafina.html": saved_page,
    "akhir-almujallidin.html": old_page,
    "alufuq-2017.warc.gz": crawl,
    "mina.wacz": wacz,
    "mina-pages.zip": pages,
    "sahil.rss": rss,
    "khazain.atom": atom,
}


def info(name: str) -> bytes:
    return record(
        "warcinfo", "", "2017-10-02T09:00:00Z", b"software: written by hand\r\n", ("WARC-Filename", name)
    )


def response(address: str, moment: str, body: bytes) -> bytes:
    return record("response", address, moment, http_head(body) + body, payload=body)


def revisit(address: str, moment: str, body: bytes, *, of: str) -> bytes:
    refers = (
        ("WARC-Profile", records.SAME_PAYLOAD),
        ("WARC-Refers-To-Target-URI", address),
        ("WARC-Refers-To-Date", of),
    )
    return record("revisit", address, moment, http_head(body), *refers, payload=body)


def http_head(body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()


def record(
    kind: str, address: str, moment: str, block: bytes, *more: tuple[str, str], payload: bytes = b""
) -> bytes:
    """A record of a crawl, in a gzip member of its own."""
    types = {"warcinfo": "application/warc-fields", "resource": "text/html; charset=utf-8"}
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{records.number(kind, address, moment, hashlib.sha256(block).hexdigest())}>"),
        ("WARC-Date", moment),
        *([("WARC-Target-URI", address)] if address else []),
        *more,
        *([("WARC-Payload-Digest", records.label(payload))] if payload else []),
        ("WARC-Block-Digest", records.label(block)),
        ("Content-Type", types.get(kind, records.HTTP_RESPONSE)),
        ("Content-Length", str(len(block))),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n", mtime=0)


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, UNCHANGING)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def lines(*objects: object) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (FOLDER / name).write_bytes(make())


if __name__ == "__main__":
    main()
