"""Contacts, inboxes and channels."""

from services.conversations.deciders import contact, inbox
from shared.contracts.contacts import ContactIdentified, ContactMet, ContactNotFound, ContactRenamed
from shared.contracts.inboxes import (
    Appearance,
    ChangeChannel,
    ChannelConnected,
    ChannelNotFound,
    ChannelSettings,
    ConnectChannel,
    InboxOpened,
    OpenInbox,
)  # fmt: skip
from tests.examples import (
    ANA,
    BEN,
    CHANNEL,
    EVE,
    INBOX,
    NOON,
    ana_is_met,
    ana_tells_her_address,
    asked_by,
    ben_renames_ana,
)  # fmt: skip
from tests.given import given

MET = ContactMet(at=NOON, contact_id=ANA.id, name="Visitor 7")
HER_ADDRESS = ContactIdentified(
    at=NOON, contact_id=ANA.id, address="ana@home.example", name="ana@home.example", source="widget"
)  # fmt: skip
BY_EVE = f"visitor:{EVE.id}"

OPENED = InboxOpened(at=NOON, inbox_id=INBOX, name="Sales", fallback_address="sales@shop.example")
SETTINGS = ChannelSettings(name="Shop chat")
CONNECTED = ChannelConnected(at=NOON, channel_id=CHANNEL, inbox_id=INBOX, settings=SETTINGS)
BLUE = SETTINGS.model_copy(update={"appearance": Appearance(brand="#102a83")})


def test_ana_is_met_once() -> None:
    given(contact.DECIDER).when(ana_is_met()).then(MET)
    given(contact.DECIDER, MET).when(ana_is_met(name="Visitor 8")).then_nothing()


def test_an_address_arrives_and_the_same_again_changes_nothing() -> None:
    given(contact.DECIDER, MET).when(ana_tells_her_address()).then(HER_ADDRESS)
    given(contact.DECIDER, MET, HER_ADDRESS).when(ana_tells_her_address()).then_nothing()
    given(contact.DECIDER, MET, HER_ADDRESS).when(ana_tells_her_address(name="ana@home.example")).then_nothing()


def test_a_new_address_or_a_name_with_it_is_news() -> None:
    [moved] = (
        given(contact.DECIDER, MET, HER_ADDRESS).when(ana_tells_her_address("ana@work.example")).then_types("contact_identified")
    )
    assert moved.name == "ana@work.example"
    [named] = given(contact.DECIDER, MET, HER_ADDRESS).when(ana_tells_her_address(name="Ana")).then_types("contact_identified")
    assert named.name == "Ana"
    given(contact.DECIDER, MET, named).when(ana_tells_her_address(name="Ana")).then_nothing()


def test_a_name_somebody_gave_stays_when_the_address_changes() -> None:
    renamed = ContactRenamed(at=NOON, contact_id=ANA.id, name=ANA.name)
    introduced = HER_ADDRESS.model_copy(update={"name": "Ana"})
    for known in ((MET, introduced), (MET, renamed), (MET, HER_ADDRESS, renamed)):
        [moved] = given(contact.DECIDER, *known).when(ana_tells_her_address("ana@work.example")).then_types("contact_identified")
        assert moved.name is None


def test_an_address_too_long_for_a_name_is_none() -> None:
    [known] = (
        given(contact.DECIDER, MET).when(ana_tells_her_address(f"{'a' * 120}@home.example")).then_types("contact_identified")
    )
    assert known.name is None


def test_ben_corrects_her_name_once() -> None:
    renamed = ContactRenamed(at=NOON, contact_id=ANA.id, name=ANA.name)
    given(contact.DECIDER, MET).when(ben_renames_ana()).then(renamed)
    given(contact.DECIDER, MET, renamed).when(ben_renames_ana()).then_nothing()


