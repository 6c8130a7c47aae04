"""Who is answered before it has sent its whole request is still listened to for a while.

A socket closed with something unread is reset, and the reset can overtake the answer (RFC 9112, section 9.6).
"""

import asyncio
from contextlib import suppress

from starlette.types import Message, Receive, Send

LINGER_SECONDS = 5.0


def lingering(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """The answer leaves at once; it ends when the request has ended too, or 5 seconds later. What comes meanwhile is dropped."""
    whole = False

    async def note_end() -> Message:
        nonlocal whole
        message = await receive()
        whole = not message.get("more_body", False)
        return message

    async def end_after_request(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False) and not whole:
            await send({**message, "more_body": True})
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    while not whole:
                        await note_end()
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return note_end, end_after_request
