"""`rows.json`: what the gateway's row fold makes of each event, so that the browser's fold can be held against it."""

import json
from itertools import pairwise
from typing import Any

from deploy.generation.row_story import EVENT, STORY
from services.gateway.inbox import evolve
from shared.contracts.conversations import AnyConversationEvent
from shared.contracts.views import ConversationRow


def rows_json() -> str:
    """A list of steps `{before, entry, after}`, one story from start to end."""
    steps: list[dict[str, Any]] = []
    row: ConversationRow | None = None
    for position, event in STORY:
        after = evolve(row, event, position)
        steps.append({"before": _json(row), "entry": _entry(position, event), "after": _json(after)})
        row = after
    _checked(steps)
    return json.dumps(steps, indent=1, ensure_ascii=False) + "\n"


def _json(row: ConversationRow | None) -> Any:
    return row.model_dump(mode="json") if row else None


def _entry(position: int, event: AnyConversationEvent) -> dict[str, Any]:
    return {"position": position, "event": EVENT.dump_python(event, mode="json")}


def _checked(steps: list[dict[str, Any]]) -> None:
    """The story must tell every type of event, and each step must follow from the one before."""
    told = {step["entry"]["event"]["type"] for step in steps}
    known = {str(option.model_fields["type"].default) for option in AnyConversationEvent.__args__}
    if told != known:
        raise SystemExit(f"The row story misses: {sorted(known - told)}")
    if any(before["after"] != after["before"] for before, after in pairwise(steps)):
        raise SystemExit("The row story has a gap")
