/** Secrets sent through every field of every form, through headers, cookies, addresses and every way of failing, then looked for wherever they have no business. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effort, Row } from '../../harness/assurance.ts';
import { isSealed, mayBeShownTo, mayLieIn } from './canary-columns.ts';
import type { Looked } from './canary-run.ts';
import type { Found, Place } from './canary-search.ts';
import { found, wasRead } from './canary-secrets.ts';

/** At debug, where everything is written down; in the long form at info too, where messages that quote must not be. */
export async function assureCanary({ seed, quick }: Effort): Promise<readonly Row[]> {
  const levels = quick ? ['debug'] : ['debug', 'info'];
  const rows = await Promise.all(levels.map((level) => sendOnce(level, { seed, quick })));
  return rows.flat();
}

async function sendOnce(level: string, { seed, quick }: Effort): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-canary-'));
  const file = join(folder, 'looked.json');
  const most = quick ? 600 : 1_000;
  try {
    const run = join(import.meta.dirname, 'canary-run.ts');
    const child = spawn(process.execPath, [run, String(most), String(seed), level, file], {
      env: { ...process.env, SAFELIGHT_LOG: level, SAFELIGHT_TEST_SERVER: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    const output = Buffer.concat(said).toString();
    if (code !== 0) throw new Error(`the secrets could not be sent: ${output.slice(-2_000)}`);
    const looked = JSON.parse(readFileSync(file, 'utf8')) as Looked;
    const inOutput = found(output).map((index): Found => ({ place: 'output', at: 'the output', index }));
    return judge({ ...looked, found: [...looked.found, ...inOutput] }, level, most);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function judge(looked: Looked, level: string, most: number): Row[] {
  const wrong = wrongIn(looked);
  const row = (what: string, ...places: readonly Place[]): Row => {
    const told = [...new Set(wrong.filter(({ place }) => places.includes(place)).map((one) => inWords(one, looked)))];
    return {
      what: `log at ${level}: ${what}`,
      figure: `${told.length} found${told
        .map((one) => `\n    ${one}`)
        .slice(0, 20)
        .join('')}`,
      passed: told.length === 0,
    };
  };
  const holding = new Set(looked.found.flatMap(({ place, at }) => (place === 'column' ? [at] : [])));
  const where = looked.dumped ? 'columns, and in plain dumps of both stores,' : 'columns (this machine has no pg_dump)';
  return [
    { ...countOf(looked, most), what: `log at ${level}: secrets that the server answered for (at least ${most})` },
    { ...reachOf(looked, most), what: `log at ${level}: addresses that take forms, each sent secrets` },
    row('in the output of the process', 'output'),
    row(`in ${where} beyond those meant for them (${holding.size} columns hold some)`, 'column', 'dump'),
    row(`on ${looked.pages} pages, files and answers, to who may not be shown them`, 'page'),
    row(
      'in the server’s log and what it tells of statements; what is sealed, in its files',
      'server’s log',
      'statements',
      'files',
    ),
    { ...plantedIn(looked), what: `log at ${level}: of secrets planted where none may be, not found` },
  ];
}

/** Those that are where they may not be; the planted ones apart. What was published, everybody may read. */
function wrongIn({ sent, found: all, planted = false }: Looked & { planted?: boolean }): Found[] {
  const published = new Set(all.flatMap(({ at, index }) => (at.startsWith('main publications.') ? [index] : [])));
  return all.filter((one) => {
    const secret = sent[one.index];
    if (!secret) return true;
    if ((secret.manner === 'planted') !== planted) return false;
    if (one.place === 'page' && one.viewer)
      return !published.has(one.index) && !mayBeShownTo(one.viewer, secret, one.at);
    if (one.place === 'column' || one.place === 'dump') return !mayLieIn(one.at, secret);
    return one.place !== 'files' || planted || isSealed(secret);
  });
}

const inWords = ({ at, index, viewer }: Found, { sent }: Looked): string => {
  const { form, field, manner, status } = sent[index] ?? { form: 'unknown', field: '', manner: '', status: 0 };
  return `${viewer ? `${viewer.name} is shown on ` : ''}${at}: ${form} ${field} (${manner}, ${status})`;
};

/** Requests without an answer, or refused on arrival, count for nothing. Of the short form, which sends a few forms as they come, fewer are kept. */
function countOf({ sent, found: all, failed }: Looked, most: number): Omit<Row, 'what'> {
  const kept = new Set(all.flatMap(({ place, index }) => (place === 'column' ? [index] : [])));
  const ofForms = sent.filter(({ manner }) => manner === 'as asked' || manner === 'not fitting');
  const read = ofForms.filter(({ status }) => wasRead(status));
  const refused = sent.filter(({ manner, status }) => (manner === 'around' || manner === 'to fail') && status);
  const bugs = ofForms.filter(({ status }) => (status ?? 0) >= 500);
  const inColumns = read.filter(({ index }) => kept.has(index)).length;
  const givenBack = read.filter(({ index, givenBack }) => givenBack && !kept.has(index)).length;
  return {
    figure: [
      `${read.length + refused.length}: ${inColumns} kept in columns, ${givenBack} given back with the form, ${read.length - inColumns - givenBack} read and not shown again, ${refused.length} around forms and in what was made to fail (${failed.join(', ')})`,
      `${ofForms.length - read.length} of forms turned away, not counted; ${bugs.length} of those with a bug${bugs[0] ? ` (${bugs[0].form})` : ''}`,
    ].join('\n    '),
    passed:
      read.length + refused.length >= most &&
      inColumns >= (most >= 1_000 ? most / 10 : most / 20) &&
      bugs.length === 0 &&
      failed.every((one) => /: 50[03]$/.test(one)),
  };
}

/** By a form of its own, as a page shows it, or by the address alone. */
function reachOf({ sent, offered, read }: Looked, most: number): Omit<Row, 'what'> {
  const bySome = new Set(sent.flatMap(({ form, status }) => (status ? [form] : [])));
  const byNone = offered.filter((route) => !bySome.has(route));
  const byForm = offered.filter((route) => read.includes(route));
  const others = offered.filter((route) => !read.includes(route));
  const whole = most >= 1_000;
  return {
    figure: `${offered.length}: ${byForm.length} by a form of their own that was read, the others by the address alone${whole ? ` (${others.join(', ')})` : ''}`,
    passed: whole ? byNone.length === 0 && byForm.length > others.length * 2 : byForm.length > 0,
  };
}

function plantedIn(looked: Looked): Omit<Row, 'what'> {
  const met = wrongIn({ ...looked, planted: true });
  const planted = looked.sent.filter(({ manner, form }) => manner === 'planted' && (form !== 'dump' || looked.dumped));
  const missed = planted.filter(({ form, index }) => !met.some((one) => one.place === form && one.index === index));
  return {
    figure: `${missed.length} of ${planted.length}${missed.length ? `: ${missed.map(({ form }) => form).join(', ')}` : ''}`,
    passed: missed.length === 0 && planted.length > 0,
  };
}
