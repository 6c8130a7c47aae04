"""Finding contacts by an address or the beginnings of words."""

from services.gateway.projections.contacts import COLUMNS, contact_of, words
from shared.contracts.views import Contact
from shared.postgres import Pool, borrowed

MOST = 10


async def by_address(pool: Pool, address: str) -> list[Contact]:
    """Those with exactly this address, newest first."""
    async with borrowed(pool) as connection:
        found = await connection.fetch(
            f"select {COLUMNS} from contacts where lower(address) = lower($1) order by met_at desc limit $2",
            address.strip(),
            MOST,
        )
    return [contact_of(record) for record in found]


async def by_words(pool: Pool, query: str) -> list[Contact]:
    """Those in whose name or address every word begins a word; contacts with an address first."""
    sought = [word for word in words(query) if word.replace("_", "")]
    if not sought:
        return []
    async with borrowed(pool) as connection:
        found = await connection.fetch(
            f"select {COLUMNS} from contacts where words @@ $1::text::tsquery order by address is null, met_at desc limit $2",
            " & ".join(f"{_quoted(word)}:*" for word in sought), MOST,
        )  # fmt: skip
    return [contact_of(record) for record in found]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
