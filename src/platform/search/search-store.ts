/** Search over everything that a member may see. Each area says where it looks; row policies decide what is found. */
import { type RawBuilder, sql } from 'kysely';
import { type ParsedReference, parseReference, type Referenced, referenceOf } from '../../vocabulary/reference.ts';
import type { Actor } from '../access-policy/access.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../database/database.ts';

export type Sought = {
  /** As typed, without space around it. */
  readonly text: string;
  /** Its words, for a search in names and places: each must be found. None where the text is too short for that. */
  readonly words: readonly string[];
  readonly reference: ParsedReference | undefined;
};

export type SearchResult = {
  readonly id: string;
  readonly text: string;
  readonly href: string;
  readonly reference?: string;
  /** What tells it from others: a town, a day. */
  readonly detail?: string;
};

/** Who searches, and the keys of what is sealed. */
export type SearchParts = { readonly keys: UnitKeys; readonly actor: Actor };

export type SearchSource = {
  /** Heading of its group. */
  readonly title: string;
  /** Who may search here; also how the search is logged and marked. */
  readonly action: string;
  readonly event: string;
  /** Fields of the log row. */
  readonly fields: readonly string[];
  /** At most `mostResults`, best first. */
  readonly find: (db: AuditedReader<AnyTables>, sought: Sought, parts: SearchParts) => Promise<readonly SearchResult[]>;
};

/** Of each group. */
export const mostResults = 10;
const leastLetters = 2;
const mostWords = 6;

/** What a member typed: its words, and the reference that it may be. */
export function readSought(typed: string): Sought {
  const text = typed.trim().replace(/\s+/g, ' ');
  const words = text.split(' ').filter((word) => word !== '');
  const enough = words.some((word) => word.length >= leastLetters) && words.length <= mostWords;
  return { text, words: enough ? words : [], reference: parseReference(text) };
}

const escapeLike = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

/** SQL: the columns together contain each word, in any order and case; false where there is none. */
export function containsWords(columns: readonly string[], { words }: Sought): RawBuilder<boolean> {
  if (words.length === 0) return sql<boolean>`false`;
  const text = sql.join(
    columns.map((column) => sql`coalesce(${sql.ref(column)}, '')`),
    sql` || ' ' || `,
  );
  const patterns = words.map((word) => sql`lower(${`%${escapeLike(word)}%`})`);
  // Patterns are put into small letters once, and the text once a row.
  return sql<boolean>`(lower(${text}) like all ((select array[${sql.join(patterns)}])::text[]))`;
}

/** SQL: the id is one that the reference may mean; false where none was typed, or one of another kind. */
export function hasReference(column: string, kind: Referenced, { reference }: Sought): RawBuilder<boolean> {
  if (!reference || (reference.kind && reference.kind !== kind)) return sql<boolean>`false`;
  return sql<boolean>`right(${sql.ref(column)}::text, 8) = any (${sql.val([...reference.idEndings])}::text[])`;
}

/** SQL: the same for a long table. Row policies leave its index unused, so `find`, a function of the database, reads the index. Row policies then decide which of its rows are found. */
export function isFoundByReference(
  column: string,
  kind: Referenced,
  find: 'encounters_ending' | 'persons_ending' | 'planned_visits_ending',
  { reference }: Sought,
): RawBuilder<boolean> {
  if (!reference || (reference.kind && reference.kind !== kind)) return sql<boolean>`false`;
  const endings = sql`${sql.val([...reference.idEndings])}::text[]`;
  return sql<boolean>`${sql.ref(column)} = any ((select ctx.${sql.raw(find)}(${endings}))::uuid[])`;
}

/** Whether a reference of this kind was typed: a source that knows nothing else need not ask. */
export const mayBeReference = (kind: Referenced, { reference }: Sought): boolean =>
  reference !== undefined && (reference.kind === undefined || reference.kind === kind);

/** A source that is searched by reference alone, because its records are sealed or have no name. `read` gives the rows that `hasReference` finds. */
export const referenceSource = (
  kind: Referenced,
  source: Pick<SearchSource, 'title' | 'action' | 'event' | 'fields'>,
  read: (
    db: AuditedReader<AnyTables>,
    sought: Sought,
    parts: SearchParts,
  ) => Promise<readonly { readonly id: string; readonly text?: string; readonly detail?: string }[]>,
  show: { readonly text: string; readonly href: (id: string) => string },
): SearchSource => ({
  ...source,
  find: async (db, sought, parts) => {
    if (!mayBeReference(kind, sought)) return [];
    return (await read(db, sought, parts)).map((row) => ({
      text: show.text,
      ...row,
      href: show.href(row.id),
      reference: referenceOf(kind, row.id),
    }));
  },
});
