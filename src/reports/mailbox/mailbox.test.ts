import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended as openRoom, inWords as words } from '../../../test/fixtures/attended-reports.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { lengthHeader } from '../../platform/http/response-timing.ts';
import { startJourney } from '../../public/private-journey/visitor.ts';
import { addWords } from '../examples.ts';
import { openMailbox, openReportForm, readFormValues, sendForm, sendReport } from '../visitor.ts';
import { formatReceiptAsDigits, newReceipt } from './receipt.ts';
import { answerBytes } from './routes.ts';

/** A later page of the journey still contains the draft. */
const shownOnJourney = (html: string): { readonly draft?: string } => {
  const draft = /name="draft" value="([^"]*)"/.exec(html)?.[1];
  return draft === undefined ? {} : { draft };
};

test('tell, be asked, come back, answer: the whole way, on either line', async (t) => {
  const application = await openRoom(t);
  for (const [answers, line, path] of [
    [{ who: 'worried', what: 'Men sleep above the shop' }, 'police', '/staff/reports'],
    [{ who: 'me', what: 'They keep my passport' }, 'help', '/staff/safeguarding/reports'],
  ] as const) {
    const list = await sendReport(application.app, answers);
    const nothing = await openMailbox(application.app, list);
    assert.match(nothing.page().body, /Nothing has been written to you yet/);
    const reader = await application.signIn(application.readers[line]);
    const [, report = ''] = /href="(\/staff\/[a-z/]*reports\/[0-9a-f-]{36})"/.exec((await reader.get(path)).body) ?? [];
    assert.match((await reader.get(report)).body, new RegExp(answers.what));
    const written = await reader.post(`${report}/write`, { kind: 'asked', message: 'Can you say more?', base: '0' });
    assert.equal(written.statusCode, 303);
    const back = await openMailbox(application.app, list.toUpperCase());
    assert.match(back.page().body, /You are asked[\s\S]*Can you say more\?/);
    assert.doesNotMatch(back.page().body, /sleep|passport|September|12:00/, 'never what was told, nor when');
    assert.match((await back.press('add', { words: 'There are seven' })).body, /It was added/);
    assert.match((await reader.get(path)).body, /The reporter wrote more/);
    assert.match((await reader.get(report)).body, /There are seven/);
  }
});

test('words sent twice from one page are kept once, and other words from that page are kept too', async (t) => {
  const application = await openRoom(t);
  const told = await application.told('help');
  const back = await openMailbox(application.app, words(told.receipt));
  const form = { ...readFormValues(back.page().body), press: 'add' };
  for (const said of ['TWICE', 'TWICE', 'OTHERWORDS'])
    assert.match((await sendForm(application.app, '/report/return', { ...form, words: said })).body, /It was added/);
  const reader = await application.signIn(application.readers.help);
  const { body } = await reader.get(`/staff/safeguarding/reports/${told.id}`);
  assert.equal(body.match(/TWICE/g)?.length, 1);
  assert.equal(body.match(/OTHERWORDS/g)?.length, 1);
});

test('unknown, malformed, withdrawn, expired and foreign receipts cannot be distinguished, and all answers have one length', async (t) => {
  const room = await openRoom(t);
  const withdrawn = await room.told('help');
  const closed = await room.told('police', { state: 'closed' });
  const known = await room.told('police');
  await addWords(
    room.db,
    'police',
    known,
    { kind: 'replied', place: 1, words: '"'.repeat(1_000), at: room.clock.now() },
    room.readers.police,
  );
  assert.match(
    (await (await openMailbox(room.app, words(withdrawn.receipt))).press('withdraw')).body,
    /It is taken back/,
  );
  assert.match((await openMailbox(room.app, words(closed.receipt))).page().body, /Nothing has been written/);
  room.clock.move(new Date(room.clock.now().getTime() + 91 * 24 * 3_600_000));
  const bare = (html: string): string =>
    html.replaceAll(/value="[\w-]{43}"/g, 'value=""').replace(/<!--[\s\S]*-->/, '');
  const asked: Record<string, string> = {
    unknown: words(newReceipt()),
    'unknown, in digits': formatReceiptAsDigits(newReceipt()),
    withdrawn: words(withdrawn.receipt),
    expired: words(closed.receipt),
    malformed: 'three onions',
    'with a wrong check': formatReceiptAsDigits(newReceipt()).replace(/^\d/, (digit) =>
      String((Number(digit) + 1) % 4),
    ),
    empty: '',
    long: 'x'.repeat(20_000),
  };
  const pages = new Set<string>();
  for (const [what, list] of Object.entries(asked)) {
    const { statusCode, body } = (await openMailbox(room.app, list)).page();
    assert.equal(statusCode, 200, what);
    pages.add(bare(body));
  }
  assert.equal(pages.size, 1);

  const answers = new Set<string>();
  for (const list of [...Object.values(asked), words(known.receipt)]) {
    const walker = await startJourney(room.app);
    await walker.go('/report/return');
    const { draft = '' } = shownOnJourney((await walker.post('/report/return', { press: 'begin' })).body);
    const { statusCode, rawPayload, headers } = await walker.post('/report/return', { draft, list, press: 'open' });
    answers.add(`${statusCode} ${rawPayload.length} ${Object.keys(headers).sort()}`);
    assert.equal(headers[lengthHeader], undefined);
  }
  assert.deepEqual([...answers].length, 1, [...answers].join(' | '));
  assert.match([...answers].join(), new RegExp(`^200 ${answerBytes} `));
  assert.match((await openMailbox(room.app, words(known.receipt))).page().body, /Written to you/);
});

