-- The bots' read model.
create table flows (bot_id text not null, version integer not null, flow jsonb not null, primary key (bot_id, version));
