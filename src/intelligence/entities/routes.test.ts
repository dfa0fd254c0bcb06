import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { addExampleItem } from '../items/examples.ts';
import type { ItemId } from '../items/item.ts';

async function open(t: TestContext) {
  const application = await openAttended(t);
  const reader = await application.signIn(application.readers.police);
  const item = (text: string): Promise<ItemId> =>
    addExampleItem(application.db, application.keys, application.readers.police, { text });
  const name = async (id: ItemId, kind: string, typed: Record<string, string>) => {
    const answer = await reader.post(`/staff/intelligence/${id}/add-${kind}`, typed);
    assert.equal(answer.statusCode, 303, answer.body);
  };
  const ids = async () =>
    (await application.db.selectFrom('intelligenceEntities').select('id').orderBy('id').execute()).map(({ id }) => id);
  return { application, reader, item, name, ids };
}

const flat = { address: 'Flat 2, 14 Mill Lane, Watford', postcode: 'wd17 1aa' };

test('two items that name one flat are offered, decided by a person, and the decision is undone', async (t) => {
  const { application, reader, item, name, ids } = await open(t);
  const [first, second] = [await item('Men sleep in a flat on Mill Lane.'), await item('A flat at WD17 1AA is full.')];
  await name(first, 'premises', flat);
  assert.match((await reader.get(`/staff/intelligence/${second}/add-premises`)).body, /value="WD17 1AA"/);
  await name(second, 'premises', { address: 'Flat 2, 14 Mill Ln', postcode: 'WD17 1AA' });
  const [row] = await application.db.selectFrom('intelligenceEntities').selectAll().execute();
  assert.equal(JSON.stringify(row).includes('Mill'), false, 'what is named is sealed');
  assert.match((await reader.get('/staff')).body, /Decide a possible link/);
  assert.match((await reader.get(`/staff/intelligence/${first}`)).body, /1 to decide/);
  const list = await reader.get('/staff/intelligence/links');
  assert.match(list.body, /Flat 2, 14 Mill Lane, Watford, WD17 1AA/);

  const [one = '', other = ''] = await ids();
  const address = `/staff/intelligence/links/${one}/${other}`;
  const page = (await reader.get(address)).body;
  assert.match(page, /Postcode/);
  assert.match(page, /Together/);
  assert.match(page, /Men sleep in a flat on Mill Lane/);
  assert.match((await reader.post(address, {})).body, /Select what you decide/);
  assert.equal((await reader.post(address, { verdict: 'same', reason: 'Both give the flat.' })).statusCode, 303);
  assert.match((await reader.post(address, { verdict: 'same' })).body, /decided already/);
  const thing = (await reader.get(`/staff/intelligence/named/${one}`)).body;
  assert.match(thing, /Two items of intelligence name it|2 items of intelligence name it/);
  assert.match(thing, /A flat at WD17 1AA is full/);
  assert.match(thing, /Both give the flat/);
  assert.doesNotMatch((await reader.get('/staff')).body, /Decide a possible link/);

  const [decision] = await application.db.selectFrom('intelligenceLinkDecisions').select('id').execute();
  assert.match(thing, new RegExp(String(decision?.id)));
  const undo = `/staff/intelligence/links/decisions/${decision?.id}/undo`;
  assert.match((await reader.get(undo)).body, /Undo this decision/);
  assert.equal((await reader.post(undo, {})).statusCode, 303);
  assert.equal((await reader.post(undo, {})).statusCode, 422, 'it is undone once');
  const after = (await reader.get(`/staff/intelligence/named/${one}`)).body;
  assert.match(after, /One item of intelligence names it/);
  assert.match(after, /Undone by/);
  assert.match((await reader.get('/staff/intelligence/links')).body, /Mill Lane/);
});

