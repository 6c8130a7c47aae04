"""Settings, read from the environment (`PARLEY_…`) and nowhere else. `docs/settings.md` lists them for operators."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, IPvAnyNetwork, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _listed(given: object) -> object:
    return [one.strip() for one in given.split(",") if one.strip()] if isinstance(given, str) else given


class Settings(BaseSettings):
    """One flat set for every service; each reads what it needs."""

    model_config = SettingsConfigDict(env_prefix="PARLEY_", extra="ignore", frozen=True)

    database_url: Annotated[SecretStr, Field(description="PostgreSQL, as postgresql://user:password@host:port/name")]
    nats_url: Annotated[str, Field(description="NATS with JetStream, as nats://host:port; several separated by commas")]
    secret: Annotated[
        SecretStr,
        Field(min_length=32, description="Signs visitor tokens and file links; 32 characters or more"),
    ]
    host: Annotated[str, Field(description="Address the gateway listens on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port of console, widget and API")] = 8080
    public_url: Annotated[str, Field(description="How browsers reach the gateway; used in links and cookies")] = ""
    ops_port: Annotated[int, Field(ge=0, le=65535, description="Port of /healthz, /readyz and /metrics; 0: any free one")] = 0
    ops_host: Annotated[str, Field(description="Address those listen on; never one visitors can reach")] = "127.0.0.1"
    smtp_url: Annotated[str, Field(description="Outgoing mail, as smtp://user:password@host:port or smtps://…")] = (
        "smtp://127.0.0.1:1025"
    )
    trusted_proxies: Annotated[
        tuple[IPvAnyNetwork, ...],
        NoDecode,
        BeforeValidator(_listed),
        Field(description="Networks of reverse proxies whose X-Forwarded-For and -Proto are believed, separated by commas"),
    ] = ()
    address_conversations: Annotated[int, Field(ge=1, description="Conversations one address may begin in an hour")] = 600
    address_sockets: Annotated[int, Field(ge=1, description="Live connections one address may have open at once")] = 1000
    mail_retry_seconds: Annotated[
        tuple[Annotated[float, Field(ge=0)], ...],
        NoDecode,
        BeforeValidator(_listed),
        Field(min_length=1, description="Pauses between attempts to send a mail, separated by commas; the last one repeats"),
    ] = (30, 120, 600, 3600, 21600)
    mail_give_up_seconds: Annotated[float, Field(gt=0, description="How long a mail is tried before it has failed")] = 172_800
    mail_step_seconds: Annotated[float, Field(gt=0, description="How long the mail server may take for each step")] = 300
    mail_answer_seconds: Annotated[float, Field(gt=0, description="How long it may take to accept a mail it has")] = 600
    files_url: Annotated[str, Field(description="Where uploads are kept: file:///folder or s3://bucket/prefix")] = (
        "file:///tmp/parley-files"
    )
    database_connections: Annotated[int, Field(ge=6, le=100, description="PostgreSQL connections per process")] = 10
    mirror_storage: Annotated[Literal["file", "memory"], Field(description="Where JetStream keeps the mirror")] = "file"
    mirror_replicas: Annotated[int, Field(ge=1, le=5, description="Copies of the mirror in a NATS cluster")] = 1
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="Least level that is logged")] = "info"
    log_format: Annotated[Literal["json", "console"], Field(description="json for machines, console for eyes")] = "json"
    clock_offset: Annotated[float, Field(description="Seconds added to the clock; for tests of time")] = 0.0


def read_settings() -> Settings:
    """The settings, or an exit (status 2) that names each wrong variable and what it should be."""
    try:
        return Settings()
    except ValidationError as wrong:
        lines = [f"  {_variable(e['loc'])}: {e['msg']} ({_meaning(e['loc'])})" for e in wrong.errors()]
        raise SystemExit("Parley cannot start, its settings are not right:\n" + "\n".join(lines)) from None


def _variable(loc: tuple[int | str, ...]) -> str:
    return f"PARLEY_{loc[0]}".upper()


def _meaning(loc: tuple[int | str, ...]) -> str:
    field = Settings.model_fields.get(str(loc[0]))
    return (field.description if field else None) or "unknown"
