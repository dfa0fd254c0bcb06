import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { countNow, signNow, staged } from '../../../test/fixtures/counted-return.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { coordinating, lea, said, stort, week } from '../../../test/fixtures/week-of-two-forces.ts';
import { reads, readsNo } from '../../../test/harness/browsing.ts';
import { query } from '../../../test/harness/sql.ts';
import { fingerprintOf, formatKeyLine } from '../../platform/crypto/exchange-key.ts';
import { figureOf, keyNamed, toBytes } from './document/examples.ts';
import { readSignedReturn, readTasking } from './document/reading.ts';

const send = ({ app }: TestApplication, to: string, payload: Buffer | string, type = 'application/json') =>
  app.inject({ method: 'POST', url: to, payload, headers: { 'content-type': type } });

test('a coordinator adds a week, registers keys, adds returns and reads the totals', async (t) => {
  const { coordinator, at, register, upload } = await coordinating(t);
  for (const name of [lea, stort]) assert.equal((await register(name)).statusCode, 303);
  await reads(coordinator, '/staff/returns/exchange/keys', new RegExp(fingerprintOf(keyNamed(lea).publicKey)));
  const added = await upload(said(lea));
  assert.equal(added.statusCode, 303, added.body);
  await reads(coordinator, String(added.headers.location), /One document was added\.[\s\S]*Lea Vale[\s\S]*counts/);
  await upload(said(stort, { counts: { 'people.spokenTo': 8, 'visits.made': 4, 'premises.visited': 3 } }));
  const listed = (await coordinator.get(`${at}/documents`)).body;
  const newest = /href="(\/staff\/returns\/exchange\/documents\/[^"]+)"/.exec(listed)?.[1] ?? '';
  await reads(coordinator, newest, /at least once 3 Visits at which a team arrived 4 People spoken to at a visit 8 /);
  await reads(coordinator, at, /received 2[\s\S]*Lea Vale Constabulary, United Kingdom[\s\S]*version 1, provisional/);
  await reads(coordinator, `${at}/totals`, /Visits at which a team arrived 6/);
  await reads(coordinator, `${at}/totals`, /People arrested at least 1/);
  await reads(coordinator, '/staff/returns/exchange', /Week against sexual exploitation/);
  const again = await upload(said(lea));
  await reads(coordinator, String(again.headers.location), /No documents were added\. One file had come before/);
});

test('a document that fails a check is kept with its reason and does not count', async (t) => {
  const { coordinator, at, register, upload } = await coordinating(t);
  await register(lea);
  await upload({ ...said(lea), version: 9 });
  await upload(said(stort));
  await upload(said(lea, { nil: true }));
  await coordinator.upload(`${at}/upload`, {}, { name: 'notes.txt', content: Buffer.from('no return\0at all') });
  const list = `${at}/documents`;
  for (const verdict of [/bad signature/, /unknown key/, /does not add up/, /notes\.txt[\s\S]*not a return/])
    await reads(coordinator, list, verdict);
  await reads(coordinator, at, /Every document: 4, of which 4 need attention/);
  await reads(coordinator, `${at}/totals`, /No return counts yet/);
  const { body } = await coordinator.get(list);
  const pages = [...body.matchAll(/href="(\/staff\/returns\/exchange\/documents\/[^"]+)"/g)].map(
    ([, href = '']) => href,
  );
  assert.equal(pages.length, 4);
  const texts = await Promise.all(pages.map(async (href) => (await coordinator.get(href)).body));
  assert.ok(texts.some((text) => /It is a nil return and has figures/.test(text)));
  assert.ok(texts.some((text) => /Nobody has registered the key/.test(text)));
  // Registered now, it counts, as it came before.
  await register(stort);
  await reads(coordinator, at, /Stort Police, United Kingdom received/);
});

test('asks for files, and refuses one that is too large', async (t) => {
  const { coordinator, at } = await coordinating(t);
  const none = await coordinator.upload(`${at}/upload`, {}, undefined);
  assert.equal(none.statusCode, 422);
  assert.match(none.body, /Select one or more files/);
  const large = await coordinator.upload(`${at}/upload`, {}, { name: 'x.json', content: Buffer.alloc(250_001, 'x') });
  assert.match(large.body, /No signed return is that large/);
});

