"""Contacts, and the words they are found by: each batch reads those it touches once, and writes them once."""

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import combining, normalize

from asyncpg import Record

from shared.contracts.contacts import ContactIdentified, ContactMet, ContactRenamed
from shared.contracts.views import Contact
from shared.envelope import Recorded
from shared.postgres import Connection

LONGEST_WORD = 256
"""PostgreSQL cuts a lexeme at 2,046 bytes, in the middle of a letter if need be, and cannot read it again."""

COLUMNS = "contact_id, name, address, locale, time_zone, met_at"
UPSERT = """
insert into contacts (contact_id, name, address, locale, time_zone, met_at, words)
select id, name, address, locale, time_zone, met_at, array_to_tsvector(string_to_array(words, ' '))
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
     as c(id, name, address, locale, time_zone, met_at, words)
on conflict (contact_id) do update set name = excluded.name, address = excluded.address, words = excluded.words
"""


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Brings the batch's contacts up to date."""
    events = [r.event for r in batch if isinstance(r.event, ContactMet | ContactIdentified | ContactRenamed)]
    if events:
        found = await connection.fetch(
            f"select {COLUMNS} from contacts where contact_id = any($1::uuid[])", list({event.contact_id for event in events})
        )
        contacts = {contact.contact_id: contact for contact in map(contact_of, found)}
        for event in events:
            contacts[event.contact_id] = evolve(contacts.get(event.contact_id), event)
        await _write(connection, contacts.values())


def evolve(contact: Contact | None, event: ContactMet | ContactIdentified | ContactRenamed) -> Contact:
    """The contact after `event`."""
    if isinstance(event, ContactMet):
        return Contact(
            contact_id=event.contact_id, name=event.name, locale=event.locale, time_zone=event.time_zone, met_at=event.at
        )
    if contact is None:
        raise ValueError(f"{event.type} of a contact nobody has met: {event.contact_id}")
    if isinstance(event, ContactRenamed):
        return contact.model_copy(update={"name": event.name})
    return contact.model_copy(update={"name": event.name or contact.name, "address": event.address})


async def _write(connection: Connection, contacts: Iterable[Contact]) -> None:
    columns = zip(
        *((c.contact_id, c.name, c.address, c.locale, c.time_zone, c.met_at, " ".join(words(c.name, c.address or "")))
          for c in contacts), strict=True,
    )  # fmt: skip
    await connection.execute(UPSERT, *map(list, columns))


def contact_of(record: Record) -> Contact:
    """A contact as the sidebar shows it."""
    return Contact(
        contact_id=str(record["contact_id"]), name=record["name"], address=record["address"], locale=record["locale"],
        time_zone=record["time_zone"], met_at=record["met_at"],
    )  # fmt: skip


def words(*texts: str) -> list[str]:
    """What a contact is found by: words in lower case without accents, and an address as a whole."""
    folded = [fold(text) for text in texts]
    found = {word for text in folded for word in (*re.findall(r"\w+", text), *re.findall(r"\S+@\S+", text))}
    return sorted({word[:LONGEST_WORD] for word in found})


def fold(text: str) -> str:
    """Lower case, without accents."""
    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign)).casefold()
