/** Describes the tables of both databases as pages for `docs/schema/`: by area, with columns, keys and a diagram. */
import { sql } from 'kysely';
import type { AreaPolicy, StoreName } from '../src/platform/access-policy/access.ts';
import type { Db } from '../src/platform/database/database.ts';
import type { DatabaseDefinition } from '../src/platform/database/migrate.ts';
import { changesTable } from '../src/platform/database/schema-changes.ts';

export type Column = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** The table that it refers to. */
  readonly refersTo: string | null;
  /** The checks on this column alone. */
  readonly checks: readonly string[];
};

export type Table = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly triggers: readonly string[];
};

/** The tables of one database, in the order of their names, without the list of applied files. */
export async function readTables(db: Db): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name,
      (select jsonb_agg(jsonb_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
          'refersTo', (select min(f.confrelid::regclass::text) from pg_constraint f
             where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum]),
          'checks', (select coalesce(jsonb_agg(pg_get_constraintdef(k.oid, true) order by k.conname), '[]') from pg_constraint k
             where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum])) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(jsonb_agg(t.tgname order by t.tgname), '[]') from pg_trigger t
        where t.tgrelid = c.oid and not t.tgisinternal) as triggers
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> ${changesTable}
    order by c.relname`.execute(db);
  return rows;
}

const stores: readonly StoreName[] = ['main', 'safeguarding'];

type Place = { readonly title: string; readonly stores: readonly [StoreName, ...StoreName[]] };

const places: readonly Place[] = [
  { title: 'Both databases', stores: ['main', 'safeguarding'] },
  { title: 'Main database', stores: ['main'] },
  { title: 'Safeguarding database', stores: ['safeguarding'] },
];

/** Comments at the ends of lines in the schema files, by table (`visits`) or column (`visits.answer`): after `create table visits (`, or within the definition of a column. */
function readComments({ schema }: DatabaseDefinition, store: StoreName): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let table = '';
  let column = '';
  for (const line of schema[store].changes.flatMap(({ text }) => text.split('\n'))) {
    const [, opened, added = ''] =
      /^(?:create (?:unlogged )?|alter )table (\w+)(?: add column (\w+))?/.exec(line) ?? [];
    const [, next] = /^ {2}(?!(?:check|constraint|primary|unique|foreign)\b)(\w+) /.exec(line) ?? [];
    if (opened) [table, column] = [opened, added];
    else if (next) column = next;
    const comment = /^[^-].* -- (.*)$/.exec(line)?.[1];
    const key = column ? `${table}.${column}` : table;
    if (comment) found.set(key, [found.get(key), comment].filter(Boolean).join(' '));
  }
  return found;
}

/** Columns that many tables have. */
const wellKnown: Readonly<Record<string, string>> = {
  id: 'identifier',
  agency_id: 'the agency that it belongs to',
  operation_id: 'the operation that it belongs to',
  owner_id: 'the agency whose record it is',
  author_id: 'the member who wrote it',
  roles: 'roles of the member',
  needs: 'kinds of help needed',
  items: 'items of information',
  interpreter: 'how interpreting was done',
  interpreted: 'how interpreting was done',
  person_id: 'the record of the person',
  wrapped_key: 'the key of the encrypted values, itself encrypted',
};

/** What the name of a column says by the conventions of the schema. */
function meaningByName({ name, refersTo, checks }: Column): string {
  if (name === 'id' && refersTo) return `identifier, the same as in \`${refersTo}\``;
  if (wellKnown[name]) return wellKnown[name];
  const [, word = '', ending] = /^(\w+)_(id|by|at)$/.exec(name) ?? [];
  const words = word.replaceAll('_', ' ');
  if (ending === 'id') return `the ${words}`;
  if (ending === 'by') return `the member who ${words} it`;
  if (ending !== 'at') return '';
  const when = checks.some((check) => check.includes("date_trunc('hour'")) ? 'hour in which' : 'when';
  return `${when} it ${/^(starts|ends|ended|opens|closes|arrived|expires)$/.test(words) ? words : `was ${words}`}`;
}

/** `CHECK (state = ANY (ARRAY['open'::text, 'closed'::text]))` as `open`, `closed`; another check as it is. */
function checkText(check: string): string {
  const values = /^CHECK \(\(?\w+ = ANY \(ARRAY\[(.*)\]\)\)?\)$/s.exec(check)?.[1];
  if (values && /^('([^']|'')*'(::\w+)?(, )?)+$/.test(values))
    return [...values.matchAll(/'((?:[^']|'')*)'/g)]
      .map(([, value = '']) => `\`${value.replaceAll("''", "'")}\``)
      .join(', ');
  return `\`${check
    .replace(/^CHECK \((.*)\)$/s, '$1')
    .replaceAll(/::(text|interval)\b(?!\[)/g, '')
    .replaceAll(/\s+/g, ' ')}\``;
}

const shortTypes = (type: string): string => type.replace('timestamp with time zone', 'timestamptz');
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** What the policy says of a table: the kinds of record that it holds, where the area says so first. */
function meaningByPolicy(policy: AreaPolicy, store: StoreName, table: string): string {
  const found = Object.values(policy).find(
    (recordClass) => (recordClass.store ?? 'main') === store && Object.hasOwn(recordClass.tables, table),
  );
  return found?.means ?? '';
}