test('a program sends a return over HTTPS by its signature alone, and nothing else gets in', async (t) => {
  const world = await coordinating(t);
  const { coordinator, at, register, db } = world;
  await register(lea);
  const to = `/staff/exchange/returns?week=${at.split('/').at(-1)}`;
  const first = await send(world, to, toBytes(said(lea)));
  assert.equal(first.statusCode, 201, first.body);
  assert.deepEqual([first.json().received, first.json().addsUp], [true, true]);
  assert.equal((await send(world, to, toBytes(said(lea)))).statusCode, 200);
  const tampered = await send(world, to, toBytes({ ...said(lea), version: 3 }));
  assert.equal(tampered.statusCode, 422);
  assert.equal(tampered.json().why, 'bad signature');
  assert.equal((await send(world, to, '[]')).statusCode, 422);
  assert.equal((await send(world, to, 'a=b', 'application/x-www-form-urlencoded')).statusCode >= 400, true);
  assert.equal((await send(world, to, Buffer.alloc(260_000, ' '))).statusCode, 413);
  const nowhere = `/staff/exchange/returns?week=${crypto.randomUUID()}`;
  assert.equal((await send(world, nowhere, toBytes(said(lea)))).statusCode, 404);
  await reads(coordinator, `${at}/documents`, /counts/);
  const kept = await query<{ receivedBy: string | null; receivedAt: Date }>(db)`select * from exchange_documents`;
  assert.equal(kept.length, 1);
  assert.equal(kept[0]?.receivedBy, null);
});

test('the page of a document with an unknown key leads to the form that registers it, filled in', async (t) => {
  const { coordinator, at, upload } = await coordinating(t);
  await upload(said(stort));
  const listed = (await coordinator.get(`${at}/documents`)).body;
  const page = (await coordinator.get(/href="(\/staff\/returns\/exchange\/documents\/[^"]+)"/.exec(listed)?.[1] ?? ''))
    .body;
  const link = /href="([^"]+)"[^>]*>\s*Register this key/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const form = (await coordinator.get(link)).body;
  assert.match(form, /name="name"[^>]*value="Stort Police"/);
  assert.match(form, /name="country"[^>]*value="GB"/);
  assert.match(form, /value="force" checked/);
  assert.ok(form.replaceAll('&#x2F;', '/').includes(formatKeyLine(keyNamed(stort).publicKey)), form);
});

test('a return with an unknown key is said to have come, and registering its key leads back to it', async (t) => {
  const { coordinator, at, upload, register, clock } = await coordinating(t, '2026-09-22', '11:55');
  await upload(said(stort));
  clock.move(new Date('2026-09-22T11:01:00Z'));
  await reads(
    coordinator,
    at,
    /Stort Police, United Kingdom came, key not registered force A return came in this name\. Register its key, so that it counts/,
  );
  const home = (await coordinator.get('/staff')).body;
  const text = home.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.match(text, /Register the key of a return A return came in the name of Stort Police\./);
  assert.match(text, /Ask for a missing return Lea Vale Constabulary\./);
  const page = /href="(\/staff\/returns\/exchange\/documents\/[^"]+)"/.exec(home)?.[1] ?? '';
  const link = /href="([^"]+)"[^>]*>\s*Register this key/.exec((await coordinator.get(page)).body)?.[1] ?? '';
  const form = (await coordinator.get(link.replaceAll('&amp;', '&'))).body;
  const document = /name="document" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const done = await register(stort, { document });
  assert.equal(done.statusCode, 303, done.body);
  await reads(
    coordinator,
    String(done.headers.location),
    /The week[\s\S]*The key of Stort Police is registered\. This return now counts\./,
  );
  await reads(coordinator, at, /Stort Police, United Kingdom received/);
  const other = await register(lea);
  await reads(coordinator, String(other.headers.location), /The key of Lea Vale Constabulary is registered\./);
});

test('programs with unknown keys fill no disk', async (t) => {
  const world = await coordinating(t);
  const { at, register, db } = world;
  await register(lea);
  const id = at.split('/').at(-1);
  await query(
    db,
  )`insert into exchange_documents (id, week_id, received_at, arrival, faults, public_key, digest, content)
    select gen_random_uuid(), ${id}, now(), 'readable', '{}', 'a key', encode(sha256(n::text::bytea), 'hex'), '{}'
    from generate_series(1, 200) as n`;
  const to = `/staff/exchange/returns?week=${id}`;
  assert.equal((await send(world, to, toBytes(said(stort)))).statusCode, 429);
  assert.equal((await send(world, to, toBytes(said(lea)))).statusCode, 201);
});

