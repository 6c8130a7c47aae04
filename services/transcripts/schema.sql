-- What has to be known when a conversation ends.
create table contacts (contact_id text primary key, address text);
-- Every address a contact has had, in order; claimed: nobody of ours has entered it.
create table claims (position bigint primary key, contact_id text not null, address text not null, claimed boolean not null);
create index on claims (contact_id, position);
create index on claims (address);
-- Ends after which a transcript may go out by itself.
create table endings (position bigint primary key, conversation_id text not null, contact_id text not null, day date not null);
create index on endings (contact_id, day);
create table inboxes (inbox_id text primary key, fallback_address text not null);
create table channels (channel_id text primary key, settings jsonb not null);
-- Whether transcripts of a channel go out by themselves, from each change of its settings on.
create table switches (position bigint primary key, channel_id text not null, switched_on boolean not null);
create index on switches (channel_id, position);
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
