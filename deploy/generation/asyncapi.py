"""`docs/asyncapi.json`: all services' events as AsyncAPI 3, for programs that listen to NATS."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from deploy.generation.services import Service, sentence, services, type_of

REF = "#/components/schemas/{model}"


def asyncapi_json() -> str:
    """The document's text."""
    document = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Parley events",
            "version": "1",
            "license": {"name": "MIT"},
            "description": "What each service has decided. One JetStream stream per service, an exact mirror "
            "of its log: the sequence of a message is its position in the log.",
        },
        "defaultContentType": "application/json",
        "channels": {key: value for service in services() for key, value in _channels(service).items()},
        "operations": {key: value for service in services() for key, value in _operations(service).items()},
        "components": {"messages": _messages(), "schemas": _schemas()},
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _key(service: Service, event: type[BaseModel]) -> str:
    return f"{service.name}_{type_of(event)}"


def _channels(service: Service) -> dict[str, Any]:
    return {_key(service, event): _channel(service, event) for event in service.events}


def _channel(service: Service, event: type[BaseModel]) -> dict[str, Any]:
    return {
        "address": f"{service.name}.event.{{stream_id}}.{type_of(event)}",
        "description": sentence(event),
        "parameters": {"stream_id": {"description": "The aggregate's stream: a conversation, a contact, a bot …"}},
        "messages": {type_of(event): {"$ref": f"#/components/messages/{type_of(event)}"}},
    }


def _operations(service: Service) -> dict[str, Any]:
    return {
        f"{service.name}_says_{type_of(event)}": {
            "action": "send",
            "channel": {"$ref": f"#/channels/{_key(service, event)}"},
            "summary": sentence(event),
        }
        for event in service.events
    }


def _messages() -> dict[str, Any]:
    return {
        type_of(event): {
            "name": type_of(event),
            "summary": sentence(event),
            "payload": {"$ref": REF.format(model=event.__name__)},
        }
        for service in services()
        for event in service.events
    }


def _schemas() -> dict[str, Any]:
    events = [event for service in services() for event in service.events]
    _, found = models_json_schema([(event, "validation") for event in events], ref_template=REF)
    return dict(sorted(found["$defs"].items()))