test('breakdowns are added, rounded ones as a range, and what does not add up is said', async (t) => {
  const { coordinator, at, register, upload } = await coordinating(t);
  const counts = { 'visits.made': 2, 'visits.refused': 1 };
  const figures = (made: number, adults: number) => ({
    'visits.made': {
      ...figureOf('visits.made', made),
      breakdowns: { byTown: [{ of: { town: 'Ware' }, quantity: figureOf('', made).total }] },
    },
    'victims.byOfficers': {
      indicator: 'victims.byOfficers',
      total: { kind: 'number' as const, value: adults, qualifier: 'about' as const },
      breakdowns: {
        byAge: [
          { of: { age: 'adult' }, quantity: { kind: 'number' as const, value: adults, qualifier: 'about' as const } },
        ],
      },
    },
  });
  for (const name of [lea, stort]) await register(name);
  await upload(said(lea, { figures: figures(2, 10) }));
  await upload(said(stort, { figures: figures(3, 5) }));
  const to = `${at}/breakdowns`;
  await reads(coordinator, `${at}/totals`, /Breakdowns of the week/);
  await reads(coordinator, to, /Visits at which a team arrived, by town[\s\S]*Ware 5 /);
  await reads(coordinator, to, /by age[\s\S]*Each return rounded[\s\S]*adult between 1 and 33 \(about 15 as sent\)/);
  await reads(coordinator, to, /Parts and totals agree/);
  await upload(said(stort, { version: 2, counts: { ...counts, 'visits.nobodyFound': 9 } }));
  await reads(coordinator, to, /This is more than “Visits at which a team arrived”/);
  await reads(coordinator, to, /1 of 2 returns with this figure gives this breakdown/);
});

test('a contradiction, a late return and a missing one are said, and an ended key ends what comes after', async (t) => {
  const { coordinator, at, register, upload, clock } = await coordinating(t, '2026-09-22', '11:55');
  for (const name of [lea, stort]) await register(name);
  await upload(said(lea));
  await upload(said(lea, { counts: { 'visits.made': 9 } }));
  await reads(coordinator, at, /Lea Vale Constabulary, United Kingdom contradictory/);
  await reads(coordinator, at, /Stort Police, United Kingdom not yet received/);
  clock.move(new Date('2026-09-22T11:01:00Z'));
  await reads(coordinator, at, /Stort Police, United Kingdom missing/);
  await upload(said(stort));
  await reads(coordinator, at, /Stort Police, United Kingdom late/);
  await upload(said(lea, { version: 2 }));
  await reads(coordinator, at, /Lea Vale Constabulary, United Kingdom received/);
  const keys = (await coordinator.get('/staff/returns/exchange/keys')).body;
  const end = /href="(\/staff\/returns\/exchange\/keys\/[^"]+\/end)"[^>]*>[\s\S]{0,80}?of Stort/.exec(keys)?.[1] ?? '';
  assert.equal((await coordinator.post(end)).statusCode, 303);
  assert.equal((await coordinator.post(end)).statusCode, 422);
  clock.move(new Date('2026-09-22T11:05:00Z'));
  const after = await upload(said(stort, { version: 2 }));
  await reads(coordinator, String(after.headers.location), /key ended/);
});

