"""The services' contracts, as the generators read them: every command, event and query of each service."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import getdoc
from types import ModuleType
from typing import get_args

from pydantic import BaseModel

NAMES = ("conversations", "routing", "bots", "transcripts", "notifications", "gateway")


@dataclass(frozen=True)
class Service:
    """One service: its contract's docstring, and its message classes in the order of the contract."""

    name: str
    about: str
    commands: tuple[type[BaseModel], ...]
    events: tuple[type[BaseModel], ...]


def services() -> tuple[Service, ...]:
    """All six, in the order the architecture lists them."""
    return tuple(_service(name) for name in NAMES)


def type_of(message: type[BaseModel]) -> str:
    """The wire name of a message: `message_posted`."""
    return str(message.model_fields["type"].default)


def sentence(thing: object) -> str:
    """The docstring as one paragraph."""
    return " ".join((getdoc(thing) or "").split())


def _service(name: str) -> Service:
    module = import_module(f"shared.contracts.{name}")
    return Service(
        name=name,
        about=sentence(module),
        commands=tuple(_members(module, f"{name.capitalize()}Command")),
        events=tuple(_members(module, f"{name.capitalize()}Event")),
    )


def _members(module: ModuleType, union: str) -> Iterator[type[BaseModel]]:
    yield from _flat(getattr(module, union))


def _flat(union: object) -> Iterator[type[BaseModel]]:
    for member in get_args(union):
        if isinstance(member, type) and issubclass(member, BaseModel):
            yield member
        elif get_args(member):
            yield from _flat(member)
