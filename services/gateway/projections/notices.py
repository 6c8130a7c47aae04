"""What agents have not seen yet."""

from typing import Any

from shared.contracts.notifications import NoticeRaised
from shared.envelope import Recorded
from shared.postgres import Connection


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> set[str]:
    """Brings notices up to date. Answers with the agents whose notices changed."""
    for event in (recorded.event for recorded in batch):
        if isinstance(event, NoticeRaised):
            await connection.execute(
                "insert into notices values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                event.notice_id, event.agent_id, event.kind, event.conversation_id, event.text, event.at,
            )  # fmt: skip
        else:
            await connection.execute("update notices set read = true where notice_id = $1", event.notice_id)
    return {recorded.event.agent_id for recorded in batch}
