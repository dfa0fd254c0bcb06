import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addRetention, type Told } from '../examples.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import { destroyDueReports } from '../retention/store.ts';
import { openMailbox } from '../visitor.ts';

const longAgo = new Date('2025-01-01T09:00:00Z');
const closedLongAgo = new Date('2026-01-05T09:00:00Z');
const values = ['12 Meadow Road, WD17 1AA', 'The van AB12 CDE', 'Ring 07700 900123', '9 Larch Close, SG1 9QQ'];

/** Reports of both lines that give the same few values, with everything that staff and reporters do to them. */
async function open(t: Parameters<typeof openAttended>[0], random: () => number) {
  const application = await openAttended(t);
  const { db, safeguardingDb, agencies } = application;
  const officer = await application.signIn(application.readers.police);
  const adviser = await application.signIn(application.readers.help);
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  await addRetention(db, [
    {
      ...{ id: newTimelessId(), agencyId: agencies.police.id as never, outcome: 'no further action', days: 1 },
      ...{ source: 'Notice', validFrom: '2025-01-01', setBy: application.readers.police.id as never, setAt: longAgo },
    },
  ]);
  const told: Record<IntakeLine, Told[]> = { police: [], help: [] };
  const tell = async (line: IntakeLine, closed = false): Promise<void> => {
    const answers = { who: line === 'help' ? 'me' : 'worried', what: `${one(values)} and ${one(values)}` };
    const state = closed ? ({ state: 'closed', at: closedLongAgo } as const) : {};
    told[line].push(await application.told(line, { answers, ...state }));
  };
  const join = async (): Promise<void> => {
    const [a, b] = [one(told.police), one([...told.police, ...told.help])];
    if (!a || !b) return;
    const path = `/staff/reports/same-matter/${[a.id, b.id].toSorted().join('/')}`;
    await officer.post(path, { verdict: one(['same', 'apart']), base: '' });
  };
  const withdraw = async (line: IntakeLine): Promise<void> => {
    const report = one(told[line]);
    if (!report) return;
    const mailbox = await openMailbox(application.app, inWords(report.receipt));
    if (/value="withdraw"/.test(mailbox.page().body)) await mailbox.press('withdraw');
    if (/value="withdraw"/.test(mailbox.page().body)) await mailbox.press('withdraw');
  };
  const destroy = () =>
    runChore(application.databases, application.clock, { name: 'destroy', everySeconds: 1, run: destroyDueReports });
  const acts = [
    () => tell('police'),
    () => tell('police', true),
    () => tell('help'),
    () => officer.get('/staff/reports'),
    async () => officer.get(`/staff/reports/${one(told.police)?.id ?? ''}`),
    () => adviser.get('/staff/safeguarding/reports'),
    join,
    join,
    () => withdraw('police'),
    () => withdraw('help'),
    destroy,
  ];
  return { application, officer, told, db, safeguardingDb, act: () => one(acts)() };
}

test('random histories: no report of the help line is ever compared, and what was taken back or destroyed leaves no terms', async (t) => {
  const { officer, told, db, act } = await open(t, chance(20_261_203));
  let [compared, joined, destroyed] = [0, 0, 0];
  for (let step = 0; step < 120; step += 1) {
    await act();
    const rows = await db.selectFrom('reports').select(['id', 'state']).execute();
    const comparable = new Set(rows.filter(({ state }) => state !== 'withdrawn').map(({ id }) => id as string));
    const sets = await db.selectFrom('reportTermSets').select('reportId').execute();
    const terms = await db.selectFrom('reportTerms').select('reportId').execute();
    const decisions = await db.selectFrom('reportMatterDecisions').select(['one', 'other']).execute();
    const all = new Set(rows.map(({ id }) => id as string));
    for (const { reportId } of [...sets, ...terms]) assert.ok(comparable.has(reportId), `step ${step}`);
    for (const { one, other } of decisions) assert.ok(all.has(one) && all.has(other), `step ${step}`);
    compared = Math.max(compared, sets.length);
    joined = Math.max(joined, decisions.length);
    destroyed = told.police.filter(({ id }) => !all.has(id)).length;
  }
  assert.ok(
    compared > 3 && joined > 1 && destroyed > 0,
    `${compared} compared, ${joined} joined, ${destroyed} destroyed`,
  );
  const shown: ReportId[] = told.police.map(({ id }) => id);
  const pages = await Promise.all(['', ...shown.map((id) => `/${id}`)].map((at) => officer.get(`/staff/reports${at}`)));
  for (const { id } of told.help)
    assert.ok(!pages.some(({ body }) => body.includes(id)), 'a report to support is shown');
});
