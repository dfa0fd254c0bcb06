/** The tables, functions, rights and triggers of the areas: SQL files, found by where they lie. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreName } from '../access-policy/access.ts';

export type SchemaFile = {
  /** `visits/main/0011-baseline`: area, database, file. */
  readonly name: string;
  readonly text: string;
};

/** The statements of a file, without whole lines of comment. A semicolon ends one at the end of a line; the text of a function stays whole. */
export function splitStatements({ text }: Pick<SchemaFile, 'text'>): string[] {
  const statements: string[] = [];
  let open = '';
  for (const piece of text.replaceAll(/^\s*--.*$/gm, '').split(/;[ \t]*(?:--.*)?(?:\n|$)/)) {
    open += open === '' ? piece : `;\n${piece}`;
    if (open.split('$$').length % 2 === 0) continue;
    statements.push(open.trim());
    open = '';
  }
  return statements.filter((statement) => statement !== '');
}

export type StoreSchema = {
  /** Applied once, in the order of their numbers. Never edited once released. */
  readonly changes: readonly SchemaFile[];
  /** Created again whenever anything changes, so that their text is the truth. */
  readonly functions: readonly SchemaFile[];
  readonly rights: readonly SchemaFile[];
  readonly triggers: readonly SchemaFile[];
};

export type Schema = Readonly<Record<StoreName, StoreSchema>>;

/** A built bundle has the files next to it. */
function sourceFolder(): string {
  const built = join(import.meta.dirname, 'schema');
  return existsSync(built) ? built : join(import.meta.dirname, '../..');
}

let read: Schema | undefined;

/** Reads the files in `<area>/schema/<main, safeguarding or both>/`, once in a process. Refuses a file whose name says neither a number nor what it holds. */
export function readSchema(): Schema {
  read ??= readFiles(sourceFolder());
  return read;
}

/** Next to a built bundle lies what the build computed. */
export function readDigests(): Record<StoreName, string> | undefined {
  const path = join(import.meta.dirname, 'schema/digests.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<StoreName, string>) : undefined;
}

function readFiles(folder: string): Schema {
  const paths = namesIn(folder).flatMap((area) =>
    namesIn(join(folder, area, 'schema')).flatMap((store) =>
      namesIn(join(folder, area, 'schema', store)).map((name) => [area, 'schema', store, name]),
    ),
  );
  const files = paths
    .map((path) => ({
      name: path
        .toSpliced(1, 1)
        .join('/')
        .replace(/\.sql$/, ''),
      text: readFileSync(join(folder, ...path), 'utf8'),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const of = (store: StoreName) => sortByKind(files.filter(({ name }) => [store, 'both'].includes(storeOf(name))));
  return { main: of('main'), safeguarding: of('safeguarding') };
}

/** Of a folder; none where there is no such folder. */
const namesIn = (folder: string): string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];

const [storeOf, fileOf] = [1, 2].map((part) => (name: string) => name.split('/')[part] ?? '') as [
  (name: string) => string,
  (name: string) => string,
];

function sortByKind(files: readonly SchemaFile[]): StoreSchema {
  const current = ['functions', 'rights', 'triggers'];
  const isChange = ({ name }: SchemaFile) => /^\d{4}-/.test(fileOf(name));
  const unknown = files.filter((file) => !isChange(file) && !current.includes(fileOf(file.name)));
  if (unknown.length > 0)
    throw new Error(`${unknown[0]?.name} is no schema file: name it NNNN-what, functions, rights or triggers`);
  const [functions = [], rights = [], triggers = []] = current.map((kind) =>
    files.filter(({ name }) => fileOf(name) === kind),
  );
  const changes = files.filter(isChange).sort((one, other) => (fileOf(one.name) < fileOf(other.name) ? -1 : 1));
  return { changes, functions, rights, triggers };
}
