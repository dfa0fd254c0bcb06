/** Hears what the tests report: a line for each file, a failure in full, and the two numbers at the end. */
import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import type { Runnable } from './test-groups.ts';

export type Tally = {
  readonly hear: (event: TestEvent) => void;
  readonly counts: () => { passed: number; failed: number };
};

type File = { passed: number; failed: number; milliseconds: number; said: string; notes: string[]; told: boolean };
type Heard<Type extends TestEvent['type']> = Extract<TestEvent, { type: Type }>['data'];

export function openTally(
  root: string,
  wanted: readonly Runnable[],
  withNotes: boolean,
  print: (text: string) => void = console.log,
): Tally {
  const heldBy = new Map(wanted.map(({ file, holds }) => [file, holds]));
  const files = new Map<string, File>();
  const trail: string[] = [];

  const fileOf = (name: string | undefined): File => {
    const path = name ?? '';
    const known = files.get(path);
    if (known) return known;
    const file: File = { passed: 0, failed: 0, milliseconds: 0, said: '', notes: [], told: false };
    files.set(path, file);
    return file;
  };

  const fail = (data: Heard<'test:pass' | 'test:fail'>, why: string): void => {
    const file = fileOf(data.file);
    file.failed++;
    const where = relative(root, data.file ?? '');
    const name = [...trail.slice(0, data.nesting), data.name === data.file ? 'the file itself' : data.name].join(' › ');
    print(`\n✖ ${where}:${data.line ?? ''} ${name}\n${indented(why)}`);
  };

  const passed = (data: Heard<'test:pass'>): void => {
    if (data.details.type === 'suite') return;
    const why = objection(data);
    if (why) fail(data, why);
    else fileOf(data.file).passed++;
    if (data.nesting === 0) fileOf(data.file).milliseconds += data.details.duration_ms;
  };

  const failed = (data: Heard<'test:fail'>): void => {
    const error = data.details.error as Error & { failureType?: string };
    if (data.details.type === 'suite' && error.failureType === 'subtestsFailed') return;
    const file = fileOf(data.file);
    const itself = data.name === data.file;
    fail(data, itself ? `It was cut short, or ended with an exit code of its own.\n${file.said}` : wording(error));
    if (itself) file.said = '';
  };

  /** Subtests are reported before the test that contains them: its name is known from its start. */
  const started = ({ name, nesting }: Heard<'test:start'>): void => {
    trail.length = nesting;
    trail[nesting] = name;
  };

  const finish = (path: string): void => {
    const holds = heldBy.get(path) ?? [path];
    for (const held of holds) finishFile(held);
    const { failed, said } = fileOf(path);
    if (!holds.includes(path) && said.trim() && (failed > 0 || holds.some((held) => fileOf(held).failed > 0)))
      print(`\n  ${relative(root, path)} also said:\n${indented(said)}`);
  };

  const finishFile = (path: string): void => {
    const file = fileOf(path);
    if (file.told) return;
    file.told = true;
    const name = relative(root, path);
    if (file.passed + file.failed === 0) {
      file.failed++;
      print(`\n✖ ${name}\n    No test of this file ran.`);
    }
    if (file.failed === 0) print(`✔ ${name}  ${file.passed} passed in ${(file.milliseconds / 1_000).toFixed(1)} s`);
    else if (file.said.trim()) print(`\n  ${name} also said:\n${indented(file.said)}`);
    if (withNotes) for (const note of file.notes) print(`    ${note}`);
  };

  const hear = ({ type, data }: TestEvent): void => {
    if (type === 'test:start') started(data);
    else if (type === 'test:pass') passed(data);
    else if (type === 'test:fail') failed(data);
    else if (type === 'test:diagnostic' && data.file) fileOf(data.file).notes.push(data.message);
    else if (type === 'test:summary' && data.file) finish(data.file);
    else if (type === 'test:stdout' || type === 'test:stderr') {
      const file = fileOf(data.file);
      file.said = (file.said + data.message).slice(-8_000);
    }
  };

  const sum = (of: 'passed' | 'failed') => [...files.values()].reduce((total, file) => total + file[of], 0);
  return { hear, counts: () => ({ passed: sum('passed'), failed: sum('failed') }) };
}

/** What passes without having tested anything has not passed. */
function objection({ name, file, skip, todo }: Heard<'test:pass'>): string | undefined {
  if (name === file) return 'It holds no test.';
  if (skip !== undefined) return `It was skipped${reason(skip)}: nothing here may be skipped.`;
  return todo === undefined ? undefined : `It is still to be done${reason(todo)}.`;
}

const reason = (why: string | boolean): string => (typeof why === 'string' ? ` (${why})` : '');

const indented = (text: string): string => text.trimEnd().replace(/^/gm, '    ');

function wording(failure: Error): string {
  const cause = failure.cause ?? failure;
  if (!(cause instanceof Error)) return inspect(cause);
  const stack = (cause.stack ?? String(cause)).split('\n').filter((line) => !/^\s+at .*\bnode:/.test(line));
  const more = [(cause as { code?: string }).code, (cause as { detail?: string }).detail].filter(Boolean).join(': ');
  const below = cause.cause === undefined ? '' : `\ncaused by ${inspect(cause.cause)}`;
  return `${stack.join('\n')}${more ? `\n[${more}]` : ''}${below}`;
}
