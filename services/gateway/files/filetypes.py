"""What a file is, by its content, and what it may be called."""

import re
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO
from unicodedata import category, normalize

import puremagic

from shared.contracts.gateway import FileRefused

HEAD_BYTES = 64 * 1024
ZIP = b"PK\x03\x04"
IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
ENDINGS: dict[str, tuple[str, ...]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/zip": (".zip",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "audio/mpeg": (".mp3",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/wav": (".wav",),
    "video/mp4": (".mp4", ".m4v"),
    "video/webm": (".webm",),
    "video/quicktime": (".mov",),
    "text/csv": (".csv",),
    "text/plain": (".txt", ".log", ".md"),
}
"""The types that may be attached, with the endings their names may have."""

_OTHER_NAMES = {
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/mp3": "audio/mpeg",
}
_INSIDE_ZIP = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|head|body|iframe)", re.IGNORECASE)
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LONGEST_NAME = 120
MOST_DIRECTORY_BYTES = 1024 * 1024


def type_of(content: BinaryIO, name: str) -> str:
    """The media type. Raises FileRefused for what may not be attached, and for nothing at all."""
    content.seek(0)
    head = content.read(HEAD_BYTES)
    content.seek(0)
    if not head:
        raise FileRefused("The file is empty.")
    found = _zip_type(content) if head.startswith(ZIP) else _text_type(head, name) or _magic_type(head)
    if found not in ENDINGS:
        raise FileRefused("Files of this type cannot be attached.")
    return found


def _text_type(head: bytes, name: str) -> str | None:
    try:
        text = head.decode() if len(head) < HEAD_BYTES else head[:-4].decode(errors="ignore")
    except UnicodeDecodeError:
        return None
    if any(sign < " " and sign not in "\t\r\n\f\x1b" for sign in text):
        return None
    if _MARKUP.search(head[:1024]):
        raise FileRefused("Web pages and SVG drawings cannot be attached.")
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def _magic_type(head: bytes) -> str | None:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    names = (_OTHER_NAMES.get(match.mime_type, match.mime_type) for match in matches)
    return next((name for name in names if name in ENDINGS), None)


class _Sips:
    """A file that cannot be read in one gulp: an archive's directory is one read, and may claim millions of entries."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content
        self.seek, self.tell, self.close = content.seek, content.tell, content.close

    def read(self, size: int = -1) -> bytes:
        """Raises BadZipFile for more than an honest archive needs."""
        taken = self._content.read(min(size, MOST_DIRECTORY_BYTES + 1) if size >= 0 else MOST_DIRECTORY_BYTES + 1)
        if len(taken) > MOST_DIRECTORY_BYTES:
            raise zipfile.BadZipFile("directory too large")
        return taken


def _zip_type(content: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(_Sips(content)) as archive:
            inside = archive.namelist()[:2000]
            if "mimetype" in inside and archive.getinfo("mimetype").file_size < 100:
                return archive.read("mimetype").decode(errors="replace")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as broken:
        raise FileRefused("The archive is damaged.") from broken
    finally:
        content.seek(0)
    if "[Content_Types].xml" not in inside:
        return "application/zip"
    return next((kind for start, kind in _INSIDE_ZIP.items() if any(name.startswith(start) for name in inside)), "")


def clean_name(name: str, media_type: str) -> str:
    """A name that can harm nobody: one line, no paths, no invisible signs, and an ending that tells the truth."""
    normal = normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in normal if category(sign)[0] != "C" and category(sign) not in {"Zl", "Zp"})
    bare = re.sub(r'[<>:"|?*]', "_", seen).strip(" .")
    if not bare or _RESERVED.match(bare):
        bare = f"file_{bare}".rstrip("_")
    stem, ending = PurePosixPath(bare).stem, PurePosixPath(bare).suffix
    if ending.lower() not in ENDINGS[media_type]:
        stem, ending = bare, ENDINGS[media_type][0]
    return stem[:LONGEST_NAME] + ending
