import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asking, behind, home, idIn, openPolice } from '../../../test/fixtures/information-requests.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { addOperation, addPartner, addToOperation } from '../../operations/weeks/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { custodyItem, custodyPurpose } from '../../vocabulary/information-shared.ts';
import { addDisclosure } from '../consent/examples.ts';
import { addPerson } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { editionOn } from './law.ts';

const atDisclosures = '/staff/safeguarding/disclosures';
const passed = editionOn('2026-09-18')
  .tests.filter(({ ofCounselling }) => !ofCounselling)
  .map(({ name }) => name);

test('only the requester and a second person of the agency know of a planned answer to police or notice to custody: other readers of the record see nothing', async (t) => {
  const world = await openPolice(t);
  const { people, advisers, council, force, signIn, member, db, safeguardingDb, keys, clock } = world;
  const operation = await addOperation(db, force, await member(force, ['planner']));
  for (const partner of [advisers, council]) await addPartner(db, operation, partner);
  for (const who of [people.lead, people.councilLead]) await addToOperation(db, operation, who);
  const caseworker = await member(advisers, ['partner caseworker']);
  const met = { operationId: operation.id, origin: 'met at visit', originId: newTimelessId<'encounter'>() } as const;
  const child: Partial<Person> = { age: 'under 18', yearOfBirth: null, ...met };
  const person = await addPerson(safeguardingDb, keys, people.lead, clock.now(), child);
  const lead = await signIn(people.lead);
  const request = idIn(
    (await (await signIn(people.detective)).post(`${home}/new`, asking(advisers.id))).headers.location,
  );
  const answer = await lead.post(`${behind}/${request}/decide`, {
    ...{ id: newTimelessId(), person: person.id, outcome: 'give agreed items', passed, agreement: 'was not asked' },
    ...{
      kinds: ['help provided'],
      words: 'Shelter for two nights.',
      reasons: 'He wants his uncle to be stopped.',
    },
  });
  const asked = String(answer.headers.location);
  assert.ok(asked.startsWith(atDisclosures), asked);
  const known = { personId: person.id as never, operationId: operation.id, at: clock.now() };
  const by = { id: people.lead.id, agencyId: advisers.id };
  const told = { purpose: custodyPurpose, items: [custodyItem] } as const;
  const once = await addDisclosure(safeguardingDb, keys, known, force.id, by, told);
  const pages = [asked, `${atDisclosures}/${once.id}`];
  const account = `/staff/safeguarding/people/${person.id}/consents`;

  for (const who of [people.lead, people.helpProtection]) {
    const at = await signIn(who);
    for (const page of pages) assert.equal((await at.get(page)).statusCode, 200, who.name);
  }
  await shows(lead, account, /to answer a request of police/i);
  for (const who of [people.councilLead, caseworker]) {
    const at = await signIn(who);
    const agreed = await at.get(account);
    assert.equal(agreed.statusCode, 200, 'she reads the record');
    assert.doesNotMatch(agreed.body, /Constabulary|request of police|in custody|without being agreed/i, who.name);
    for (const page of pages) assert.equal((await at.get(page)).statusCode, 404, who.name);
  }
});
