import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { dbOf, openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { attendanceForm } from '../examples.ts';
import { openMailbox } from '../visitor.ts';
import { splitIntakeAnswers } from './staff-intake.ts';

const call = {
  now: 'no',
  who: 'me',
  what: 'The caller said: he takes what I earn and my passport is in his safe',
  vehicles: 'A grey van',
  name: 'Ira Invented',
  channel: '01632 960 118',
  safely: 'After ten in the morning',
  never: 'No voicemail',
  receipt: 'words',
} as const;
const handIn = {
  kind: 'labour exploitation',
  now: 'not sure',
  what: 'A patient has burns that nobody treated',
  age: 'not known',
  consent: 'not safe to ask',
  done: 'The practice lead was told',
  reference: 'P-17',
  receipt: 'digits',
} as const;
const idOf = (html: string): string => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';
const kept = (html: string): string[] =>
  [...html.matchAll(/<th scope="row"[^>]*>\d<\/th>\s*<td[^>]*>([^<]*)<\/td>/g)].map(([, line = '']) => line);

test('the source identity is kept apart, and nothing that was typed is left out', () => {
  assert.deepEqual(
    splitIntakeAnswers({ who: 'me', what: 'A', vehicles: 'B', name: 'C', never: 'D', done: ' ', receipt: 'none' }),
    {
      told: { who: 'me', what: 'A', vehicles: 'B' },
      contact: { name: 'C', never: 'D' },
    },
  );
});

for (const line of ['police', 'help'] as const)
  test(`a call to the ${line} line is sealed into its queue, marked as it came, with a receipt to read out that works`, async (t) => {
    const application = await openAttended(t);
    const address = line === 'police' ? '/staff/reports' : '/staff/safeguarding/reports';
    const reader = await application.signIn(application.readers[line]);
    const form = await reader.get(`${address}/phone`);
    assert.match(form.body, /Two intelligence officers[\s\S]*must act[\s\S]*immigration officers/i);
    const id = idOf(form.body);
    const sent = await reader.post(`${address}/phone`, { ...call, id });
    assert.equal(sent.statusCode, 200);
    const lines = kept(sent.body);
    assert.equal(lines.length, 8);
    assert.doesNotMatch(sent.body, /passport|\bIra\b/);

    const [one, ...more] = await opened(application, line);
    assert.deepEqual(more, []);
    assert.deepEqual([one?.report.id, one?.report.way, one?.report.state], [id, 'by phone', 'open']);
    assert.deepEqual(one?.told, {
      who: 'me',
      reader: line === 'police' ? 'police' : 'support',
      now: 'no',
      what: call.what,
      vehicles: call.vehicles,
    });
    assert.equal((one?.contact as { never?: string })?.never, 'No voicemail');
    const other = line === 'police' ? 'help' : 'police';
    assert.deepEqual(await opened(application, other), [], 'the wall stands');
    const queue = (await reader.get(address)).body;
    assert.match(queue, /By phone/);
    assert.match(
      (await reader.get(`${address}/${id}`)).body,
      new RegExp(`by phone: Officer ${application.readers[line].name}`),
    );

    await reader.post(`${address}/${id}/write`, { kind: 'asked', message: 'Is it still so?', base: '0' });
    const page = (await openMailbox(application.app, lines.join('\n'))).page();
    assert.match(page.body, /Is it still so\?/);

    const rows = await dbOf(application, line)
      .selectFrom('accessLog')
      .select(['kind', 'subject', 'memberId', 'ownerId', 'fields'])
      .where('event', '=', 'report.taken by phone')
      .execute();
    const { id: memberId, agencyId: ownerId } = application.readers[line];
    assert.deepEqual(rows, [{ kind: 'collection', subject: id, memberId, ownerId, fields: ['told', 'contact'] }]);
  });

test('sent twice it is one report, whose first receipt is the one that opens it', async (t) => {
  const application = await openAttended(t);
  const reader = await application.signIn(application.readers.police);
  const id = newTimelessId();
  const first = kept((await reader.post('/staff/reports/phone', { ...call, id })).body);
  const again = await reader.post('/staff/reports/phone', { ...call, what: 'Something else', id });
  assert.match(again.body, /kept once/);
  assert.deepEqual(kept(again.body), []);
  assert.equal((await opened(application, 'police')).length, 1);
  assert.match(
    (await openMailbox(application.app, first.join('\n'))).page().body,
    /There is no answer yet|no message|nothing/i,
  );
});

test('a professional of another agency hands in more, cannot read it again, and sees that it was sent', async (t) => {
  const application = await openAttended(t);
  const nurse = await application.member(await application.agency('health'), ['field'], 'Nia Nurse');
  const visitor = await application.signIn(nurse);
  assert.match((await visitor.get('/staff/more')).body, /Partner intelligence form to police/);
  assert.match((await visitor.get('/staff/reports/partner-form')).body, /kind=labour%20exploitation/);
  const form = await visitor.get('/staff/reports/partner-form?kind=labour+exploitation');
  const [, sign = ''] = /name="signs" type="checkbox" value="([^"]+)"/.exec(form.body) ?? [];
  assert.ok(sign.length > 10, 'signs of that kind are asked for');
  const id = idOf(form.body);
  const plainSign = sign.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const unsaid = await visitor.post('/staff/reports/partner-form', { ...handIn, consent: '', id, signs: [plainSign] });
  assert.equal(unsaid.statusCode, 422);
  assert.match(unsaid.body, /burns that nobody treated/, 'what was typed stands');
  assert.equal(idOf(unsaid.body), id);
  const sent = await visitor.post('/staff/reports/partner-form', {
    ...handIn,
    id,
    signs: [plainSign, 'made up by somebody'],
  });
  assert.equal(sent.statusCode, 200);
  const [digits = ''] = kept(sent.body);
  assert.match(digits, /^(\d{4} ?){8}$/);

  const [one] = await opened(application, 'police');
  assert.equal(one?.report.way, 'partner');
  const { kind, age, consent, done, reference, signs } = (one?.told ?? {}) as Record<string, string>;
  assert.deepEqual(
    [kind, age, consent, done, reference],
    ['labour exploitation', 'not known', 'not safe to ask', handIn.done, 'P-17'],
  );
  assert.equal(signs, plainSign);

  for (const path of ['', `/${id}`, `/${id}/write`, '/source-identity'])
    assert.equal((await visitor.get(`/staff/reports${path}`)).statusCode, 403, path);
  const list = (await visitor.get('/staff/reports/sent')).body;
  assert.match(list, new RegExp(`Report ${referenceOf('report', id)}`));
  assert.doesNotMatch(list, /burns/);
  const colleague = await application.signIn(await application.member(await application.agency('health'), ['field']));
  assert.doesNotMatch((await colleague.get('/staff/reports/sent')).body, new RegExp(referenceOf('report', id)));

  const reader = await application.signIn(application.readers.police);
  const page = (await reader.get(`/staff/reports/${id}`)).body;
  assert.match(page, /from a professional: Officer Nia Nurse/);
  for (const words of ['Safeguarding done already', 'The practice lead was told', 'Signs noticed'])
    assert.match(page, new RegExp(words));
});

