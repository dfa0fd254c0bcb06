import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { addMonths } from '../../vocabulary/calendar/days.ts';
import { referenceOf } from '../../vocabulary/reference.ts';

const dateFields = (name: string, date: string): Record<string, string> => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day };
};

const answers = {
  who: 'worried',
  what: 'Four men sleep in the car wash on Mill Lane. A silver van brings them at six.',
  place: 'Car wash, Mill Lane',
  knows: 'I live opposite and see it from my kitchen.',
  reach: 'yes',
  name: 'Odette Quarrington',
  channel: '07700 900123',
} as const;

const said = {
  text: 'Four men are kept at a car wash on Mill Lane. A silver van takes them there in the early morning.',
  ...dateFields('from', '2026-09-01'),
  ...dateFields('to', '2026-09-14'),
  sourceEvaluation: '2',
  assessment: 'A',
  handling: 'C',
  conditions: 'Not to be passed on without our consent.',
};

async function open(t: TestContext) {
  const application = await openAttended(t);
  const told = await application.told('police', { answers });
  const reader = await application.signIn(application.readers.police);
  const fromReport = `/staff/intelligence/from-report/${told.id}`;
  const logOf = (id: string) =>
    application.db
      .selectFrom('accessLog')
      .select(['kind', 'event', 'reason', 'ownerId'])
      .where('subject', '=', id)
      .orderBy('at')
      .orderBy('id')
      .execute();
  const record = async (more: Record<string, string> = {}) => {
    const answer = await reader.post(fromReport, { ...said, ...more });
    assert.equal(answer.statusCode, 303, answer.body);
    return String(answer.headers.location).split('?')[0] as string;
  };
  return { application, told, reader, fromReport, logOf, record };
}

test('a report becomes graded intelligence, which says nothing of its source but to triage', async (t) => {
  const { application, told, reader, fromReport, record } = await open(t);
  const report = await reader.get(`/staff/reports/${told.id}`);
  assert.match(report.body, /Record intelligence/);
  const form = await reader.get(fromReport);
  assert.match(form.body, /Four men sleep in the car wash on Mill Lane/);
  assert.match(form.body, /I live opposite and see it from my kitchen/);
  assert.doesNotMatch(form.body, /Quarrington|900123/);

  const at = await record();
  const page = (await reader.get(at)).body;
  assert.match(page, /2AC/);
  assert.match(page, /Untested/);
  assert.match(page, /Known directly to the source/);
  assert.match(page, /Not to be passed on without our consent/);
  assert.match(page, /1 to 14 September 2026/);
  assert.match(page, new RegExp(referenceOf('report', told.id)));
  assert.match((await reader.get('/staff/intelligence')).body, /Four men are kept at a car wash/);
  assert.match((await reader.get(fromReport)).body, /Recorded from this report before: I-/);

  const [row] = await application.db.selectFrom('intelligenceItems').selectAll().execute();
  assert.equal(JSON.stringify(row).includes('car wash'), false, 'the text is sealed');
});

test('the queue of reports and the report say that intelligence was recorded from it, once for two items', async (t) => {
  const { application, told, reader, record } = await open(t);
  const accepted = '/staff/reports?show=intelligence';
  assert.doesNotMatch((await reader.get(accepted)).body, new RegExp(told.id));
  await record();
  await record({ text: 'A silver van takes several men to a car wash on Mill Lane.' });
  assert.match((await reader.get(accepted)).body, /Intelligence recorded/);
  assert.match((await reader.get(`/staff/reports/${told.id}`)).body, /Intelligence was recorded from this report/);
  const { length } = await application.db.selectFrom('reportAcceptances').select('id').execute();
  assert.equal(length, 1);
});

test('what is wrong is said in place, and what was typed stays', async (t) => {
  const { reader, fromReport } = await open(t);
  const empty = await reader.post(fromReport, {});
  assert.equal(empty.statusCode, 422);
  for (const words of [
    /Enter the intelligence/,
    /Enter the first day/,
    /Select the source evaluation/,
    /Select the information assessment/,
    /Select the handling code/,
  ])
    assert.match(empty.body, words);
  const cases = [
    [{ conditions: '' }, /Enter the handling conditions/],
    [dateFields('to', '2026-08-01'), /The last day must not be before the first day/],
    [dateFields('to', '2090-01-01'), /Enter a day that is not in the future/],
    [{ text: 'x'.repeat(4_001) }, /characters or fewer/],
  ] as const;
  for (const [change, words] of cases) {
    const answer = await reader.post(fromReport, { ...said, ...change });
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, words);
    if (!('text' in change)) assert.match(answer.body, /Four men are kept at a car wash/);
  }
});

