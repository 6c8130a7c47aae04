"""Who one is: visitors' tokens, and addresses that are merely claimed."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256

import orjson
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from services.gateway.accounts.signing import TOKEN_SECONDS, FileLinks, Visitor, VisitorTokens
from services.gateway.demonstration import CHANNEL_ID
from shared.clock import now
from shared.messages import new_id
from tests.attacks import people
from tests.attacks.people import Colleague, socket, stranger, until_closed, visits
from tests.parley import SECRET, Parley
from tests.waiting import eventually


def signed_at(ana: people.Visitor, seconds: float, secret: str = SECRET, salt: str = "visitor") -> str:
    """A token as ours would be, signed so many seconds from now."""

    class Clock(TimestampSigner):
        def get_timestamp(self) -> int:
            return int((now() + timedelta(seconds=seconds)).timestamp())

    strong = {"digest_method": sha256, "key_derivation": "hmac"}
    maker = URLSafeTimedSerializer(secret, salt=salt, signer=Clock, signer_kwargs=strong)
    return str(maker.dumps([ana.session["contact_id"], CHANNEL_ID, "en", "UTC"]))


def part(value: object) -> str:
    return urlsafe_b64encode(orjson.dumps(value)).decode().rstrip("=")


def forged(ana: people.Visitor) -> dict[str, str]:
    """Tokens that are not good."""
    good, contact_id = ana.token, ana.session["contact_id"]
    payload, _, rest = good.partition(".")
    return {
        "none": "",
        "nonsense": "nonsense",
        "not ASCII": "é" * 40,
        "the contact's id": contact_id,
        "without signature": payload,
        "cut": good[:-1],
        "another body": f"{part([contact_id, new_id(), 'en', 'UTC'])}.{rest}",
        "JWT, alg none": f"{part({'alg': 'none', 'typ': 'JWT'})}.{part({'sub': contact_id})}.",
        "expired": signed_at(ana, -TOKEN_SECONDS - 10),
        "from the future": signed_at(ana, 3600),
        "another secret": signed_at(ana, 0, secret="x" * 32),
        "another purpose": signed_at(ana, 0, salt="file"),
        "a file's signature": FileLinks(SECRET).url(contact_id, "x").rpartition("=")[2],
    }


async def test_the_forgery_itself_is_well_made(ana: people.Visitor) -> None:
    assert VisitorTokens(SECRET).read(signed_at(ana, 0)) == Visitor(ana.session["contact_id"], CHANNEL_ID)


async def test_a_token_that_is_not_good_shows_nothing(parley: Parley, ana: people.Visitor) -> None:
    await ana.starts("My secret")
    await eventually(lambda: knows(ana, "My secret"))
    for kind, token in forged(ana).items():
        opened = await ana.opens(token or "-")
        assert opened["contact_id"] != ana.session["contact_id"], kind
        assert opened["conversations"] == [], kind
        async with stranger(parley) as eve:
            claim = [(b"Authorization", f"Bearer {token}".strip().encode())]
            assert (await eve.get(f"/api/widget/conversations/{new_id()}", headers=claim)).status_code == 401, kind
        async with socket(parley, "/api/widget/live") as live:
            await live.send(orjson.dumps({"type": "hello", "token": token}).decode())
            told = orjson.loads(await until_closed(live))
        assert told["type"] == "goodbye", kind
        assert told["reason"] == "signed_out", kind


async def knows(visitor: people.Visitor, text: str) -> bool:
    return text in orjson.dumps(await visitor.opens()).decode()


async def test_an_address_merely_claimed_shows_nothing(parley: Parley, ana: people.Visitor, ben: Colleague) -> None:
    await ana.starts("My secret")
    await ana.asks("identify_contact", contact_id=ana.session["contact_id"], address="ana.secret@example.org")
    eve = await visits(parley)
    await eve.starts("I am Ana")
    claimed = await eve.asks("identify_contact", contact_id=ana.session["contact_id"], address="ana.secret@example.org")
    assert claimed.status_code == 200
    found = await eventually(lambda: two_contacts(ben))
    assert {contact["contact_id"] for contact in found} == {ana.session["contact_id"], eve.session["contact_id"]}
    assert "My secret" not in orjson.dumps(await eve.opens()).decode()
    await eve.http.aclose()


async def two_contacts(ben: Colleague) -> list[dict[str, str]] | None:
    found = (await ben.http.get("/api/contacts?address=ana.secret@example.org")).json()
    return found if len(found) == 2 else None


async def test_ids_that_others_will_derive_cannot_be_taken_first(ana: people.Visitor) -> None:
    foreseen = "4fbe1276-0653-5c86-9e63-36ab99721a7c"
    its = {"conversation_id": await ana.starts(), "written": {"text": "Hi"}}
    assert (await ana.asks("post_message", **its, message_id=foreseen)).status_code == 422
    assert (await ana.asks("post_message", **its, message_id=new_id(), command_id=foreseen)).status_code == 422


@pytest.mark.parametrize("where", ["/api/widget/conversations/{}?token={}", "/api/widget/live?token={1}&x={0}"])
async def test_a_token_in_an_address_is_worth_nothing(parley: Parley, ana: people.Visitor, where: str) -> None:
    conversation_id = await ana.starts()
    async with stranger(parley) as eve:
        assert (await eve.get(where.format(conversation_id, ana.token))).status_code in {401, 404, 405}
