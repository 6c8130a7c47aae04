"""A delivery as a mail: what is in it, and what cannot get into it."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given as whenever
from hypothesis import strategies

from services.notifications.message import Mail, Unmailable, compose, mailbox
from tests.notifications.examples import requested

HTML, TEXT = "<p>Grüße, 52 &amp; 54</p>", "Grüße, 52 & 54\n.\nQUIT\n"
LONG_DOMAIN = ".".join(["b" * 60] * 3) + ".example"


def mailed(**changes: str) -> Mail:
    return compose(requested(**changes), HTML, TEXT)


def test_it_has_text_and_html_and_says_that_a_machine_wrote_it() -> None:
    message = message_from_bytes(mailed().content, policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().strip() == HTML
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"].datetime == requested().at
    assert message["Message-ID"] == requested().message_id


def test_the_same_delivery_is_the_same_mail_to_the_byte() -> None:
    assert mailed() == mailed()


def test_every_line_ends_as_smtp_wants_it_and_none_is_too_long() -> None:
    content = compose(requested(subject="ä" * 200), "x" * 50_000, "y" * 50_000).content
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert content.isascii()


@pytest.mark.parametrize("hostile", ["\r\nBcc: eve@home.example", "\n", "\r", "\x00", "\u2028", "\u2029", "\x85", "\x0b"])
@pytest.mark.parametrize("field", ["subject", "to_address", "from_address", "message_id"])
def test_nothing_that_breaks_a_line_gets_into_a_header(field: str, hostile: str) -> None:
    with pytest.raises(Unmailable):
        mailed(**{field: f"{getattr(requested(), field)}{hostile}"})


@pytest.mark.parametrize(
    "address",
    [
        "ana@home.example,eve@home.example", "ana@home.example> SIZE=1", "<ana@home.example>", "ana", "ana@", "@home.example",
        "ana@home", "ana@home..example", "Ana <ana@home.example>", "ana@[127.0.0.1]", "a" * 65 + "@home.example",
        "=?utf-8?q?a=0Ab?=@home.example", "=?utf-8?b?%?=@home.example", "=?utf-8?q?a=2C_?=@home.example",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_never_mailed(address: str) -> None:
    with pytest.raises(Unmailable):
        mailed(to_address=address)


@pytest.mark.parametrize(
    ("address", "on_the_envelope"),
    [
        ("ana@home.example", "ana@home.example"), ("ana@müller.example", "ana@xn--mller-kva.example"),
        ("ana+chat@shop.test", "ana+chat@shop.test"), ("o'neil@home.example", "o'neil@home.example"),
        ("jörg@müller.example", "jörg@xn--mller-kva.example"),
    ],
)  # fmt: skip
def test_names_beyond_ascii_travel_as_far_as_mail_allows(address: str, on_the_envelope: str) -> None:
    assert mailbox(address) == on_the_envelope


def test_only_a_name_beyond_ascii_needs_a_server_that_knows_them() -> None:
    assert not mailed(to_address="ana@müller.example").utf8
    mail = mailed(to_address="jörg@home.example")
    assert mail.utf8
    assert message_from_bytes(mail.content, policy=policy.default)["To"] == "jörg@home.example"


@pytest.mark.parametrize("subject", ["Ihre Unterhaltung mit Müller & Söhne", "会話" * 60, "x" * 200, "{{ 7 * 7 }}"])
def test_any_subject_arrives_as_it_was_written(subject: str) -> None:
    assert message_from_bytes(mailed(subject=subject).content, policy=policy.default)["Subject"] == subject


def test_a_subject_cannot_hide_another_in_an_encoded_word() -> None:
    content = mailed(subject="=?utf-8?q?a=0D=0ABcc:_eve@home.example?=").content
    message = message_from_bytes(content, policy=policy.default)
    assert message["Subject"] == "= ?utf-8?q?a=0D=0ABcc:_eve@home.example?="
    assert message["Bcc"] is None


def test_a_long_message_id_is_not_folded_into_something_else() -> None:
    message_id = f"<{requested().delivery_id}@{LONG_DOMAIN}>"
    message = message_from_bytes(mailed(message_id=message_id).content, policy=policy.default)
    assert message["Message-ID"] == message_id


@whenever(strategies.text(max_size=2000), strategies.text(max_size=2000))
def test_whatever_was_said_arrives(html: str, text: str) -> None:
    content = compose(requested(), html, text).content
    message = message_from_bytes(content, policy=policy.default)
    got_text, got_html = message.iter_parts()
    assert "".join(got_text.get_content().split()) == "".join(text.split())
    assert "".join(got_html.get_content().split()) == "".join(html.split())