test('a text that gives its source away is stopped until somebody says why it does not', async (t) => {
  const { reader, fromReport, told, logOf } = await open(t);
  const given = [
    ['Odette saw four men.', /“Odette” may name the source/],
    ['Ring 07700900123 for more.', /“07700900123” may name the source/],
    ['I saw four men.', /“I” is in the first person/],
    ['The caller saw four men.', /“The caller” is about the report/],
    ['Four men come at 6.05am.', /“6.05am” is an exact time/],
    ['Four men can be seen from the kitchen window of the house opposite.', /few people can know or see/],
  ] as const;
  for (const [text, words] of given) {
    const answer = await reader.post(fromReport, { ...said, text });
    assert.equal(answer.statusCode, 422, text);
    assert.match(answer.body, /Change the text, or say below/);
    assert.match(answer.body, words);
  }
  const conditions = 'Ask Odette before you act on it.';
  assert.match((await reader.post(fromReport, { ...said, conditions })).body, /“Odette” may name the source/);
  const copied = answers.what;
  assert.match((await reader.post(fromReport, { ...said, text: copied })).body, /is as the reporter wrote it/);
  assert.match(
    (await reader.post(fromReport, { ...said, text: 'I saw it.', found: 'I', checked: 'x' })).body,
    /at least a sentence/,
  );
  const text = 'Odette Marsh, who runs the car wash, pays nobody.';
  const checked = 'Odette Marsh is the owner, and a namesake.';
  const other = await reader.post(fromReport, { ...said, text, checked, found: 'caller' });
  assert.equal(other.statusCode, 422, 'a reason counts for the words that were shown');
  assert.match(other.body, /Odette Marsh is the owner, and a namesake/);
  const taken = await reader.post(fromReport, { ...said, text, checked, found: 'Odette' });
  assert.equal(taken.statusCode, 303, taken.body);
  const id = String(taken.headers.location).split('/').at(-1)?.split('?')[0] ?? '';
  const [row] = (await logOf(id)).filter(({ event }) => event === 'intelligence.recorded');
  assert.match(String(row?.reason), /Odette Marsh is the owner, and a namesake/);
  const compared = (await logOf(told.id)).filter(({ event }) => event === 'source identity.compared');
  assert.equal(compared.length, given.length + 5, 'each comparison is a row of the log');
});

test('a town that is a whole answer is not taken for the name of the source', async (t) => {
  const { application, reader } = await open(t);
  const told = await application.told('police', { answers: { ...answers, place: 'Watford', knows: '' } });
  const text = 'Four men are kept at a car wash in Watford.';
  const answer = await reader.post(`/staff/intelligence/from-report/${told.id}`, { ...said, text });
  assert.equal(answer.statusCode, 303, answer.body);
});

test('blank lines and letters that cannot be seen neither stop the server nor hide a word', async (t) => {
  const { application, reader, fromReport } = await open(t);
  const what = `Men${'\n'.repeat(3_000)}there`;
  const told = await application.told('police', { answers: { ...answers, what } });
  const slow = await reader.post(`/staff/intelligence/from-report/${told.id}`, {
    ...said,
    text: `x${'\n'.repeat(20_000)}y`,
  });
  assert.equal(slow.statusCode, 422);
  const hidden = await reader.post(fromReport, {
    ...said,
    text: 'The call\u00ADer saw it.',
    found: 'The caller',
    checked: '\u200B'.repeat(30),
  });
  assert.equal(hidden.statusCode, 422);
  assert.match(hidden.body, /“The caller” is about the report/);
  assert.equal(
    (
      await reader.get(
        fromReport.toUpperCase().replace('/STAFF/INTELLIGENCE/FROM-REPORT', '/staff/intelligence/from-report'),
      )
    ).statusCode,
    200,
  );
});

test('a source identity cannot be guessed without limit', async (t) => {
  const { reader, fromReport } = await open(t);
  for (let count = 0; count < 20; count += 1)
    assert.equal((await reader.post(fromReport, { ...said, text: `I saw ${count} men.` })).statusCode, 422);
  const answer = await reader.post(fromReport, { ...said, text: 'Odette is here.' });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /20 texts from this report in a day/);
  assert.doesNotMatch(answer.body, /may name the source/);
});

