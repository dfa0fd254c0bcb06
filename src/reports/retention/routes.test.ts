import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { dbOf, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { dayOf } from '../../platform/clock.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { closedRecordStateOf } from '../../retention/index.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addFile, addHold, addRetention } from '../examples.ts';
import { formatReceiptAsDigits } from '../mailbox/receipt.ts';
import type { IntakeLine } from '../report.ts';
import { openMailbox } from '../visitor.ts';
import { closingOutcomes, findRuleInForce, type Outcome, outcomes, type RetentionRule } from './retention.ts';
import { destroyDueReports } from './store.ts';

const day = 24 * 3_600_000;
const parts = (date: string, name: string) => {
  const [year, month, date_] = date.split('-');
  return { [`${name}-day`]: date_, [`${name}-month`]: month, [`${name}-year`]: year };
};
const storeOf = { police: 'main', help: 'safeguarding' } as const;
const addressOf = { police: '/staff/reports', help: '/staff/safeguarding/reports' } as const;

async function open(t: Parameters<typeof openAttended>[0], line: IntakeLine = 'police') {
  const application = await openAttended(t);
  /** Months pass between requests, so the member signs in for each. */
  const everAgain = (member: Parameters<typeof application.signIn>[0]) => ({
    get: async (url: string) => (await application.signIn(member)).get(url),
    post: async (url: string, answers: Record<string, unknown>) =>
      (await application.signIn(member)).post(url, answers),
  });
  const lead = everAgain(await application.member(application.agencies[line], ['data-protection lead'], 'Dora Lead'));
  const reader = everAgain(application.readers[line]);
  const forward = (days: number) => application.clock.move(new Date(application.clock.now().getTime() + days * day));
  const today = () => dayOf(application.clock.now());
  const at = addressOf[line];
  const upkeep = () =>
    runChore(application.databases, application.clock, {
      name: 'x',
      everySeconds: 1,
      store: storeOf[line],
      run: destroyDueReports,
    });
  const say = (outcome: Outcome, days: number, from = today()) =>
    lead.post(`${at}/retention/rule`, {
      outcome,
      days: String(days),
      source: 'Privacy notice of 1 September 2026',
      ...parts(from, 'validFrom'),
    });
  const left = async () =>
    (await dbOf(application, line).selectFrom('reports').select('id').execute()).map(({ id }) => id as string);
  return { application, everAgain, lead, reader, forward, today, at, upkeep, say, left, db: dbOf(application, line) };
}

for (const line of ['police', 'help'] as const)
  test(`on the ${line} line a report closed with its outcome goes when its rule says, and leaves a certificate and nothing else`, async (t) => {
    const { application, lead, reader, forward, at, upkeep, say, left, db } = await open(t, line);
    const told = await application.told(line, {
      answers: { who: 'worried', what: 'A word to be gone', reach: 'yes', name: 'Ira Invented' },
    });
    const file = await addFile(db, application.keys, line, told.id);
    await db.transaction().execute(async (tx) => {
      // As a reader would have requested it, without an actual file.
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`insert into source_identity_requests (id, report_id, file_id, agency_id, asked_by, purpose, reason, asked_at, until)
        values (gen_random_uuid(), ${told.id}, ${file}, ${application.agencies[line].id}, ${application.readers[line].id},
          'forensic examination', 'An invented reason of a sentence', now(), now() + interval '1 hour')`.execute(tx);
    });
    const kept = await application.told(line);
    const close = (outcome?: string) =>
      reader.post(`${at}/${told.id}/write`, {
        kind: 'closed',
        message: 'Thank you',
        base: '0',
        ...(outcome && { outcome }),
      });
    const unsaid = await close();
    assert.equal(unsaid.statusCode, 422);
    assert.match(unsaid.body, /Select the outcome/);
    assert.equal((await close('advice given')).statusCode, 303);
    assert.match((await reader.get(`${at}/${told.id}`)).body, /Until a rule is set/);
    assert.equal((await say('advice given', 30)).statusCode, 303);
    forward(17);
    assert.match((await reader.get(`${at}/${told.id}`)).body, /Destroyed soon: until/);
    assert.match((await reader.get('/staff')).body, /Check a report before it is destroyed/);
    assert.match((await lead.get(`${at}/retention`)).body, new RegExp(`Report ${referenceOf('report', told.id)}`));
    await upkeep();
    assert.equal((await left()).length, 2, 'not before its time');
    forward(14);
    assert.match((await lead.get(`${at}/retention`)).body, /data-label="Due now"[^>]*>1</);
    await upkeep();
    assert.deepEqual(await left(), [kept.id]);

    for (const table of ['reportParts', 'reportContacts', 'reportFiles', 'reportIntakes', 'sourceIdentityRequests']) {
      const column = ['reportParts', 'reportFiles', 'sourceIdentityRequests'].includes(table) ? 'reportId' : 'id';
      assert.deepEqual(await db.selectFrom(table).select(column).where(column, '=', told.id).execute(), [], table);
    }
    const page = (await openMailbox(application.app, formatReceiptAsDigits(told.receipt))).page();
    assert.doesNotMatch(page.body, /Thank you/, 'its receipt opens nothing');
    assert.equal((await reader.get(`${at}/${told.id}`)).statusCode, 404);
    const [certificate] = await db.selectFrom('reportErasureCertificates').selectAll().execute();
    const { reportId, outcome, days, parts: texts, hadContact } = certificate as Record<string, unknown>;
    assert.deepEqual([reportId, outcome, days, texts, hadContact], [told.id, 'advice given', 30, 2, true]);
    const rows = await db
      .selectFrom('accessLog')
      .select(['kind', 'event', 'ownerId', 'memberId', 'requestId'])
      .where('subject', '=', told.id)
      .where('kind', '=', 'erasure')
      .execute();
    assert.deepEqual(rows, [
      {
        kind: 'erasure',
        event: 'report.destroyed',
        ownerId: application.agencies[line].id,
        memberId: null,
        requestId: certificate?.logRequest,
      },
    ]);
    const shown = (await lead.get(`${at}/retention/certificates`)).body;
    assert.match(
      shown,
      /Advice given[\s\S]*30 days: Privacy notice[\s\S]*2 texts, and the source identity[\s\S]*not sealed yet/,
    );
    assert.doesNotMatch(shown, /A word to be gone|\bIra\b/);
  });

