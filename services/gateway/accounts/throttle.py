"""Slows down guessing of passwords: tries are counted before they are checked, in a table all gateways share."""

from datetime import datetime, timedelta
from hashlib import sha256

from services.gateway.http.addresses import note_limit
from shared.clock import now
from shared.contracts.gateway import TooManyTries
from shared.postgres import Pool, borrowed

WINDOW = timedelta(minutes=5)
PER_ADDRESS_AND_IP = 8
PER_ADDRESS = 100
PER_IP = 200


class TryLater(TooManyTries):
    """Too many tries. Wait a moment, then try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Try again in {seconds} seconds.")
        self.seconds = seconds

    @classmethod
    def code(cls) -> str:
        """The contract's own code: how long to wait is in the header."""
        return TooManyTries.code()


async def count_try(pool: Pool, address: str, ip: str | None) -> None:
    """Counts this try; `ip` is None for this machine, whoever is behind it. Raises TryLater when there were too many."""
    limits = {_key(address, ip): PER_ADDRESS_AND_IP, _key(address, ""): PER_ADDRESS}
    if ip is not None:
        limits[_key("", ip)] = PER_IP
    at = now()
    async with borrowed(pool) as connection:
        await connection.execute("delete from sign_in_tries where until < $1", at)
        found = await connection.fetch(
            "insert into sign_in_tries select key, 1, $2 from unnest($1::bytea[]) as key order by key "
            "on conflict (key) do update set tries = sign_in_tries.tries + 1 returning key, tries, until",
            list(limits), at + WINDOW,
        )  # fmt: skip
    for record in found:
        if record["tries"] > limits[record["key"]]:
            if ip is not None and record["key"] == _key("", ip):
                note_limit("sign_in", ip)
            raise TryLater(_seconds(record["until"], at))


async def forget_tries(pool: Pool, address: str, ip: str | None) -> None:
    """The password was right."""
    async with borrowed(pool) as connection:
        await connection.execute("delete from sign_in_tries where key = $1", _key(address, ip))


def _key(address: str, ip: str | None) -> bytes:
    return sha256(f"{address.strip().lower()}\0{ip}".encode()).digest()


def _seconds(until: datetime, at: datetime) -> int:
    return max(1, int((until - at).total_seconds()) + 1)
