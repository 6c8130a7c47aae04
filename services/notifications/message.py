"""A delivery as a mail: headers nobody can inject into, text and HTML beside each other. The same delivery, the same bytes."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from email_validator import EmailNotValidError, validate_email

from shared.contracts.notifications import DeliveryRequested

BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What some mail program or server somewhere takes for the end of a line or of a text."""


class Unmailable(Exception):
    """This can never be mailed, however often one tries."""


@dataclass(frozen=True)
class Mail:
    """What goes over the wire: the envelope, and the content with CRLF line ends. `utf8`: needs a server with SMTPUTF8."""

    sender: str
    recipient: str
    content: bytes
    utf8: bool


def compose(requested: DeliveryRequested, html: str, text: str) -> Mail:
    """Raises Unmailable when an address or the subject cannot stand in a mail."""
    sender, recipient = mailbox(requested.from_address), mailbox(requested.to_address)
    utf8 = not (sender.isascii() and recipient.isascii())
    message = EmailMessage(policy=SMTPUTF8 if utf8 else SMTP)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = unbroken(requested.subject).replace("=?", "= ?")  # or it would be read as an encoded word (RFC 2047)
    message["Date"] = requested.at
    message["Message-ID"] = unbroken(requested.message_id)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"parley-{requested.delivery_id}")
    return Mail(sender, recipient, message.as_bytes(), utf8)


def mailbox(address: str) -> str:
    """The address as it is written in an envelope: the domain in ASCII, the part before it too where it can be."""
    if "=?" in address:
        raise Unmailable("not an e-mail address: mail programs would read something else in it (RFC 2047)")
    try:
        valid = validate_email(unbroken(address), check_deliverability=False, strict=True, test_environment=True)
    except EmailNotValidError as wrong:
        raise Unmailable(f"not an e-mail address: {wrong}") from wrong
    return valid.ascii_email or f"{valid.local_part}@{valid.ascii_domain}"


def unbroken(text: str) -> str:
    """The text, if it is one line to everybody."""
    if BREAKS.search(text):
        raise Unmailable("a header holds a line break or a control character")
    return text