test('one text cannot hold a list of names, and is then compared with none', async (t) => {
  const { reader, fromReport, told, logOf } = await open(t);
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const names = letters.flatMap((one) => ['Od', 'Qu'].map((start) => `${start}${one}n`));
  const answer = await reader.post(fromReport, { ...said, text: `Met ${names.join(' ')} Odette.` });
  assert.equal(answer.statusCode, 422);
  assert.match(answer.body, /at most 40 different words with a capital letter/);
  assert.doesNotMatch(answer.body, /may name the source/);
  assert.equal((await logOf(told.id)).filter(({ event }) => event === 'source identity.compared').length, 0);
});

test('a correction keeps the earlier version, and the later of two editors is told', async (t) => {
  const { reader, record } = await open(t);
  const at = await record();
  const changed = {
    ...said,
    text: 'Five men are kept at a car wash on Mill Lane.',
    why: 'One more was seen',
    base: '1',
  };
  assert.equal((await reader.post(`${at}/correct`, changed)).statusCode, 303);
  const page = (await reader.get(at)).body;
  assert.match(page, /Earlier versions/);
  assert.match(page, /Four men are kept at a car wash/);
  assert.match(page, /Changed to: Five men/);
  const late = await reader.post(`${at}/correct`, { ...changed, text: 'Six men are kept there.' });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /Somebody else changed this/);
  assert.match(late.body, /Six men are kept there/);
});

test('a form and data leave with the handling conditions, a reason and a row, and without the source', async (t) => {
  const { reader, record, told, logOf } = await open(t);
  const at = await record();
  const named = await reader.post(`${at}/system-reference`, { reference: 'INT-1, from Mrs Patel' });
  assert.match(named.body, /Enter the reference alone/);
  assert.equal((await reader.post(`${at}/system-reference`, { reference: 'INT-2026-0815' })).statusCode, 303);
  const found = await reader.post('/staff/search', { sought: 'INT-2026-0815' });
  assert.match(found.body, new RegExp(referenceOf('intelligence item', at.split('/').at(-1) ?? '')));
  const why = { why: 'for a meeting, or our own file', words: 'Force system' };
  assert.equal((await reader.post(`${at}/export`, { shape: 'json' })).statusCode, 422);
  const toPress = { why: 'to publish it, or to send it to the press', words: 'Gazette', shape: 'pdf' };
  assert.equal((await reader.post(`${at}/export`, toPress)).statusCode, 422, 'intelligence is never published');
  const json = await reader.post(`${at}/export`, { ...why, shape: 'json' });
  assert.equal(json.statusCode, 200, json.body);
  const document = JSON.parse(json.body);
  assert.equal(document.format, 'safelight-intelligence');
  assert.deepEqual(document.items[0], {
    ...document.items[0],
    systemReference: 'INT-2026-0815',
    from: '2026-09-01',
    to: '2026-09-14',
    source: '2',
    assessment: 'A',
    handling: 'C',
    conditions: said.conditions,
    text: said.text,
  });
  assert.equal(json.body.includes(told.id), false);
  assert.equal(json.body.includes(referenceOf('report', told.id)), false);
  const pdf = await reader.post(`${at}/export`, { ...why, shape: 'pdf' });
  assert.match(pdf.rawPayload.toString('latin1', 0, 8), /^%PDF-1/);
  assert.match(String(pdf.headers['content-disposition']), /official-sensitive-operational\.pdf/);
  const rows = (await logOf(at.split('/').at(-1) ?? '')).filter(({ event }) => event === 'intelligence.exported');
  assert.deepEqual(
    rows.map(({ kind, reason }) => [kind, reason]),
    Array.from({ length: 2 }, () => ['disclosure', 'for a meeting, or our own file: Force system']),
  );
});

test('an item is reviewed on its day, and then kept for a reason or disposed of', async (t) => {
  const { application, reader, record, logOf } = await open(t);
  const at = await record();
  const early = await reader.post(`${at}/dispose`, { reason: 'no longer necessary' });
  assert.equal(early.statusCode, 422);
  assert.match(early.body, /not due for review yet/);
  application.clock.move(new Date(application.clock.now().getTime() + (6 * 366 * 24 + 1) * 3_600_000));
  const later = await application.signIn(application.readers.police);
  const day = (years: number) => addMonths(application.clock.now().toISOString().slice(0, 10), 12 * years);
  assert.match((await later.get('/staff')).body, /Review intelligence/);
  assert.match((await later.get('/staff/intelligence?due=yes')).body, /Four men are kept/);
  const why = 'The car wash is still in use, and the inquiry goes on.';
  assert.equal((await later.post(`${at}/review`, { why, ...dateFields('until', day(0)) })).statusCode, 422);
  const kept = await later.post(`${at}/review`, { why, ...dateFields('until', day(2)) });
  assert.equal(kept.statusCode, 303, kept.body);
  assert.match((await later.get(at)).body, /The car wash is still in use/);
  assert.doesNotMatch((await later.get('/staff')).body, /Review intelligence/);
  const disposed = await later.post(`${at}/dispose`, { reason: 'identifies its source' });
  assert.equal(disposed.statusCode, 303, disposed.body);
  assert.equal((await later.get(at)).statusCode, 404);
  for (const table of ['intelligenceItems', 'intelligenceSources', 'intelligenceItemsVersions'] as const)
    assert.deepEqual(await application.db.selectFrom(table).selectAll().execute(), [], table);
  const last = (await logOf(at.split('/').at(-1) ?? '')).find(({ kind }) => kind === 'erasure');
  assert.equal(last?.reason, 'identifies its source');
});

