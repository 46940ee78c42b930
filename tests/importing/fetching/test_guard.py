"""Whatever an address looks like, nothing inside a network is spoken to."""

from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.fetching import guard
from articles.importing.fetching.guard import Policy, UnsafeAddress

PUBLIC = "93.184.216.34"
OPEN = Policy()


def target(url, *answers, policy=OPEN):
    return guard.target(url, policy, lookup=lambda host, port: answers or (PUBLIC,))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", f"::ffff:{PUBLIC}", "::ffff:0:127.0.0.1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::1"),
    ],
)
def test_an_address_that_is_not_public_is_refused_though_another_one_of_the_name_is(address):
    with pytest.raises(UnsafeAddress, match="not on the public internet"):
        target("https://news.example.org/", PUBLIC, address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111"])
def test_a_public_address_is_kept_to(address):
    assert target("https://news.example.org/a", address).address == address


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
    ],
)
def test_every_spelling_of_this_machine_is_refused(host):
    with pytest.raises(UnsafeAddress):
        guard.target(f"http://{host}/", OPEN)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "javascript:alert(1)",
            "//example.org/",
        ),
        *(
            "http://",
            "http:///a",
            "http://user:secret@example.org/",
            "http://user@example.org/",
            "http://[::1",
        ),
        *(
            "http://example.org:22/",
            "http://example.org:99999/",
            "http://example.org:x/",
            "http://exa mple.org/",
        ),
        *("http://example.org/\r\nHost: inside", "http://example.org\\@inside/", "http://" + "a" * 5000, ""),
        *("http://a..b/", "http://" + "é" * 80 + "/"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url):
    with pytest.raises(UnsafeAddress):
        target(url)


def test_a_name_without_an_address_is_refused():
    with pytest.raises(UnsafeAddress, match="has no address"):
        guard.target("http://example.org/", OPEN, lookup=lambda host, port: ())


def test_arabic_in_a_path_and_in_a_name_is_written_as_servers_ask_for_it():
    found = target("https://أخبار.example/خبر/1?س=ص&a=%D8%A3")
    assert (found.host, found.port) == ("xn--igbicxr.example", 443)
    assert found.path == "/%D8%AE%D8%A8%D8%B1/1?%D8%B3=%D8%B5&a=%D8%A3"


def test_an_operator_may_allow_a_network_of_their_own():
    inside = Policy(networks=(ip_network("10.0.0.0/8"),))
    assert target("http://inside.example/", "10.1.2.3", policy=inside).address == "10.1.2.3"
    with pytest.raises(UnsafeAddress):
        target("http://inside.example/", "192.168.0.1", policy=inside)


@given(st.ip_addresses(v=6))
def test_an_ipv4_address_inside_of_an_ipv6_one_is_never_public(address):
    if address.ipv4_mapped or address.sixtofour or address.teredo or address in ip_network("64:ff9b::/96"):
        assert not guard.is_public(address)
    assert guard.is_public(address) <= address.is_global


@given(st.integers(0, 2**32 - 1))
def test_no_ipv4_address_gains_by_being_mapped(number):
    assert not guard.is_public(ip_address(f"::ffff:{ip_address(number)}"))
    assert not guard.is_public(ip_address((0x64FF9B << 96) + number))


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text):
    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            found = target(url)
        except UnsafeAddress:
            continue
        assert found.path.isascii() and found.host.isascii() and found.path.startswith("/")


def test_no_page_of_the_site_can_make_the_archive_fetch():
    views = Path(guard.__file__).parents[2] / "views"
    users = [path.name for path in views.rglob("*.py") if "fetching" in path.read_text("utf-8")]
    assert users == []
