"""Contacts, and the words they are found by."""

import re
from typing import Any
from unicodedata import combining, normalize

from shared.contracts.contacts import ContactIdentified, ContactMet, ContactRenamed
from shared.envelope import Recorded
from shared.postgres import Connection


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Brings the batch's contacts up to date."""
    for recorded in batch:
        match recorded.event:
            case ContactMet() as met:
                await connection.execute(
                    "insert into contacts values ($1, $2, null, $3, $4, $5, array_to_tsvector($6::text[]))",
                    met.contact_id, met.name, met.locale, met.time_zone, met.at, words(met.name),
                )  # fmt: skip
            case ContactIdentified() as identified:
                await _change(connection, identified.contact_id, name=identified.name, address=identified.address)
            case ContactRenamed() as renamed:
                await _change(connection, renamed.contact_id, name=renamed.name)
            case _:
                pass


async def _change(connection: Connection, contact_id: str, name: str | None, address: str | None = None) -> None:
    found = await connection.fetchrow(
        "update contacts set name = coalesce($2, name), address = coalesce($3, address) where contact_id = $1 "
        "returning name, address",
        contact_id, name, address,
    )  # fmt: skip
    if found:
        known = words(found["name"], found["address"] or "")
        await connection.execute(
            "update contacts set words = array_to_tsvector($2::text[]) where contact_id = $1", contact_id, known
        )


def words(*texts: str) -> list[str]:
    """What a contact is found by: words in lower case without accents, and an address as a whole."""
    folded = [fold(text) for text in texts]
    return sorted({word for text in folded for word in (*re.findall(r"\w+", text), *re.findall(r"\S+@\S+", text))})


def fold(text: str) -> str:
    """Lower case, without accents."""
    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign)).casefold()
