/** Everything of one agency as plain files in one archive: a file of lines of JSON for each table, the clean copies of files, and a list of what is in it and what is not. */
import type { AreaPolicy, StoreName } from '../../platform/access-policy/access.ts';
import { BackupFault } from '../../platform/backup/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import {
  createTarEntry,
  decodeCopy,
  type FileGroup,
  type FilesFolder,
  FilesUnavailable,
  tarEnd,
  type WorkingCopyType,
} from '../../platform/files/index.ts';
import { openSealing } from '../../reports/index.ts';
import type { Side } from '../../vocabulary/people.ts';
import { describeBytes, type FileToOpen, RowOpener, type StoredRow } from './open-row.ts';
import { listOwnedTables, type OwnedTable, recordTableOf, whyLeftOut } from './owned-tables.ts';
import { type Column, Snapshot } from './store.ts';

/** In bytes: so long a file of rows becomes before the next one begins. */
const fileBytes = 4 * 1024 * 1024;

const fileGroups: Readonly<Record<string, (store: StoreName) => FileGroup>> = {
  person_documents: () => 'papers',
  plan_files: () => 'plans',
  report_files: (store) => (store === 'main' ? 'police' : 'help'),
  visit_photos: () => 'visits',
};

export type TableTaken = {
  readonly database: StoreName;
  readonly table: string;
  readonly rows: number;
  readonly files: number;
  /** Rows and copies whose key was destroyed. */
  readonly erased: number;
  /** Values and copies that should open and do not. */
  readonly closed: number;
  /** Copies that are not in the store of files, though their record is there. */
  readonly missing: number;
  /** Files of which there is no clean copy. */
  readonly notCleaned: number;
  /** As the lines call them. */
  readonly columns: readonly Column[];
  /** Keys and digests. */
  readonly columnsLeftOut: readonly string[];
};

export type Contents = {
  readonly format: 'safelight export 1';
  readonly safelight: string;
  readonly agency: { readonly id: string; readonly name: string; readonly side: Side };
  readonly madeAt: string;
  readonly tables: readonly TableTaken[];
  readonly tablesLeftOut: readonly { readonly database: StoreName; readonly table: string; readonly why: string }[];
};

export type Leaving = {
  readonly policy: AreaPolicy;
  readonly agency: Contents['agency'];
  /** The databases that the agency has records in, the safeguarding one for support agencies alone, with the request that the log of each has already. */
  readonly sources: Readonly<Partial<Record<StoreName, { readonly address: string; readonly requestId: string }>>>;
  readonly keys: UnitKeys;
  readonly files: FilesFolder;
  readonly safelight: string;
  readonly now: Date;
  /** Writes down that these records leave, before they do. Throws where it cannot. */
  readonly log: (store: StoreName, table: OwnedTable, ids: readonly string[]) => Promise<void>;
  readonly heard: (bytes: number) => void;
  /** Told what is in it, when all of it is. */
  readonly done: (contents: Contents) => void;
};

type Piece = Generator<Uint8Array>;

/** The archive (POSIX ustar), piece by piece. */
export async function* writeExport(leaving: Leaving): AsyncGenerator<Uint8Array> {
  await openSealing();
  const tables: TableTaken[] = [];
  const tablesLeftOut: Contents['tablesLeftOut'][number][] = [];
  for (const store of ['main', 'safeguarding'] as const) {
    const source = leaving.sources[store];
    if (!source) continue;
    const snapshot = await Snapshot.open(source.address);
    try {
      if (!(await snapshot.hasLogOf(source.requestId))) throw otherDatabase(store);
      const there = await snapshot.listTables();
      const owned = listOwnedTables(leaving.policy, store, leaving.agency.side);
      for (const table of there) {
        const why = whyLeftOut(table, leaving.agency.side);
        if (why !== undefined) tablesLeftOut.push({ database: store, table, why });
      }
      for (const table of owned) tables.push(yield* takeTable(leaving, store, snapshot, table));
    } finally {
      await snapshot.close();
    }
  }
  const { agency, safelight, now } = leaving;
  const contents: Contents = {
    format: 'safelight export 1',
    ...{ safelight, agency, madeAt: now.toISOString(), tables, tablesLeftOut },
  };
  yield* told(
    leaving,
    createTarEntry({ name: 'contents.json', content: encode(`${JSON.stringify(contents, null, 2)}\n`) }),
  );
  yield tarEnd;
  leaving.done(contents);
}

