"""The dashboard asks only for metrics that some service counts."""

import json
import re

from deploy.install import ROOT

ASKED = re.compile(r"\bparley_\w+")
COUNTED = re.compile(r"[\"'](parley_\w+)[\"']")


def test_every_metric_it_shows_exists() -> None:
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "parley.json").read_text())
    targets = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked = {name.removesuffix("_bucket") for text in targets for name in ASKED.findall(text)}
    assert asked
    assert asked <= counted()


def counted() -> set[str]:
    files = [file for folder in ("shared", "services") for file in (ROOT / folder).rglob("*.py")]
    return {name for file in files for name in COUNTED.findall(file.read_text(encoding="utf-8"))}
