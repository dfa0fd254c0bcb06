/** Commits that no replica has confirmed. PostgreSQL says so in a warning, and then reports success all the same. */
import type { EventEmitter } from 'node:events';
import type pg from 'pg';

/** The routine of PostgreSQL that waits for a replica. The text of its warning is in the server's language; this name is not. */
const replicaWait = 'SyncRepWaitForLSN';

/** The wait for a replica was cancelled: the change is on this server alone, and is lost if the server is. */
export class UnreplicatedCommit extends Error {
  /** SQL standard: transaction resolution unknown. */
  readonly code = '08007';

  constructor() {
    super('the commit was not confirmed by a replica');
  }
}

/** Has everything that is under way on the connection fail with `UnreplicatedCommit` when the warning arrives, which is before the success. The connection is not used again. */
export function refuseUnreplicatedCommits(client: pg.ClientBase): void {
  const { connection } = client as unknown as { readonly connection: EventEmitter };
  client.on('notice', ({ routine }) => {
    if (routine === replicaWait) connection.emit('error', new UnreplicatedCommit());
  });
}
