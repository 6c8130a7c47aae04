-- The gateway's read model: what people see. Rebuilt from the logs whenever this file or a projection changes.

create table rows (
    conversation_id uuid primary key,
    contact_id uuid not null,
    open boolean not null,
    -- Who leads an open conversation: an account id, 'bot' or 'nobody'.
    led_by text not null,
    activity_at timestamptz not null,
    body jsonb not null
);
create index rows_open on rows (activity_at desc, conversation_id desc) where open;
create index rows_led on rows (led_by, activity_at desc, conversation_id desc) where open;
create index rows_closed on rows (activity_at desc, conversation_id desc) where not open;
create index rows_contact on rows (contact_id, activity_at desc);

create table counters (
    view text not null,
    owner text not null,
    n integer not null,
    primary key (view, owner)
);

create table entries (
    position bigint primary key,
    conversation_id uuid not null,
    contact_id uuid not null,
    type text not null,
    body jsonb not null
);
create index entries_conversation on entries (conversation_id, position);
create index entries_contact on entries (contact_id, position);

-- Which files were said where; a comment's files are for colleagues only.
create table attachments (
    file_id uuid not null,
    conversation_id uuid not null,
    contact_id uuid not null,
    comment boolean not null,
    primary key (file_id, conversation_id, comment)
);

create table contacts (
    contact_id uuid primary key,
    name text not null,
    address text,
    locale text not null,
    time_zone text not null,
    met_at timestamptz not null,
    words tsvector not null
);
create index contacts_address on contacts (lower(address));
create index contacts_words on contacts using gin (words);

create table inboxes (inbox_id uuid primary key, name text not null, fallback_address text not null);
create table channels (channel_id uuid primary key, inbox_id uuid not null, settings jsonb not null);
create table bots (bot_id uuid primary key, name text not null, title text not null, version integer not null, flow jsonb not null);

create table people (
    account_id uuid primary key,
    address text not null,
    name text not null,
    title text not null,
    role text not null,
    avatar text not null,
    active boolean not null default true,
    connected boolean not null default false
);
create table availability (account_id uuid primary key, available boolean not null);

create table notices (
    notice_id uuid primary key,
    agent_id uuid not null,
    kind text not null,
    conversation_id uuid not null,
    text text not null,
    at timestamptz not null,
    read boolean not null default false
);
create index notices_unread on notices (agent_id, at desc) where not read;