test('only the newest message is shown, and none of those before', async (t) => {
  const room = await openRoom(t);
  const told = await room.told('police');
  const at = room.clock.now();
  await addWords(room.db, 'police', told, { kind: 'asked', place: 1, words: 'The first', at }, room.readers.police);
  await addWords(room.db, 'police', told, { kind: 'added', place: 2, words: 'What I said to that', at });
  await addWords(room.db, 'police', told, { kind: 'replied', place: 3, words: 'The second', at }, room.readers.police);
  const { body } = (await openMailbox(room.app, words(told.receipt))).page();
  assert.match(body, /The second/);
  assert.doesNotMatch(body, /The first|What I said/);
});

test('a token opens once: what is sent again after leaving shows nothing', async (t) => {
  const room = await openRoom(t);
  const told = await room.told('police');
  const teller = await openReportForm(room.app, '/report/return');
  await teller.press('begin');
  const form = { ...readFormValues(teller.page().body), list: words(told.receipt), press: 'open' };
  const open = await sendForm(room.app, '/report/return', form);
  assert.match(open.body, /Nothing has been written/);
  await sendForm(room.app, '/report/leave', { draft: readFormValues(open.body).draft ?? '' });
  for (const sent of [form, { ...readFormValues(open.body), press: 'add', words: 'more' }])
    assert.match((await sendForm(room.app, '/report/return', sent)).body, /There is nothing here/);
});

test('guesses open nothing', async (t) => {
  const room = await openRoom(t);
  const told = await room.told('police');
  const random = chance(20_261_125);
  const near = formatReceiptAsDigits(told.receipt).split(' ');
  for (let time = 0; time < 60; time += 1) {
    const at = Math.floor(random() * 8);
    const guess = near
      .map((line, index) => (index === at ? String(Math.floor(random() * 4_096)).padStart(4, '0') : line))
      .join(' ');
    if (guess === near.join(' ')) continue;
    assert.match((await openMailbox(room.app, guess)).page().body, /This opens nothing/);
  }
});

test('staff see that a report was taken back, and it stays taken back', async (t) => {
  const room = await openRoom(t);
  const told = await room.told('police');
  const back = await openMailbox(room.app, words(told.receipt));
  await back.press('withdraw');
  const reader = await room.signIn(room.readers.police);
  assert.match((await reader.get(`/staff/reports/${told.id}`)).body, /Taken back/);
  const refused = await reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message: 'Why?', base: '0' });
  assert.equal(refused.statusCode, 422);
  assert.match((await reader.get('/staff/reports')).body, /Taken back/);
  assert.equal((await reader.post(`/staff/reports/${told.id}/seen`)).statusCode, 303);
});

test('what is written more reopens a closed report, and is kept once however often it is sent', async (t) => {
  const room = await openRoom(t);
  const told = await room.told('police', { state: 'closed' });
  const back = await openMailbox(room.app, words(told.receipt));
  const form = { ...readFormValues(back.page().body), words: 'One more thing', press: 'add' };
  await sendForm(room.app, '/report/return', form);
  await sendForm(room.app, '/report/return', form);
  const parts = await room.db
    .selectFrom('reportParts')
    .select('kind')
    .where('reportId', '=', told.id)
    .orderBy('place')
    .execute();
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ['told', 'added'],
  );
  const [report] = await room.db.selectFrom('reports').select(['state', 'unread']).execute();
  assert.deepEqual(report, { state: 'open', unread: true });
});
