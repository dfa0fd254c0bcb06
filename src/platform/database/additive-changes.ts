/** What a numbered schema file may do while the version before goes on running, and which tables it holds. Pure. */
import { type SchemaFile, splitStatements } from './schema-files.ts';
import { versionNeeded } from './schema-stamp.ts';

/** Files up to this number were made before the rule. */
export const lastBeforeRule = 114;

export type Finding = { readonly statement: string; readonly why: string };

type Rule = { readonly pattern: RegExp; readonly unless?: RegExp; readonly why: string };

const fewRowsLine = /^-- few rows: \S/m;

/** Takes away what the version before still uses: the contract half alone. */
const contractRules: readonly Rule[] = [
  { pattern: /\bdrop (table|view|materialized view|function|type|schema|sequence)\b/, why: 'takes something away' },
  { pattern: /\bdrop column\b/, why: 'takes a column away' },
  { pattern: /\brename\b/, why: 'renames what the version before knows by its name' },
  { pattern: /\bset not null\b/, why: 'refuses rows that the version before writes' },
  { pattern: /\bdrop default\b/, why: 'refuses rows that the version before writes' },
  {
    pattern: /\badd column\b[^,;]*\bnot null\b/,
    unless: /\badd column\b[^,;]*\b(default|generated)\b/,
    why: 'refuses rows that the version before writes: give a default',
  },
];

/** Holds a table for as long as it has rows. */
const lockRules: readonly Rule[] = [
  { pattern: /\balter column \S+ (set data )?type\b/, why: 'writes the whole table again: add a column' },
  { pattern: /\bset expression\b/, why: 'writes the whole table again: add a column' },
  {
    pattern: /\badd column\b[^,;]*\b(gen_random_uuid|random|clock_timestamp|nextval|uuidv7)\(/,
    why: 'writes the whole table again: set the default in a statement of its own',
  },
  { pattern: /\badd column\b[^;]*\b(stored|identity)\b/, why: 'writes the whole table again' },
  { pattern: /\badd column\b[^,;]*\b(small|big)?serial\b/, why: 'writes the whole table again' },
  {
    pattern: /\badd (constraint \S+ )?(unique|primary key|exclude)\b/,
    unless: /\busing index\b/,
    why: 'builds an index while the table is held: build it in an -online file, then add it “using index”',
  },
  {
    pattern: /\badd (constraint \S+ )?(check|foreign key)\b/,
    unless: /\bnot valid\b/,
    why: 'reads the whole table while it is held: add it “not valid”, and validate it in an -online file',
  },
  { pattern: /^(lock|truncate|vacuum full|cluster)\b/, why: 'holds the whole table' },
];

const onlineStatement =
  /^(create (unique )?index concurrently|drop index concurrently|alter table \S+ validate constraint)\b/;

/** Without what is quoted: a value of a check may hold any word. */
const normalise = (statement: string): string =>
  statement
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();

/** The table that a statement changes or reads as a whole; undefined where it names none that is there before. */
export function tableOf(statement: string): string | undefined {
  const text = normalise(statement);
  const found =
    /^alter table (?:if exists )?(?:only )?"?(\w+)/.exec(text) ??
    /^create (?:unique )?index .*? on (?:only )?"?(\w+)/.exec(text) ??
    /^(?:update|delete from|truncate|lock table) "?(\w+)/.exec(text) ??
    /^drop table (?:if exists )?"?(\w+)/.exec(text);
  return found?.[1];
}

const createdIn = (statements: readonly string[]): ReadonlySet<string> =>
  new Set(statements.map((one) => /^create table (?:if not exists )?"?(\w+)/.exec(normalise(one))?.[1] ?? 'none'));

/** What keeps a file from running beside the version before. */
export function findUnsafeStatements(file: SchemaFile): Finding[] {
  const statements = splitStatements(file);
  const fresh = createdIn(statements);
  const rules = versionNeeded(file) === undefined ? [...contractRules, ...lockRules] : lockRules;
  return statements.flatMap((statement) => {
    const text = normalise(statement);
    const own = fresh.has(tableOf(statement) ?? '-');
    const whys = file.name.endsWith('-online')
      ? onlineStatement.test(text)
        ? []
        : ['is not for an -online file: it holds a table']
      : own
        ? []
        : [...brokenRules(text, rules), ...misplaced(text, file)];
    return whys.map((why) => ({ statement: text.slice(0, 100), why }));
  });
}

/** Whether a file only adds, so that the version before works with what it leaves. */
export const isAddition = (file: SchemaFile): boolean =>
  isAfterRule(file) &&
  versionNeeded(file) === undefined &&
  !file.name.endsWith('-constraints') &&
  findUnsafeStatements(file).length === 0;

const isAfterRule = ({ name }: SchemaFile): boolean => Number(name.split('/')[2]?.slice(0, 4)) > lastBeforeRule;

const brokenRules = (text: string, rules: readonly Rule[]): string[] =>
  rules.filter(({ pattern, unless }) => pattern.test(text) && !unless?.test(text)).map(({ why }) => why);

function misplaced(text: string, { text: whole }: SchemaFile): string[] {
  if (onlineStatement.test(text)) return ['needs a file of its own, whose name ends with -online'];
  if (/^create (unique )?index\b/.test(text))
    return ['holds the table while it is built: use “concurrently”, in an -online file'];
  if (/^(update|delete from|insert into)\b/.test(text) && !fewRowsLine.test(whole))
    return ['may hold many rows: write a line “-- few rows: why”, or let the application do it in parts'];
  return [];
}

/** Tables that are there already and that a file holds while it is applied. */
export function tablesHeld(file: SchemaFile): readonly string[] {
  const statements = splitStatements(file);
  const fresh = createdIn(statements);
  const referenced = statements.flatMap((one) =>
    [...normalise(one).matchAll(/\breferences "?(\w+)/g)].map(([, name = '']) => name),
  );
  const held = [...statements.map(tableOf), ...referenced].filter((name) => name !== undefined && !fresh.has(name));
  return [...new Set(held as string[])].sort();
}
