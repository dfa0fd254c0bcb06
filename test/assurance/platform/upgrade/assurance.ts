/** `upgrade`: processes of two versions side by side on one database, while people report and staff read and write. The later one migrates; then the earlier one is started again. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionCookie } from '../../../../src/platform/http/sites.ts';
import { chance, count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { heldBy, openStored } from '../../reports/crash.ts';
import { anyReport, noted } from '../../reports/kills.ts';
import { type Kept, withKept } from '../../reports/open-intake.ts';
import { nothingTold, report, type Told } from '../../reports/persistent-reporter.ts';
import { askBack } from '../../reports/wire.ts';
import { watchLocks } from './locks.ts';
import { endGently, type Place, type Running, startVersion } from './process.ts';
import { openSwitch, type Switch } from './switch.ts';
import { laterTree, previousTree, type Tree } from './trees.ts';

const longestLockMs = 1_000;
const thinksMs = 100;
const mostStarts = 4;

type Load = {
  readonly told: Told;
  readonly asked: Map<string, string[]>;
  readonly pages: { read: number; refused: number };
  readonly stop: () => Promise<void>;
};

export async function assureUpgrade({ seed, quick }: Effort): Promise<Row[]> {
  return withKept(async (kept) => {
    const before = previousTree(join(kept.folder, 'previous'), quick);
    const after = laterTree(join(kept.folder, 'later'));
    const place = preparePlace(kept);
    const started: Running[] = [];
    // As a service manager does: a process that did not open on a busy machine is started again.
    const start = async (tree: Tree, owner = false, starts = 1): Promise<Running> => {
      const running = await startVersion(tree, place, owner);
      started.push(running);
      try {
        await running.open;
        return running;
      } catch (error) {
        if (starts === mostStarts) throw error;
        return start(tree, owner, starts + 1);
      }
    };
    const site = await openSwitch();
    const locks = await watchLocks(kept.embedded.superuserAddress('postgres'));
    try {
      const drill = { kept, site, before, after, start, each: quick ? 3_000 : 30_000, lanes: quick ? 3 : 6, seed };
      return [...(await upgradeUnderLoad(drill)), ...lockRows(locks)];
    } finally {
      await locks.stop();
      site.close();
      for (const { child } of started) child.kill('SIGKILL');
    }
  });
}

const lockRows = ({ longestMs, who }: { longestMs: () => number; who: () => string }): Row[] => [
  row(
    'the same: longest wait for a lock of a table or a row',
    `${Math.round(longestMs())} ms${longestMs() > longestLockMs ? ` (${who()})` : ''}`,
    longestMs() <= longestLockMs,
  ),
];

type Drill = {
  readonly kept: Kept;
  readonly site: Switch;
  readonly before: Tree;
  readonly after: Tree;
  readonly start: (tree: Tree, owner?: boolean) => Promise<Running>;
  /** Milliseconds of load in each part. */
  readonly each: number;
  readonly lanes: number;
  readonly seed: number;
};

async function upgradeUnderLoad({ kept, site, before, after, start, each, lanes, seed }: Drill): Promise<Row[]> {
  const old = await Promise.all([start(before), start(before)]);
  for (const { port } of old) await site.add(port);
  const load = beginLoad(kept, site.url, { lanes, seed });
  await sleep(each);
  const later = await start(after, true);
  await site.add(later.port);
  await sleep(each);
  const beside = site.answers();
  const ended = [await endGently(old[0] as Running), await endGently(old[1] as Running)];
  await sleep(each);
  const back = await start(before);
  await site.add(back.port);
  ended.push(await endGently(later));
  await sleep(each);
  await load.stop();
  ended.push(await endGently(back));
  return figures({ kept, site, load, ended, beside, what: `${before.name} and ${after.name}` });
}

type Found = {
  readonly kept: Kept;
  readonly site: Switch;
  readonly load: Load;
  readonly ended: readonly boolean[];
  readonly beside: number;
  readonly what: string;
};

async function figures({ kept, site, load, ended, what }: Found): Promise<Row[]> {
  const { told, asked, pages } = load;
  const held = heldBy(await openStored(kept), { ...told, added: new Map(), asked });
  const questions = [...asked.values()].flat().length;
  return [
    row(
      `${what} side by side, migrated under load, and back: answers with a server error, or none`,
      `${site.failures.length} of ${count(site.answers())}${site.failures.length > 0 ? ` (${site.failures.slice(0, 5).join('; ')})` : ''}`,
      site.failures.length === 0 && site.answers() > 100,
    ),
    row(
      'the same: reports and questions that were acknowledged, and are not there',
      `${held.missing} of ${count(held.looked)}; ${told.shown.size} reports, ${questions} questions, ${count(pages.read)} staff pages`,
      held.missing === 0 && told.shown.size > 0 && questions > 0 && pages.read > 0,
    ),
    row(
      'the same: reports that were begun and led nowhere, or showed no receipt; staff pages that were refused',
      `${told.lost.length + told.unshown.length} of ${told.begun}; ${pages.refused}`,
      told.lost.length + told.unshown.length + pages.refused === 0,
    ),
    row(
      'the same: processes that ended by themselves when they were told to',
      `${ended.filter(Boolean).length} of ${ended.length}`,
      ended.every(Boolean),
    ),
  ];
}

function preparePlace({ folder, embedded }: Kept): Place {
  const data = join(folder, 'processes');
  mkdirSync(data);
  // The keys of the tests, with which the lines were opened.
  const key = Buffer.alloc(32, 'only for tests').toString('base64');
  writeFileSync(join(data, 'keys.json'), JSON.stringify({ current: 'k1', keys: { k1: key } }), { mode: 0o600 });
  return { folder: data, addresses: embedded.addresses, stepKey: Buffer.alloc(32, 7).toString('base64') };
}

/** People report, staff read lists and reports, and ask the reporters something. */
function beginLoad(kept: Kept, url: string, { lanes, seed }: { lanes: number; seed: number }): Load {
  const random = chance(seed);
  const told = nothingTold();
  const asked = new Map<string, string[]>();
  const pages = { read: 0, refused: 0 };
  let over = false;
  const lane = async (work: (time: number) => Promise<void>): Promise<void> => {
    for (let time = 0; !over; time += 1) {
      await work(time);
      await sleep(random() * thinksMs);
    }
  };
  const reporting = (reporter: number) =>
    lane((time) => {
      const words = { what: `Report ${seed}-${reporter}-${time}.`, who: 'worried', file: undefined };
      return report(url, words, told, () => sleep(random() * thinksMs));
    });
  const reading = lane(async () => {
    const id = await anyReport(kept);
    for (const path of ['/staff', '/staff/reports', ...(id ? [`/staff/reports/${id}`] : [])]) {
      const headers = { cookie: `${sessionCookie}=${kept.session}` };
      const { status } = await fetch(url + path, { headers, redirect: 'manual' });
      if (status === 200) pages.read += 1;
      else pages.refused += 1;
    }
  });
  const asking = lane(async (time) => {
    const id = await anyReport(kept);
    const question = `Question ${seed} ${time}: what colour was it?`;
    if (id && (await askBack(url, kept.session, id, question))) noted(asked, id, question);
  });
  const working = Promise.all([...Array.from({ length: lanes }, (_, number) => reporting(number)), reading, asking]);
  working.catch(() => {});
  return {
    told,
    asked,
    pages,
    stop: async () => {
      over = true;
      await working;
    },
  };
}
