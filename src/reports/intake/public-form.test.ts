import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { requestInternally, startJourney } from '../../public/private-journey/visitor.ts';
import { attend } from '../examples.ts';
import type { IntakeLine } from '../report.ts';
import { currentKeyPair } from '../sealing/sealed-report.ts';
import { openReportForm, readFormValues, sendForm, sendReport } from '../visitor.ts';
import { countLeadingZeroBits } from './flood-gate.ts';

/** As the script of a page does. */
function workOut(challenge: string, noughts: number): string {
  for (let answer = 0; ; answer += 1)
    if (countLeadingZeroBits(`${challenge}.${answer}`) >= noughts) return `${challenge}.${answer}`;
}

const whole = {
  who: 'worried',
  now: 'no',
  what: 'Six men sleep above the shop <b>& “never” go out',
  place: 'Above the bakery',
  postcode: 'WD17 1AA',
  when: 'Every night\nsince May',
  people: 'Two who shout',
  vehicles: 'A grey van',
  knows: 'I live opposite',
  reach: 'yes',
  name: 'Ira Invented',
  channel: '01632 960 007',
  safely: 'After seven',
  never: 'No voicemail',
};

test('the report arrives whole and sealed, the source identity apart, and the clock by the hour', async (t) => {
  const application = await openAttended(t);
  const list = await sendReport(application.app, whole);
  assert.equal(list.split('\n').length, 8, list);
  const [one, ...others] = await opened(application, 'police');
  assert.equal(others.length, 0);
  const { reach, name, channel, safely, never, ...told } = whole;
  assert.deepEqual(one?.told, { ...told, reach, language: 'en' });
  assert.deepEqual(one?.contact, { name, channel, safely, never });
  assert.equal(one?.report.agencyId, application.agencies.police.id);
  for (const column of ['receivedAt', 'actedAt', 'dueAt'] as const)
    assert.equal(new Date(one?.report[column]).getTime() % 3_600_000, 0, column);
  assert.deepEqual(await opened(application, 'help'), []);
  const rows = await application.db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'report.received')
    .execute();
  assert.deepEqual(
    rows.map(({ kind, subject, ownerId, memberId, at }) => [
      kind,
      subject,
      ownerId,
      memberId,
      at.getTime() % 3_600_000,
    ]),
    [['collection', one?.report.id, application.agencies.police.id, null, 0]],
  );
});

test('no table of either store holds a word of the report in plaintext', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  for (let step = 0; step < 6; step += 1) await teller.press('next', whole);
  await sendReport(application.app, whole);
  await sendReport(application.app, { ...whole, who: 'me', reader: 'support' });
  for (const db of [application.db, application.safeguardingDb])
    for (const table of ['reports', 'reportParts', 'reportContacts', 'reportDrafts', 'accessLog', 'outbox']) {
      if (table === 'reportDrafts' && db === application.safeguardingDb) continue;
      for (const row of await db.selectFrom(table).selectAll().execute()) {
        const bytes = Buffer.concat(
          Object.values(row).map((value) =>
            Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value) ?? ''),
          ),
        ).toString('latin1');
        for (const word of ['bakery', 'WD17', 'Invented', '960 007', 'grey van', 'voicemail', 'opposite'])
          assert.ok(!bytes.includes(word), `${table} holds “${word}”`);
      }
    }
});

test('reports about oneself go to the safeguarding database, and the main store holds no trace of them', async (t) => {
  const application = await openAttended(t);
  await sendReport(application.app, { who: 'me', reader: 'support', now: 'no', what: 'They keep my passport' });
  assert.deepEqual(await opened(application, 'police'), []);
  const [one] = await opened(application, 'help');
  assert.equal(one?.told.what, 'They keep my passport');
  const log = await application.db.selectFrom('accessLog').select('event').where('event', 'like', 'report%').execute();
  assert.deepEqual(log, []);
  await sendReport(application.app, { who: 'me', reader: 'police', now: 'no', what: 'I want police to know' });
  assert.equal((await opened(application, 'police')).length, 1);
});

