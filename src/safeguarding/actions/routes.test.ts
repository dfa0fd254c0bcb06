import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addHandover, addTask } from './examples.ts';

const home = '/staff/safeguarding/actions';
const handovers = '/staff/safeguarding/handovers';

async function aTrust(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, safeguardingDb, keys, clock } = application;
  const trust = await agency('health', { name: 'Lea Health' });
  const nurse = await member(trust, ['partner caseworker'], 'Nia Nurse');
  const night = await member(trust, ['safeguarding lead'], 'Noor Night');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now());
  const of = `/staff/safeguarding/people/${person.id}/actions`;
  const add = (more = {}) => addTask(safeguardingDb, keys, person.id, nurse, clock.now(), more);
  return { ...application, trust, nurse, night, person, of, add };
}
const when = (name: string, day: string) => {
  const [year, month, date] = day.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const task = (more: Record<string, unknown> = {}) => ({
  id: newTimelessId(),
  what: 'Ring <the> solicitor',
  by: 'by the next working day',
  ...when('day', '2026-09-18'),
  time: '12:00',
  nation: 'England and Wales',
  ...more,
});

test('adds, takes and ends an action; it is sealed, and each view is logged', async (t) => {
  const { signIn, nurse, of, person, safeguardingDb } = await aTrust(t);
  const at = await signIn(nurse);
  await shows(at, `/staff/safeguarding/people/${person.id}`, new RegExp(`href="${of}"`));
  await shows(at, of, /No open actions/);
  const once = task();
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${of}/new`, once)).headers.location, of, 'a form sent twice adds once');
  const rows = await safeguardingDb.selectFrom('personActions').selectAll().execute();
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.addedAt.toISOString(), '2026-09-18T11:00:00.000Z', 'the hour, no minute');
  const lying = JSON.stringify(rows.map((row) => ({ ...row, sealedAction: row.sealedAction.toString('latin1') })));
  for (const word of ['solicitor', 'working', 'England', '2026-09-21']) assert.ok(!lying.includes(word), word);

  const list = await at.get(home);
  assert.match(
    list.body,
    /Ring &lt;the&gt; solicitor[\s\S]*Olga[\s\S]*By 17:00 on Monday 21 September 2026[\s\S]*No owner yet/,
  );
  assert.doesNotMatch(list.body, /Until/, 'a deadline is a “by”');
  await shows(at, '/staff/more', /Actions/);
  assert.equal((await at.post(`${home}/${once.id}/take`)).statusCode, 303);
  await shows(at, `${home}?mine=yes`, /solicitor[\s\S]*>you</);
  const page = await at.get(`${home}/${once.id}`);
  assert.match(page.body, /Nia Nurse/);
  assert.match(page.body, /By 17:00 on Monday 21 September 2026/);
  assert.match(page.body, /Points to check/);
  assert.equal((await at.post(`${home}/${once.id}/finish`, {})).statusCode, 422);
  assert.equal((await at.post(`${home}/${once.id}/finish`, { ending: 'the help arrived' })).statusCode, 422);
  const ended = { ending: 'done', endedWith: 'She answers on Monday' };
  assert.equal((await at.post(`${home}/${once.id}/finish`, ended)).statusCode, 303);
  assert.match((await at.post(`${home}/${once.id}/finish`, ended)).body, /ended this already/);
  await shows(at, `${home}/${once.id}`, /She answers on Monday/);
  await shows(at, home, /There are no open actions/);
  const kept = await safeguardingDb.selectFrom('personActions').selectAll().executeTakeFirstOrThrow();
  assert.ok(!kept.sealedAction.toString('latin1').includes('Monday'));

  const looks = await logRows(
    safeguardingDb,
    ['tasks.listed', 'task.shown', 'people.named'],
    ['event', 'subject', 'returned', 'ownerId'],
  );
  assert.ok(looks.some(({ event, returned }) => event === 'people.named' && returned.includes(person.id)));
  assert.ok(
    looks.some(
      ({ event, subject, ownerId }) => event === 'task.shown' && subject === once.id && ownerId === nurse.agencyId,
    ),
  );
  assert.doesNotMatch(JSON.stringify(looks), /solicitor|Olga/);
});

test('says calmly that a time has passed, and what to do', async (t) => {
  const { signIn, nurse, add, clock } = await aTrust(t);
  const { id } = await add({ by: 'within 48 hours' });
  clock.move(new Date('2026-09-20T14:20:00Z'));
  const at = await signIn(nurse);
  const { body } = await at.get(`${home}/${id}`);
  assert.match(body, /Overdue for three hours/);
  assert.match(body, /Do it now, or hand it over/);
  assert.doesNotMatch(body, /govuk-tag--red|sl-state--danger/);
  await shows(at, home, /Actions that your agency must take[\s\S]*Overdue[\s\S]*govuk-tag--orange/);
  await shows(at, '/staff', /Finish a late task/);
});

test('only the nurse starts health clocks: each needs what is to be checked, gives no advice, and takes a span for an unknown hour', async (t) => {
  const { signIn, nurse, of, agency, member, safeguardingDb, keys, clock } = await aTrust(t);
  const at = await signIn(nurse);
  const form = await at.get(`${of}/health`);
  assert.match(form.body, /HIV prophylaxis after an exposure[\s\S]*To check/);
  const id = newTimelessId();
  const asked = {
    id,
    clocks: ['hiv-prophylaxis', 'emergency-contraception', 'forensic-mouth'],
    ...when('day', '2026-09-17'),
    time: '22:00',
    ...when('untilDay', '2026-09-18'),
    untilTime: '02:00',
  };
  for (let times = 0; times < 2; times += 1) assert.equal((await at.post(`${of}/health`, asked)).statusCode, 303);
  const rows = await safeguardingDb.selectFrom('personActions').select('id').execute();
  assert.equal(rows.length, 3);
  const list = await at.get(home);
  assert.match(list.body, /Do now, while it is possible/);
  assert.match(list.body, /22:00 on Sunday 20 September 2026/, 'from the earliest');
  const hiv = /actions\/([0-9a-f-]{36})">HIV/.exec(list.body)?.[1];
  const page = (await at.get(`${home}/${hiv}`)).body;
  assert.match(page, /not sure: from 22:00 on Thursday 17 September 2026 to 02:00 on Friday 18 September 2026/);
  assert.match(page, /A nurse must check both against the guideline/);
  assert.match(page, /No nurse of your agency has compared it/);
  await shows(at, '/staff', /Offer 3 health tasks while there is time/);
  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ clocks: '' }, /Select at least one/],
    [{ untilTime: '' }, /both the latest day and the latest time/],
    [when('untilDay', '2026-09-16'), /latest must be after the earliest/],
    [{ ...when('untilDay', '2026-09-19') }, /still to come/],
    [{ clocks: 'police-protection' }, /There is a problem/],
  ];
  for (const [more, says] of wrong) {
    const answer = await at.post(`${of}/health`, { ...asked, id: newTimelessId(), ...more });
    assert.equal(answer.statusCode, 422, says.source);
    assert.match(answer.body, says);
  }

  const council = await agency('council');
  const caseworker = await member(council, ['partner caseworker']);
  const hers = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const elsewhere = await signIn(caseworker);
  const there = `/staff/safeguarding/people/${hers.id}/actions/health`;
  await shows(elsewhere, there, /Only a health agency/);
  const refused = await elsewhere.post(there, { ...asked, id: newTimelessId() });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Only a health agency/);
  assert.equal((await safeguardingDb.selectFrom('personActions').select('id').execute()).length, 3);
});

test('applies the nurse’s comparison to later clocks of the same agency', async (t) => {
  const { signIn, nurse, of, agency, member } = await aTrust(t);
  const at = await signIn(nurse);
  await shows(at, '/staff/safeguarding/deadlines', /HIV prophylaxis after an exposure: 72 hours/);
  const read = {
    id: newTimelessId(),
    clock: 'hiv-prophylaxis',
    says: 'other hours',
    hours: '48',
    source: 'An invented guideline, page 3',
    ...when('validFrom', '2026-09-18'),
  };
  for (const [more, says] of [
    [{ hours: '' }, /Enter the hours where the guideline says others/],
    [{ hours: '0' }, /1 hour or more/],
    [{ says: 'not found' }, /only there/],
    [{ source: ' ' }, /title and the edition/],
    [{ clock: 'help-arrived-28' }, /Select the clock/],
  ] as const) {
    const answer = await at.post('/staff/safeguarding/deadlines/compare', { ...read, ...more });
    assert.equal(answer.statusCode, 422, says.source);
    assert.match(answer.body, says);
  }
  assert.equal((await at.post('/staff/safeguarding/deadlines/compare', read)).statusCode, 303);
  const shown = (await at.get('/staff/safeguarding/deadlines')).body;
  assert.match(shown, /HIV prophylaxis after an exposure: 48 hours/);
  assert.match(shown, /An invented guideline, page 3/);
  const started = { id: newTimelessId(), clocks: 'hiv-prophylaxis', time: '10:00' };
  await at.post(`${of}/health`, { ...started, ...when('day', '2026-09-18') });
  await at.post(`${of}/health`, { ...started, id: newTimelessId(), ...when('day', '2026-09-17') });
  const list = (await at.get(home)).body;
  assert.match(list, /10:00 on Sunday 20 September 2026/);
  assert.match(list, /10:00 on Sunday 20 September 2026[\s\S]*10:00 on Sunday 20 September 2026/, 'one by each rule');
  const others = await signIn(await member(await agency('health'), ['safeguarding lead']));
  await shows(others, '/staff/safeguarding/deadlines', /exposure: 72 hours/, 'each agency has its own nurse');
  const council = await signIn(await member(await agency('council'), ['safeguarding lead']));
  assert.equal((await council.post('/staff/safeguarding/deadlines/compare', read)).statusCode, 422);
});

test('asks after 28 and 90 days whether help arrived, and counts who was not asked', async (t) => {
  const { signIn, nurse, of, clock } = await aTrust(t);
  const first = await signIn(nurse);
  const offered = { id: newTimelessId(), what: 'A bed', ...when('day', '2026-09-18'), nation: 'England and Wales' };
  assert.equal((await first.post(`${of}/offered`, offered)).statusCode, 303);
  assert.equal((await first.post(`${of}/offered`, { ...offered, ...when('day', '2026-09-19') })).statusCode, 422);
  await shows(first, of, /17:00 on Friday 16 October 2026[\s\S]*17:00 on Thursday 17 December 2026/);
  clock.move(new Date('2026-12-20T12:00:00Z'));
  const at = await signIn(nurse);
  const ids = [...(await at.get(of)).body.matchAll(/actions\/([0-9a-f-]{36})">Ask/g)].map(([, id]) => id);
  assert.equal(ids.length, 2);
  await shows(at, `${home}/${ids[0]}/finish`, /Contact the person only in the way that the record says is safe/);
  await at.post(`${home}/${ids[0]}/finish`, { ending: 'it did not arrive', endedWith: '' });
  assert.equal(
    (await at.post(`${home}/${ids[0]}/take`)).headers.location,
    `${home}/${ids[0]}`,
    'nothing is left to take',
  );
  const { body } = await at.get(`${home}/arrived`);
  const figures = [
    ...body.matchAll(/<p class="govuk-body govuk-!-margin-bottom-1">([^<]+)<\/p><p class="sl-figure">(\d+)/g),
  ];
  const figure = (label: string) => figures.find(([, said]) => said === label)?.[2];
  assert.equal(figure('Questions due so far'), '2');
  assert.equal(figure('It did not arrive'), '1');
  assert.equal(figure('Not asked'), '1');
});

test('hands over to the next shift: what must be known, what is left, acknowledged by name', async (t) => {
  const { signIn, nurse, night, add, safeguardingDb, agency, member } = await aTrust(t);
  const mine = await add({ what: 'Ring the ward', takenBy: nurse.id, takenAt: new Date('2026-09-18T11:00:00Z') });
  const hers = await add({ what: 'Write the letter', takenBy: night.id, takenAt: new Date('2026-09-18T11:00:00Z') });
  const day = await signIn(nurse);
  const form = await day.get(`${handovers}/new`);
  assert.match(form.body, /Ring the ward, for Olga/);
  assert.doesNotMatch(form.body, /Write the letter/, 'what another has is not hers to hand on');
  assert.equal((await day.post(`${handovers}/new`, { id: newTimelessId(), words: ' ' })).statusCode, 422);
  const id = newTimelessId();
  const sent = { id, words: 'The ward <rings> at six.\nNo voice message.', tasks: [mine.id, hers.id] };
  for (let times = 0; times < 2; times += 1)
    assert.equal((await day.post(`${handovers}/new`, sent)).headers.location, `${handovers}/${id}`);
  const kept = await safeguardingDb.selectFrom('handovers').selectAll().execute();
  assert.equal(kept.length, 1);
  assert.ok(!kept[0]?.sealedWords.toString('latin1').includes('ward'));
  const holders = await safeguardingDb.selectFrom('personActions').select(['id', 'takenBy', 'handoverId']).execute();
  assert.deepEqual(
    holders.find((one) => one.id === mine.id),
    { id: mine.id, takenBy: null, handoverId: id },
  );
  assert.deepEqual(
    holders.find((one) => one.id === hers.id),
    { id: hers.id, takenBy: night.id, handoverId: null },
  );

  const next = await signIn(night);
  await shows(next, '/staff', /Read a handover/);
  await shows(next, handovers, /Nia Nurse[\s\S]*Not read yet[\s\S]*No owner yet/);
  const page = (await next.get(`${handovers}/${id}`)).body;
  assert.match(
    page,
    /The ward &lt;rings&gt; at six[\s\S]*No voice message[\s\S]*one not taken on yet[\s\S]*Ring the ward/,
  );
  assert.match(page, /No one has confirmed it yet/);
  for (let times = 0; times < 2; times += 1)
    assert.equal((await next.post(`${handovers}/${id}/acknowledge`)).statusCode, 303);
  await shows(next, `${handovers}/${id}`, /Noor Night, in the hour after 12:00/);
  await showsNo(next, '/staff', /Read a handover/);
  await shows(day, handovers, /Noor Night/);
  await next.post(`${home}/${mine.id}/take`);
  await shows(day, `${handovers}/${id}`, /Ring the ward[\s\S]*Noor Night/);

  const elsewhere = await signIn(await member(await agency('health'), ['safeguarding lead']));
  await shows(elsewhere, handovers, /There were no handovers/);
  for (const path of [`/${id}`, `/${newTimelessId()}`])
    assert.equal((await elsewhere.get(`${handovers}${path}`)).statusCode, 404);
  assert.equal((await elsewhere.post(`${handovers}/${id}/acknowledge`)).statusCode, 404);
});

test('hides actions from another agency that sees the person; hidden and missing look alike', async (t) => {
  const { signIn, agency, member, of, add, safeguardingDb, keys, nurse, clock } = await aTrust(t);
  const { id } = await add();
  await addHandover(safeguardingDb, keys, nurse, clock.now());
  const outside = await signIn(await member(await agency('council'), ['safeguarding lead', 'partner caseworker']));
  const bare = (body: string) => body.replace(/[0-9a-f-]{36}/g, '').replace(/name="_csrf" value="[^"]*"/g, '');
  for (const path of ['', '/finish']) {
    const [hidden, absent] = [
      await outside.get(`${home}/${id}${path}`),
      await outside.get(`${home}/${newTimelessId()}${path}`),
    ];
    assert.equal(hidden.statusCode, 404);
    assert.equal(bare(hidden.body), bare(absent.body));
  }
  for (const path of [`${home}/${id}/take`, `${home}/${id}/finish`])
    assert.equal((await outside.post(path, { ending: 'done' })).statusCode, 404);
  for (const path of ['', '/new', '/offered', '/health'])
    assert.equal((await outside.get(`${of}${path}`)).statusCode, 404);
  assert.equal((await outside.post(`${of}/new`, task())).statusCode, 404);
  await shows(outside, home, /There are no open actions/);
  assert.equal((await safeguardingDb.selectFrom('personActions').select('id').execute()).length, 1);
});

test('shows an error for a time next to its field, with what was typed', async (t) => {
  const { signIn, nurse, of } = await aTrust(t);
  const at = await signIn(nurse);
  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ what: ' ' }, /Enter the action/],
    [{ by: 'soon' }, /Select by when/],
    [{ time: '25:00' }, /24-hour clock/],
    [{ ...when('day', '2026-02-30') }, /Enter a real date/],
    [{ time: '12:21' }, /still to come/],
    [{ nation: 'Kent' }, /Select where the work/],
  ];
  for (const [more, says] of wrong) {
    const answer = await at.post(`${of}/new`, task({ ...more }));
    assert.equal(answer.statusCode, 422, says.source);
    assert.match(answer.body, says);
  }
});
