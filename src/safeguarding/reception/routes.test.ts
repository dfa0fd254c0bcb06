import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { findSessionCookie, submitForm } from '../../identity/members/examples.ts';
import { addOperation, addPartner, addToOperation } from '../../operations/weeks/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addBand, addEntry, addNeed, addReception, addShift } from './examples.ts';

const home = '/staff/safeguarding/reception';

async function aCentre(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, db, safeguardingDb } = application;
  const force = await agency('police force');
  const planner = await member(force, ['planner'], 'Pat Planner');
  const operation = await addOperation(db, force, planner, { codeName: 'Operation Lantern' });
  await addToOperation(db, operation, planner);
  const advisers = await agency('sexual violence advisers', { name: 'Harbour' });
  const relief = await agency('voluntary', { name: 'Open Door' });
  for (const partner of [advisers, relief]) await addPartner(db, operation, partner);
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  await addToOperation(db, operation, lead);
  const volunteer = await member(relief, ['volunteer'], 'Vi Volunteer');
  const open = (more = {}) => addReception(safeguardingDb, operation.id, lead, more);
  return { ...application, force, planner, operation, advisers, relief, lead, volunteer, open };
}
const when = (name: string, day: string) => {
  const [year, month, date] = day.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const planned = (operationId: string, more = {}) => ({
  id: newTimelessId(),
  operationId,
  places: '12',
  ...when('fromDay', '2026-09-21'),
  fromTime: '06:30',
  ...when('untilDay', '2026-09-21'),
  untilTime: '20:00',
  ...more,
});
const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

test('plans a reception before the week: gaps are shown, and planners get numbers alone', async (t) => {
  const { signIn, lead, operation, advisers, relief, planner, db, force } = await aCentre(t);
  const at = await signIn(lead);
  const made = await at.post(`${home}/new`, planned(operation.id));
  const id = idIn(made.headers.location);
  const plan = `${home}/${id}/plan`;
  await shows(at, plan, /Reception of Operation Lantern[\s\S]*06:00 on 21 September 2026 to 20:00/);
  const empty = (await at.get(plan)).body;
  for (const gap of ['It has no lead', 'No nurse', 'No adviser', 'No interpreter', 'No partner has a bed'])
    assert.match(empty, new RegExp(gap));
  const hours = {
    ...when('fromDay', '2026-09-21'),
    fromTime: '06:30',
    ...when('untilDay', '2026-09-21'),
    untilTime: '20:00',
  };
  const entries = [
    { agencyId: advisers.id, work: 'leads reception' },
    { agencyId: relief.id, work: 'interpreter', language: 'Romanian' },
    { agencyId: relief.id, work: 'first-night shelter', beds: '5', forWhom: 'women' },
  ];
  for (const entry of entries)
    assert.equal((await at.post(`${home}/${id}/rota`, { id: newTimelessId(), ...hours, ...entry })).statusCode, 303);
  for (const [wrong, says] of [
    [{ work: 'interpreter' }, /Select the language/],
    [{ work: 'nurse', language: 'Romanian' }, /leave it empty for other roles/],
    [{ work: 'first-night shelter', forWhom: 'women' }, /Enter the beds/],
    [{ work: 'first-night shelter', beds: '2' }, /Select for whom/],
    [{ work: 'nurse', agencyId: force.id }, /a partner that is there/],
    [{ work: 'nurse', untilTime: '05:00' }, /after the beginning/],
  ] as const) {
    const answer = await at.post(`${home}/${id}/rota`, {
      id: newTimelessId(),
      agencyId: relief.id,
      ...hours,
      ...wrong,
    });
    assert.equal(answer.statusCode, 422, says.source);
    assert.match(answer.body, says);
  }
  const shown = (await at.get(plan)).body;
  assert.match(shown, /Five beds for women/);
  assert.match(shown, /fewer beds than places/);
  assert.doesNotMatch(shown, /It has no lead|No interpreter/);

  const week = await db
    .selectFrom('operations')
    .select('weekId')
    .where('id', '=', operation.id)
    .executeTakeFirstOrThrow();
  const police = await signIn(planner);
  const before = (await police.get(`/staff/weeks/${week.weekId}`)).body;
  assert.doesNotMatch(before, /Support capacity/, 'nothing crosses by itself');
  await shows(at, `${home}/${id}/capacity`, /Beds for the first night: 5/);
  assert.equal((await at.post(`${home}/${id}/capacity`)).statusCode, 303);
  const told = (await police.get(`/staff/weeks/${week.weekId}`)).body;
  assert.match(
    told,
    /Support capacity[\s\S]*places: 12, interpreters: 1, nurses: 0, advisers: 0, beds for the first night: 5/,
  );
  assert.doesNotMatch(told, /Harbour|Open Door|Romanian|women/);
  for (const path of ['', `/${id}`, `/${id}/plan`, `/${id}/capacity`])
    assert.equal((await police.get(home + path)).statusCode, 403);

  const entry = /rota\/([0-9a-f-]{36})\/end/.exec(shown)?.[1];
  assert.equal((await at.get(`${home}/rota/${entry}/end`)).statusCode, 200);
  assert.equal((await at.post(`${home}/rota/${entry}/end`)).statusCode, 303);
  assert.equal((await at.post(`${home}/rota/${entry}/end`)).statusCode, 404, 'ended once');
  assert.equal((await police.get(`/staff/weeks/${week.weekId}`)).body.includes('beds for the first night: 5'), true);
});

test('shows errors of a plan next to the field', async (t) => {
  const { signIn, lead, operation, db, force, planner } = await aCentre(t);
  const at = await signIn(lead);
  const other = await addOperation(db, force, planner);
  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ places: '0' }, /Enter 1 or more/],
    [{ operationId: other.id }, /an operation that is there/],
    [{ untilTime: '05:00' }, /after the beginning/],
    [when('untilDay', '2026-09-25'), /two days long/],
    [{ ...when('fromDay', '2026-09-17'), ...when('untilDay', '2026-09-17') }, /over already/],
  ];
  for (const [more, says] of wrong) {
    const answer = await at.post(`${home}/new`, planned(operation.id, more));
    assert.equal(answer.statusCode, 422, says.source);
    assert.match(answer.body, says);
  }
});

