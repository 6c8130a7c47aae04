"""`docs/events.md`: every command and event of every service, with what it means and what it carries."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from deploy.generation.services import Service, sentence, services, type_of

INHERITED = {"type", "at", "command_id", "actor"}
HEAD = """# Commands and events

Generated from `shared/contracts` by `python -m deploy.generate`. Every command also carries
`command_id` (its idempotency key), `at` and `actor`; every event carries `at`. A `?` marks a field that may be
left out. Events travel on `<service>.event.<stream_id>.<type>`, commands on `<service>.command.<type>`.
"""


def events_md() -> str:
    """The catalogue's text."""
    return HEAD + "".join(_chapter(service) for service in services())


def _chapter(service: Service) -> str:
    return (
        f"\n## {service.name}\n\n{service.about}\n\n### Commands\n\n{_table(service.commands)}"
        f"\n### Events\n\n{_table(service.events)}"
    )


def _table(messages: tuple[type[BaseModel], ...]) -> str:
    rows = "".join(f"| `{type_of(m)}` | {_cell(sentence(m))} | {_cell(', '.join(_fields(m)))} |\n" for m in messages)
    return f"| type | meaning | fields |\n|---|---|---|\n{rows}"


def _fields(message: type[BaseModel]) -> Iterator[str]:
    properties = message.model_json_schema()["properties"]
    for name, field in message.model_fields.items():
        if name not in INHERITED:
            yield f"`{name}{'' if field.is_required() else '?'}`: {_kind(properties[name])}"


def _kind(schema: dict[str, Any]) -> str:
    """A field's type in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(option) for option in schema["anyOf"]))
    if words := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return " / ".join(f"“{word}”" for word in words)
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return _plain(schema)


def _plain(schema: dict[str, Any]) -> str:
    if schema.get("format") == "date-time":
        return "moment"
    if str(schema.get("pattern", "")).startswith("^[0-9a-f]{8}"):
        return "id"
    words = {"null": "nothing", "string": "text", "integer": "number", "boolean": "yes/no"}
    kind = str(schema.get("type", "object"))
    return words.get(kind, kind)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