test('a decision shows both sides with their conditions, what speaks against, and what a colleague decided since', async (t) => {
  const { application, reader, item, name, ids } = await open(t);
  for (const born of ['', '9 3 1984', '1 7 1992'])
    await name(await item(`One of ${born || 'no date'}.`), 'person', { name: 'Maria Popescu', born });
  const [a = '', b = '', c = ''] = await ids();
  assert.equal((await reader.post(`/staff/intelligence/links/${a}/${b}`, { verdict: 'same' })).statusCode, 303);
  const address = `/staff/intelligence/links/${a}/${c}`;
  const page = (await reader.get(address)).body;
  assert.match(page, /joins two entries with one more/);
  assert.match(page, /born 9 March 1984/);
  assert.match(page, /Against, among all of them/);
  assert.match(page, /Handling conditions: Not to be passed on/);

  assert.equal((await reader.post(address, { verdict: 'open' })).statusCode, 303);
  assert.doesNotMatch((await reader.get('/staff/intelligence/links')).body, new RegExp(address), 'it waits no more');
  assert.match((await reader.get(`/staff/intelligence/named/${c}`)).body, /Left open: decide/);
  const stale = await reader.post(address, { verdict: 'same' });
  assert.equal(stale.statusCode, 422);
  assert.match(stale.body, /A colleague has decided about these two since/);
  const base = /name="base" value="([^"]+)"/.exec(stale.body)?.[1] ?? '';
  assert.equal((await reader.post(address, { verdict: 'same', base })).statusCode, 303);
  const thing = (await reader.get(`/staff/intelligence/named/${b}`)).body;
  assert.match(thing, /Check whether all of these are the same/);
  const reasons = await application.db
    .selectFrom('accessLog')
    .select('reason')
    .where('event', '=', 'possible link.decided')
    .execute();
  assert.deepEqual(
    reasons.map(({ reason }) => reason),
    [null, null, null],
    'a reason can name somebody: it is not in the log',
  );
});

