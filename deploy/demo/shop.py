"""The shop's inbox, its two chat channels and its bot."""

import os

from deploy.demo.asking import OPERATOR, ask, demo_id
from deploy.demo.flow import larch
from services.gateway.demonstration import CHANNEL_ID, QUIET_CHANNEL_ID
from shared.bus import Bus
from shared.clock import now
from shared.contracts.bots import PublishBot
from shared.contracts.inboxes import Appearance, ChangeChannel, ChannelSettings, ConnectChannel, OpenInbox
from shared.contracts.values import BotRef

INBOX_ID = demo_id("inbox")
BOT_ID = demo_id("bot")
ADDRESS = "hello@spoke-and-larch.example"
LOOKS = Appearance(brand="#1e5f4e", heading="Hello! What can we do for you?", company="Spoke & Larch")
CHANNELS = {
    CHANNEL_ID: ChannelSettings(name="Web shop", appearance=LOOKS, bot_id=BOT_ID, transcript_from=ADDRESS),
    QUIET_CHANNEL_ID: ChannelSettings(name="Quiet", appearance=LOOKS, bot_id=BOT_ID, transcripts=False),
}
BOT = BotRef(id=BOT_ID, name="Larch", version=1)


async def open_shop(bus: Bus) -> None:
    """The bot first: channels name it."""
    await _publish(bus)
    opened = OpenInbox(
        command_id=demo_id("open inbox"), at=now(), actor=OPERATOR, inbox_id=INBOX_ID, name="Sales & Support",
        fallback_address=ADDRESS,
    )  # fmt: skip
    await ask(bus, "conversations", opened)
    for channel_id, settings in CHANNELS.items():
        await _connect(bus, channel_id, settings)


async def _publish(bus: Bus) -> None:
    flow = larch(float(os.environ.get("PARLEY_DEMO_BOT_TIMEOUT_MINUTES", "20")))
    command_id = demo_id(f"publish {flow.model_dump_json()}")
    published = PublishBot(
        command_id=command_id, at=now(), actor=OPERATOR, bot_id=BOT_ID, name=BOT.name, title="the shop's assistant", flow=flow
    )
    await ask(bus, "bots", published)


async def _connect(bus: Bus, channel_id: str, settings: ChannelSettings) -> None:
    connected = ConnectChannel(
        command_id=demo_id(f"connect {channel_id}"), at=now(), actor=OPERATOR, channel_id=channel_id, inbox_id=INBOX_ID,
        settings=settings,
    )  # fmt: skip
    changed = ChangeChannel(
        command_id=demo_id(f"change {channel_id} {settings.model_dump_json()}"), at=now(), actor=OPERATOR,
        channel_id=channel_id, settings=settings,
    )  # fmt: skip
    await ask(bus, "conversations", connected)
    await ask(bus, "conversations", changed)
