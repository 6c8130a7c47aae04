"""Requests that no page of ours makes."""

import asyncio
from time import monotonic

import pytest

from services.gateway.demonstration import CHANNEL_ID
from tests.attacks.people import BEN, PAGE, PASSWORD, Colleague, Visitor, stranger
from tests.parley import Parley

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "http://127.0.0.1:1"])
async def test_a_foreign_page_changes_nothing(parley: Parley, ana: Visitor, ben: Colleague, origin: str) -> None:
    async with stranger(parley, Origin=origin, Cookie=f"parley_session={ben.cookie}") as evil:
        assert (await evil.post("/api/session", json={"address": BEN, "password": PASSWORD})).status_code == 403
        assert (await evil.post("/api/asks", json={})).status_code == 403
        assert (await evil.delete("/api/session")).status_code == 403
        assert (await evil.post("/api/widget/asks", json={}, headers={"Authorization": f"Bearer {ana.token}"})).status_code == 403
        for path in ("/api/session", "/api/conversations", "/api/people"):
            assert "access-control-allow-origin" not in (await evil.get(path)).headers
            asked = await evil.request("OPTIONS", path, headers={"Access-Control-Request-Method": "GET"})
            assert "access-control-allow-origin" not in asked.headers
    assert (await ben.http.get("/api/session")).status_code == 200


async def test_a_form_changes_nothing(parley: Parley, ben: Colleague) -> None:
    async with stranger(parley, Cookie=f"parley_session={ben.cookie}") as form:
        del form.headers["X-Parley"]
        assert (await form.post("/api/asks", data={"type": "x"})).status_code == 403
        assert (await form.delete("/api/session")).status_code == 403


BODIES = [
    b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b"[" * 60_000, b'{"address":' * 5000, b'{"address":"\xff"}',
    b'{"address":"a\\u0000b","password":"x"}', b'{"address":"\\ud800","password":"x"}', b'{"address":NaN,"password":1e999}',
    b'{"address":' + b"9" * 5000 + b"}", b'{"a":1,' * 100, b"x" * 70_000,
    b'{"type":"reopen_conversation","x":"\\u0000","y":NaN}',
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:24]))
@pytest.mark.parametrize("path", ["/api/session", "/api/widget/session", "/api/widget/asks", "/api/asks"])
async def test_bad_bodies_are_refused_in_one_way(parley: Parley, ana: Visitor, ben: Colleague, path: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {ana.token}", "Cookie": f"parley_session={ben.cookie}", **JSON}
    async with stranger(parley, **headers) as evil:
        answer = await evil.post(path, content=body)
    assert answer.status_code in {400, 401, 413, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert not any(sign in answer.text for sign in ("Traceback", 'File "', "asyncpg", "pydantic", "/work", "site-packages"))


async def test_rich_text_that_grows_when_cleaned_is_refused(ana: Visitor) -> None:
    html = '<a href="http://a">x</a>' * 2490
    assert (await ana.says(await ana.starts(), "x", html=html)).status_code == 422


@pytest.mark.parametrize("path", [
    "/assets/..%2f..%2f..%2fpages.py", "/assets/%2e%2e/%2e%2e/index.html", "/demo/..%2f..%2f..%2fapp.py", "/assets/%00",
    "/demo/%00", "/widget/assets/..%5c..%5cx", "/assets//etc/passwd", "/demo/%2fetc%2fpasswd", "/assets/" + "a" * 5000,
    "/api/files/..%2f..%2fetc/passwd?sig=x", "/avatars/..%2fben.svg", "/metrics", "/api/../metrics", "/.env", "/docs", "/redoc",
])  # fmt: skip
async def test_paths_lead_nowhere_else(parley: Parley, path: str) -> None:
    async with stranger(parley) as evil:
        answer = await evil.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_pages_carry_their_policies(parley: Parley) -> None:
    async with stranger(parley) as nobody:
        console = (await nobody.get("/")).headers["content-security-policy"]
        widget = (await nobody.get(f"/widget/{CHANNEL_ID}")).headers["content-security-policy"]
        api = (await nobody.get("/api/openapi.json")).headers
    assert "frame-ancestors 'none'" in console
    for policy in (console, widget):
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "base-uri 'none'" in policy
    assert api["cache-control"] == "no-store"
    assert "sandbox" in api["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "a'; script-src *", "x y", "evil.example;report-uri"])
async def test_a_host_cannot_widen_a_policy(parley: Parley, host: str) -> None:
    async with stranger(parley, Host=host) as evil:
        policy = (await evil.get("/")).headers.get("content-security-policy", "")
    assert "script-src *" not in policy
    assert "report-uri" not in policy


@pytest.mark.parametrize("head", [
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(1_000_000)),
    b"GET /" + b"a" * 10_000_000,
    b"GET / HTTP/1.1\r\nX: " + b"a" * 10_000_000,
    b"POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"a" * 10_000_000,
], ids=["headers", "address", "header", "trailer"])  # fmt: skip
async def test_an_endless_head_is_cut(parley: Parley, head: bytes) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", parley.port)
    with pytest.raises(ConnectionError):
        await send_all(writer, head)
    writer.close()


async def send_all(writer: asyncio.StreamWriter, head: bytes) -> None:
    for start in range(0, len(head), 65_536):
        writer.write(head[start : start + 65_536])
        await writer.drain()


async def test_who_is_answered_while_still_sending_is_not_cut_off(parley: Parley) -> None:
    """A reset would take the answer along."""
    reader, writer = await asyncio.open_connection("127.0.0.1", parley.port)
    head = b"POST /api/files HTTP/1.1\r\nHost: x\r\nX-Parley: 1\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n"
    async with asyncio.timeout(5):
        writer.write(head)
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")
        await send_all(writer, b"x" * 2_000_000)
        assert (await reader.read()).endswith(b"}")
    writer.close()


@pytest.mark.long  # waits a time-out in full
async def test_a_head_that_never_ends_is_not_waited_for(parley: Parley) -> None:
    began = monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", parley.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
    async with asyncio.timeout(13):
        assert await reader.read() == b""
    assert monotonic() - began > 5
    writer.close()


@pytest.mark.parametrize("head", [
    b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01",
])  # fmt: skip
async def test_requests_cannot_be_smuggled(parley: Parley, head: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", parley.port)
    writer.write(head)
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith((b"HTTP/1.1 400", b""))
    writer.close()


async def test_only_pages_of_the_web_are_pages(parley: Parley) -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x.example", "file:///etc/passwd"):
        body = {"channel_id": CHANNEL_ID, "page": PAGE | {"url": url}}
        async with stranger(parley) as evil:
            assert (await evil.post("/api/widget/session", json=body)).status_code == 422
