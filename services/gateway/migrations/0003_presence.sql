-- Which gateway holds an open console of which account, as of its last beat.
create table presence_leases (
    gateway_id uuid not null,
    account_id uuid not null,
    alive_until timestamptz not null,
    primary key (gateway_id, account_id)
);
