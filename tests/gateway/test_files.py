"""What may be attached, and what it is called then."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from services.gateway.files.filetypes import clean_name, type_of
from services.gateway.files.images import PREVIEW_PIXELS, look_at
from shared.contracts.gateway import FileRefused

ORIENTATION, DESCRIPTION = 0x0112, 0x010E


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 600), exif: Image.Exif | None = None, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return out.getvalue()


ALLOWED = [
    ("a.png", picture("PNG"), "image/png"),
    ("a.bin", picture("JPEG"), "image/jpeg"),
    ("a.gif", picture("GIF"), "image/gif"),
    ("a.webp", picture("WEBP"), "image/webp"),
    ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF", "application/pdf"),
    ("a.zip", archive("a.txt"), "application/zip"),
    ("a.docx", archive("[Content_Types].xml", "word/document.xml"),
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.txt", "Grüße".encode(), "text/plain"),
    ("a.csv", b"size,stock\n52,1\n", "text/csv"),
    ("a.txt", b"x" * 200_000, "text/plain"),
]  # fmt: skip
REFUSED = [
    ("empty.txt", b""),
    ("page.html", b"<!doctype html><script>alert(1)</script>"),
    ("page.txt", b"  <HTML><body onload=alert(1)>"),
    ("drawing.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("photo.png", b'<svg onload="alert(1)"/>'),
    ("program.png", b"MZ\x90\x00" + bytes(range(256)) * 4),
    ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4),
    ("broken.zip", archive("a.txt")[:40]),
]


@pytest.mark.parametrize(("name", "content", "media_type"), ALLOWED, ids=[kind for _, _, kind in ALLOWED])
def test_the_content_says_what_it_is(name: str, content: bytes, media_type: str) -> None:
    assert type_of(BytesIO(content), name) == media_type


@pytest.mark.parametrize(("name", "content"), REFUSED, ids=[name for name, _ in REFUSED])
def test_refused_whatever_it_is_called(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused):
        type_of(BytesIO(content), name)


NAMES = [
    ("photo.jpg", "photo.jpg"),
    ("photo.JPEG", "photo.JPEG"),
    ("../../etc/passwd", "passwd.jpg"),
    ("C:\\Users\\ana\\photo.jpg", "photo.jpg"),
    ("photo.jpg.exe", "photo.jpg.exe.jpg"),
    ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
    ("pho\u200bto\x00\r\n.jpg", "photo.jpg"),
    ("CON", "file_CON.jpg"),
    ("  ..  ", "file.jpg"),
    ("", "file.jpg"),
    ("a<b>:c|d?.jpg", "a_b__c_d_.jpg"),
    ("x" * 500 + ".jpg", "x" * 120 + ".jpg"),
    ("fotografía de mi bici 🚲.jpg", "fotografía de mi bici 🚲.jpg"),
]


@pytest.mark.parametrize(("given_name", "kept"), NAMES)
def test_a_name_can_harm_nobody(given_name: str, kept: str) -> None:
    assert clean_name(given_name, "image/jpeg") == kept


def test_a_preview_is_smaller_upright_and_tells_nothing_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = 6, "where Ana lives"
    looked = look_at(BytesIO(picture("JPEG", (4000, 2000), exif)))
    assert (looked.width, looked.height) == (2000, 4000)
    assert b"where Ana lives" not in looked.preview
    with Image.open(BytesIO(looked.preview)) as preview:
        assert preview.format == "WEBP"
        assert preview.size == (PREVIEW_PIXELS // 2, PREVIEW_PIXELS)
        assert not preview.getexif()


@pytest.mark.parametrize(
    "content", [picture()[:200], b"\x89PNG\r\n\x1a\n" + bytes(100), b"", picture("PNG", (9000, 9000), mode="1")],
    ids=["cut", "empty chunks", "nothing", "81 million pixels"],
)  # fmt: skip
def test_damaged_and_huge_images_are_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        look_at(BytesIO(content))
