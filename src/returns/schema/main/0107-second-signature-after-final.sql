-- A revision of a final return needs two signatures too: what waits says at which stage it is signed.
alter table return_first_signatures add column stage text not null default 'final' check (stage in ('revised', 'final')); -- at which the return is signed; revised only after a final one