test('who still needs a report holds it, with a reason and a day to look again; ended, it goes', async (t) => {
  const { application, lead, reader, forward, today, at, upkeep, say, left } = await open(t);
  const told = await application.told('police', { state: 'closed', outcome: 'no further action' });
  await say('no further action', 1);
  forward(20);
  const hold = (reason: string, reviewOn: string) =>
    reader.post(`${at}/retention/hold/${told.id}`, { reason, ...parts(reviewOn, 'reviewOn') });
  assert.equal((await hold('short', addDays(today(), 30))).statusCode, 422);
  assert.match((await hold('The court asked for it, reference C-17', today())).body, /Enter a day to come/);
  assert.equal((await hold('The court asked for it, reference C-17', addDays(today(), 30))).statusCode, 303);
  await upkeep();
  assert.deepEqual(await left(), [told.id]);
  forward(31);
  assert.match((await lead.get('/staff')).body, /Review a hold on a report/);
  await upkeep();
  assert.deepEqual(await left(), [told.id], 'it holds until somebody has looked');
  const list = (await lead.get(`${at}/retention/holds`)).body;
  assert.match(list, /The court asked for it[\s\S]*Tam Triage[\s\S]*Now: since/);
  const [, path = ''] = /href="(\/staff\/reports\/retention\/holds\/[0-9a-f-]+\/end)"/.exec(list) ?? [];
  const end = () => lead.post(path, { because: 'The court has decided and closed the case' });
  assert.equal((await end()).statusCode, 303);
  assert.equal((await end()).statusCode, 422, 'ended once');
  await upkeep();
  assert.deepEqual(await left(), []);
  assert.match(
    (await reader.get('/staff/reports/retention/certificates')).body,
    new RegExp(referenceOf('report', told.id)),
  );
});

test('a reporter who writes again stops the clock, and taking a report back starts a shorter one', async (t) => {
  const { application, reader, forward, at, upkeep, say, left } = await open(t);
  const answered = await application.told('police', { state: 'closed', outcome: 'advice given' });
  const taken = await application.told('police');
  await say('advice given', 20);
  await say('withdrawn', 16);
  const mailbox = await openMailbox(application.app, formatReceiptAsDigits(answered.receipt));
  await mailbox.press('add', { words: 'There is more' });
  await (await openMailbox(application.app, formatReceiptAsDigits(taken.receipt))).press('withdraw');
  forward(17);
  await upkeep();
  assert.deepEqual(await left(), [answered.id]);
  forward(400);
  await upkeep();
  assert.deepEqual(await left(), [answered.id], 'what is open is never destroyed');
  assert.doesNotMatch((await reader.get(`${at}/${answered.id}`)).body, /Outcome/);
});

