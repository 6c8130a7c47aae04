"""Who is signed in: random tokens of which only the hash is kept, looked up at most every few seconds."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from cachetools import TTLCache

from shared.clock import now
from shared.postgres import Pool, borrowed

LONGEST = timedelta(days=30)
IDLE = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=10)
REMEMBERED_SECONDS = 3


class Sessions:
    """Signed-in browsers."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._remembered: TTLCache[bytes, str] = TTLCache(10_000, REMEMBERED_SECONDS)

    async def begin(self, account_id: str) -> str:
        """A new session's token; it is shown once and kept nowhere."""
        token = secrets.token_urlsafe(32)
        async with borrowed(self._pool) as connection:
            await connection.execute("delete from sessions where created_at < $1 or seen_at < $2", now() - LONGEST, now() - IDLE)
            await connection.execute("insert into sessions values ($1, $2, $3, $3)", token_hash(token), account_id, now())
        return token

    async def account_of(self, token: str | None) -> str | None:
        """The account signed in with this token, if the session lives."""
        if not token:
            return None
        key = token_hash(token)
        if (known := self._remembered.get(key)) is None and (known := await self._look_up(key)) is not None:
            self._remembered[key] = known
        return known

    async def _look_up(self, key: bytes) -> str | None:
        at = now()
        async with borrowed(self._pool) as connection:
            found = await connection.fetchrow(
                "select account_id::text, seen_at from sessions where token_hash = $1 and created_at > $2 and seen_at > $3",
                key, at - LONGEST, at - IDLE,
            )  # fmt: skip
            if found and found["seen_at"] < at - SEEN_EVERY:
                await connection.execute("update sessions set seen_at = $2 where token_hash = $1", key, at)
        return found["account_id"] if found else None

    async def end(self, token: str) -> None:
        """Signs out."""
        key = token_hash(token)
        self._remembered.pop(key, None)
        async with borrowed(self._pool) as connection:
            await connection.execute("delete from sessions where token_hash = $1", key)

    async def living(self, keys: Collection[bytes]) -> set[bytes]:
        """Those of these sessions that have not ended."""
        async with borrowed(self._pool) as connection:
            found = await connection.fetch(
                "select token_hash from sessions where token_hash = any($1::bytea[]) and created_at > $2 and seen_at > $3",
                list(keys), now() - LONGEST, now() - IDLE,
            )  # fmt: skip
        return {record["token_hash"] for record in found}


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return sha256(token.encode()).digest()
