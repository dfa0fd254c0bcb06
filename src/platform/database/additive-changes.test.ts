import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safelightVersion } from '../version.ts';
import { findUnsafeStatements, lastBeforeRule, tablesHeld } from './additive-changes.ts';
import { readSchema, type SchemaFile } from './schema-files.ts';
import { compareVersions, versionNeeded } from './schema-stamp.ts';

const file = (text: string, name = '0200-more'): SchemaFile => ({ name: `operations/main/${name}`, text });
const whysOf = (text: string, name?: string): string[] => findUnsafeStatements(file(text, name)).map(({ why }) => why);

const numbered = (): readonly SchemaFile[] => {
  const { main, safeguarding } = readSchema();
  return [...new Map([...main.changes, ...safeguarding.changes].map((one) => [one.name, one])).values()];
};
const isNew = ({ name }: SchemaFile): boolean => Number(name.split('/')[2]?.slice(0, 4)) > lastBeforeRule;

test('every new schema file can run beside the version before', () => {
  const found = numbered()
    .filter(isNew)
    .flatMap((one) => findUnsafeStatements(one).map(({ statement, why }) => `${one.name}: ${statement} ${why}`));
  assert.deepEqual(found, [], 'see “Change the database” in CONTRIBUTING.md');
});

test('a new file takes away only what the version before has given up', () => {
  for (const one of numbered().filter(isNew)) {
    const needed = versionNeeded(one);
    if (needed) assert.ok(compareVersions(needed, safelightVersion) < 0, `${one.name} needs ${needed} too soon`);
  }
});

test('the rule reads the files that were made before it', () => {
  const before = numbered().filter((one) => !isNew(one));
  assert.ok(before.length > 80);
  assert.ok(before.flatMap(findUnsafeStatements).length > 20, 'it finds what they did');
});

test('what only adds is let through', () => {
  for (const text of [
    'create table more (id uuid primary key, of uuid not null references weeks);\ncreate index more_by_of on more (of);',
    "alter table weeks add column parking text check (parking <> '');",
    'alter table weeks add column open boolean not null default false;',
    'alter table weeks add constraint weeks_named check (name is not null) not valid;',
    'alter table weeks drop constraint weeks_check;',
    "alter table weeks alter column name set default 'rename, drop table weeks';",
    '-- few rows: one for each agency\nupdate agencies set name = name;',
  ])
    assert.deepEqual(whysOf(text), [], text);
});

test('what takes away, holds a table for long or refuses rows of the version before is named', () => {
  for (const [text, why] of [
    ['alter table weeks drop column name;', /takes a column away/],
    ['drop table weeks;', /takes something away/],
    ['drop function if exists ctx.member();', /takes something away/],
    ['alter table weeks rename column name to title;', /renames/],
    ['alter table weeks add column more text not null;', /give a default/],
    ['alter table weeks alter column name set not null;', /refuses rows/],
    ['alter table weeks alter column name type varchar(20);', /writes the whole table again/],
    ['alter table weeks add column more uuid default gen_random_uuid();', /writes the whole table again/],
    [
      "alter table weeks add column more text generated always as (name || 'x') stored;",
      /writes the whole table again/,
    ],
    ['alter table weeks add constraint named check (name is not null);', /“not valid”/],
    ['alter table weeks add constraint once unique (name);', /“using index”/],
    ['create index weeks_by_name on weeks (name);', /-online file/],
    ['create index concurrently weeks_by_name on weeks (name);', /file of its own/],
    ['update access_log set id = id;', /few rows/],
    ['lock table weeks;', /holds the whole table/],
  ] as const) {
    const [found = ''] = whysOf(text);
    assert.match(found, why, text);
  }
});

test('the contract half may take away, and may still not hold a table for long', () => {
  const contract = '-- contract: needs 0.2.0\n';
  assert.deepEqual(whysOf(`${contract}alter table weeks drop column name;`), []);
  assert.equal(whysOf(`${contract}create index weeks_by_name on weeks (name);`).length, 1);
});

test('an -online file has nothing but what is built beside running work', () => {
  const more = 'alter table weeks validate constraint weeks_named;';
  assert.deepEqual(whysOf(`create index concurrently a on weeks (name);\n${more}`, '0200-names-online'), []);
  assert.match(whysOf('alter table weeks add column more text;', '0200-names-online')[0] ?? '', /not for an -online/);
});

test('the tables that a file holds are those that are there already', () => {
  const text =
    'create table more (id uuid primary key, week_id uuid references weeks);\nalter table operations add column more text;';
  assert.deepEqual(tablesHeld(file(text)), ['operations', 'weeks']);
});
