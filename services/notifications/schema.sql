-- Deliveries that are not settled yet; `due_at` says when the next attempt is.
create table waiting (delivery_id text primary key, due_at timestamptz not null);
create index waiting_due on waiting (due_at);

-- What a notice says: the visitor's name and newest words.
create table contacts (contact_id text primary key, name text not null);
create table conversations (conversation_id text primary key, contact_id text not null, preview text not null default '');

-- Every notice, by the position of its cause; `read_at` is the position of the `conversation_read` that settled it.
create table notices (
    notice_id text primary key,
    agent_id text not null,
    conversation_id text not null,
    raised_at bigint not null,
    read_at bigint
);
create index notices_unread on notices (agent_id, conversation_id) where read_at is null;
create index notices_read on notices (read_at);
