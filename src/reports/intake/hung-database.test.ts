import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { beginWriting } from '../../platform/database/database.ts';
import { type JourneyVisitor, listInternalPages, startJourney } from '../../public/private-journey/visitor.ts';

const draftIn = (html: string): string => /name="draft" value="([^"]*)"/.exec(html)?.[1] ?? '';

async function begun(walker: JourneyVisitor): Promise<JourneyVisitor> {
  await walker.go('/report');
  await walker.post('/report', { press: 'begin', draft: '' });
  return walker;
}

const typed = (walker: JourneyVisitor) => ({
  draft: draftIn(walker.shown().body),
  question: 'what',
  press: 'next',
  what: 'They sleep <above> the shop',
});

test('while the database hangs, help and signs are shown before requests that wait for it, and those get a message and keep what was typed', async (t) => {
  const application = await openAttended(t);
  const pressing = await Promise.all(
    Array.from({ length: 24 }, async () => begun(await startJourney(application.app))),
  );
  const reading = await startJourney(application.app);
  const lock = await beginWriting(application.db);
  await sql`lock table report_drafts`.execute(lock);
  let answered = 0;
  const waiting = pressing.map((walker) => walker.post('/report', typed(walker)).finally(() => (answered += 1)));
  for (const to of ['/help', '/signs', '/start', '/leaving']) assert.equal((await reading.go(to)).statusCode, 200, to);
  assert.equal((await application.app.inject(privateEntrance)).statusCode, 200);
  assert.equal(answered, 0, 'they wait');
  for (const { statusCode, body } of await Promise.all(waiting)) {
    assert.equal(statusCode, 503);
    assert.match(body, /value="They sleep &lt;above&gt; the shop"/);
    assert.match(body, /id="exit"/);
  }
  await lock.rollback().execute();
  const [first] = pressing;
  assert.ok(first);
  const again = await first.post('/report', { ...typed(first) });
  assert.equal(again.statusCode, 200);
  assert.match(again.body, /name="question" value="where"/, 'it goes on from there');
});

test('an internal page that does not declare that it uses the database does not', async (t) => {
  const { app, countQueries } = await openAttended(t);
  const asking = ['/report'];
  for (const to of listInternalPages(app)) {
    const walker = await startJourney(app);
    await walker.go('/start');
    countQueries();
    await walker.go(to);
    if (!asking.includes(to)) assert.equal(countQueries(), 0, to);
  }
});
