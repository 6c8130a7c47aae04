"""Migrations of what is not derived: `migrations/NNNN_name.sql`, each run once, in order, by one gateway at a time."""

from pathlib import Path

from shared.postgres import Connection, Pool, borrowed

FOLDER = Path(__file__).parent / "migrations"


class MigrationsDisagree(SystemExit):
    """The database and this version of Parley do not fit together; nothing was changed."""


async def migrate(pool: Pool) -> list[str]:
    """Brings the schema `gateway` up to date. Answers with the names of those run now."""
    async with borrowed(pool) as connection, connection.transaction():
        await connection.execute("set local search_path to gateway")
        await connection.execute("select pg_advisory_xact_lock(hashtextextended('gateway/migrations', 0))")
        await connection.execute(
            "create table if not exists migrations (name text primary key, run_at timestamptz default now())"
        )
        missing = to_run(known(), await _done(connection))
        for name in missing:
            await connection.execute((FOLDER / f"{name}.sql").read_text())
            await connection.execute("insert into migrations (name) values ($1)", name)
        return missing


def known() -> list[str]:
    """The migrations this version brings along, in order."""
    return sorted(file.stem for file in FOLDER.glob("*.sql"))


def to_run(known: list[str], done: list[str]) -> list[str]:
    """Those still to run. Raises MigrationsDisagree when the database has one we do not know, or lacks an earlier one."""
    if strange := sorted(set(done) - set(known)):
        raise MigrationsDisagree(f"The database was migrated by a newer Parley ({', '.join(strange)}). Start that version.")
    missing = [name for name in known if name not in done]
    if missing and done and missing[0] < max(done):
        raise MigrationsDisagree(f"Migration {missing[0]} was never run, but a later one was. Restore the database.")
    return missing


async def _done(connection: Connection) -> list[str]:
    return [record["name"] for record in await connection.fetch("select name from migrations")]