test('a rule takes nothing back in time, another agency’s reaches nothing here, and who may not say one cannot', async (t) => {
  const { application, everAgain, lead, reader, forward, today, at, upkeep, say, left } = await open(t);
  const told = await application.told('police', { state: 'closed', outcome: 'advice given' });
  assert.match((await say('advice given', 30, addDays(today(), -1))).body, /today or a later day/);
  const other = everAgain(await application.member(await application.agency('police force'), ['data-protection lead']));
  await other.post(`${at}/retention/rule`, {
    outcome: 'advice given',
    days: '1',
    source: 'Ours',
    ...parts(today(), 'validFrom'),
  });
  forward(100);
  await upkeep();
  assert.deepEqual(await left(), [told.id]);
  assert.doesNotMatch((await other.get(`${at}/retention`)).body, new RegExp(referenceOf('report', told.id)));
  const foreign = await other.post(`${at}/retention/hold/${told.id}`, {
    reason: 'We would like to keep this one',
    ...parts(addDays(today(), 3), 'reviewOn'),
  });
  assert.match(foreign.body, /Your agency has no such report/);
  assert.equal((await reader.get(`${at}/retention/rule`)).statusCode, 403);
  assert.equal((await lead.get('/staff/safeguarding/reports/retention')).statusCode, 403);
  for (const role of ['staff', 'public'] as const)
    await assert.rejects(
      sql`select ctx.destroy_due_reports(now(), 10)`.execute(application.databases.for('main', role)),
      /permission denied/,
    );
  await assert.rejects(
    sql`delete from reports`.execute(application.databases.for('main', 'leader')),
    /permission denied/,
    'the leader destroys by the rules alone',
  );
});

test('random histories with changing rules, holds and late answers: the database destroys what the rule says, none sooner and none later', async (t) => {
  const { application, upkeep, left, db, forward } = await open(t);
  const random = chance(20_261_125);
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  const now = application.clock.now();
  const before = (days: number): Date => new Date(Math.floor((now.getTime() - days * day) / 3_600_000) * 3_600_000);
  const agencyId = application.agencies.police.id;
  const by = application.readers.police.id;
  const rules: RetentionRule[] = [];
  for (const outcome of outcomes.slice(0, 6))
    for (let count = Math.floor(random() * 4); count > 0; count -= 1) {
      const setAt = before(Math.floor(random() * 500));
      rules.push({
        id: newTimelessId(),
        agencyId: agencyId as RetentionRule['agencyId'],
        outcome,
        days: 1 + Math.floor(random() * 300),
        source: 'Notice',
        validFrom: addDays(dayOf(setAt), Math.floor(random() * 30)),
        setBy: by as RetentionRule['setBy'],
        setAt,
      });
    }
  await addRetention(db, rules);
  const gone = new Set<string>();
  const cases: { id: string; closed: boolean; outcome: Outcome; closedAt: Date; holds: { endedAt: Date | null }[] }[] =
    [];
  for (let index = 0; index < 400; index += 1) {
    const closed = random() < 0.8;
    const outcome = one(closingOutcomes);
    const closedAt = before(Math.floor(random() * 600));
    const told = await application.told('police', { state: closed ? 'closed' : 'open', outcome, at: closedAt });
    const holds = random() < 0.2 ? [{ endedAt: random() < 0.5 ? now : null }] : [];
    for (const { endedAt } of holds) await addHold(db, told.id, application.readers.police, now, endedAt);
    cases.push({ id: told.id as string, closed, outcome, closedAt, holds });
  }
  for (const days of [0, 40, 200]) {
    forward(days);
    const moment = application.clock.now();
    while (await upkeep());
    // What went in an earlier round stays gone, whatever the rules say since.
    for (const { id, closed, outcome, closedAt, holds } of cases)
      if (
        closed &&
        closedRecordStateOf(closedAt, findRuleInForce(rules, outcome, dayOf(moment)), holds, moment) === 'due'
      )
        gone.add(id);
    const expected: string[] = cases.map(({ id }) => id).filter((id) => !gone.has(id));
    const found = new Set(await left());
    assert.deepEqual([...found].sort(), expected.toSorted());
  }
  assert.ok(gone.size > 50, `${gone.size} of ${cases.length} were destroyed`);
});
