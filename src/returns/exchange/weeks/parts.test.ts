import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../../test/fixtures/home.ts';
import { coordinating, lea, said, week } from '../../../../test/fixtures/week-of-two-forces.ts';
import { reads, readsNo } from '../../../../test/harness/browsing.ts';
import { exampleReturn, idNamed, type Said, toBytes } from '../document/examples.ts';

const [lille, gent] = ['Police de Lille', 'Politie Gent'];
const joint = { reference: 'JV-2345-6789', day: '2026-09-17', town: 'Lille', kind: 'car wash' };
const visits = [{ day: '2026-09-17', town: 'Lille', kind: 'car wash', visits: 1, premises: 1 }];
const jointVisits = [{ ...joint, counts: { 'visits.made': 1, 'premises.visited': 1 } }];
const counting = (many: number, more: Said = {}): Said => ({
  counts: { 'premises.visited': many, 'visits.made': many },
  visits,
  ...more,
});
const dates = (field: string, day: number, month = 9) => ({
  [`${field}-day`]: String(day),
  [`${field}-month`]: String(month),
  [`${field}-year`]: '2026',
});

/** A European week with a French and a Belgian part, each with dates and a deadline of its own. It is 21 September at noon. */
async function withParts(t: Parameters<typeof coordinating>[0]) {
  const world = await coordinating(t);
  const { coordinator, at } = world;
  const parentId = at.split('/').at(-1) ?? '';
  const add = (answers: object) => coordinator.post('/staff/returns/exchange/weeks/new', { ...week, ...answers });
  const part = async (name: string, reporters: string, days: readonly [number, number], deadline: number) => {
    const around = { ...dates('startsOn', days[0]), ...dates('endsOn', days[1]), ...dates('deadline', deadline) };
    const made = await add({ name, parentId, reporters, ...around });
    assert.equal(made.statusCode, 303, made.body);
    return String(made.headers.location);
  };
  const france = await part('Week in France', `FR; force; ${lille}\nFR; force; Police de Calais`, [18, 27], 29);
  const belgium = await part('Week in Belgium', `BE; force; ${gent}\nBE; force; Politie Brugge`, [12, 18], 20);
  await world.register(lea);
  await world.register(lille, { country: 'FR' });
  await world.register(gent, { country: 'BE' });
  const send = async (to: string, document: object) => {
    const added = await coordinator.upload(`${to}/upload`, {}, { name: 'return.json', content: toBytes(document) });
    assert.equal(added.statusCode, 303, added.body);
  };
  const of = (name: string, country: string, more: Said) => exampleReturn({ ...more, reporter: { name, country } });
  const french = (more: Said = {}) => {
    const window = { from: '2026-09-22', until: '2026-09-26' };
    const own = { name: 'Semaine', nationalOperation: null, window, localWindow: window };
    return of(lille, 'FR', counting(4, { week: own, jointVisits, ...more }));
  };
  return { ...world, parentId, add, france, belgium, send, of, french };
}

test('a larger week adds up its own returns and those of its parts, each document and joint visit once', async (t) => {
  const { coordinator, at, france, belgium, send, of, french } = await withParts(t);
  await send(at, said(lea, counting(2, { visits: [] })));
  await send(france, french());
  await send(belgium, of(gent, 'BE', counting(3, { jointVisits })));
  await reads(
    coordinator,
    `${at}/totals`,
    /Visits at which a team arrived 8 /,
    '2, 4 and 3, with one joint visit once',
  );
  await reads(
    coordinator,
    `${at}/totals`,
    /By part of the week[\s\S]*Returns to the week itself 2 2[\s\S]*Week in France[^0-9]*18 to 27 September 2026 4 4/,
  );
  await reads(coordinator, `${at}/totals`, /The week has two parts: Week in Belgium and Week in France/);
  await reads(coordinator, `${france}/totals`, /Visits at which a team arrived 4 /);

  // The same return to the larger week and to its part counts once there.
  await send(france, said(lea, counting(2, { visits: [] })));
  await send(at, of(gent, 'BE', counting(3, { jointVisits })));
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived 8 /);
  // A newer version, wherever it comes, takes the place of the older one.
  await send(belgium, of(gent, 'BE', counting(5, { jointVisits, version: 2 })));
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived 10 /);
});

