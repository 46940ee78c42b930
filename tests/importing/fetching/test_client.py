"""Fetching with manners, and servers without any."""

import gzip
import time

import pytest

from articles.importing.fetching.client import AGENT, Client, RobotsDenied
from articles.importing.fetching.connection import Bounds, FetchFailed
from articles.importing.fetching.guard import Policy, UnsafeAddress
from tests.importing.fetching.conftest import LOOPBACK


def test_a_page_is_fetched_with_its_headers_by_a_program_that_says_who_it_is(site, client):
    site.pages["/a"] = b"<html>"
    fetched = client.fetch(site.url("/a"))
    assert (fetched.answer.status, fetched.answer.body, fetched.address) == (200, b"<html>", site.url("/a"))
    assert fetched.answer.header("content-type") == "text/html; charset=utf-8"
    assert site.headers[-1]["user-agent"].startswith(f"{AGENT}/")
    assert site.headers[-1]["host"] == f"127.0.0.1:{site.port}"


def test_robots_txt_is_asked_once_and_followed(site, client):
    site.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private",
        "/a": b"a",
        "/b": b"b",
        "/private/c": b"c",
    }
    client.fetch(site.url("/a"))
    client.fetch(site.url("/b"))
    with pytest.raises(RobotsDenied, match="robots.txt"):
        client.fetch(site.url("/private/c"))
    assert site.asked == ["/robots.txt", "/a", "/b"]


def test_rules_for_our_program_win_over_those_for_all(site, client):
    site.pages |= {
        "/robots.txt": f"User-agent: *\nDisallow: /\n\nUser-agent: {AGENT}\nAllow: /".encode(),
        "/a": b"a",
    }
    assert client.fetch(site.url("/a")).answer.body == b"a"


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_without_rules_is_open_and_a_broken_one_is_left_alone(site, client, status, allowed):
    site.pages |= {"/robots.txt": (status, {}, b""), "/a": b"a"}
    if allowed:
        assert client.fetch(site.url("/a")).answer.status == 200
    else:
        with pytest.raises(RobotsDenied):
            client.fetch(site.url("/a"))


def test_requests_to_one_site_keep_the_pause_it_asks_for(site, client, pauses):
    site.pages |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 7", "/a": b"a"}
    client.fetch(site.url("/a"))
    client.fetch(site.url("/a"))
    assert [round(pause) for pause in pauses] == [7, 7]


@pytest.mark.parametrize(("asked", "kept"), [("0", 1), ("999999", 30)])
def test_a_pause_is_neither_nothing_nor_for_ever(site, client, pauses, asked, kept):
    site.pages |= {"/robots.txt": f"User-agent: *\nCrawl-delay: {asked}".encode(), "/a": b"a"}
    client.fetch(site.url("/a"))
    assert [round(pause) for pause in pauses] == [kept]


def test_redirects_are_followed_and_the_last_address_is_told(site, client):
    site.pages |= {
        "/a": (302, {"Location": "/b"}, b""),
        "/b": (301, {"Location": site.url("/c#x")}, b""),
        "/c": b"c",
    }
    fetched = client.fetch(site.url("/a"))
    assert (fetched.asked, fetched.address, fetched.answer.body) == (site.url("/a"), site.url("/c"), b"c")


def test_redirects_have_an_end(site, client):
    site.pages["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(FetchFailed, match="redirected more than 5 times"):
        client.fetch(site.url("/a"))


@pytest.mark.parametrize(
    "place",
    [
        "http://10.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/",
        "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://[broken",
    ],
)  # fmt: skip
def test_a_redirect_to_the_inside_is_never_followed(site, client, place):
    site.pages["/a"] = (302, {"Location": place}, b"")
    with pytest.raises(UnsafeAddress):
        client.fetch(site.url("/a"))


def test_the_rules_of_the_site_that_a_redirect_leads_to_count(site, client):
    site.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /b",
        "/a": (302, {"Location": "/b"}, b""),
        "/b": b"b",
    }
    with pytest.raises(RobotsDenied):
        client.fetch(site.url("/a"))


def test_robots_txt_itself_cannot_lead_inside(site, client):
    site.pages |= {"/robots.txt": (302, {"Location": "http://10.0.0.1/"}, b""), "/a": b"a"}
    with pytest.raises(UnsafeAddress):
        client.fetch(site.url("/a"))


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(site):
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1"])  # for the page, for robots.txt, and never again
    client = Client(policy=LOOPBACK, lookup=lambda host, port: [next(answers)], sleep=lambda seconds: None)
    site.pages["/a"] = b"a"
    fetched = client.fetch(f"http://news.example.org:{site.port}/a")
    assert fetched.answer.body == b"a"
    assert (site.headers[-1]["host"], next(answers)) == (f"news.example.org:{site.port}", "10.0.0.1")


def test_this_machine_is_not_spoken_to_unless_it_is_allowed(site):
    with pytest.raises(UnsafeAddress, match="not on the public internet"):
        Client(policy=Policy(any_port=True)).fetch(site.url("/a"))
    assert site.asked == []


def test_an_answer_larger_than_the_bound_is_left(site, client):
    site.pages["/a"] = b"a" * 200_000
    with pytest.raises(FetchFailed, match="larger than 100,000 bytes"):
        client.fetch(site.url("/a"))


def test_a_name_that_cannot_be_looked_up_is_told():
    def nowhere(host, port):
        raise OSError(-2, "Name or service not known")

    with pytest.raises(FetchFailed, match="cannot be looked up: Name or service not known"):
        Client(lookup=nowhere).fetch("http://news.example.org/")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 999999 No\r\n\r\n",
    ],
    ids=["nothing", "garbage", "cut short", "wrong chunks", "500 headers", "a long header", "no status"],
)
def test_an_answer_that_breaks_the_rules_is_a_failure_and_no_more(raw_server, client, answer):
    with pytest.raises(FetchFailed):
        client.fetch(raw_server(answer))


def test_a_server_that_never_ends_is_hung_up_on(raw_server):
    address = raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
    client = Client(policy=LOOPBACK, bounds=Bounds(waiting=0.05, whole=0.1), sleep=lambda seconds: None)
    begun = time.monotonic()
    with pytest.raises(FetchFailed):
        client.fetch(address)
    assert time.monotonic() - begun < 5


def test_headers_that_ask_for_a_newer_version_go_to_the_address_they_are_of(site, client):
    site.pages |= {"/a": (302, {"Location": "/b"}, b""), "/b": gzip.compress(b"b")}
    known = {site.url("/b"): {"If-None-Match": '"1"'}}
    client.fetch(site.url("/a"), lambda url: known.get(url, {}))
    first, last = site.headers[1:]
    assert ("if-none-match" in first, last["if-none-match"]) == (False, '"1"')
