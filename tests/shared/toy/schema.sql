-- What the jars hold, and every event that had an effect here: an effect twice would be a line twice.
create table jars (jar_id text primary key, marbles integer not null, broken boolean not null);
create table seen (position bigint not null, jar_id text not null, type text not null);
