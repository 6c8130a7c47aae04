"""The demonstration shop's channels: ids the demo pages and `deploy.demo` agree on."""

from shared.messages import derived_id

SHOP = "spoke-and-larch"
CHANNEL_ID = derived_id(SHOP, "channel")
QUIET_CHANNEL_ID = derived_id(SHOP, "quiet-channel")
CHANNELS = {"": CHANNEL_ID, "quiet": QUIET_CHANNEL_ID}