test('back and forth loses nothing, by whichever buttons one goes', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  await teller.press('begin');
  await teller.press('next', { who: 'professional' });
  await teller.press('next', { now: 'not sure' });
  await teller.press('back', { what: 'Half a sen' });
  assert.match(teller.page().body, /value="not sure" checked/);
  await teller.press('back');
  assert.match(teller.page().body, /value="professional" checked/);
  await teller.press('next');
  await teller.press('next');
  assert.equal(readFormValues(teller.page().body).what, 'Half a sen', 'what was typed before Back stands there again');
  while (!/value="send"/.test(teller.page().body))
    await teller.press('next', { what: 'Half a sentence', place: 'There' });
  for (const word of ['Half a sentence', 'There', 'I work with people'])
    assert.ok(teller.page().body.includes(word), word);
  await teller.press('where');
  assert.equal(readFormValues(teller.page().body).place, 'There');
  await teller.press('check', { place: 'Elsewhere' });
  assert.match(teller.page().body, /Elsewhere/);
  await teller.press('who');
  await teller.press('next', { who: 'me' });
  assert.match(teller.page().body, /Who should read what you tell/);
});

test('one sentence is needed, and is asked for where it is missing, with all that was written kept', async (t) => {
  const { app } = await openAttended(t);
  const teller = await openReportForm(app);
  await teller.press('begin');
  while (!/value="send"/.test(teller.page().body)) await teller.press('next', { place: 'Above the bakery' });
  const refused = await teller.press('send');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Write one sentence/);
  await teller.press('check', { what: 'Men sleep there' });
  assert.match(teller.page().body, /Above the bakery/);
  const sent = await teller.press('send', { receipt: 'none' });
  assert.match(sent.body, /We have it[\s\S]*It is sealed and kept\. It goes to: [\s\S]*You keep nothing/);
  assert.doesNotMatch(sent.body, /To come back|Write this down/);
});

test('danger interrupts with the emergency number, can be left at once, and is recorded on the report', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  await teller.press('next', { who: 'worried' });
  const danger = await teller.press('next', { now: 'yes' });
  assert.match(danger.body, /href="tel:999"/);
  assert.match(danger.body, /stay on the line[\s\S]*asked to press 55/);
  assert.match(danger.body, /action="\/report\/leave"/);
  await sendReport(application.app, { who: 'worried', now: 'yes', what: 'She is locked in' });
  const [one] = await opened(application, 'police');
  assert.equal(one?.report.danger, true);
  assert.equal(one?.report.dueAt.getTime() - one?.report.receivedAt.getTime(), 3_600_000);
});

test('a reporter who stops leaves no data, and every token of the journey is dead', async (t) => {
  const { app, db } = await openAttended(t);
  const teller = await openReportForm(app);
  const pages = [await teller.press('begin')];
  for (let step = 0; step < 4; step += 1) pages.push(await teller.press('next', whole));
  const left = await sendForm(app, '/report/leave', { draft: teller.draft() });
  assert.match(left.body, /Deleted\. Nothing was sent/);
  assert.deepEqual(await db.selectFrom('reportDrafts').selectAll().execute(), []);
  const never = await sendForm(app, '/report', { draft: 'A'.repeat(43), press: 'next' });
  assert.match(never.body, /Start again. Nothing was sent/);
  for (const { body } of pages) {
    const again = await sendForm(app, '/report', { ...readFormValues(body), press: 'next' });
    assert.equal(again.statusCode, 200);
    assert.equal(again.body, never.body, 'the same page as for a token that never was');
  }
});

test('the exit button ends what was typed, on every page of the form and of the mailbox', async (t) => {
  const { app, db } = await openAttended(t);
  for (const [form, answers] of [
    ['/report', [{ press: 'begin' }, { who: 'me', press: 'next' }, { reader: 'support', press: 'next' }]],
    ['/report/return', [{ press: 'begin' }]],
  ] as const) {
    for (let pages = 1; pages <= answers.length; pages += 1) {
      const walker = await startJourney(app);
      await walker.go(form);
      let draft = readFormValues(walker.shown().body).draft ?? '';
      for (const one of answers.slice(0, pages)) {
        const { body } = await walker.post(form, { ...one, ...(draft && { draft }) });
        draft = /name="draft" value="([^"]+)" form="go"/.exec(body)?.[1] ?? '';
        assert.ok(draft, 'the page brings it along');
      }
      const left = await walker.post('/exit', { draft });
      assert.ok(left.headers.refresh);
      const patience = performance.now() + 5_000;
      const drafts = () => db.selectFrom('reportDrafts').selectAll().execute();
      while ((await drafts()).length > 0 && performance.now() < patience) await sleep(5);
      assert.deepEqual(await drafts(), [], `${form}, page ${pages}`);
    }
  }
});

