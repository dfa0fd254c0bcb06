import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSubjectRequest } from '../../src/oversight/examples.ts';
import { addPerson } from '../../src/safeguarding/people/examples.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { openApplication } from '../fixtures/application.ts';
import { submitTwice } from '../harness/pressed-twice.ts';

const home = '/staff/safeguarding/retention';
const because = 'A reason that somebody else can judge';

test('an erasure order, a hold and a rule are each recorded once when a press arrives twice; a second form is refused', async (t) => {
  const { agency, member, safeguardingDb, keys, clock, signIn } = await openApplication(t, {
    today: '2026-09-18',
    time: '10:47',
  });
  const council = await agency('council');
  const worker = await member(council, ['safeguarding lead']);
  const protection = await member(council, ['data-protection lead']);
  const person = await addPerson(safeguardingDb, keys, worker, clock.now());
  const other = await addPerson(safeguardingDb, keys, worker, clock.now());
  const at = await signIn(protection);
  const apart = (table: string) => ({ db: safeguardingDb, table });
  const url = `${home}/${person.id}`;
  const id = /name="id" value="([^"]+)"/.exec((await at.get(url)).body)?.[1] ?? '';
  assert.match(id, /^[0-9a-f-]{36}$/);

  const hold = { id, saying: 'held', because, 'reviewOn-day': '1', 'reviewOn-month': '12', 'reviewOn-year': '2026' };
  await submitTwice(at, url, hold, apart('retention_facts'));
  assert.equal((await at.post(`${home}/${other.id}`, hold)).statusCode, 422, 'the id is of another record');

  await addSubjectRequest(safeguardingDb, protection, [person.id], 'erasure', clock.now());
  const order = { id: newTimelessId(), saying: 'asked to go', because };
  await submitTwice(at, url, order, apart('retention_facts'));
  assert.match((await at.post(url, { ...order, id: newTimelessId() })).body, /already granted/);

  await addSubjectRequest(safeguardingDb, protection, [other.id], 'erasure', clock.now());
  const both = await Promise.all([0, 1].map(() => at.post(`${home}/${other.id}`, { ...order, id: newTimelessId() })));
  assert.deepEqual(both.map(({ statusCode }) => statusCode).toSorted(), [303, 422], 'two forms at the same moment');

  const rule = {
    ...{ id: newTimelessId(), class: 'person helped', months: '72', notBeforeAge: 'no', source: 'Notice of May' },
    ...{ 'validFrom-day': '18', 'validFrom-month': '9', 'validFrom-year': '2026' },
  };
  await submitTwice(at, `${home}/rule`, rule, apart('person_retention_rules'));
});
