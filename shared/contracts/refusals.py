"""What a conversation refuses; the docstring is the sentence people read."""

from typing import ClassVar

from shared.errors import NotFound, Refused


class ConversationNotFound(NotFound):
    """There is no such conversation."""


class ConversationIsClosed(Refused):
    """This conversation has ended. Start a new one, or reopen it first."""


class ConversationHasStarted(Refused):
    """This conversation has begun already. Write into it, or start another."""


class NothingToSay(Refused):
    """A message needs a text or an attachment."""

    status: ClassVar[int] = 422


class BotIsSilenced(Refused):
    """People have taken this conversation over; the bot has nothing more to say."""


class AlreadyAssigned(Refused):
    """Somebody else was faster: this conversation has an owner."""


class SomethingNewer(Refused):
    """A newer message arrived while you were writing. Read it, then send again to confirm."""


class TicketExists(Refused):
    """This conversation already has its ticket."""
