"""Passwords: argon2id, checked in a thread, with the same work for an unknown address as for a known one."""

import asyncio
import secrets
from functools import cache

import asyncpg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from shared.clock import now
from shared.contracts.gateway import AccountNotFound, AddressTaken, WrongCredentials
from shared.errors import Invalid
from shared.postgres import Pool, borrowed

SHORTEST, LONGEST = 8, 256
AT_ONCE = 2  # each check takes 64 MiB and a core for a moment

_hasher = PasswordHasher()
_room = asyncio.Semaphore(AT_ONCE)


async def check_password(pool: Pool, address: str, password: str) -> str:
    """The account id. Raises WrongCredentials, in the same time for unknown addresses."""
    async with borrowed(pool) as connection:
        found = await connection.fetchrow(
            "select c.account_id::text, c.password_hash from credentials c join people p using (account_id) "
            "where c.address = $1 and p.active",
            address.strip().lower(),
        )
    nobodys = await asyncio.to_thread(_nobodys)
    matches = await _matches(found["password_hash"] if found else nobodys, password[: LONGEST + 1])
    if not found or not matches:
        raise WrongCredentials
    return str(found["account_id"])


@cache
def _nobodys() -> str:
    """What an unknown address is checked against."""
    return _hasher.hash(secrets.token_urlsafe())


async def _matches(password_hash: str, password: str) -> bool:
    async with _room:
        return await asyncio.to_thread(_verify, password_hash, password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


async def set_password(pool: Pool, address: str, password: str) -> None:
    """Sets it, and ends the account's sessions. Raises AccountNotFound, AddressTaken or Invalid."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"password: between {SHORTEST} and {LONGEST} characters")
    password_hash = await asyncio.to_thread(_hasher.hash, password)
    async with borrowed(pool) as connection, connection.transaction():
        account_id = await connection.fetchval(
            "select account_id from people where address = $1 and active", address.strip().lower()
        )
        if account_id is None:
            raise AccountNotFound
        try:
            await connection.execute(
                "insert into credentials values ($1, $2, $3, $4) on conflict (account_id) do update "
                "set address = excluded.address, password_hash = excluded.password_hash, changed_at = excluded.changed_at",
                account_id, address.strip().lower(), password_hash, now(),
            )  # fmt: skip
        except asyncpg.UniqueViolationError as taken:
            raise AddressTaken from taken
        await connection.execute("delete from sessions where account_id = $1", account_id)