test('a page whose answer never came can be sent again; one older than that cannot', async (t) => {
  const { app, db } = await openAttended(t);
  const teller = await openReportForm(app);
  const first = await teller.press('begin');
  const second = await teller.press('next', { who: 'worried' });
  const again = await sendForm(app, '/report', { ...readFormValues(first.body), who: 'professional', press: 'next' });
  assert.match(again.body, /Is somebody in danger now/);
  assert.match(
    (await sendForm(app, '/report', { ...readFormValues(second.body), press: 'next' })).body,
    /Start again. Nothing was sent/,
  );
  await sendForm(app, '/report', { ...readFormValues(again.body), press: 'next' });
  assert.match(
    (await sendForm(app, '/report', { ...readFormValues(first.body), press: 'next' })).body,
    /Start again. Nothing was sent/,
  );
  assert.ok((await db.selectFrom('reportDrafts').selectAll().execute()).length <= 2);
});

test('a form sent twice at once is one report, and each receipt that was shown is its own', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  while (!/value="send"/.test(teller.page().body)) await teller.press('next', whole);
  const form = { ...readFormValues(teller.page().body), receipt: 'digits', press: 'send' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => sendForm(application.app, '/report', form)));
  assert.equal((await opened(application, 'police')).length, 1);
  const shown = new Set(answers.flatMap(({ body }) => /(?:\d{4} ){7}\d{4}/.exec(body) ?? []));
  assert.equal(shown.size, 1);
});

test('where nobody attends, the form is not open, says so, and takes nothing in', async (t) => {
  const application = await openApplication(t);
  const front = await requestInternally(application.app, '/report');
  assert.match(front.body, /This form is not open here[\s\S]*href="\/help"/);
  assert.doesNotMatch(front.body, /value="begin"/);
  const begun = await sendForm(application.app, '/report', { press: 'begin' });
  const next = await sendForm(application.app, '/report', {
    ...readFormValues(begun.body),
    who: 'worried',
    press: 'next',
  });
  assert.match(next.body, /Nobody would read it[\s\S]*href="\/help"/);
  for (const db of [application.db, application.safeguardingDb])
    assert.deepEqual(await db.selectFrom('reports').selectAll().execute(), []);
});

test('a process with another key than the staff’s is closed: it accepts nothing that nobody could read', async (t) => {
  const { keys } = await openApplication(t);
  const { id } = currentKeyPair(keys, 'police');
  const other = {
    id: id.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    publicKey: Buffer.alloc(32, 7).toString('base64'),
  };
  const application = await openAttended(t, {
    environment: { SAFELIGHT_INTAKE_KEYS: JSON.stringify({ police: other, help: other }) },
  });
  assert.match((await requestInternally(application.app, '/report')).body, /This form is not open here/);
});

test('a process with the public halves alone accepts reports that the staff can read', async (t) => {
  const { keys } = await openApplication(t);
  const half = (line: IntakeLine) => {
    const { id, publicKey } = currentKeyPair(keys, line);
    return { id, publicKey: Buffer.from(publicKey).toString('base64') };
  };
  const given = JSON.stringify({ police: half('police'), help: half('help') });
  const application = await openAttended(t, {
    environment: { SAFELIGHT_INTAKE_KEYS: given, SAFELIGHT_DOOR: 'public' },
  });
  await sendReport(application.app, whole);
  assert.equal((await opened(application, 'police'))[0]?.told.what, whole.what);
});

test('a queue that nobody opens as promised says so first, and leads with ways that are open', async (t) => {
  const { app, clock, signIn, readers } = await openAttended(t);
  assert.doesNotMatch((await requestInternally(app, '/report')).body, /lain unopened/);
  clock.move(new Date(clock.now().getTime() + 40 * 3_600_000));
  const late = (await requestInternally(app, '/report')).body;
  assert.match(late, /stayed unopened for longer than was promised[\s\S]*href="\/help"[\s\S]*value="begin"/);
  const reader = await signIn(readers.police);
  assert.equal((await reader.get('/staff/reports')).statusCode, 200);
  const police = (await requestInternally(app, '/report')).body.split('<h3 class="govuk-heading-s">Police')[1] ?? '';
  assert.doesNotMatch(police, /Nobody has opened this as promised/);
});

test('the partnership’s own dated words are shown before the first question', async (t) => {
  const { app } = await openAttended(t);
  const { body: page, headers } = await requestInternally(app, '/report');
  for (const words of [
    'Two intelligence officers',
    'they must act',
    'do not tell immigration',
    '18 September 2026',
    'Somebody is reading reports now, until 22:00',
  ])
    assert.ok(page.includes(words), words);
  assert.equal(headers['set-cookie'], undefined);
  assert.equal(headers['cache-control'], 'no-store');
});

