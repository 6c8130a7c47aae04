-- Who may sign in with which password, and who is signed in. Not events, and not derived from any.
create table credentials (
    account_id uuid primary key,
    address text not null unique,
    password_hash text not null,
    changed_at timestamptz not null
);

create table sessions (
    token_hash bytea primary key,
    account_id uuid not null,
    created_at timestamptz not null,
    seen_at timestamptz not null
);
create index sessions_account on sessions (account_id);

create table sign_in_tries (
    key bytea primary key,
    tries integer not null,
    until timestamptz not null
);
