-- The log of one service and what it needs to hear others. {service} is filled in; run again it changes nothing.
create schema if not exists {service};

create table if not exists {service}.log_head (
    single boolean primary key default true check (single),
    position bigint not null default 0,
    epoch uuid not null default gen_random_uuid()
);
insert into {service}.log_head default values on conflict do nothing;

create table if not exists {service}.events (
    position bigint primary key,
    stream_id text not null,
    revision integer not null,
    event_id uuid not null,
    type text not null,
    body jsonb not null,
    actor text not null,
    correlation_id uuid not null,
    causation_id uuid not null,
    command_id uuid not null,
    digest bytea not null,
    recorded_at timestamptz not null default now(),
    constraint one_revision unique (stream_id, revision),
    constraint one_effect unique (event_id)
);

create table if not exists {service}.snapshots (
    stream_id text primary key,
    revision integer not null,
    version integer not null,
    state jsonb not null
);

create table if not exists {service}.positions (
    consumer text primary key,
    position bigint not null
);

create table if not exists {service}.parked (
    consumer text not null,
    position bigint not null,
    stream_id text not null,
    envelope bytea not null,
    error text not null,
    parked_at timestamptz not null default now(),
    wanted text check (wanted in ('replay', 'skip')),
    reason text,
    primary key (consumer, position)
);
create index if not exists parked_streams on {service}.parked (consumer, stream_id);
