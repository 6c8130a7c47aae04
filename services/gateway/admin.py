"""For operators: `python -m services.gateway.admin set-password ADDRESS`; the password comes on standard input or in
PARLEY_PASSWORD."""

import asyncio
import os
import sys
from getpass import getpass

import typer

from services.gateway.accounts.credentials import set_password
from services.gateway.migrating import migrate
from shared.errors import Refused
from shared.postgres import open_pool
from shared.settings import read_settings

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def about() -> None:
    """Accounts' passwords."""


@app.command("set-password")
def set_password_command(address: str) -> None:
    """Sets an account's password and ends its sessions."""
    password = os.environ.get("PARLEY_PASSWORD") or (getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline())
    try:
        asyncio.run(change(address, password.rstrip("\r\n")))
    except Refused as no:
        typer.echo(no.problem().detail or no.problem().title, err=True)
        raise typer.Exit(1) from no


async def change(address: str, password: str) -> None:
    """Sets the password in this deployment's database."""
    pool = await open_pool(read_settings(), "gateway", size=2)
    try:
        await migrate(pool)
        await set_password(pool, address, password)
    finally:
        await pool.close()


if __name__ == "__main__":
    app()