test('the page shows each part with its dates, and what is late and missing there', async (t) => {
  const { coordinator, at, france, belgium, send, of, french } = await withParts(t);
  await send(france, french());
  await send(belgium, of(gent, 'BE', counting(3)));
  const france_ =
    /Week in France 18 to 27 September 2026 22 to 26 September 2026 29 September 2026[^A-Z]*1 of 2 None None None/;
  await reads(coordinator, at, france_);
  await reads(
    coordinator,
    at,
    /Week in Belgium 12 to 18 September 2026 14 to 18 September 2026 20 September 2026[^A-Z]*1 of 2 Politie Gent Politie Brugge None/,
  );
  await reads(coordinator, france, /Part of: Week against sexual exploitation/);
  await reads(coordinator, '/staff/returns/exchange', /Week in France Week against sexual exploitation/);
  const tasks = await dueRows(coordinator);
  const missing = tasks.filter(({ what }) => what.startsWith('Ask for a missing return'));
  assert.deepEqual(
    missing.map((task) => task.for),
    ['Week in Belgium'],
    'a part says it, and not the larger week again',
  );
});

test('a return lies in the window of its own week', async (t) => {
  const { coordinator, at, france, send, french } = await withParts(t);
  await send(at, french());
  await reads(coordinator, `${at}/documents`, /outside the window/);
  await reads(coordinator, `${at}/totals`, /No return counts yet/);
  await send(france, french());
  await reads(coordinator, `${france}/documents`, /counts/);
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived 4 /);
});

test('two weeks that contradict each other on one operation are said, and neither counts', async (t) => {
  const { coordinator, at, france, belgium, send, of } = await withParts(t);
  await send(
    france,
    of(
      gent,
      'BE',
      counting(4, {
        week: {
          name: 'W',
          nationalOperation: null,
          window: { from: '2026-09-14', until: '2026-09-20' },
          localWindow: { from: '2026-09-14', until: '2026-09-20' },
        },
      }),
    ),
  );
  await send(belgium, of(gent, 'BE', counting(3)));
  await reads(coordinator, at, /Returns that two parts do not agree on Politie Gent, Operation Lantern/);
  await reads(coordinator, `${at}/totals`, /No return counts yet/);
});

test('a decision on a likely pair of two parts is made on the larger week and holds there', async (t) => {
  const { coordinator, at, france, belgium, send, of, french } = await withParts(t);
  await send(france, french({ jointVisits: [] }));
  await send(belgium, of(gent, 'BE', counting(3, { visits: [{ ...visits[0], town: 'LILLE' }] as never })));
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived between 4 and 7 /);
  await readsNo(coordinator, `${france}/joint-visits`, /Pair 1/);
  await reads(
    coordinator,
    `${at}/joint-visits`,
    /Pair 1\. 17 September 2026, Lille[\s\S]*The returns are of two countries/i,
  );
  const { body } = await coordinator.get(`${at}/joint-visits`);
  const [, field = ''] = /name="was-(pair-\w+)"/.exec(body) ?? [];
  assert.equal(
    (await coordinator.post(`${at}/joint-visits`, { [field]: 'same', [`was-${field}`]: 'open' })).statusCode,
    303,
  );
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived 6 /);
});

test('the files of the larger week have its parts', async (t) => {
  const { coordinator, at, france, send, french } = await withParts(t);
  await send(france, french());
  const take = async (shape: string) =>
    (await coordinator.post(`${at}/export`, { why: 'for a meeting, or our own file', words: 'Reference 7', shape }))
      .body;
  const data = await take('json');
  for (const says of [/By part/, /Parts of the week/, /Reporters of Week in France/, /22 to 26 September 2026/])
    assert.match(data, says);
  assert.match(
    await take('csv'),
    /"Parts of the week","Week in France","Own dates of its returns","","22 to 26 September 2026"/,
  );
  assert.ok((await take('xlsx')).length > 1_000);
});