/** The description of a table: its comment, or what the policy says of the records in it. */
type Description = {
  readonly about: string;
  readonly columns: ReadonlyMap<string, string>;
  readonly versions: boolean;
};

function tableSection(table: Table, { about, columns, versions }: Description): string {
  const rows = table.columns.map((column) => {
    const rules = [...(column.refersTo ? [`→ \`${column.refersTo}\``] : []), ...column.checks.map(checkText)];
    return `| \`${column.name}\` | ${shortTypes(column.type)}${column.required ? '' : ', optional'} | ${cell(rules.join('; '))} | ${cell(columns.get(`${table.name}.${column.name}`) ?? meaningByName(column))} |`;
  });
  return [
    `### ${table.name}`,
    `${about}.`,
    ['| Column | Type | Values | Meaning |', '|---|---|---|---|', ...rows].join('\n'),
    versions ? `Earlier versions of its rows are in \`${table.name}_versions\`.` : '',
    table.triggers.length > 0 ? `Triggers: ${table.triggers.map((name) => `\`${name}\``).join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

const isVersions = ({ name }: Table, all: readonly Table[]): boolean =>
  name.endsWith('_versions') && all.some((other) => name === `${other.name}_versions`);

/** Tables and what they refer to; earlier versions are left out. */
function diagram(tables: readonly Table[], all: readonly Table[]): string {
  const drawn = tables.filter((table) => !isVersions(table, all));
  const lines = drawn.flatMap(({ name, columns }) => {
    const keys = columns.filter(({ refersTo }) => refersTo && !['members', 'agencies'].includes(refersTo));
    if (keys.length === 0) return [`  ${name}`];
    return keys.map((column) => `  ${column.refersTo} ${column.required ? '||' : '|o'}--o{ ${name} : ${column.name}`);
  });
  return ['```mermaid', 'erDiagram', ...lines, '```'].join('\n');
}

/** The area of each table, from the file that creates it. */
function areasOfTables({ schema }: DatabaseDefinition, store: StoreName): ReadonlyMap<string, string> {
  const found = schema[store].changes.flatMap(({ name, text }) =>
    [...text.matchAll(/^\s*create (?:unlogged )?table (\w+)/gm)].map(
      ([, table = '']) => [table, name.split('/')[0] ?? ''] as const,
    ),
  );
  return new Map(found);
}

const title = (area: string): string => area.charAt(0).toUpperCase() + area.slice(1);
const made = 'Made from the schema files by `npm run schema`. Do not edit it here.';

/** One page for each area and a list of all tables, by file name. */
export function renderSchemaPages(
  definition: DatabaseDefinition,
  tables: Readonly<Record<StoreName, readonly Table[]>>,
): ReadonlyMap<string, string> {
  const areaOf = { main: areasOfTables(definition, 'main'), safeguarding: areasOfTables(definition, 'safeguarding') };
  const comments = { main: readComments(definition, 'main'), safeguarding: readComments(definition, 'safeguarding') };
  const areas = [...new Set(stores.flatMap((store) => [...areaOf[store].values()]))].sort();
  const same = (name: string, store: StoreName) => JSON.stringify(tables[store].find((table) => table.name === name));
  const inBoth = (name: string) => same(name, 'main') === same(name, 'safeguarding');
  const ofArea = (area: string, place: Place) => {
    const [store] = place.stores;
    return tables[store].filter(
      ({ name }) => areaOf[store].get(name) === area && inBoth(name) === (place.stores.length === 2),
    );
  };
  const pages = areas.map((area) => {
    const sections = places.flatMap((place) => {
      const [store] = place.stores;
      const own = ofArea(area, place);
      if (own.length === 0) return [];
      const described = own.filter((table) => !isVersions(table, tables[store]));
      return [
        `## ${place.title}`,
        diagram(own, tables[store]),
        ...described.map((table) =>
          tableSection(table, {
            about: comments[store].get(table.name) ?? meaningByPolicy(definition.policy, store, table.name),
            columns: comments[store],
            versions: tables[store].some(({ name }) => name === `${table.name}_versions`),
          }),
        ),
      ];
    });
    return [`${area}.md`, `${[`# Tables: ${area}`, made, ...sections].join('\n\n')}\n`] as const;
  });
  const rows = areas.flatMap((area) =>
    places.flatMap((place) => {
      const names = ofArea(area, place).filter((table) => !isVersions(table, tables[place.stores[0]]));
      if (names.length === 0) return [];
      return [
        `| [${title(area)}](${area}.md) | ${place.title} | ${names.map(({ name }) => `\`${name}\``).join(', ')} |`,
      ];
    }),
  );
  const readme = [
    '# Schema',
    made,
    'The two databases have no key in common. A table `x_versions` keeps the earlier versions of the rows of `x`: `version` counts them from 1, `record` is the row as it was, and `replaced_by`, `replaced_at` and `reason` say who replaced it, when and why. The safeguarding database keeps the hour of an event, never the minute. Lines of the diagrams are foreign keys; those to `members` and `agencies` are left out.',
    ['| Area | Database | Tables |', '|---|---|---|', ...rows].join('\n'),
  ];
  return new Map([['README.md', `${readme.join('\n\n')}\n`], ...pages]);
}