test('Home lists weeks that are due, missing and late returns, and joint visits to decide', async (t) => {
  const { coordinator, at, register, upload, clock } = await coordinating(t, '2026-09-22', '11:55');
  const home = async () => (await coordinator.get('/staff')).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  for (const name of [lea, stort]) await register(name);
  assert.match(await home(), /Returns of a week are due 0 of 2 expected reporters have sent a return/);
  const visits = [{ day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 1, premises: 1 }];
  await upload(said(lea, { visits }));
  assert.match(await home(), /1 of 2 expected reporters have sent a return/);
  clock.move(new Date('2026-09-22T11:01:00Z'));
  assert.match(await home(), /Ask for a missing return Stort Police\. Week against sexual exploitation/);
  await upload(said(stort, { visits }));
  const then = await home();
  assert.doesNotMatch(then, /missing return/);
  assert.match(then, /Decide on a likely joint visit/);
  assert.match(then, /Read a late return/);
  const [late] = (await dueRows(coordinator)).filter(({ what }) => what.startsWith('Read a late return'));
  assert.match((await coordinator.get(late?.href ?? '')).body, /Stort Police, Operation Lantern/);
  assert.doesNotMatch(await home(), /Read a late return/, 'it was opened');
  await upload(said(lea, { visits, counts: { 'visits.made': 9 } }));
  assert.match(await home(), /Settle a return that does not count Lea Vale Constabulary\./);
  await reads(coordinator, at, /contradictory/);
  clock.move(new Date('2026-12-22T11:01:00Z'));
  assert.doesNotMatch(await home(), /Week against sexual exploitation/);
});

test('a key is registered once its fingerprint was shown and compared, and for a second force once that was asked', async (t) => {
  const { coordinator, register, db } = await coordinating(t);
  const keys = async () => (await query(db)`select 1 from exchange_keys`).length;
  const fingerprint = fingerprintOf(keyNamed(lea).publicKey).replaceAll(' ', '\\s+');
  // A box that is ticked before the fingerprint was shown says nothing.
  const first = await register(lea, { shown: '' });
  assert.equal(first.statusCode, 200, first.body);
  assert.match(first.body, new RegExp(`Compare the fingerprint[\\s\\S]*${fingerprint}`));
  assert.doesNotMatch(first.body, /checked/);
  const another = await register(lea, { shown: fingerprintOf(keyNamed(stort).publicKey) });
  assert.match(another.body, new RegExp(fingerprint));
  const unticked = await register(lea, { compared: '' });
  assert.equal(unticked.statusCode, 422);
  assert.match(unticked.body, new RegExp(`then tick the box[\\s\\S]*${fingerprint}`));
  assert.equal(await keys(), 0);
  assert.equal((await register(lea)).statusCode, 303);
  assert.match((await register(lea)).body, /This key is registered for this reporter already/);
  const second = await register(lea, { name: stort });
  assert.equal(second.statusCode, 422);
  assert.match(second.body, /registered already for Lea Vale Constabulary[\s\S]*We asked/);
  assert.equal(await keys(), 1);
  assert.equal((await register(lea, { name: stort, several: 'yes' })).statusCode, 303);
  assert.equal(await keys(), 2);
  await reads(coordinator, '/staff/returns/exchange/keys', /Stort Police/);
});

test('the form of a week says what is wrong with a line of the reporters', async (t) => {
  const { coordinator, at } = await coordinating(t);
  for (const [reporters, error] of [
    ['UK; force; X', /Line 1: begin with two capital letters/],
    ['GB; county; X', /Line 1: use force, partnership or country/],
    ['GB; force; X\nGB; force; x', /Line 2: this reporter is on the list already/],
    ['GB; force; X; Y', /“Y”, which includes X, is not on the list/],
    [
      'UK; force; X\nLea Vale Constabulary\nGB force Y',
      /Line 1: begin with two capital[\s\S]*Line 3: use country; level/,
    ],
  ] as const) {
    const wrong = await coordinator.post(`${at}/edit`, { ...week, reporters });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, error);
  }
  const good = await coordinator.post(`${at}/edit`, { ...week, reporters: 'FR; country; Police nationale' });
  assert.equal(good.statusCode, 303, good.body);
  await reads(coordinator, at, /Police nationale, France not yet received/);
  const plain = await coordinator.post(`${at}/edit`, { ...week, reporters: 'Lea Vale Constabulary\nStort Police' });
  assert.equal(plain.statusCode, 303, plain.body);
  await reads(coordinator, at, /Lea Vale Constabulary, United Kingdom not yet received force/);
});

