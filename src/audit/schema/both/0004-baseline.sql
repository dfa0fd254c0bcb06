-- The log as a tree of digests: the tables in both databases.

-- The log as a tree: leaves over its rows, kept nodes, signed checkpoints, cosignatures. Both stores have one of
-- their own. Nothing here is ever changed; a leaf's opening and its row may be destroyed by one function alone.
create table log_leaves ( -- One leaf of the tree for each row of the access log
  index       bigint primary key check (index >= 0), -- place of the leaf in the tree, from 0
  xid         xid8 not null, -- the transaction that wrote the row of the log
  id          bigint not null, -- identifier of the row of the log
  commitment  bytea not null check (octet_length(commitment) = 32), -- HMAC of the row, under the opening as key
  opening     bytea check (octet_length(opening) = 32), -- random bytes that open the commitment; empty once erased
  unique (xid, id)
);

create table log_nodes ( -- Digests of the tree that are kept, so that proofs need few reads
  level  smallint check (level > 0 and (level::integer % 8) = 0), -- height of the node above the leaves
  index  bigint check (index >= 0), -- place of the node in its level, from 0
  hash   bytea not null check (octet_length(hash) = 32), -- SHA-256 digest of the node
  primary key (level, index)
);

create table log_checkpoints ( -- Signed states of the log
  size  bigint primary key check (size > 0), -- number of leaves at that moment
  note  text not null check (note <> '') -- the signed note, with size and root of the tree
);

create table log_keys ( -- Public keys that have signed checkpoints
  key  text primary key -- public key, with name and number of the signer in one line
);

create table log_cosignatures ( -- Signatures of witnesses under checkpoints
  id       bigint generated always as identity primary key,
  size     bigint not null references log_checkpoints, -- the checkpoint that was signed
  witness  text not null check (witness <> ''), -- name of the witness
  line     text not null check (line <> '') -- the signature, as one line of the note
);
create index log_cosignatures_by_witness on log_cosignatures (witness, id desc);
create index log_cosignatures_by_size on log_cosignatures (size, id);
