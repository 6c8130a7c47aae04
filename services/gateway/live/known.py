"""What live events taught: whose conversation it is, and what a contact is called. Saves the ask path its reads."""

import orjson
from cachetools import LRUCache

from services.gateway.accounts.signing import Visitor
from services.gateway.live.happened import Happened
from shared.postgres import Pool, borrowed

KEPT = 100_000


class Known:
    """Contacts by conversation and names by contact; the read model answers for those not heard of lately."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._contacts: LRUCache[str, str] = LRUCache(KEPT)
        self._names: LRUCache[str, str] = LRUCache(KEPT)

    def hear(self, happened: Happened) -> None:
        """Takes note of an event."""
        if happened.contact_id is None:
            return
        if happened.conversation_id:
            self._contacts[happened.conversation_id] = happened.contact_id
        elif name := orjson.loads(happened.body).get("name"):
            self._names[happened.contact_id] = name

    async def contact_of(self, conversation_id: str) -> str | None:
        """The contact of a conversation; None when there is none."""
        if (known := self._contacts.get(conversation_id)) is None:
            async with borrowed(self._pool) as connection:
                known = await connection.fetchval("select contact_id::text from rows where conversation_id = $1", conversation_id)
            if known:
                self._contacts[conversation_id] = known
        return known

    async def name_of(self, visitor: Visitor) -> str:
        """What a visitor is called."""
        return await self.met_name(visitor.contact_id) or visitor.name

    async def met_name(self, contact_id: str) -> str | None:
        """The name of a contact that was met; None for a browser nobody has met."""
        if (known := self._names.get(contact_id)) is None:
            async with borrowed(self._pool) as connection:
                known = await connection.fetchval("select name from contacts where contact_id = $1", contact_id)
            if known:
                self._names[contact_id] = known
        return known