test('a report that was taken back or destroyed gives no intelligence, and what was made from it stays', async (t) => {
  const { application, reader, record, fromReport, told } = await open(t);
  const at = await record();
  await application.db.updateTable('reports').set({ state: 'withdrawn' }).where('id', '=', told.id).execute();
  const form = await reader.get(fromReport);
  assert.match(form.body, /The reporter took this report back/);
  assert.doesNotMatch(form.body, /Four men sleep/);
  assert.equal((await reader.post(fromReport, said)).statusCode, 422);
  assert.match((await reader.get(at)).body, /, which was taken back/);
});

test('intelligence without a report has the reference of its record', async (t) => {
  const { reader } = await open(t);
  const address = '/staff/intelligence/new';
  assert.match((await reader.post(address, said)).body, /Enter the reference of the original record/);
  for (const originalReference of ['Call log, ring Mrs Patel', 'jane@example.org', 'Log 4, 07700 900123'])
    assert.match((await reader.post(address, { ...said, originalReference })).body, /Enter the reference alone/);
  const taken = await reader.post(address, { ...said, originalReference: 'Log 417 of 3 September' });
  assert.equal(taken.statusCode, 303, taken.body);
  assert.match((await reader.get(String(taken.headers.location))).body, /Log 417 of 3 September/);
});

test('nobody but triage of the agency finds any of it', async (t) => {
  const { application, record, fromReport } = await open(t);
  const at = await record();
  const others = [
    await application.member(await application.agency('police force'), ['triage']),
    await application.member(application.agencies.police, ['planner', 'commander', 'field', 'enforcement']),
    await application.member(application.agencies.help, ['safeguarding lead', 'partner caseworker']),
  ];
  for (const member of others) {
    const visitor = await application.signIn(member);
    for (const address of [at, `${at}/correct`, `${at}/export`, `${at}/review`, `${at}/dispose`, fromReport]) {
      const answer = await visitor.get(address);
      assert.ok([403, 404].includes(answer.statusCode), `${address}: ${answer.statusCode}`);
      assert.doesNotMatch(answer.body, /car wash/);
    }
    assert.ok([403, 404].includes((await visitor.post(`${at}/dispose`, { reason: 'recorded twice' })).statusCode));
  }
});

test('the search finds a text by all words that were typed, in any case, after a correction by the new ones alone', async (t) => {
  const { application, reader, record } = await open(t);
  const at = await record();
  const find = async (sought: string, who = reader): Promise<boolean> =>
    (await who.post('/staff/search', { sought })).body.includes(`href="${at}"`);
  for (const sought of ['van', 'SILVER van', 'mill lane wash', 'four men'])
    assert.equal(await find(sought), true, sought);
  for (const sought of ['bicycle', 'silver bicycle', 'van wa']) assert.equal(await find(sought), false, sought);
  const other = await application.member(await application.agency('police force'), ['triage']);
  assert.equal(await find('silver van', await application.signIn(other)), false);
  const base = /name="base" value="([^"]+)"/.exec((await reader.get(`${at}/correct`)).body)?.[1] ?? '';
  const text = 'Four men are kept at a car wash on Mill Lane. A blue lorry takes them there in the early morning.';
  const corrected = await reader.post(`${at}/correct`, {
    ...said,
    text,
    why: 'The colour was wrong in the report.',
    base,
  });
  assert.equal(corrected.statusCode, 303, corrected.body);
  assert.equal(await find('silver van'), false);
  assert.equal(await find('blue lorry'), true);
  assert.equal((await reader.post(`${at}/dispose`, { reason: 'recorded twice' })).statusCode, 303);
  assert.deepEqual(await application.db.selectFrom('intelligenceItemTerms').selectAll().execute(), []);
});