test('each kind is added in its words, and what is wrong is said in place', async (t) => {
  const { reader, item, name, ids } = await open(t);
  const id = await item('Ring 07700 900123. The van is AB12 CDE.');
  assert.match((await reader.get(`/staff/intelligence/${id}/add-phone`)).body, /value="07700 900123"/);
  assert.match((await reader.get(`/staff/intelligence/${id}/add-vehicle`)).body, /value="AB12 CDE"/);
  const wrong: readonly [kind: string, typed: Record<string, string>, words: RegExp][] = [
    ['person', {}, /Enter the name/],
    ['person', { name: 'Ivana Petrova', born: 'about 1984' }, /Enter a year like 1984/],
    ['person', { name: '1234' }, /Enter the name in letters/],
    ['person', { name: 'Unknown male' }, /Leave out a person whose name is not known/],
    ['premises', { address: '', postcode: 'Watford' }, /Enter a full postcode/],
    ['phone', { number: 'none' }, /Enter one whole telephone number/],
    ['vehicle', { registration: '-' }, /letters and figures of the registration/],
    ['account', {}, /Enter the account/],
    ['organisation', {}, /Enter the name/],
  ];
  for (const [kind, typed, words] of wrong) {
    const answer = await reader.post(`/staff/intelligence/${id}/add-${kind}`, typed);
    assert.equal(answer.statusCode, 422, kind);
    assert.match(answer.body, words);
  }
  await name(id, 'person', { name: 'Іванна Петрова', aliases: 'Vanya\nIvanna P', born: '9 3 1984' });
  await name(id, 'vehicle', { registration: 'ab12 cde', description: 'Silver van' });
  await name(id, 'phone', { number: '07700 900123' });
  await name(id, 'account', { account: '12345678', provider: 'Invented Bank' });
  await name(id, 'organisation', { name: 'Sparkle Hand Car Wash Ltd', number: '01234567' });
  const another = await reader.post(`/staff/intelligence/${id}/add-premises`, { ...flat, another: 'yes' });
  assert.match(String(another.headers.location), /add-premises/);
  const page = (await reader.get(`/staff/intelligence/${id}`)).body;
  for (const words of [/Іванна Петрова/, /born 9 March 1984/, /AB12 CDE/, /07700 900123/, /Invented Bank/, /Sparkle/])
    assert.match(page, words);
  assert.doesNotMatch((await reader.get(`/staff/intelligence/${id}/add-phone`)).body, /value="07700/);
  assert.equal((await ids()).length, 6);
  assert.equal((await reader.get(`/staff/intelligence/${id}/add-passport`)).statusCode, 404);
});

test('the search of the header finds what is named, in another script and with a slip', async (t) => {
  const { reader, item, name } = await open(t);
  const id = await item('One.');
  await name(id, 'person', { name: 'Іванна Петренко', born: '1984' });
  await name(id, 'phone', { number: '07700 900123' });
  await name(id, 'premises', flat);
  const sought = async (text: string) => (await reader.post('/staff/search', { sought: text })).body;
  assert.match(await sought('Ivanna Petrenko'), /Іванна Петренко/);
  assert.match(await sought('Petrenco Ivana'), /Іванна Петренко/);
  assert.match(await sought('+44 7700 900123'), /07700 900123/);
  assert.match(await sought('14 Mill Lane WD17 1AA'), /Flat 2, 14 Mill Lane/);
  assert.doesNotMatch(await sought('Odette Quarrington'), /Іванна/);
  await name(id, 'vehicle', { registration: 'AB12 CDE', description: 'Silver Transit' });
  await name(id, 'account', { account: '12-34-56 12345678', provider: 'Invented Bank' });
  const parts = [
    ...[
      ['Petrenko', /Іванна/],
      ['WD17 1AA', /14 Mill Lane/],
      ['Mill Lane', /14 Mill Lane/],
      ['900123', /07700 900123/],
    ],
    ...[
      ['AB12', /AB12 CDE/],
      ['12345678', /Invented Bank/],
      ['Silver Transit', /AB12 CDE/],
      ['Invented', /12-34-56/],
    ],
  ] as const;
  for (const [text, words] of parts) assert.match(await sought(text as string), words as RegExp, String(text));
});

test('an entry that is removed, or whose item is disposed of, leaves nothing behind', async (t) => {
  const { application, reader, item, name, ids } = await open(t);
  const items = [await item('One.'), await item('Two.'), await item('Three.')];
  for (const id of items) await name(id, 'phone', { number: '07700 900123' });
  const [a = '', b = '', c = ''] = await ids();
  for (const other of [b, c])
    assert.equal((await reader.post(`/staff/intelligence/links/${a}/${other}`, { verdict: 'same' })).statusCode, 303);
  assert.equal((await reader.post(`/staff/intelligence/named/${b}/remove`, {})).statusCode, 303);
  const disposed = await reader.post(`/staff/intelligence/${items[0]}/dispose`, { reason: 'recorded twice' });
  assert.equal(disposed.statusCode, 303, disposed.body);
  const left = await application.db.selectFrom('intelligenceEntities').select(['id', 'clusterId']).execute();
  assert.deepEqual(left, [{ id: c, clusterId: c }]);
  for (const table of ['intelligencePossibleLinks', 'intelligenceLinkDecisions'] as const)
    assert.deepEqual(await application.db.selectFrom(table).selectAll().execute(), [], table);
  assert.equal((await reader.get(`/staff/intelligence/named/${a}`)).statusCode, 404);
  assert.equal((await reader.get(`/staff/intelligence/links/${a}/${c}`)).statusCode, 404);
  assert.equal((await reader.get(`/staff/intelligence/links/${c}/${c}`)).statusCode, 404, 'a pair is two');
});

test('nobody but triage of the agency finds what intelligence names', async (t) => {
  const { application, item, name, ids } = await open(t);
  const items = [await item('One.'), await item('Two.')];
  for (const id of items) await name(id, 'person', { name: 'Odette Quarrington' });
  const [a = '', b = ''] = await ids();
  const others = [
    await application.member(await application.agency('police force'), ['triage']),
    await application.member(application.agencies.police, ['planner', 'commander', 'field', 'enforcement']),
    await application.member(application.agencies.help, ['safeguarding lead', 'partner caseworker']),
  ];
  for (const member of others) {
    const visitor = await application.signIn(member);
    const addresses = [...[`named/${a}`, `named/${a}/remove`, `links/${a}/${b}`, `${items[0]}/add-person`]].map(
      (path) => `/staff/intelligence/${path}`,
    );
    for (const address of addresses) {
      const answer = await visitor.get(address);
      assert.ok([403, 404].includes(answer.statusCode), `${address}: ${answer.statusCode}`);
      const sent = await visitor.post(address, { verdict: 'same', name: 'Odette Quarrington' });
      assert.ok([403, 404].includes(sent.statusCode), `${address}: ${sent.statusCode}`);
    }
    assert.doesNotMatch((await visitor.get('/staff/intelligence/links')).body, /Quarrington/);
  }
  assert.equal((await ids()).length, 2);
});
