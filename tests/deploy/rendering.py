"""Reads the deployment files as the tools would: Compose with its variables filled in, Kubernetes by kind and name."""

import re
from pathlib import Path
from typing import Any

import yaml

from deploy.arrangement import OPS_PORTS
from deploy.install import ROOT

COMPOSE = ROOT / "docker-compose.yml"
KUBERNETES = ROOT / "deploy" / "kubernetes"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")

ENVIRONMENT = {
    "POSTGRES_PASSWORD": "pear", "NATS_PASSWORD": "apple", "PARLEY_SECRET": "s" * 32,
    **{f"NATS_PASSWORD_{name.upper()}": f"apple-of-{name}" for name in OPS_PORTS},
}  # fmt: skip


class VariableMissingError(Exception):
    """A required variable is not set; the message is the file's own."""


def filled_in(text: str, environment: dict[str, str]) -> str:
    """`${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as Compose reads them."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if given := environment.get(name):
            return given
        if kind == "?":
            raise VariableMissingError(rest)
        return rest or ""

    return VARIABLE.sub(value, text)


def compose(environment: dict[str, str] | None = None) -> dict[str, Any]:
    lines = COMPOSE.read_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    rendered: dict[str, Any] = yaml.safe_load(filled_in(text, ENVIRONMENT if environment is None else environment))
    return rendered


def kubernetes(file: Path | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    """Every object by kind and name; of one file, or of all the kustomization names."""
    files = [file] if file else [KUBERNETES / name for name in kustomization()["resources"]]
    objects = [one for each in files for one in yaml.safe_load_all(each.read_text())]
    return {(one["kind"], one["metadata"]["name"]): one for one in objects}


def kustomization() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())
    return read
