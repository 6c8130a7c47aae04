"""`deploy/nats-users.conf`: who may say and hear what in NATS, from what each service is wired to say and hear."""

from collections.abc import Iterable, Sequence

from deploy.install import ROOT
from deploy.wiring import services
from shared.bus import inbox_of
from shared.mirror import stream_name
from shared.reading import EventsAfter, Head
from shared.service import Service, kind_of

HEAD = """# Made by python -m deploy.generate from the services' wiring (services/*/__main__.py); docs/decisions/0009.
# parley is the operator's user: the command line, the demonstration.
users: [
  { user: parley, password: $PARLEY_NATS_PASSWORD }
"""
CONFIGMAP = """# Made by python -m deploy.generate from deploy/nats.conf and deploy/nats-users.conf.
apiVersion: v1
kind: ConfigMap
metadata:
  name: nats
data:
"""


def nats_users_conf() -> str:
    """The users, as nats-server reads them."""
    return HEAD + "".join(map(_user, services())) + "]\n"


def configmap_yaml() -> str:
    """Both files, as Kubernetes hands them to NATS."""
    files = {"nats.conf": (ROOT / "deploy" / "nats.conf").read_text(), "nats-users.conf": nats_users_conf()}
    return CONFIGMAP + "".join(f"  {name}: |\n{_indented(text)}" for name, text in files.items())


def says(service: Service) -> list[str]:
    """Its own events and its own mirror; questions to those it hears; commands, if it gives any. Answers are always allowed."""
    own, heard = stream_name(service.name), _heard(service)
    return [
        f"{service.name}.event.>", f"{service.name}.appended",
        *(f"$JS.API.STREAM.{what}.{own}" for what in ("CREATE", "DELETE", "MSG.GET")),
        *(f"$JS.API.STREAM.INFO.{stream_name(source)}" for source in sorted({service.name, *heard})),
        *(subject for source in heard for subject in _reads(source)),
        *(f"{asked}.query.{kind_of(query)}" for asked, queries in service.asks.items() for query in queries),
        *(f"{ordered}.command.*" for ordered in sorted(service.orders)),
        *_signals(service),
    ]  # fmt: skip


def hears(service: Service) -> list[str]:
    """What it is asked, what happens where it listens, and the answers to its own questions."""
    return [
        f"{service.name}.command.*", f"{service.name}.query.*", f"{service.name}.appended",
        *(f"{source}.event.>" for source in _heard(service)),
        f"{inbox_of(service.name)}.>",
        *_signals(service),
    ]  # fmt: skip


def _heard(service: Service) -> list[str]:
    return sorted({one.source for one in service.hears} | {one.source for one in service.projects})


def _reads(source: str) -> Iterable[str]:
    """To read its mirror, and to ask its log for what the mirror lacks."""
    stream = stream_name(source)
    yield from (f"$JS.API.CONSUMER.CREATE.{stream}", f"$JS.API.CONSUMER.CREATE.{stream}.>")
    yield f"$JS.API.CONSUMER.MSG.NEXT.{stream}.>"
    yield from (f"{source}.query.{kind_of(query)}" for query in (Head, EventsAfter))


def _signals(service: Service) -> list[str]:
    """Who types, who looks: among gateways, which alone give orders for people."""
    return ["live.>"] if service.orders else []


def _user(service: Service) -> str:
    return (
        f"  {{ user: {service.name}, password: $PARLEY_NATS_PASSWORD_{service.name.upper()}, permissions: {{\n"
        f"    publish: {{ allow: [\n{_lines(says(service))}    ] }}\n"
        f"    subscribe: {{ allow: [\n{_lines(hears(service))}    ] }}\n"
        "    allow_responses: true\n  } }\n"
    )


def _lines(subjects: Sequence[str]) -> str:
    return "".join(f'      "{subject}"\n' for subject in subjects)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
