"""`messages.ts`: the browser's types, made from JSON Schema by json-schema-to-typescript."""

import json
import re
import subprocess

from deploy import node
from deploy.generation.schemas import Schema, browser_definitions
from deploy.install import ROOT

WEB = ROOT / "services" / "gateway" / "web"
TOOL = WEB / "node_modules/json-schema-to-typescript/dist/src/cli.js"
BANNER = "/* Generated from shared/contracts by `python -m deploy.generate`; edit those, then run it again. */"


def messages_ts() -> str:
    """The file's text. Needs Node and the installed npm packages of the web folder."""
    if not TOOL.exists():
        raise SystemExit("Types are made with an npm package: run `python -m deploy.web install` first.")
    options = [
        "--unreachableDefinitions",
        "--no-additionalProperties",
        "--maxItems=-1",
        f"--bannerComment={BANNER}",
    ]
    schema = json.dumps({"title": "ROOT", "type": "object", "properties": {}, "$defs": _without_limits()})
    run = subprocess.run([str(node.node()), str(TOOL), *options], input=schema, capture_output=True, text=True, check=True)
    return _without_root(run.stdout)


def _without_limits() -> dict[str, Schema]:
    """Lengths of arrays are the server's to check; in TypeScript they would turn arrays into long unions of tuples."""

    def plain(node: object) -> object:
        if isinstance(node, dict):
            return {key: plain(value) for key, value in node.items() if key not in {"minItems", "maxItems"}}
        return [plain(item) for item in node] if isinstance(node, list) else node

    return {name: dict(plain(schema)) for name, schema in browser_definitions().items()}  # type: ignore[call-overload]


def _without_root(text: str) -> str:
    """Without the empty root object, and without the tool's remark on who refers to whom."""
    text = re.sub(r"export interface ROOT \{[^}]*\}\n", "", text)
    text = re.sub(r"(\/\*\*|\n \*)\n \* This interface was referenced by `ROOT`.*\n \* via the .*\n", r"\1\n", text)
    return text.replace("/**\n */\n", "").replace("\n *\n */", "\n */")
