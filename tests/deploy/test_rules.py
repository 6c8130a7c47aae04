"""Each rule of the architecture, broken once: a rule that cannot fail protects nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.arrangement import OPS_PORTS
from deploy.install import ROOT
from deploy.purity import impure_calls

BREACHES = {
    "Services never import each other": ("services/bots/policy.py", "import services.routing"),
    "What is shared names no service": ("shared/broken.py", "import services.bots"),
    "Deciders and policies are pure": ("services/bots/decider.py", "import random"),
    "HTTP is the gateway's": ("services/routing/broken.py", "import fastapi"),
    "Sending mail is the notifications service's": ("services/bots/broken.py", "import aiosmtplib"),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The folders of this one with nothing in them, and its rules."""
    for name in OPS_PORTS:
        (tmp_path / "services" / name).mkdir(parents=True)
        (tmp_path / "services" / name / "__init__.py").touch()
    (tmp_path / "services" / "__init__.py").touch()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def layers(repository: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([tool, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False)


def test_the_rules_hold_where_nothing_breaks_them(repository: Path) -> None:
    done = layers(repository)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_is_found(repository: Path, rule: str) -> None:
    file, line = BREACHES[rule]
    (repository / file).write_text(f"{line}\n")
    done = layers(repository)
    assert done.returncode == 1
    assert f"{rule} BROKEN" in done.stdout


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "uuid4()", "date.today()", "open('x')", "async def f(): pass"])
def test_the_clock_and_the_dice_are_found(line: str) -> None:
    assert len(impure_calls(line)) == 1


def test_what_comes_with_the_command_is_no_breach() -> None:
    assert impure_calls("uuid5(NAMESPACE, name)\ndatetime.fromisoformat(text)\n") == []
