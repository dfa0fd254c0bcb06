/** Compares what our renderer and Go's own make of each example, and walks the result. deploy/helm/check.sh starts it: `node scripts/chart/check.ts RENDERER` */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { type Manifest, readValues, renderChart } from './render.ts';
import { findShapeProblems, type Shapes } from './walk.ts';

const root = join(import.meta.dirname, '../..');
const chart = join(root, 'deploy/helm/safelight');
export const examples = ['live', 'large', 'demonstration'] as const;
/** The release that main.go renders. */
const release = { name: 'safelight', namespace: 'partnership', revision: 3 };

/** Every manifest of an example. */
export const renderExample = (name: string): Manifest[] =>
  renderChart(chart, readValues(chart, join(root, `deploy/helm/examples/${name}.yaml`)), release);

/** What is wrong with manifests by the fields that deploy/helm/check/shapes.yaml names. */
export function findProblems(manifests: readonly Manifest[]): string[] {
  const shapes = parse(readFileSync(join(root, 'deploy/helm/check/shapes.yaml'), 'utf8')) as Shapes;
  return manifests.flatMap((manifest) => {
    const shape = shapes[manifest.kind];
    const at = `${manifest.kind}/${manifest.metadata.name}`;
    return shape ? findShapeProblems(shapes, shape, manifest, at) : [`${at} is of a kind that is not known`];
  });
}

function main(renderer: string): void {
  let passed = 0;
  let failed = 0;
  const check = (what: string, holds: boolean) => {
    console.log(`${holds ? '✔' : '✖'} ${what}`);
    if (holds) passed += 1;
    else failed += 1;
  };
  for (const name of examples) {
    const ours = renderExample(name);
    const printed = execFileSync(renderer, [chart, join(root, `deploy/helm/examples/${name}.yaml`)], {
      encoding: 'utf8',
    });
    const theirs = parseAllDocuments(printed, { merge: true }).flatMap((one) => one.toJS() ?? []);
    check(`${name}: Go's templates make the same ${ours.length} manifests`, isDeepStrictEqual(ours, theirs));
    const problems = findProblems(ours);
    check(
      `${name}: every field is one that we name${problems.map((one) => `\n  ${one}`).join('')}`,
      problems.length === 0,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'safelight-chart-'));
  const [wrong] = renderExample('live');
  const misspelt = join(folder, 'misspelt.yaml');
  writeFileSync(misspelt, JSON.stringify(wrong).replaceAll('"imagePullPolicy"', '"imagePullPolice"'));
  check('the types of Kubernetes refuse a misspelt field', spawnSync(renderer, ['decode', misspelt]).status === 1);
  rmSync(folder, { recursive: true });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (import.meta.main) main(process.argv[2] ?? '');
