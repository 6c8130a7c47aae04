"""What the gateway signs: visitor tokens and file links. Signatures are HMAC-SHA256 under the deployment's secret."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from shared.clock import now
from shared.mailed_links import MailedLinks

TOKEN_SECONDS = 365 * 24 * 3600
LINK_SECONDS = 3600
SKEW_SECONDS = 60  # clocks of two machines


class _Signer(TimestampSigner):
    """Signs with the one clock."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


_STRONG: dict[str, Any] = {"digest_method": sha256, "key_derivation": "hmac"}


@dataclass(frozen=True)
class Visitor:
    """A browser that has been here: its contact, in one channel, with the language and time zone it told."""

    contact_id: str
    channel_id: str
    locale: str = "en"
    time_zone: str = "UTC"

    @property
    def actor(self) -> str:
        """How commands name them."""
        return f"visitor:{self.contact_id}"

    @property
    def name(self) -> str:
        """What they are called until somebody knows better."""
        return f"Visitor {self.contact_id[-4:].upper()}"


class VisitorTokens:
    """Tokens by which a visitor's browser is known again for twelve months."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="visitor", signer=_Signer, signer_kwargs=_STRONG)

    def issue(self, visitor: Visitor) -> str:
        """A fresh token."""
        parts = [visitor.contact_id, visitor.channel_id, visitor.locale, visitor.time_zone]
        return _text(self._serializer.dumps(parts))

    def read(self, token: str | None) -> Visitor | None:
        """Whose token this is; None for anything not signed by us, from the future, or too old."""
        if not token or not token.isascii():
            return None
        try:
            parts, signed_at = self._serializer.loads(token, return_timestamp=True)
        except BadData:
            return None
        age = (now() - signed_at).total_seconds()
        return Visitor(*parts) if -SKEW_SECONDS <= age <= TOKEN_SECONDS else None


class FileLinks:
    """Links to one file each, good for an hour, unguessable. Those in mails, which live longer, are honoured too."""

    def __init__(self, secret: str) -> None:
        self._signer = _Signer(secret, salt="file", **_STRONG)
        self._mailed = MailedLinks(secret)

    def url(self, file_id: str, name: str) -> str:
        """A link for somebody who may open the file."""
        signature = _text(self._signer.sign(file_id)).partition(".")[2]
        return f"/api/files/{file_id}/{quote(name, safe='')}?sig={signature}"

    def valid(self, file_id: str, signature: str) -> bool:
        """Whether the link is ours and not too old."""
        if not signature.isascii():
            return False
        if self._mailed.valid(file_id, signature):
            return True
        try:
            _, signed_at = self._signer.unsign(f"{file_id}.{signature}", return_timestamp=True)
        except BadData:
            return False
        return -SKEW_SECONDS <= (now() - signed_at).total_seconds() <= LINK_SECONDS


def _text(signed: str | bytes) -> str:
    return signed if isinstance(signed, str) else signed.decode()
