"""An event of conversations' log as the live sockets need it. What colleagues and what visitors get is made once for all."""

from functools import cached_property
from typing import Any

import orjson
from pydantic import TypeAdapter

from services.gateway.live.frames import event_frame
from services.gateway.projection import CONVERSATIONS
from services.gateway.visibility import SHOWN_WHOLE, VISIBLE_TYPES, for_visitor
from shared.contracts.conversations import ConversationsEvent

_INTERNAL = frozenset({"inbox_opened", "channel_connected", "channel_changed"})
_CLIENT_TYPES = CONVERSATIONS - _INTERNAL
_events: TypeAdapter[Any] = TypeAdapter(ConversationsEvent)


class Happened:
    """One event at its position."""

    def __init__(self, envelope: dict[str, Any]) -> None:
        data = envelope["data"]
        self.position: int = envelope["position"]
        self.type: str = envelope["type"]
        self.body: bytes = orjson.dumps(data)
        self.conversation_id: str | None = data.get("conversation_id")
        self.contact_id: str | None = data.get("contact_id")
        self._is_shown_whole = data.keys() <= SHOWN_WHOLE.get(self.type, frozenset())

    def rest(self) -> None:
        """Everybody has it: the frames are made again for whoever asks later."""
        self.__dict__.pop("agent_frame", None)
        self.__dict__.pop("visitor_frame", None)

    @cached_property
    def agent_frame(self) -> bytes | None:
        """What colleagues get."""
        return event_frame(self.position, self.body) if self.type in _CLIENT_TYPES else None

    @cached_property
    def visitor_frame(self) -> bytes | None:
        """What the visitor gets whose conversation it is."""
        if self._is_shown_whole:
            return self.agent_frame
        if self.type not in VISIBLE_TYPES:
            return None
        shown = for_visitor(_events.validate_json(self.body))
        return event_frame(self.position, shown.model_dump_json().encode()) if shown else None