test('a page of another site sends nothing here', async (t) => {
  const { app } = await openAttended(t);
  for (const site of ['cross-site', 'same-site'])
    for (const url of ['/report', '/report/return', '/report/leave'])
      assert.equal(
        (await sendForm(app, url, { press: 'begin' }, { 'sec-fetch-site': site })).statusCode,
        400,
        `${url} ${site}`,
      );
  assert.equal(
    (await sendForm(app, '/report', { press: 'begin' }, { 'sec-fetch-site': 'same-origin' })).statusCode,
    200,
  );
});

test('strange input gets an answer that reveals nothing', async (t) => {
  const { app } = await openAttended(t);
  const begun = await sendForm(app, '/report', { press: 'begin' });
  const held = readFormValues(begun.body);
  const strange: Record<string, string>[] = [
    {},
    { press: 'send' },
    { draft: 'x'.repeat(43), press: 'next' },
    { draft: "'; drop table reports", press: 'next' },
    { ...held, question: 'nothing', press: 'nothing' },
    { ...held, question: 'check', press: 'send' },
    { ...held, who: '__proto__', press: 'constructor' },
  ];
  for (const form of strange) {
    const answer = await sendForm(app, '/report', form);
    assert.ok([200, 422].includes(answer.statusCode), JSON.stringify(form));
  }
  const long = await sendForm(app, '/report', {
    ...readFormValues((await sendForm(app, '/report', { press: 'begin' })).body),
    question: 'what',
    what: 'long '.repeat(2_000),
    press: 'next',
  });
  assert.equal(long.statusCode, 422);
  assert.match(long.body, /8,000 letters or fewer/);
  assert.ok(long.body.includes('long long long'), 'and it still stands there');
});

test('a process that caches how a line is attended accepts nothing after that changed, and promises what holds now', async (t) => {
  const application = await openAttended(t);
  const lead = await application.member(application.agencies.police, ['data-protection lead'], 'Dot Lead');
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  while (!/value="send"/.test(teller.page().body)) await teller.press('next', whole);
  const later = (minutes: number) => new Date(application.clock.now().getTime() + minutes * 60_000);
  await attend(application.db, application.keys, 'police', lead, later(1), { state: 'closed' });
  assert.match((await teller.press('send', { receipt: 'none' })).body, /Nobody would read it/);
  assert.deepEqual(await opened(application, 'police'), []);
  await attend(application.db, application.keys, 'police', lead, later(2), {
    promisedHours: 2,
    readers: 'One officer reads it.',
  });
  const draft = /name="draft" value="([^"]+)"/.exec(teller.page().body)?.[1] ?? '';
  assert.match((await teller.press('check', { draft, question: 'danger' })).body, /One officer reads it\./);
  await attend(application.db, application.keys, 'police', lead, later(3), {
    promisedHours: 3,
    readers: 'Nobody but one.',
  });
  assert.match((await teller.press('send', { receipt: 'none' })).body, /Nobody but one\./);
  const [one] = await opened(application, 'police');
  assert.equal((one?.report.dueAt.getTime() ?? 0) - (one?.report.receivedAt.getTime() ?? 0), 3 * 3_600_000);
  assert.deepEqual(await application.db.selectFrom('reportDrafts').selectAll().execute(), []);
});

test('a reporter whose browser did the work is put first, once, though their network sent much; the work is optional', async (t) => {
  const application = await openAttended(t);
  const told = { who: 'worried', now: 'no', what: 'They never go out alone.' };
  const queues = async (): Promise<string[]> =>
    (await application.db.selectFrom('reports').select('queue').execute()).map(({ queue }) => queue);
  for (let number = 0; number < 7; number += 1) await sendReport(application.app, told);
  assert.deepEqual((await queues()).sort(), [...Array<string>(6).fill('first'), 'second']);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  const offered = / data-challenge="([^"]+)" data-noughts="(\d+)"/.exec(teller.page().body) ?? [];
  const [, challenge = '', noughts = ''] = offered;
  const work = workOut(challenge, Number(noughts));
  await teller.press('next', { ...told, work: `${work}0` });
  assert.match(teller.page().body, /data-challenge/, 'what is not enough is asked for again');
  await teller.press('next', { ...told, work });
  assert.doesNotMatch(teller.page().body, /data-challenge/, 'what was done is kept with the draft');
  while (!teller.page().body.includes('value="send"')) await teller.press('next', told);
  await teller.press('send', { receipt: 'none' });
  assert.equal((await queues()).filter((queue) => queue === 'first').length, 7);
  const again = await openReportForm(application.app);
  await again.press('begin');
  await again.press('next', { ...told, work });
  assert.match(again.page().body, /data-challenge/, 'it is good once');
});
