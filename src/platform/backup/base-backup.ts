/** A base backup of a PostgreSQL server over its replication protocol, by `pg` alone: one archive of its folder with the write-ahead log, then its manifest. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';
import { withConnection } from './cluster-facts.ts';
import { backupConnectionName } from './connection-name.ts';
import { BackupFault, NeedsFull } from './fault.ts';

/** PostgreSQL’s own manifest of a backup, which it reads again for the next one. */
export type ServerManifest = Buffer;

export type BaseBackupPiece = { readonly of: 'archive' | 'manifest'; readonly bytes: Buffer };

export type BackedUp = { readonly endLsn: string };

/** The largest amount that waits between the server and the file. */
const mostWaiting = 4 * 1_048_576;

type Connection = {
  readonly query: (text: string) => void;
  readonly sendCopyFromChunk: (chunk: Buffer) => void;
  readonly endCopyFrom: () => void;
  readonly stream: { pause(): void; resume(): void };
};

/** Takes what the server sends, and lets it wait while the file is slower. `pg` calls the handle… functions. */
class CopyQuery {
  readonly #text: string;
  readonly #waiting: BaseBackupPiece[] = [];
  #bytes = 0;
  #paused = false;
  #archives = 0;
  #of: BaseBackupPiece['of'] = 'archive';
  #error: Error | undefined;
  #done = false;
  #connection: Connection | undefined;
  #wake: () => void = () => {};
  #row: readonly (string | null)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The last row: where the backup ends in the write-ahead log. */
  get lastRow(): readonly (string | null)[] {
    return this.#row;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const content = chunk.subarray(1);
    switch (String.fromCharCode(chunk[0] ?? 0)) {
      case 'n':
        this.#archives += 1;
        return;
      case 'm':
        this.#of = 'manifest';
        return;
      case 'd':
        // The parser uses its buffer again.
        this.#waiting.push({ of: this.#of, bytes: Buffer.from(content) });
        this.#bytes += content.length;
        if (this.#bytes > mostWaiting && !this.#paused) {
          this.#paused = true;
          this.#connection?.stream.pause();
        }
        this.#wake();
    }
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#row = fields.map((field) => (field === null ? null : String(field)));
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#done = true;
    this.#wake();
  }

  handleReadyForQuery(): void {
    this.#done = true;
    this.#wake();
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}