def test_no_page_claims_otherwise_than_a_colleague_has_put_right() -> None:
    renamed = ContactRenamed(at=NOON, contact_id=ANA.id, name=ANA.name)
    righted = HER_ADDRESS.model_copy(update={"address": "ana@right.example", "name": None, "source": "agent"})
    known = given(contact.DECIDER, MET, renamed, righted)
    known.when(ana_tells_her_address("ana@wrong.example", name="Anna")).then_nothing()
    known.when(ana_tells_her_address("ana@wrong.example")).then_nothing()
    [said] = known.when(ana_tells_her_address("ana@new.example", source="bot")).then_types("contact_identified")
    assert (said.address, said.name) == ("ana@new.example", None)
    [moved] = given(contact.DECIDER, MET, renamed).when(ana_tells_her_address(name="Anna")).then_types("contact_identified")
    assert (moved.address, moved.name) == ("ana@home.example", None)
    [named] = given(contact.DECIDER, MET, righted).when(ana_tells_her_address(name="Anna")).then_types("contact_identified")
    assert (named.address, named.name) == ("ana@right.example", "Anna")


def test_a_name_that_a_colleague_gives_with_an_address_stays_too() -> None:
    righted = HER_ADDRESS.model_copy(update={"name": ANA.name, "source": "agent"})
    given(contact.DECIDER, MET, righted).when(ana_tells_her_address("ana@wrong.example", name="Anna")).then_nothing()


def test_a_visitor_who_tells_the_bot_another_address_may_be_identified_anew() -> None:
    righted = HER_ADDRESS.model_copy(update={"address": "ana@right.example", "source": "agent"})
    said = HER_ADDRESS.model_copy(update={"address": "ana@new.example", "source": "bot"})
    given(contact.DECIDER, MET, righted, said).when(ana_tells_her_address("ana@newer.example")).then_types("contact_identified")


def test_who_was_never_met_is_not_found() -> None:
    given(contact.DECIDER).when(ana_tells_her_address()).then_refused(ContactNotFound)
    given(contact.DECIDER).when(ben_renames_ana()).then_refused(ContactNotFound)


def test_eve_cannot_give_ana_an_address_or_a_name() -> None:
    given(contact.DECIDER, MET).when(ana_tells_her_address(actor=BY_EVE)).then_refused(ContactNotFound)
    given(contact.DECIDER, MET).when(ben_renames_ana(actor=BY_EVE)).then_refused(ContactNotFound)


def open_inbox() -> OpenInbox:
    return OpenInbox(**asked_by(BEN), inbox_id=INBOX, name="Sales", fallback_address="sales@shop.example")


def connect(settings: ChannelSettings = SETTINGS) -> ConnectChannel:
    return ConnectChannel(**asked_by(BEN), channel_id=CHANNEL, inbox_id=INBOX, settings=settings)


def change(settings: ChannelSettings) -> ChangeChannel:
    return ChangeChannel(**asked_by(BEN), channel_id=CHANNEL, settings=settings)


def test_an_inbox_opens_once() -> None:
    given(inbox.DECIDER).when(open_inbox()).then(OPENED)
    given(inbox.DECIDER, OPENED).when(open_inbox()).then_nothing()


def test_a_channel_is_connected_once() -> None:
    given(inbox.DECIDER).when(connect()).then(CONNECTED)
    given(inbox.DECIDER, CONNECTED).when(connect(BLUE)).then_nothing()


def test_a_channel_changes_only_when_something_differs() -> None:
    [changed] = given(inbox.DECIDER, CONNECTED).when(change(BLUE)).then_types("channel_changed")
    assert (changed.settings, changed.inbox_id) == (BLUE, INBOX)
    given(inbox.DECIDER, CONNECTED).when(change(SETTINGS)).then_nothing()
    given(inbox.DECIDER, CONNECTED, changed).when(change(BLUE)).then_nothing()
    given(inbox.DECIDER, CONNECTED, changed).when(change(SETTINGS)).then_types("channel_changed")


def test_a_channel_never_connected_cannot_change() -> None:
    given(inbox.DECIDER).when(change(BLUE)).then_refused(ChannelNotFound)