test('a line that nobody attends accepts nothing from staff either, and what was typed is shown again', async (t) => {
  const application = await openAttended(t);
  const lead = await application.signIn(
    await application.member(application.agencies.police, ['data-protection lead']),
  );
  await lead.post('/staff/reports/attendance/set', { ...attendanceForm, state: 'closed' });
  const reader = await application.signIn(application.readers.police);
  const refused = await reader.post('/staff/reports/phone', { ...call, id: newTimelessId() });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Your agency cannot take a report on this line now[\s\S]*my passport is in his safe/);
  assert.deepEqual(await opened(application, 'police'), []);
});

test('the database refuses a report from members without the right, in whatever name, and any from enforcement to the support side', async (t) => {
  const application = await openAttended(t);
  const other = await application.member(await application.agency('police force'), ['triage']);
  const stranger = await application.signIn(other);
  const foreign = await stranger.post('/staff/reports/phone', { ...call, id: newTimelessId() });
  assert.equal(foreign.statusCode, 422, 'the line is another agency’s');
  assert.match(foreign.body, /my passport is in his safe/, 'and what was typed is still there');
  for (const role of roles) {
    const officer = await application.signIn(await application.member(application.agencies.police, [role]));
    for (const path of ['phone', 'partner-form', 'sent']) {
      assert.equal((await officer.get(`/staff/safeguarding/reports/${path}`)).statusCode, 403, `${role} ${path}`);
      const tried = await officer.post(`/staff/safeguarding/reports/${path}`, { ...handIn, id: newTimelessId() });
      assert.ok([403, 404].includes(tried.statusCode), `${role} ${path}`);
    }
  }
  assert.deepEqual(await opened(application, 'help'), []);
  for (const [store, role] of [
    ['main', 'staff'],
    ['main', 'public'],
    ['safeguarding', 'safeguarding'],
    ['safeguarding', 'public'],
  ] as const) {
    const tried =
      sql`select ctx.take_report(gen_random_uuid(), 'by phone', (select (attendance->>'key_id') from ctx.attendance_now()), '\\x00', null, null, 1,
      false, gen_random_uuid(), '\\x00', null, null)`.execute(application.databases.for(store, role));
    await assert.rejects(tried, /permission denied|not hers to bring/, `${store} ${role}`);
    await assert.rejects(
      sql`insert into report_intakes (id, way, agency_id, taken_by, taken_for, taken_at)
        values (gen_random_uuid(), 'partner', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now())`.execute(
        application.databases.for(store, role),
      ),
      /permission denied/,
    );
  }
});
