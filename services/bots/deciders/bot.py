"""A bot: its flow, in published versions. A new version never touches a running session."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.bots.flow import check
from shared.contracts.bots import BotPublished, Flow, PublishBot
from shared.decider import Decider


@dataclass(frozen=True)
class Bot:
    """The newest version."""

    version: int = 0
    name: str = ""
    title: str = ""
    flow: Flow | None = None


def decide(command: PublishBot, state: Bot) -> Sequence[BotPublished]:
    """A version more, unless nothing changed. Raises FlowIsBroken."""
    check(command.flow)
    if (command.name, command.title, command.flow) == (state.name, state.title, state.flow):
        return []
    return [
        BotPublished(
            at=command.at, bot_id=command.bot_id, name=command.name, title=command.title, version=state.version + 1,
            flow=command.flow,
        )
    ]  # fmt: skip


def evolve(_: Bot, event: BotPublished) -> Bot:
    """The bot after `event`."""
    return Bot(event.version, event.name, event.title, event.flow)


DECIDER = Decider(commands=(PublishBot,), stream_of=lambda c: f"bot-{c.bot_id}", initial=Bot(), decide=decide, evolve=evolve)