test('a tasking that points at a person is refused, and what may be a name is asked about', async (t) => {
  const { coordinator, at, db } = await coordinating(t);
  const save = (tasking: string, more = {}) => coordinator.post(`${at}/edit`, { ...week, tasking, ...more });
  for (const tasking of ['Look for Mei Lin, born 2001', 'Begin at 3 Tannery Yard', 'Ask for Mrs Arden']) {
    const refused = await save(tasking, { noPerson: 'yes' });
    assert.equal(refused.statusCode, 422, tasking);
    assert.match(refused.body, /href="#tasking"[\s\S]*Remove “/);
  }
  const asked = await save('Look for Mei Lin at car washes');
  assert.equal(asked.statusCode, 422);
  assert.match(asked.body, /“Mei Lin” may be the name of a person[\s\S]*it names no person/);
  assert.equal((await save('Look for Mei Lin at car washes', { noPerson: 'yes' })).statusCode, 303);
  // Saved before such words were refused: nobody signs it now.
  await query(db)`update exchange_weeks set tasking = 'Begin at 3 Tannery Yard'`;
  assert.equal((await coordinator.get(`${at}/tasking`)).statusCode, 409);
});

test('a tasking leaves signed', async (t) => {
  const { coordinator, at } = await coordinating(t);
  const file = await coordinator.get(`${at}/tasking`);
  assert.match(String(file.headers['content-disposition']), /tasking-week-against/);
  const read = readTasking(Buffer.from(file.body));
  assert.ok(read.ok);
  assert.equal(read.value.deadline, '2026-09-22T11:00:00.000Z');
  assert.deepEqual([read.value.area, read.value.focus], ['Hertfordshire', ['sexual exploitation']]);
  assert.match(read.value.sendTo, /\/staff\/exchange\/returns\?week=/);
});

test('an analyst takes a signed return along, and a commander of it too, but no coordinator of the same instance', async (t) => {
  const { analyst, operation, application, stage } = await staged(t);
  const address = await countNow(analyst, operation.id);
  await signNow(analyst, address, 'open');
  const why = { why: 'another reason', words: 'the national coordinator asks', shape: 'signed' };
  const file = await analyst.post(`${address}/export`, why);
  assert.equal(file.statusCode, 200, file.body);
  const read = readSignedReturn(Buffer.from(file.body));
  assert.ok(read.ok, JSON.stringify(read));
  const { figures, visits, reporter, nil } = read.value;
  assert.equal(reporter.name, 'Leashire Constabulary');
  assert.equal(nil, false);
  assert.doesNotMatch(file.body, /residence|bySexAge.*:/);
  const made = figures['visits.made']?.total;
  const sum = visits.reduce((all, one) => all + one.visits, 0);
  assert.deepEqual(made, { kind: 'number', value: sum, qualifier: 'exact' });
  const coordinator = await application.signIn(await application.member(stage.force, ['coordinator']));
  assert.doesNotMatch((await coordinator.get(`${address}/export`)).body, /signed document/);
  assert.equal((await coordinator.post(`${address}/export`, why)).statusCode, 404);
  await reads(analyst, '/staff/returns/exchange/own-key', /safelight-exchange-key-1/);
});

test('coordinators of another agency see none of it, and an analyst has no inbox', async (t) => {
  const { coordinator, at, register, upload, signIn, agency } = await coordinating(t);
  await register(lea);
  await upload(said(lea));
  const other = await signIn('exchange.read', await agency('coordinator', { name: 'Another Desk' }));
  for (const page of [at, `${at}/totals`, `${at}/documents`, `${at}/joint-visits`, `${at}/upload`, `${at}/tasking`])
    assert.equal((await other.get(page)).statusCode, 404, page);
  await readsNo(other, '/staff/returns/exchange', /Week against/);
  await readsNo(other, '/staff/returns/exchange/keys', /Lea Vale/);
  const analyst = await signIn('return.count');
  assert.equal((await analyst.get('/staff/returns/exchange')).statusCode, 403);
  const { body } = await coordinator.get(`${at}/documents`);
  const document = /href="(\/staff\/returns\/exchange\/documents\/[^"]+)"/.exec(body)?.[1] ?? '';
  assert.equal((await other.get(document)).statusCode, 404);
});

test('the schemas are public', async (t) => {
  const { app } = await openApplication(t);
  const schema = await app.inject('/staff/exchange/schemas/signed-return-1.schema.json');
  assert.equal(schema.statusCode, 200);
  assert.equal(schema.json().$id, 'urn:safelight:signed-return:1');
  assert.equal((await app.inject('/staff/exchange/schemas/constructor')).statusCode, 404);
});
