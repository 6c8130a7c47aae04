"""From a conversation's record to the mail: HTML that every mail program shows, and the same as text. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.transcripts.cleaning import as_html, as_text, one_line
from services.transcripts.look import Look
from services.transcripts.record import Record
from services.transcripts.words import locale_of, words_in
from shared.contracts.conversations import MessagePosted


@dataclass(frozen=True)
class Rendered:
    """Both forms of a transcript."""

    html: str
    text: str


def render(record: Record, look: Look, subject: str, locale: str, links: Mapping[str, str]) -> Rendered:
    """The transcript in the visitor's language and time zone (UTC where the browser named none that exists).

    `links` says where each attachment can be had, by its file's id.
    """
    spoken, zone = locale_of(locale), _zone(record.started.time_zone)
    facts = {
        "subject": one_line(subject),
        "look": look,
        "company": one_line(look.company),
        "words": words_in(spoken),
        "locale": spoken,
        "direction": spoken.text_direction,
        "began": _moment(record.started.at, zone, spoken),
        "zone": get_timezone_name(record.started.at.astimezone(zone), "long", locale=spoken),
        "page": one_line(record.started.page.url),
        "page_title": one_line(record.started.page.title or record.started.page.url),
        "days": list(_days([_line(message, zone, spoken, links) for message in record.messages])),
    }
    return Rendered(_templates().get_template("transcript.html").render(facts), _text(facts))


def _moment(at: datetime, zone: tzinfo, locale: Locale) -> str:
    day = format_date(at.astimezone(zone), "long", locale=locale)
    return f"{day}, {format_time(at, 'short', tzinfo=zone, locale=locale)}"


def _text(facts: dict[str, Any]) -> str:
    return _templates().get_template("transcript.txt").render(facts)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _days(lines: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The messages, day by day of the visitor's calendar."""
    for day, said in groupby(lines, key=lambda line: str(line["day"])):
        yield day, list(said)


def _line(message: MessagePosted, zone: tzinfo, locale: Locale, links: Mapping[str, str]) -> dict[str, Any]:
    return {
        "author": one_line(message.author.name),
        "kind": message.author.kind,
        "day": format_date(message.at.astimezone(zone), "full", locale=locale),
        "time": format_time(message.at, "short", tzinfo=zone, locale=locale),
        "html": as_html(message.content),
        "text": as_text(message.content),
        "files": [
            {"name": one_line(file.name), "size": _size(file.size, locale), "url": links.get(file.file_id)}
            for file in message.content.attachments
        ],
    }


def _size(size: int, locale: Locale) -> str:
    """`1.4 MB`, in steps of 1,000."""
    if size < 1_000_000:
        return f"{format_decimal(max(1, round(size / 1000)), locale=locale)} kB"
    return f"{format_decimal(size / 1_000_000, format='0.0', locale=locale)} MB"


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
