import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { type AreaName, areas, entries } from '../src/areas.ts';

const root = join(import.meta.dirname, '..');

type Import = { readonly file: string; readonly target: string };

const specifiers = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** Every import of a file of ours, types included. */
const importsIn = (text: string, file: string): Import[] =>
  [...text.matchAll(specifiers)].map(([, specifier = '']) => ({
    file,
    target: normalize(join(dirname(file), specifier)),
  }));

const importsOf = (pattern: string): Import[] =>
  globSync(pattern, { cwd: root }).flatMap((file) => importsIn(readFileSync(join(root, file), 'utf8'), file));

/** `src/visits/x.ts` → visits; `src/app.ts` → app; undefined outside `src/`. */
const areaOf = (path: string): AreaName | undefined => /^src\/([a-z]+)/.exec(path)?.[1] as AreaName | undefined;

const isForTests = (file: string): boolean => /\.test\.ts$|\/examples\.ts$/.test(file);
const isTable = (file: string): boolean => file === 'src/areas.ts';

/** What is wrong with an import, in a few words; undefined where nothing is. */
function fault({ file, target }: Import): string | undefined {
  const [from, to] = [areaOf(file), areaOf(target)];
  if (!from || isTable(file)) return undefined;
  if (!to) return isForTests(file) ? undefined : 'leaves src/';
  if (from === to) return undefined;
  if (!(areas[from] as readonly AreaName[] | undefined)?.includes(to)) return `${from} may not import ${to}`;
  if (to === 'vocabulary' || to === 'platform' || to === 'app' || isForTests(file)) return undefined;
  const entry = target.split('/').at(-1) ?? '';
  if (entry === 'index.ts' || entries[entry]?.includes(from)) return undefined;
  return `enters ${to} by ${entry}, not by an index.ts`;
}

const faults = (found: readonly Import[]): string[] =>
  found.flatMap((one) => {
    const said = fault(one);
    return said ? [`${one.file} imports ${one.target}: ${said}`] : [];
  });

/** How many areas are below this one. Throws on a circle. */
function floorOf(area: AreaName, above: readonly AreaName[] = []): number {
  if (above.includes(area)) throw new Error(`a circle: ${[...above, area].join(' → ')}`);
  const below = areas[area] as readonly AreaName[];
  return 1 + Math.max(0, ...below.map((one) => floorOf(one, [...above, area])));
}

test('every import keeps to the border table', () => {
  const found = importsOf('src/**/*.ts');
  assert.ok(found.length > 5_000, 'imports were read');
  assert.deepEqual(faults(found), []);
});

test('the border table names every area, has no circle and no entry that nobody uses', () => {
  const names = new Set(globSync('src/*', { cwd: root }).map((path) => areaOf(path)));
  names.delete('areas' as AreaName);
  assert.deepEqual([...names].sort(), Object.keys(areas).sort());
  assert.ok(names.size <= 23);
  assert.ok(Math.max(...Object.keys(areas).map((area) => floorOf(area as AreaName))) <= 11);
  const used = new Set(importsOf('src/**/*.ts').map(({ file, target }) => `${areaOf(file)} ${areaOf(target)}`));
  const unused = Object.entries(areas).flatMap(([area, below]) =>
    below.filter((one) => !used.has(`${area} ${one}`)).map((one) => `${area} → ${one}`),
  );
  assert.deepEqual(unused, []);
});

test('the test harness knows the platform and the application alone', () => {
  const known = ['vocabulary', 'platform', 'app'];
  const others = importsOf('test/harness/**/*.ts').filter(({ target }) => {
    const area = areaOf(target);
    return area ? !known.includes(area) : !/^(test\/harness|scripts)\//.test(target);
  });
  assert.deepEqual(others, []);
});

/** The files that a file loads with it, directly or indirectly. Types and dynamic imports load nothing. */
function loadedBy(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, specifier = ''] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm))
    loadedBy(normalize(join(dirname(file), specifier)), found);
  return found;
}

test('the public site alone loads no page of the staff', () => {
  const staff = /^src\/(operations|visits|safeguarding|returns|oversight|audit|access)\//;
  const loaded = [...loadedBy('src/app-public.ts')].filter((file) => staff.test(file));
  assert.deepEqual(
    loaded.filter((file) => !/(policy|policies)\.ts$/.test(file)),
    [],
  );
  assert.ok(loaded.length > 20, 'the policies were found');
});

/** A file whose first comment says that it is pure holds rules. Its values come from no store, route, database or file. */
const impure =
  /\/([a-z-]*(store|routes)|database|server)\.ts$|^(kysely|pg|fastify|nunjucks|node:(fs|net|http|child_process))\b/;
const valueImports = /^import (?!type )[^;]*?from '([^']+)'/gm;

const impureImports = (text: string): string[] =>
  /^\/\*\*[\s\S]*?\bPure\b[\s\S]*?\*\//m.test(text.slice(0, 800))
    ? [...text.matchAll(valueImports)].map(([, specifier = '']) => specifier).filter((one) => impure.test(one))
    : [];

test('files of rules import no store, route, database or file', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !isForTests(file));
  const found = files.flatMap((file) =>
    impureImports(readFileSync(join(root, file), 'utf8')).map((one) => `${file} imports ${one}`),
  );
  assert.deepEqual(found, []);
  assert.deepEqual(
    impureImports("/** Rules. Pure. */\nimport { a } from './store.ts';\nimport type { B } from 'kysely';"),
    ['./store.ts'],
  );
});

test('notices an import that points upwards, one that leaves src/, and one that passes an index by', () => {
  const upward = "import type { Visit } from '../visits/index.ts';";
  assert.match(faults(importsIn(upward, 'src/operations/x.ts')).join(), /may not import visits/);
  assert.match(faults(importsIn(upward, 'src/operations/x.test.ts')).join(), /may not import visits/);
  const outside = "import { openApplication } from '../../test/harness/application.ts';";
  assert.match(faults(importsIn(outside, 'src/visits/x.ts')).join(), /leaves src/);
  assert.deepEqual(faults(importsIn(outside, 'src/visits/x.test.ts')), []);
  const deep = "const { plan } = await import('../operations/plan/store.ts');";
  assert.match(faults(importsIn(deep, 'src/visits/x.ts')).join(), /not by an index/);
});
