"""Links to files inside mails: signed by whoever writes the mail, checked by whoever serves the file.

A mail is read days later by somebody who is not signed in, so these links live longer than those on a screen, and the
signature is of another kind: neither can be made from the other.
"""

from hashlib import sha256
from urllib.parse import quote

from itsdangerous import BadData, TimestampSigner

from shared.clock import now

LINK_SECONDS = 90 * 24 * 3600
SKEW_SECONDS = 60  # clocks of two machines


class _Signer(TimestampSigner):
    """Signs with the one clock."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


class MailedLinks:
    """Links to one file each, good for ninety days, unguessable (HMAC-SHA256 under the deployment's secret)."""

    def __init__(self, secret: str) -> None:
        self._signer = _Signer(secret, salt="mailed-file", digest_method=sha256, key_derivation="hmac")

    def path(self, file_id: str, name: str) -> str:
        """The link's path and query; the deployment's public URL goes before it."""
        signature = self._signer.sign(file_id).decode().partition(".")[2]
        return f"/api/files/{file_id}/{quote(name, safe='')}?sig={signature}"

    def valid(self, file_id: str, signature: str) -> bool:
        """Whether the link is ours and not too old."""
        try:
            _, signed_at = self._signer.unsign(f"{file_id}.{signature}", return_timestamp=True)
        except (BadData, UnicodeError):
            return False
        return -SKEW_SECONDS <= (now() - signed_at).total_seconds() <= LINK_SECONDS
