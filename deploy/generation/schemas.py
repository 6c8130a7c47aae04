"""JSON Schema of what browsers send and get.

What the server sends is described as it is written (every field present), what a browser sends as it is
read (fields with a default may be left out). A value used both ways gets two shapes: `Page` as sent, `PageInput`
as read.
"""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from shared.contracts import asks, gateway, live, notifications, views
from shared.errors import Problem

Schema = dict[str, Any]
PREFIX = "#/$defs/"

SENT: dict[str, Any] = {
    "ServerFrame": live.ServerFrame, "Polled": live.Polled, "ClientEvent": views.ClientEvent, "Rows": views.Rows,
    "Thread": views.Thread, "Person": views.Person, "Me": views.Me, "WidgetSession": views.WidgetSession,
    "FileUploaded": views.FileUploaded, "Problem": Problem, "View": views.View, "Role": gateway.Role,
    "NoticeKind": notifications.NoticeKind,
}  # fmt: skip
READ: dict[str, Any] = {
    "AgentAsk": asks.AgentAsk, "VisitorAsk": asks.VisitorAsk, "AgentFrame": live.AgentFrame,
    "VisitorFrame": live.VisitorFrame, "LiveCall": live.LiveCall,
}  # fmt: skip


class EverythingPresent(GenerateJsonSchema):
    """Marks fields that have a default as required where the server writes them."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        """Whether the field is always there."""
        return self.mode == "serialization" or super().field_is_required(field, total)


def browser_definitions() -> dict[str, Schema]:
    """Every shape of the HTTP and live protocol by name, unions included, each naming the others by reference."""
    inputs = [(name, "serialization", TypeAdapter(kind)) for name, kind in SENT.items()]
    inputs += [(name, "validation", TypeAdapter(kind)) for name, kind in READ.items()]
    tops, rest = TypeAdapter.json_schemas(inputs, schema_generator=EverythingPresent)  # type: ignore[arg-type]
    unions = {str(name): schema for (name, _), schema in tops.items() if _body(schema)}
    named = {_body(schema): name for name, schema in unions.items()}
    definitions = {**rest["$defs"], **unions}
    return {_name(key): _tidy(schema, named, top=True) for key, schema in sorted(definitions.items())}


def _name(key: str) -> str:
    return key.replace("-Output", "").replace("-Input", "Input")


def _body(schema: Schema) -> str:
    """What makes a union or a choice of words recognisable where it is written out in full; empty for all else."""
    choices = schema.get("oneOf", schema.get("enum"))
    return json.dumps(choices) if choices else ""


def _tidy(node: Any, named: dict[str, str], *, top: bool = False) -> Any:
    if isinstance(node, list):
        return [_tidy(item, named) for item in node]
    if not isinstance(node, dict):
        return node
    if not top and (name := named.get(_body(node))):
        return {"$ref": PREFIX + name}
    if "propertyNames" in node:
        return _by_word(node, named)
    kept = {key: value for key, value in node.items() if key not in {"discriminator", "default"}}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    if "properties" in kept:
        return _object(kept, named)
    if "$ref" in kept:
        return {"$ref": _name(kept["$ref"])}
    return {key: _tidy(value, named) for key, value in kept.items()}


def _by_word(schema: Schema, named: dict[str, str]) -> Schema:
    """A mapping whose keys are a closed choice of words has a field for each."""
    words = schema["propertyNames"].get("enum", [])
    value = _tidy(schema["additionalProperties"], named)
    return {"type": "object", "properties": dict.fromkeys(words, value), "required": words}


def _object(schema: Schema, named: dict[str, str]) -> Schema:
    """An object's fields; the literal that names it is always there, though Python lets one leave it out."""
    properties = {name: _tidy(value, named) for name, value in schema["properties"].items()}
    literals = [name for name, value in properties.items() if "const" in value and name in {"type", "kind"}]
    required = [name for name in properties if name in literals or name in schema.get("required", [])]
    return {**schema, "properties": properties, "required": required}
