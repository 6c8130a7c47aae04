"""The operator's command line: `python -m deploy.parley --help`. It speaks to the same PostgreSQL and NATS as the services.

Where they are it knows from the environment, as the services do, or else all from what `make up` has running in this folder.
"""

import asyncio
import os
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from deploy.audit import audit as run_audit
from deploy.dead import SeveralConsumers, decide_dead, list_dead
from deploy.installation import running
from deploy.wiring import service as wiring_of
from shared.bus import Bus, connect
from shared.postgres import open_pool
from shared.readmodel import rebuild as rebuild_views
from shared.settings import read_settings

app = typer.Typer(help="Operate Parley.", no_args_is_help=True, pretty_exceptions_enable=False)
dead = typer.Typer(help="Events that could not be handled, and those waiting behind them.", no_args_is_help=True)
app.add_typer(dead, name="dead")
console = Console()

ServiceName = Annotated[str, typer.Argument(help="One of the six services")]
ConsumerName = Annotated[str, typer.Option(help="Only what is parked at this consumer")]


@app.callback()
def find() -> None:
    """Operate Parley."""
    os.environ.update(running(os.environ))


@app.command()
def audit() -> None:
    """Checks that logs, mirrors, views and ledgers agree. Exits with 1 when they do not."""
    complaints = asyncio.run(run_audit(read_settings()))
    for complaint in complaints:
        console.print(f"[red]✗[/red] {complaint}")
    if complaints:
        raise typer.Exit(1)
    console.print("[green]✓[/green] Logs, mirrors, views and ledgers agree.")


@app.command()
def rebuild(name: ServiceName) -> None:
    """Builds a service's read model anew beside the old one, then puts it in its place. The service may keep running."""
    read = asyncio.run(_rebuild(name))
    console.print(f"Rebuilt the views of {name} from {sum(read.values())} events.")


async def _rebuild(name: str) -> dict[str, int]:
    settings = read_settings()
    client = await connect(settings, "parley")
    pool = await open_pool(settings, name, size=2)
    try:
        return await rebuild_views(pool, wiring_of(name), Bus(client))
    finally:
        await pool.close()
        await client.close()


@dead.command("list")
def dead_list(name: ServiceName) -> None:
    """Shows what is parked, oldest first, and why."""
    table = Table("consumer", "position", "stream", "error", "since")
    for row in asyncio.run(list_dead(read_settings(), name)):
        table.add_row(row["consumer"], str(row["position"]), row["stream_id"], row["error"], f"{row['parked_at']:%F %T}")
    console.print(table if table.row_count else "Nothing is parked.")


@dead.command("replay")
def dead_replay(name: ServiceName, stream_id: str, consumer: ConsumerName = "") -> None:
    """Handles the parked events of a stream again, in order; what fails again stays."""
    _decide(name, stream_id, "replay", None, consumer)


@dead.command("skip")
def dead_skip(
    name: ServiceName,
    stream_id: str,
    reason: Annotated[str, typer.Option(help="Why; the service logs it")],
    consumer: ConsumerName = "",
) -> None:
    """Gives up the oldest parked event of a stream; those behind it are handled."""
    _decide(name, stream_id, "skip", reason, consumer)


def _decide(name: str, stream_id: str, wanted: Literal["replay", "skip"], reason: str | None, consumer: str) -> None:
    try:
        events = asyncio.run(decide_dead(read_settings(), name, stream_id, wanted, reason, consumer))
    except SeveralConsumers as several:
        console.print(str(several))
        raise typer.Exit(1) from several
    console.print(f"{events} events are being dealt with." if events else "Nothing of that stream is parked.")
    if not events:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