test('the form refuses a second level, other dates and a week of nobody, and keeps what was typed', async (t) => {
  const { coordinator, at, parentId, add, france } = await withParts(t);
  const inside = france.split('/').at(-1);
  const second = await add({ name: 'Week in Lille', parentId: inside });
  assert.equal(second.statusCode, 422);
  assert.match(second.body, /That week is itself part of another/);
  assert.match(second.body, /value="Week in Lille"/);
  const later = { ...dates('startsOn', 1, 10), ...dates('endsOn', 7, 10), ...dates('deadline', 9, 10) };
  assert.match((await add({ parentId, ...later })).body, /The dates of that week do not meet the dates of this one/);
  assert.match((await add({ parentId: idNamed('nothing') })).body, /Select a week from the list/);
  const form = (await coordinator.get(`${at}/edit`)).body;
  assert.doesNotMatch(form, new RegExp(`<option value="${inside}"`), 'a week with parts is part of none');
  const turned = await coordinator.post(`${at}/edit`, { ...week, parentId: inside });
  assert.equal(turned.statusCode, 422);
});

test('a newer version that came to the larger week counts in its part too, and the page says so', async (t) => {
  const { coordinator, at, belgium, send, of } = await withParts(t);
  await send(belgium, of(gent, 'BE', counting(5)));
  await send(at, of(gent, 'BE', counting(4, { version: 2 })));
  await reads(coordinator, `${belgium}/totals`, /Visits at which a team arrived 4 /);
  await reads(
    coordinator,
    belgium,
    /Version 2 of Operation Lantern by Politie Gent came to Week against sexual exploitation\. It is newer[^.]* counts here too[\s\S]*Operation Lantern: version 2/,
  );
  await reads(coordinator, `${belgium}/documents`, /replaced/);
  await reads(
    coordinator,
    `${at}/totals`,
    /By part of the week[\s\S]*itself 4 4[\s\S]*Week in Belgium[^0-9]*12 to 18 September 2026 4 4/,
  );
  // And the other way round.
  await send(belgium, of(gent, 'BE', counting(6, { version: 3 })));
  await reads(coordinator, `${at}/totals`, /itself 6 6[\s\S]*12 to 18 September 2026 6 6/);
  await reads(coordinator, at, /Version 3 of Operation Lantern by Politie Gent came to Week in Belgium/);
});

test('a force that sent its return to a part has sent it to the larger week, and Home says each task once', async (t) => {
  const { coordinator, at, add, parentId, send, register } = await withParts(t);
  const made = await add({ name: 'Week of the county', parentId });
  const county = String(made.headers.location);
  await register('Stort Police');
  await send(county, said(lea, counting(2)));
  await reads(
    coordinator,
    at,
    /Lea Vale Constabulary, United Kingdom received force Operation Lantern[^.]*\. In Week of the county/,
  );
  await reads(coordinator, at, /Stort Police, United Kingdom not yet received/);
  const due = async () => (await dueRows(coordinator)).filter(({ what }) => /are due|joint visit/.test(what));
  const details = (await coordinator.get('/staff')).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.doesNotMatch(details, /0 of 2 expected reporters/);
  // The same pair in the part and, from returns to the larger week too, in the larger week.
  const visited = { visits: [{ ...visits[0], town: 'Ware' }] as never };
  for (const to of [at, county])
    for (const name of [lea, 'Stort Police']) await send(to, said(name, counting(2, { ...visited, version: 2 })));
  const pairs = (await due()).filter(({ what }) => what.startsWith('Decide on a likely joint visit'));
  assert.deepEqual(
    pairs.map((task) => task.for),
    ['Week of the county'],
  );
});