  async *pieces(): AsyncGenerator<BaseBackupPiece> {
    for (;;) {
      const piece = this.#waiting.shift();
      if (piece) {
        this.#bytes -= piece.bytes.length;
        if (this.#paused && this.#bytes < mostWaiting / 2) {
          this.#paused = false;
          this.#connection?.stream.resume();
        }
        yield piece;
      } else if (this.#done) {
        if (this.#error) throw this.#error;
        if (this.#archives !== 1) throw new Error(`the server sent ${this.#archives} archives in place of one`);
        return;
      } else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    }
  }
}

/** Sends the server its manifest of the backup before. `pg` calls the handle… functions. */
class ManifestUpload {
  readonly #manifest: ServerManifest;
  readonly #ended = Promise.withResolvers<void>();
  readonly ended = this.#ended.promise;

  constructor(manifest: ServerManifest) {
    this.#manifest = manifest;
  }

  submit(connection: Connection): void {
    connection.query('UPLOAD_MANIFEST');
  }

  handleCopyInResponse(connection: Connection): void {
    for (let at = 0; at < this.#manifest.length; at += 262_144)
      connection.sendCopyFromChunk(this.#manifest.subarray(at, at + 262_144));
    connection.endCopyFrom();
  }

  handleError(error: Error): void {
    this.#ended.reject(error);
  }

  handleReadyForQuery(): void {
    this.#ended.resolve();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

/** Opens a connection for replication, which needs a role and a line in pg_hba.conf that allow it. */
export async function openReplication(address: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: 10_000,
    replication: 'true',
    application_name: backupConnectionName,
  } as pg.ClientConfig);
  client.on('error', () => {}); // The query under way fails by itself.
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw new BackupFault(
      `The server does not let this login take a backup: ${(error as Error).message}.`,
      'Give the login the attribute replication, and the server a line “replication” for it in pg_hba.conf.',
    );
  }
}

/** The number that a server and every copy of its folder share. */
export async function readSystemId(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ systemid: string }>('IDENTIFY_SYSTEM');
  return rows[0]?.systemid ?? '';
}

/** Addresses of a login that may replicate, one for each database. */
export type BackupAddresses = Readonly<Record<StoreName, string>>;

/** One server with both databases, or one for each. Copies of a folder share their number, so the moment of the start is asked too. */
export async function listServers(
  addresses: BackupAddresses,
): Promise<readonly { readonly name: StoreName; readonly stores: readonly StoreName[] }[]> {
  const [main, safeguarding] = await Promise.all([
    readRunningServer(addresses.main),
    readRunningServer(addresses.safeguarding),
  ]);
  if (main === safeguarding) return [{ name: 'main', stores: ['main', 'safeguarding'] }];
  return [
    { name: 'main', stores: ['main'] },
    { name: 'safeguarding', stores: ['safeguarding'] },
  ];
}

async function readRunningServer(address: string): Promise<string> {
  const client = await openReplication(address);
  const systemId = await readSystemId(client).finally(() => client.end());
  const { rows } = await withConnection(address, (ordinary) =>
    ordinary.query<{ started: string }>('select pg_postmaster_start_time()::text as started'),
  );
  return `${systemId} ${rows[0]?.started}`;
}

/** Why the server takes no incremental backup on top of the one before. */
function toIncrementalFault({ message }: Error): BackupFault {
  const cure = 'Take a full backup now: leave out --incremental. The next ones can rest on it.';
  if (/WAL summaries are required/.test(message))
    return new NeedsFull(
      `The server no longer knows every page that changed since the backup before: ${message}.`,
      `${cure} If this comes again, take them more often or raise wal_summary_keep_time, and check that summarize_wal stays on.`,
    );
  if (/timeline/.test(message))
    return new NeedsFull(`The server has another history than the backup before: ${message}.`, cure);
  if (/requires WAL|system identifier/.test(message))
    return new NeedsFull(`The backup before is of another server, or this one was set back: ${message}.`, cure);
  return new BackupFault(
    `The server broke off the incremental backup: ${message}.`,
    'Read the server’s log, and take a full backup: leave out --incremental.',
  );
}

/** Until this connection ends the server keeps the log that the copy needs, however much is written meanwhile. */
async function reserveLog(client: pg.Client): Promise<void> {
  const name = `safelight_backup_${randomBytes(6).toString('hex')}`;
  try {
    await client.query(`CREATE_REPLICATION_SLOT ${name} TEMPORARY PHYSICAL RESERVE_WAL`);
  } catch (error) {
    throw new BackupFault(
      `The server keeps no log for a backup: ${(error as Error).message}.`,
      'Set max_replication_slots above the number of slots that are in use, and start again.',
    );
  }
}

/** Gives out what the server sends: everything, or what changed since the backup before. Returns where the backup ends. The server checks each page while it reads it. */
export async function* takeBaseBackup(
  client: pg.Client,
  label: string,
  before?: ServerManifest,
): AsyncGenerator<BaseBackupPiece, BackedUp> {
  await reserveLog(client);
  const query = new CopyQuery(
    `BASE_BACKUP (LABEL ${pg.escapeLiteral(label)}, CHECKPOINT 'fast', MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256', WAL true${before ? ', INCREMENTAL' : ''})`,
  );
  try {
    if (before) {
      const upload = new ManifestUpload(before);
      client.query(upload as unknown as pg.Submittable);
      await upload.ended;
    }
    client.query(query as unknown as pg.Submittable);
    yield* query.pieces();
  } catch (error) {
    if (before) throw toIncrementalFault(error as Error);
    throw new BackupFault(
      `The server broke off the backup: ${(error as Error).message}.`,
      'Read the server’s log, and start again. If it names a checksum, pages of the database are damaged on the disk: keep the last verified backup.',
    );
  }
  const [endLsn] = query.lastRow;
  if (!endLsn) throw new Error('the server did not say where the backup ends');
  return { endLsn };
}
