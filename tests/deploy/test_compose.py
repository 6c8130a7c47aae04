"""docker-compose.yml and the image, checked without an engine: by their specification and by what they name."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from deploy.arrangement import OPS_PORTS
from deploy.docs_check import settings
from deploy.install import ROOT
from shared.settings import Settings
from tests.deploy.rendering import ENVIRONMENT, VariableMissingError, compose

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
SERVERS = {"postgres", "nats", "mailpit"}
ON_REQUEST = {"parley"}


def test_it_is_valid_by_the_compose_specification(tmp_path: Path) -> None:
    rendered = tmp_path / "docker-compose.yml"
    rendered.write_text(yaml.safe_dump(compose()))
    tool = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [tool, "--builtin-schema", "vendor.compose-spec", rendered], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_a_missing_secret_stops_it_with_a_clear_word(name: str) -> None:
    with pytest.raises(VariableMissingError, match=f"set {name} in .env"):
        compose({key: value for key, value in ENVIRONMENT.items() if key != name})


def test_it_runs_every_service_of_the_bare_machine() -> None:
    assert set(compose()["services"]) == set(OPS_PORTS) | SERVERS | ON_REQUEST


@pytest.mark.parametrize("name", OPS_PORTS)
def test_each_command_is_a_module_of_this_repository(name: str) -> None:
    assert compose()["services"][name]["command"] == [f"services.{name}"]
    assert find_spec(f"services.{name}.__main__") is not None


def test_services_and_servers_share_their_passwords() -> None:
    services = compose()["services"]
    for name in OPS_PORTS:
        told = services[name]["environment"]
        assert told["PARLEY_DATABASE_URL"] == "postgresql://parley:pear@postgres:5432/parley"
        assert told["PARLEY_NATS_URL"] == f"nats://{name}:apple-of-{name}@nats:4222"
        assert services["nats"]["environment"][f"PARLEY_NATS_PASSWORD_{name.upper()}"] == f"apple-of-{name}"
    assert services["parley"]["environment"]["PARLEY_NATS_URL"] == "nats://parley:apple@nats:4222"
    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"] == "pear"
    assert services["nats"]["environment"]["PARLEY_NATS_PASSWORD"] == "apple"


def test_every_setting_it_sets_exists() -> None:
    assert set(compose()["services"]["gateway"]["environment"]) <= settings()
    assert set(re.findall(r"\b(PARLEY_\w+)=", DOCKERFILE)) <= settings()


def test_it_limits_addresses_as_a_bare_machine_does_unless_told_otherwise() -> None:
    told = compose()["services"]["gateway"]["environment"]
    for name in ("address_conversations", "address_sockets"):
        assert told[f"PARLEY_{name.upper()}"] == str(Settings.model_fields[name].default)
    assert (
        compose(ENVIRONMENT | {"PARLEY_ADDRESS_SOCKETS": "7"})["services"]["gateway"]["environment"]["PARLEY_ADDRESS_SOCKETS"]
        == "7"
    )


def test_nats_gets_every_variable_its_configuration_reads() -> None:
    files = [ROOT / "deploy" / name for name in ("nats.conf", "nats-users.conf")]
    lines = [line for file in files for line in file.read_text().splitlines() if not line.startswith("#")]
    assert set(re.findall(r"\$(PARLEY_\w+)", "\n".join(lines))) == set(compose()["services"]["nats"]["environment"])


def test_only_the_gateway_and_the_mailbox_are_reachable_and_only_from_here() -> None:
    published = {name: one["ports"] for name, one in compose()["services"].items() if "ports" in one}
    assert published == {"gateway": ["127.0.0.1:8080:8080"], "mailpit": ["127.0.0.1:1080:8025"]}


def test_what_is_waited_for_says_when_it_is_healthy() -> None:
    services = compose()["services"]
    awaited = {name for one in services.values() for name in one.get("depends_on", {})}
    assert all("healthcheck" in services[name] for name in awaited)


def test_every_named_volume_is_declared() -> None:
    described = compose()
    used = {volume.split(":")[0] for one in described["services"].values() for volume in one.get("volumes", [])}
    assert {name for name in used if not name.startswith(".")} == set(described["volumes"])


def test_everything_the_image_copies_exists() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert copied
    assert [path for line in copied for path in line.split() if not (ROOT / path).exists()] == []


def test_the_image_runs_as_nobody_in_particular() -> None:
    user = re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert [int(one) > 0 for one in user] == [True]
    assert 'ENTRYPOINT ["python", "-m"]' in DOCKERFILE
