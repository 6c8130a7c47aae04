"""Files that are not what they say, links that are not one's own, and too much of both."""

import struct
from io import BytesIO
from time import monotonic
from zlib import crc32

import pytest
from itsdangerous import TimestampSigner
from PIL import Image

from services.gateway.accounts.signing import LINK_SECONDS, FileLinks
from shared.messages import new_id
from tests.attacks.people import Visitor, stranger, visits
from tests.parley import SECRET, Parley

SCRIPT = b"<script>alert(1)</script>"


def picture(size: tuple[int, int] = (40, 30), **saved: object) -> bytes:
    out = BytesIO()
    Image.new("L", size).save(out, **({"format": "JPEG"} | saved))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(("name", "kept"), [
    ("../../etc/passwd", "passwd.txt"), ("..\\..\\boot.ini", "boot.ini.txt"), ("con.txt", "file_con.txt"),
    ("note.txt.html", "note.txt.html.txt"), ("x\u202etxt.exe", "xtxt.exe.txt"), ("\u200b\u2066.txt", "txt.txt"),
    ("..", "file.txt"),
    ("a" * 3000 + ".txt", "a" * 120 + ".txt"), ("=cmd|' /C calc'!A0.txt", "=cmd_' _C calc'!A0.txt"),
    (".htaccess", "htaccess.txt"),
])  # fmt: skip
async def test_a_name_is_only_a_name(ana: Visitor, parley: Parley, name: str, kept: str) -> None:
    told = (await ana.uploads(b"hello", name)).json()
    assert told["media_type"] == "text/plain"
    if "/" not in name and "\\" not in name and "|" not in name:
        assert told["name"] == kept
    assert told["name"].endswith((".txt", ".ini.txt"))
    assert not any(sign in told["name"] for sign in "/\\\u202e\u200b\u2066<>\r\n")
    inside = [file for file in (parley.directory / "files").rglob("*") if file.is_file()]
    assert any(file.name.startswith(told["file_id"]) for file in inside)
    assert not any(name in file.name for file in inside if name != "..")


@pytest.mark.parametrize("content", [
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<!doctype html>" + SCRIPT, b"\xef\xbb\xbf  <HTML>" + SCRIPT,
    b"<?xml version='1.0'?><x/>", b"GIF89a/*" + SCRIPT + b"*/", b"MZ\x90\x00\x03", b"\x7fELF\x02\x01\x01", b"",
    b"PK\x03\x04" + b"x" * 99,
    b"\x89PNG\r\n\x1a\n" + SCRIPT, b"\xff\xd8\xff\xe0" + SCRIPT,
])  # fmt: skip
async def test_what_runs_or_is_broken_is_refused(ana: Visitor, content: bytes) -> None:
    answer = await ana.uploads(content, "photo.png")
    assert (answer.status_code, answer.json()["code"]) == (422, "file_refused")


@pytest.mark.parametrize(("name", "content"), [
    ("late.txt", b"x" * 2000 + SCRIPT), ("polyglot.jpg", picture(comment=SCRIPT) + SCRIPT),
    ("a.pdf", b"%PDF-1.7\n1 0 obj\n<</JS(x)>>"),
])  # fmt: skip
async def test_nothing_that_might_run_is_shown_in_place(ana: Visitor, parley: Parley, name: str, content: bytes) -> None:
    url = (await ana.uploads(content, name)).json()["url"]
    async with stranger(parley) as anybody:
        kept, shown = await anybody.get(url), await anybody.get(f"{url}&preview=1")
    for answer in (kept, shown):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        inline = answer.headers["content-disposition"].startswith("inline")
        assert not inline or (answer.headers["content-type"] == "image/webp" and b"script" not in answer.content)
    assert kept.headers["content-disposition"].startswith("attachment")


async def test_a_preview_holds_only_its_pixels(ana: Visitor) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "Ana's garden", {1: "N", 2: (45.0, 48.0, 0.0)}
    url = (await ana.uploads(picture(exif=exif), "garden.jpg")).json()["url"]
    preview = await ana.http.get(f"{url}&preview=1")
    assert b"garden" not in preview.content
    assert not Image.open(BytesIO(preview.content)).getexif()


async def test_a_link_is_good_for_one_file_and_an_hour(ana: Visitor, parley: Parley) -> None:
    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - LINK_SECONDS - 60

    one, other = [(await ana.uploads(text)).json() for text in (b"one", b"other")]
    good = one["url"].partition("sig=")[2]
    links = FileLinks(SECRET)
    links._signer = Earlier(SECRET, salt="file", digest_method=links._signer.digest_method, key_derivation="hmac")  # type: ignore[assignment]
    signatures = {
        "none": "", "of another file": other["url"].partition("sig=")[2], "cut": good[:-2], "longer": good + "A",
        "expired": links.url(one["file_id"], "x").partition("sig=")[2], "NUL": "%00", "of a token": ana.token, "not ASCII": "%E9",
    }  # fmt: skip
    async with stranger(parley) as eve:
        assert (await eve.get(one["url"])).content == b"one"
        for kind, signature in signatures.items():
            answer = await eve.get(f"/api/files/{one['file_id']}/x?sig={signature}")
            assert answer.status_code == 404, kind
            assert answer.text == (await eve.get(f"/api/files/{new_id()}/x?sig={signature}")).text


async def test_part_of_a_file_costs_no_more_than_the_file(ana: Visitor) -> None:
    url = (await ana.uploads(b"0123456789")).json()["url"]
    many = "bytes=" + ",".join(["0-"] * 2000)
    answer = await ana.http.get(url, headers={"Range": many})
    assert len(answer.content) <= 10


def crowded(entries: int) -> bytes:
    """An archive whose directory has this many entries."""
    start, directory = b"PK\x03\x04" + bytes(26), (b"PK\x01\x02" + bytes(42)) * entries
    return start + directory + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, len(directory), len(start), 0)


def vast() -> bytes:
    """A picture of 900 million pixels, according to its head."""
    head = b"IHDR" + struct.pack(">2L5B", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + head + struct.pack(">L", crc32(head)) + b"\0\0\0\0IDAT\x35\xaf\x06\x1e"


async def test_bombs_do_not_go_off(ana: Visitor) -> None:
    for bomb in (crowded(100_000), vast()):
        began = monotonic()
        answer = await ana.uploads(bomb, "a")
        assert monotonic() - began < 2
        assert answer.json()["code"] == "file_refused"


async def test_too_much_is_refused(ana: Visitor, parley: Parley) -> None:
    assert (await ana.uploads(b"x" * (25 * 1024 * 1024 + 1))).status_code == 422
    parts = {f"f{n}": ("x.txt", b"x") for n in range(1100)}
    assert (await ana.http.post("/api/widget/files", files=parts)).status_code == 400
    greedy = await visits(parley)
    answers = [(await greedy.uploads(b"x")).status_code for _ in range(51)]
    assert answers[:50] == [200] * 50
    assert answers[50] == 422
    await greedy.http.aclose()
