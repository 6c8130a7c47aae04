-- What has to be known when a conversation ends.
create table contacts (contact_id text primary key, address text);
create table inboxes (inbox_id text primary key, fallback_address text not null);
create table channels (channel_id text primary key, settings jsonb not null);
create table conversations (
    conversation_id text primary key,
    inbox_id text not null,
    channel_id text not null,
    contact_id text not null,
    locale text not null,
    status text not null
);

-- Rendered when first asked for; rendering again gives the same.
create table rendered (transcript_id text primary key, html text not null, text text not null);
comment on table rendered is 'cache';