/** What leaves must be in the log of where it is. */
const otherDatabase = (store: StoreName): BackupFault =>
  new BackupFault(
    `The login for backups reads another ${store} database than the one that Safelight works on, or a copy that is late.`,
    'Let DATABASE_URL_BACKUP and SAFEGUARDING_DATABASE_URL_BACKUP name the same databases as the other settings.',
  );

const encode = (text: string): Uint8Array => Buffer.from(text);

function* told({ heard }: Leaving, piece: Piece): Piece {
  for (const bytes of piece) {
    heard(bytes.length);
    yield bytes;
  }
}

async function* takeTable(
  leaving: Leaving,
  store: StoreName,
  snapshot: Snapshot,
  table: OwnedTable,
): AsyncGenerator<Uint8Array, TableTaken> {
  const { name } = table;
  const columns = await snapshot.listColumns(name);
  const recordColumns = await snapshot.listColumns(recordTableOf(name));
  const bytes = recordColumns.filter(({ type }) => type === 'bytea').map((column) => column.name);
  const opener = new RowOpener(leaving.keys, store);
  const found = { rows: 0, files: 0, erased: 0, closed: 0, missing: 0, notCleaned: 0 };
  let number = 0;
  let lines: string[] = [];
  let size = 0;
  const writeLines = (): Piece => {
    number += 1;
    const content = encode(lines.join(''));
    [lines, size] = [[], 0];
    return told(
      leaving,
      createTarEntry({ name: `${store}.${name}.${String(number).padStart(4, '0')}.ndjson`, content }),
    );
  };
  for await (const rows of snapshot.readRows(table, leaving.agency.id)) {
    await leaving.log(store, table, rows.flatMap(listIds));
    for (const stored of rows) {
      const { row, erased, closed } = opener.open(name, bytes, stored);
      const line = `${JSON.stringify(row)}\n`;
      lines.push(line);
      size += line.length;
      found.rows += 1;
      found.erased += Number(erased);
      found.closed += closed.length;
      if (size >= fileBytes) yield* writeLines();
      const group = fileGroups[name]?.(store);
      if (!group || erased) continue;
      const file = opener.openFile(name, stored);
      const parts = typeof file === 'string' ? file : await openCopy(leaving.files, group, file);
      if (typeof parts === 'string') {
        found[parts === 'not cleaned' ? 'notCleaned' : parts] += 1;
        continue;
      }
      found.files += parts.length;
      for (const [place, { ending, content }] of parts.entries())
        yield* told(leaving, createTarEntry({ name: `file.${name}.${stored.row.id}.${place + 1}.${ending}`, content }));
    }
  }
  if (lines.length > 0) yield* writeLines();
  const described = columns.flatMap((column) =>
    column.type === 'bytea' ? (describeBytes(name, column.name) ?? []) : column,
  );
  const columnsLeftOut = bytes.filter((column) => !describeBytes(recordTableOf(name), column));
  return { database: store, table: name, ...found, columns: described, columnsLeftOut };
}

/** By what the log finds a record: the row’s own id, or those of the records that it ties together. */
function listIds({ row }: StoredRow): string[] {
  if (typeof row.id === 'string') return [row.id];
  return Object.entries(row).flatMap(([column, value]) =>
    typeof value === 'string' && (column === 'subject' || (/_id$/.test(column) && !ofWhoActs.test(column)))
      ? [value]
      : [],
  );
}
const ofWhoActs = /^(?:member|agency|owner|author|request|break_glass)_id$/;

const endings: Readonly<Record<WorkingCopyType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

type Page = { readonly ending: string; readonly content: Uint8Array };

/** The pages of a clean copy. Throws while the store of files does not answer. */
async function openCopy(
  files: FilesFolder,
  group: FileGroup,
  { fileId, key }: FileToOpen,
): Promise<readonly Page[] | 'missing' | 'closed'> {
  try {
    const bytes = await files.open(group, { id: fileId, key, side: 'working copy' });
    if (!bytes) return 'missing';
    const { type, parts } = decodeCopy(bytes);
    return parts.map((content) => ({ ending: endings[type], content }));
  } catch (error) {
    if (error instanceof FilesUnavailable) throw error;
    return 'closed';
  }
}