test('people have numbers: needs come from lists and are met, a bed is given, and standing down waits until all have left', async (t) => {
  const { signIn, lead, open, safeguardingDb, relief, keys, clock } = await aCentre(t);
  const reception = await open({ places: 1 });
  const shelter = { work: 'first-night shelter', beds: 1, forWhom: 'women', agencyId: relief.id } as const;
  await addEntry(safeguardingDb, reception, lead, shelter);
  const at = await signIn(lead);
  const board = `${home}/${reception.id}`;
  const [one, two] = [
    (await at.post(`${board}/wristbands`)).headers.location as string,
    (await at.post(`${board}/wristbands`)).headers.location as string,
  ];
  await shows(at, board, /Number 1[\s\S]*Number 2/);
  await shows(at, board, /Do not turn anybody away/);
  assert.equal((await at.post(`${one}/need`, { id: newTimelessId(), need: 'name: Olga' })).statusCode, 422);
  assert.equal((await at.post(`${one}/need`, { id: newTimelessId(), need: 'food: no pork' })).statusCode, 303);
  await shows(at, board, /Food: no pork/);
  const need = /needs\/([0-9a-f-]{36})\/met/.exec((await at.get(one)).body)?.[1];
  for (let times = 0; times < 2; times += 1) assert.equal((await at.post(`${home}/needs/${need}/met`)).statusCode, 303);
  await showsNo(at, board, /no pork/);

  await shows(at, `${one}/night`, /Open Door, for women[\s\S]*1 of 1 free/);
  const bed = /name="rotaId"[^>]*value="([0-9a-f-]{36})"/.exec((await at.get(`${one}/night`)).body)?.[1];
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${one}/night`, { rotaId: bed })).statusCode, 303, 'her own bed is hers again');
  await shows(at, one, /a bed of Open Door/);
  await shows(at, `${two}/night`, /No partner on the rota has a bed left/);
  assert.match((await at.post(`${two}/night`, { rotaId: bed })).body, /No bed is left there/);

  const person = await addPerson(safeguardingDb, keys, lead, clock.now());
  const link = `/staff/safeguarding/people/${person.id}/wristband`;
  await shows(at, `/staff/safeguarding/people/${person.id}`, new RegExp(`href="${link}"`));
  assert.match(
    (await at.post(link, { receptionId: reception.id, number: '7' })).body,
    /This number cannot be used here/,
  );
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(link, { receptionId: reception.id, number: '1' })).headers.location, one);
  const other = await addPerson(safeguardingDb, keys, lead, clock.now());
  const hers = `/staff/safeguarding/people/${other.id}/wristband`;
  const taken = await at.post(hers, { receptionId: reception.id, number: '1' });
  assert.match(taken.body, /belongs to another record that you can read/);
  assert.match(taken.body, new RegExp(`people/${person.id}`), 'and is led to it');
  await shows(at, one, new RegExp(`people/${person.id}`));
  await showsNo(at, board, /Olga/, 'no list of names');

  await shows(at, `${board}/stand-down`, /Two people are still here/);
  assert.equal((await at.post(`${board}/stand-down`)).statusCode, 422);
  for (const band of [one, two]) await at.post(`${band}/leave`);
  await shows(at, board, /No wristbands yet/);
  assert.equal((await at.post(`${board}/stand-down`)).headers.location, `${board}/debrief`);
  assert.equal((await at.post(`${board}/stand-down`)).statusCode, 422, 'once');
  assert.equal((await at.post(`${board}/wristbands`)).headers.location, board);
  assert.equal((await safeguardingDb.selectFrom('wristbands').selectAll().execute()).length, 2);
});

test('temporary access opens reception for the shift: numbers and needs, and nothing else', async (t) => {
  const { app, signIn, relief, operation, db, member, open, safeguardingDb, lead, clock, keys } = await aCentre(t);
  const reception = await open();
  const planner = await member(relief, ['planner']);
  await addToOperation(db, operation, planner);
  const cards = await (await signIn(planner)).post('/staff/temporary-access/new', {
    operationId: operation.id,
    ...when('day', '2026-09-18'),
    from: '13:00',
    until: '17:00',
    names: 'Vi One',
  });
  assert.equal(cards.statusCode, 200);
  const code = /<p class="sl-figure[^>]*>([^<]+)</.exec(cards.body)?.[1] ?? '';
  clock.move(new Date('2026-09-18T11:40:00Z'));
  const cookies: Record<string, string> = {
    safelight: findSessionCookie(await submitForm(app, '/staff/temporary-access/sign-in', { code })),
  };
  const get = (url: string) => app.inject({ url, cookies });
  const form = await get('/staff/temporary-access/shift');
  assert.match(form.body, /href="\/staff\/safeguarding\/reception"/);
  for (const { name, value } of form.cookies) cookies[name] = value;
  const token = async (url: string) => {
    const answer = await get(url);
    for (const { name, value } of answer.cookies) cookies[name] = value;
    return /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? '';
  };
  const post = async (url: string, from: string, answers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url,
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: await token(from), ...answers }).toString(),
    });
  const band = await addBand(safeguardingDb, reception);
  await addNeed(safeguardingDb, band);
  const person = await addPerson(safeguardingDb, keys, lead, clock.now());
  const link = { wristbandId: band.id, personId: person.id, memberId: lead.id };
  await safeguardingDb.insertInto('wristbandPeople').values(link).execute();
  assert.equal((await get(`${home}/wristbands/${band.id}`)).statusCode, 404, 'before the shift was started');
  assert.equal((await get(`${home}/${reception.id}`)).headers.location, home);
  assert.match((await get(home)).body, /Start my shift here/);
  assert.doesNotMatch((await get(home)).body, /Lantern/);
  assert.equal((await post(`${home}/start`, home)).headers.location, `${home}/${reception.id}`);
  const entry = await safeguardingDb.selectFrom('receptionRota').selectAll().executeTakeFirstOrThrow();
  assert.equal(entry.startsAt.toISOString(), '2026-09-18T11:00:00.000Z');
  assert.equal(entry.endsAt.toISOString(), '2026-09-18T16:00:00.000Z', 'the end of the pass');

  const board = await get(`${home}/${reception.id}`);
  assert.match(board.body, /Number 1[\s\S]*Food: no pork/);
  const page = await get(`${home}/wristbands/${band.id}`);
  assert.match(page.body, /Number 1[\s\S]*Food: no pork/);
  assert.doesNotMatch(page.body + board.body, /Olga|helpers alone|First night|Has left|Lantern|people\//);
  const need = { id: newTimelessId(), need: 'clothes: shoes' };
  const at = `${home}/wristbands/${band.id}/need`;
  assert.equal((await post(at, at, need)).statusCode, 303);
  assert.match(
    (await get(`${home}/${reception.id}`)).body,
    /food: no pork and clothes: shoes|Food: no pork and clothes: shoes/,
  );
  assert.equal((await post(`${home}/${reception.id}/wristbands`, `${home}/${reception.id}`)).statusCode, 303);
  for (const closed of [
    `${home}/${reception.id}/plan`,
    `${home}/${reception.id}/stand-down`,
    `${home}/${reception.id}/capacity`,
    `${home}/wristbands/${band.id}/night`,
    `${home}/new`,
    `/staff/safeguarding/people/${person.id}`,
    `/staff/safeguarding/people/${person.id}/wristband`,
    '/staff/safeguarding',
    '/staff/safeguarding/actions',
  ])
    assert.equal((await get(closed)).statusCode, 403, closed);
  assert.equal((await post(`${home}/wristbands/${band.id}/leave`, at)).statusCode, 403);

  const leading = await signIn(lead);
  await shows(leading, `${home}/${reception.id}/plan`, /Looks after people: Volunteer Vi One, on a shift/);
  await leading.post(`${home}/rota/${entry.id}/end`);
  assert.equal(
    (await get(`${home}/wristbands/${band.id}`)).statusCode,
    404,
    'taken off the rota she sees nothing more',
  );
});

test('a volunteer with an account can start a shift only at an open reception of their operation', async (t) => {
  const { signIn, volunteer, open, db, operation, safeguardingDb, clock, relief, member } = await aCentre(t);
  const reception = await open();
  const at = await signIn(volunteer);
  assert.equal((await at.post(`${home}/start`)).headers.location, home, 'let in to nothing');
  assert.deepEqual(await safeguardingDb.selectFrom('receptionRota').selectAll().execute(), []);
  await addToOperation(db, operation, volunteer);
  const inside = await signIn(volunteer);
  for (let times = 0; times < 2; times += 1)
    assert.equal((await inside.post(`${home}/start`)).headers.location, `${home}/${reception.id}`);
  assert.equal((await safeguardingDb.selectFrom('receptionRota').selectAll().execute()).length, 1, 'one shift');
  assert.equal((await inside.get(`${home}/${reception.id}`)).statusCode, 200);
  clock.move(new Date('2026-09-18T19:00:00Z'));
  const later = await signIn(volunteer);
  assert.equal((await later.get(`${home}/${reception.id}`)).headers.location, home, 'it has closed');
  const colleague = await member(relief, ['volunteer'], 'Col League');
  await addToOperation(db, operation, colleague);
  assert.equal((await (await signIn(colleague)).post(`${home}/start`)).headers.location, home);
});

test('a debrief is sealed, and only its author and the lead can read it', async (t) => {
  const { signIn, volunteer, lead, open, safeguardingDb, member, relief } = await aCentre(t);
  const reception = await open();
  await addShift(safeguardingDb, reception, volunteer);
  const at = await signIn(volunteer);
  const url = `${home}/${reception.id}/debrief`;
  await shows(at, url, /116 123/);
  for (const empty of [{}, { id: newTimelessId(), words: ' ' }]) {
    const refused = await at.post(url, empty);
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /Enter your debrief, or “nothing”/);
  }
  await shows(at, `${url}s`, /No debriefs yet/);
  await showsNo(at, `${url}s`, /is saved|Debrief saved/);
  const once = { id: newTimelessId(), words: 'The <soup> ran out' };
  for (let times = 0; times < 2; times += 1) assert.equal((await at.post(url, once)).statusCode, 303);
  const rows = await safeguardingDb.selectFrom('receptionDebriefs').selectAll().execute();
  assert.equal(rows.length, 1);
  assert.ok(!rows[0]?.sealedWords.toString('latin1').includes('soup'));
  await shows(at, `${url}s`, /The &lt;soup&gt; ran out/);
  assert.match(
    (await (await signIn(lead)).get(`${url}s`)).body,
    /Vi Volunteer, Open Door[\s\S]*The &lt;soup&gt; ran out/,
  );
  const other = await signIn(await member(relief, ['volunteer'], 'Other'));
  await showsNo(other, `${url}s`, /soup/);
});

test('logs each view of a number, and nothing about the person’s identity', async (t) => {
  const { signIn, lead, open, safeguardingDb, volunteer } = await aCentre(t);
  const reception = await open();
  await addShift(safeguardingDb, reception, volunteer);
  const band = await addBand(safeguardingDb, reception);
  await (await signIn(volunteer)).get(`${home}/${reception.id}`);
  await (await signIn(lead)).get(`${home}/wristbands/${band.id}`);
  const looks = await safeguardingDb
    .selectFrom('accessLog')
    .select(['event', 'memberId', 'subject', 'returned'])
    .where('event', 'like', 'wristband%')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    looks.map(({ event, memberId, subject, returned }) => [event, memberId, subject, returned]),
    [
      ['wristbands.listed', volunteer.id, reception.id, [band.id]],
      ['wristband.shown', lead.id, band.id, []],
    ],
  );
});
