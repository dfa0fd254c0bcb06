/** Everything of one agency as plain files in one archive: a file of lines of JSON for each table, the clean copies of files, and a list of what is in it and what is not. */
import type { AreaPolicy, StoreName } from '../../platform/access-policy/access.ts';
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
import { type FileToOpen, isLeftOut, RowOpener, recordTableOf, type StoredRow } from './open-row.ts';
import { leftOut, listOwnedTables, type OwnedTable } from './owned-tables.ts';
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
  /** Values whose key was destroyed, and copies that are gone with their record. */
  readonly erased: number;
  /** Values and copies that should open and do not. */
  readonly closed: number;
  readonly columns: readonly Column[];
  /** Keys and digests. */
  readonly columnsLeftOut: readonly string[];
};

export type Contents = {
  readonly format: 'safelight export 1';
  readonly safelight: string;
  readonly agency: { readonly id: string; readonly name: string };
  readonly madeAt: string;
  readonly tables: readonly TableTaken[];
  readonly tablesLeftOut: readonly { readonly database: StoreName; readonly table: string; readonly why: string }[];
};

export type Leaving = {
  readonly policy: AreaPolicy;
  readonly agency: Contents['agency'];
  /** The databases that the agency has records in: the safeguarding one for support agencies alone. */
  readonly addresses: Readonly<Partial<Record<StoreName, string>>>;
  readonly keys: UnitKeys;
  readonly files: FilesFolder;
  readonly safelight: string;
  readonly now: Date;
  /** Writes down that these records leave, before they do. Throws where it cannot. */
  readonly log: (store: StoreName, table: string, ids: readonly string[]) => Promise<void>;
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
  for (const [store, address] of Object.entries(leaving.addresses) as [StoreName, string][]) {
    const snapshot = await Snapshot.open(address);
    try {
      const there = await snapshot.listTables();
      const owned = listOwnedTables(leaving.policy, store);
      for (const table of there) {
        const why = leftOut[table];
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
  const found = { rows: 0, files: 0, erased: 0, closed: 0 };
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
    const ids = listIds(rows);
    if (ids.length > 0 || found.rows === 0) await leaving.log(store, name, ids);
    for (const stored of rows) {
      const { row, erased, closed } = opener.open(name, bytes, stored);
      const line = `${JSON.stringify(row)}\n`;
      lines.push(line);
      size += line.length;
      found.rows += 1;
      found.erased += erased;
      found.closed += closed;
      if (size >= fileBytes) yield* writeLines();
      const group = fileGroups[name]?.(store);
      if (!group) continue;
      const file = opener.openFile(name, stored);
      const parts = typeof file === 'string' ? file : await openCopy(leaving.files, group, file);
      if (parts === 'erased' || parts === 'closed') found[parts] += 1;
      if (!Array.isArray(parts)) continue;
      found.files += parts.length;
      for (const [place, { ending, content }] of parts.entries())
        yield* told(leaving, createTarEntry({ name: `file.${name}.${stored.row.id}.${place + 1}.${ending}`, content }));
    }
  }
  if (lines.length > 0) yield* writeLines();
  const columnsLeftOut = bytes.filter((column) => isLeftOut(recordTableOf(name), column));
  return { database: store, table: name, ...found, columns, columnsLeftOut };
}

const listIds = (rows: readonly StoredRow[]): string[] =>
  rows.flatMap(({ row: { id } }) => (typeof id === 'string' ? [id] : []));

const endings: Readonly<Record<WorkingCopyType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

type Page = { readonly ending: string; readonly content: Uint8Array };

/** The pages of a clean copy. It is gone where a record was erased. Throws while the store of files does not answer. */
async function openCopy(
  files: FilesFolder,
  group: FileGroup,
  { fileId, key }: FileToOpen,
): Promise<readonly Page[] | 'erased' | 'closed'> {
  try {
    const bytes = await files.open(group, { id: fileId, key, side: 'working copy' });
    if (!bytes) return 'erased';
    const { type, parts } = decodeCopy(bytes);
    return parts.map((content) => ({ ending: endings[type], content }));
  } catch (error) {
    if (error instanceof FilesUnavailable) throw error;
    return 'closed';
  }
}
