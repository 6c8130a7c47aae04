"""A mailbox that catches every mail Parley sends: MailDev, from the browser code's development packages."""

import socket
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.program import Program
from deploy.web import MODULES

MAILDEV = MODULES / "maildev" / "bin" / "maildev"


@dataclass(frozen=True)
class Mailbox:
    """`web_port` shows the mails to a person, `smtp_port` takes them; `folder` keeps them."""

    node: str
    folder: Path
    web_port: int
    smtp_port: int
    host: str = "127.0.0.1"

    @property
    def smtp_url(self) -> str:
        return f"smtp://{self.host}:{self.smtp_port}"

    @property
    def web_url(self) -> str:
        return f"http://{self.host}:{self.web_port}"

    def program(self) -> Program:
        self.folder.mkdir(parents=True, exist_ok=True)
        return Program(
            name="mail",
            command=(
                self.node, str(MAILDEV), "--silent",
                "--ip", self.host, "--smtp", str(self.smtp_port),
                "--web-ip", self.host, "--web", str(self.web_port),
                "--mail-directory", str(self.folder),
            ),
        )  # fmt: skip

    def is_ready(self) -> bool:
        for port in (self.smtp_port, self.web_port):
            try:
                socket.create_connection((self.host, port), timeout=1).close()
            except OSError:
                return False
        return True
