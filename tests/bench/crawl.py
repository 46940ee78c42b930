"""A crawl of many pages, imported: how fast, in how much memory, and the same archive when the import is killed.

    python -m tests.bench.crawl --pages 20000 --kills 20

Imports a generated WARC once undisturbed, and once killed with SIGKILL at random moments and started again each
time; both archives must hold the same articles, captures and bytes.
"""

import argparse
import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.importing.store.captures import CaptureStore
from tests.bench.collection import generated

ROOT = Path(__file__).resolve().parents[2]
FIRST_DAY = datetime(2017, 1, 1)
MENU = "".join(
    f'<li><a href="/section/{number}">قسم رقم {number} من الأقسام</a></li>' for number in range(40)
)
# What an archive holds, whatever the keys, the random names and the order of writing.
CONTENTS = {
    "articles": """
        SELECT title, body, author, url, url_digest, text_digest, published_on, related_links, evidence
        FROM articles_article ORDER BY url_digest""",
    "captures": """
        SELECT capture.sha256, size, media_type, charset, capture.url, captured_at, locator, details, article.url_digest
        FROM articles_capture capture LEFT JOIN articles_article article ON article.id = capture.article_id
        ORDER BY locator, capture.sha256""",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crawl-bench-") as name:
        folder = Path(name)
        crawl = write_crawl(folder / "crawl.warc.gz", options.pages)
        print(f"{options.pages:,} pages, {crawl.stat().st_size:,} bytes")
        seconds = whole(folder / "undisturbed", crawl, options.pages)
        if options.kills:
            killed(folder / "killed", crawl, options.kills, seconds)
            compare(folder / "undisturbed", folder / "killed")


def write_crawl(path: Path, pages: int) -> Path:
    """A WARC of pages as newsrooms make them; the same number gives the same pages."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, article in enumerate(generated(pages)):
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            moment = FIRST_DAY + timedelta(seconds=number)
            record = writer.create_warc_record(
                f"https://news.example.org/news/{number}", "response",
                payload=io.BytesIO(page(article, number).encode()), http_headers=headers,
                warc_headers_dict={"WARC-Date": f"{moment.isoformat()}Z"},
            )  # fmt: skip
            writer.write_record(record)
    return path


def page(article: dict[str, str], number: int) -> str:
    title, source, author = (escape(article[name]) for name in ("title", "source", "author"))
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in article["body"].split("\n\n"))
    related = "".join(
        f'<li><a href="/news/{number * 7 + other}">خبر آخر رقم {other}</a></li>' for other in range(10)
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title} | {source}</title>'
        f'<link rel="canonical" href="https://news.example.org/news/{number}">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{source}">'
        f'<meta property="article:published_time" content="{article["published"]}T10:00:00+03:00">'
        f'<meta name="author" content="{author}"><style>{"body{margin:0;padding:0}" * 40}</style>'
        f"<script>{'function f(x){return x+1};' * 60}</script></head><body><header><nav><ul>{MENU}</ul></nav></header>"
        f'<main><article><h1>{title}</h1><div class="meta"><span class="author">{author}</span>'
        f'<time datetime="{article["published"]}">{article["published"]}</time></div>'
        f'<div class="article-body">{paragraphs}</div></article><aside><h3>اقرأ أيضاً</h3><ul>{related}</ul></aside>'
        f"</main><footer><p>جميع الحقوق محفوظة © {source} 2017</p></footer></body></html>"
    )


def start(data: Path, crawl: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_articles", str(crawl), "--no-index", "--verbosity", "0"],
        cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


def prepare(data: Path) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=environment(data), check=True)


def whole(data: Path, crawl: Path, pages: int) -> float:
    """Import undisturbed; the seconds it took."""
    prepare(data)
    begun, peaks = time.perf_counter(), dict[int, int]()
    process = start(data, crawl)
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        peaks |= dict(memory(process.pid))
        time.sleep(0.2)
    seconds, usage = time.perf_counter() - begun, ended[2]
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    assert process.returncode == 0, process.returncode
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{seconds:.0f} s, {pages / seconds:.0f} pages a second")
    print(f"{cpu:.0f} s of processors, {cpu / pages * 1000:.1f} ms a page")
    print(
        f"peak memory of each process, MB: {', '.join(str(kilobytes // 1024) for kilobytes in peaks.values())}"
    )
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return seconds


def memory(pid: int) -> Iterator[tuple[int, int]]:
    """The peak of a process and of those it started, in kilobytes."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (pid, *map(int, started)):
            yield one, int(Path(f"/proc/{one}/status").read_text().split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        return


def killed(data: Path, crawl: Path, kills: int, seconds: float) -> None:
    """Import, killed at random moments and run again each time, and to its end at last."""
    prepare(data)
    chance = random.Random(kills)
    begun = 0
    for _kill in range(kills):
        process = start(data, crawl)
        try:
            process.wait(timeout=chance.uniform(0.5, seconds / kills * 0.8))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            begun += 1
        process.wait()
    print(f"killed {begun} times; stored by then: {count(data):,} articles")
    assert start(data, crawl).wait() == 0
    print(f"run to its end: {count(data):,} articles")


def count(data: Path) -> int:
    return int(rows(data, "SELECT count(*) FROM articles_article")[0][0])


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(data / "archive.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def compare(one: Path, other: Path) -> None:
    for name, query in CONTENTS.items():
        assert rows(one, query) == rows(other, query), f"the {name} differ"
    store = CaptureStore(other / "captures")
    digests = [str(digest) for (digest,) in rows(other, "SELECT DISTINCT sha256 FROM articles_capture")]
    for digest in digests:
        store.read(digest)  # checks it
    files = {path.name for path in store.folder.rglob("*.gz")}
    assert files == {f"{digest}.gz" for digest in digests}, (
        "the store holds other bytes than the database says"
    )
    print(f"equal: articles, captures, and the bytes of {len(digests):,} captures")


if __name__ == "__main__":
    main()
