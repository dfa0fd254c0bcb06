/** Opens what is encrypted in a row of the database, for the agency whose row it is. Keys and digests are left out; what was erased stays closed. */
import type { StoreName } from '../../platform/access-policy/access.ts';
import { decodeHex, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { KeyDestroyed } from '../../platform/crypto/key-halves.ts';
import { type IntakeLine, isSealedInReport, ReportOpener } from '../../reports/index.ts';
import { recordTableOf } from './owned-tables.ts';

export type JsonRow = Readonly<Record<string, unknown>>;

/** A row as JSON, with what opens it where that is kept in the record above. */
export type StoredRow = { readonly row: JsonRow; readonly keyAbove: string | null };

/** The record above that keeps the key: of these tables no row has one of its own. */
export const keysAbove: Readonly<Record<string, readonly [table: string, column: string, key: string]>> = {
  contact_notes: ['persons', 'person_id', 'wrapped_key'],
  meeting_cases: ['persons', 'person_id', 'wrapped_key'],
  nrm_drafts: ['persons', 'person_id', 'wrapped_key'],
  person_actions: ['persons', 'person_id', 'wrapped_key'],
  report_parts: ['reports', 'report_id', 'sealed_key'],
};

/** Their values are bound to the revision too, so that an earlier one cannot be put in the place of a later. */
const boundToRevision = ['case_meetings', 'meeting_cases', 'nrm_drafts'];

/** Content that is no secret. Every other value of bytes is a key or a digest, and of no use elsewhere. */
const plainBytes: readonly string[] = ['imported_releases.source', 'release_pictures.content'];

/** `erased`: the record’s key was destroyed, so the row says no more than its id, as after the restore of an old backup. `closed`: values that do not open, though they should. */
export type OpenedRow = { readonly row: JsonRow; readonly erased: boolean; readonly closed: readonly string[] };

/** The clean copy of a file, by what opens it. */
export type FileToOpen = { readonly fileId: string; readonly key: Buffer };

const isVersions = (table: string): boolean => recordTableOf(table) !== table;
const sealedColumn = /^sealed_/;
const nameOpened = (column: string): string => (column === 'sealed' ? 'said' : column.replace(sealedColumn, ''));

/** How a column of bytes is called where it goes along, and how its values are written; undefined where it goes with nobody. */
export function describeBytes(
  table: string,
  column: string,
): { readonly name: string; readonly type: string } | undefined {
  if (isPlain(table, column)) return { name: column, type: 'base64' };
  return isSealed(table, column) ? { name: nameOpened(column), type: 'text or JSON, opened' } : undefined;
}

const isPlain = (table: string, column: string): boolean => plainBytes.includes(`${table}.${column}`);
const isSealed = (table: string, column: string): boolean =>
  sealedColumn.test(column) ? column !== 'sealed_key' : isSealedInReport(table, column);

export class RowOpener {
  readonly #keys: UnitKeys;
  readonly #reports: ReportOpener;

  /** Sealing must be open (`openSealing`). */
  constructor(keys: UnitKeys, store: StoreName) {
    this.#keys = keys;
    this.#reports = new ReportOpener(keys, lines[store]);
  }

  /** `bytes`: the columns of bytes. Of an earlier version the record in it is opened, and they are those of the table that it was in. */
  open(table: string, bytes: readonly string[], stored: StoredRow): OpenedRow {
    const { record } = stored.row;
    if (!isVersions(table)) return this.#openFields(table, bytes, stored);
    const was = this.#openFields(recordTableOf(table), bytes, { ...stored, row: record as JsonRow });
    return was.erased ? was : { ...was, row: { ...stored.row, record: was.row } };
  }

  openFile(table: string, stored: StoredRow): FileToOpen | 'not cleaned' | 'erased' | 'closed' {
    const { row } = stored;
    try {
      if (table === 'report_files') return this.#reports.openCopyKey(row) ?? 'not cleaned';
      if (table === 'person_documents') {
        const { key } = JSON.parse(this.#unseal(table, 'sealed_document', stored)) as { readonly key: string };
        return { fileId: String(row.file_id), key: Buffer.from(key, 'base64') };
      }
      const fileId = String(row.file_id);
      return { fileId, key: this.#keys.unwrap(decodeHex(row.wrapped_key), fileId) };
    } catch (error) {
      return error instanceof KeyDestroyed ? 'erased' : 'closed';
    }
  }

  #openFields(table: string, bytes: readonly string[], stored: StoredRow): OpenedRow {
    const row: Record<string, unknown> = {};
    const closed: string[] = [];
    for (const [column, value] of Object.entries(stored.row)) {
      if (!bytes.includes(column)) row[column] = value;
      else if (isPlain(table, column)) row[column] = value && decodeHex(value).toString('base64');
      else if (isSealed(table, column)) {
        const name = nameOpened(column);
        const opened = value ? this.#tryToOpen(table, column, stored) : { value: row[name] ?? null };
        if (opened === 'erased') return { row: { id: stored.row.id, _erased: true }, erased: true, closed: [] };
        if (opened === 'closed') closed.push(name);
        row[name] = opened === 'closed' ? null : opened.value;
      }
    }
    return { row: closed.length > 0 ? { ...row, _closed: closed } : row, erased: false, closed };
  }

  #tryToOpen(table: string, column: string, stored: StoredRow): { readonly value: unknown } | 'erased' | 'closed' {
    try {
      if (isSealedInReport(table, column)) return { value: this.#reports.open(table, stored) };
      return { value: readValue(table, this.#unseal(table, column, stored)) };
    } catch (error) {
      return error instanceof KeyDestroyed ? 'erased' : 'closed';
    }
  }

  #unseal(table: string, column: string, { row, keyAbove }: StoredRow): string {
    const id = String(row.id);
    const above = keysAbove[table];
    const key = this.#keys.unwrap(decodeHex(above ? keyAbove : row.wrapped_key), above ? String(row[above[1]]) : id);
    const revision = boundToRevision.includes(table) ? `/${row.revision}` : '';
    return unseal(key, `${table}/${column}/${id}${revision}`, decodeHex(row[column])).toString();
  }
}

const lines: Record<StoreName, IntakeLine> = { main: 'police', safeguarding: 'help' };

/** Texts are filled up with spaces so that their length tells little. The key of a document’s file goes with nobody. */
function readValue(table: string, opened: string): unknown {
  const text = opened.trimEnd();
  if (!/^[[{]/.test(text)) return text;
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (table !== 'person_documents') return value;
    const { key: _, ...said } = value;
    return said;
  } catch {
    return text;
  }
}
