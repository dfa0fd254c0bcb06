-- The log as a tree of digests: the tables in both databases.

-- The log as a tree: leaves over its rows, kept nodes, signed checkpoints, cosignatures. Both stores have one of
-- their own. Nothing here is ever changed; a leaf's opening and its row may be destroyed by one function alone.
create table log_leaves (
  index       bigint primary key check (index >= 0),
  xid         xid8 not null,
  id          bigint not null,
  commitment  bytea not null check (octet_length(commitment) = 32),
  opening     bytea check (octet_length(opening) = 32),
  unique (xid, id)
);

create table log_nodes (
  level  smallint check (level > 0 and (level::integer % 8) = 0),
  index  bigint check (index >= 0),
  hash   bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

create table log_checkpoints (
  size  bigint primary key check (size > 0),
  note  text not null check (note <> '')
);

create table log_keys (
  key  text primary key
);

create table log_cosignatures (
  id       bigint generated always as identity primary key,
  size     bigint not null references log_checkpoints,
  witness  text not null check (witness <> ''),
  line     text not null check (line <> '')
);
create index log_cosignatures_by_witness on log_cosignatures (witness, id desc);
create index log_cosignatures_by_size on log_cosignatures (size, id);
