import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { addPerson } from '../people/examples.ts';

test('the page for the person has no menu, no other names and no tasks: only their own data and links of their own case', async (t) => {
  const { safeguardingDb, keys, caseworker, clock, person, signIn } = await aWalkIn(t);
  const other = await addPerson(safeguardingDb, keys, caseworker, clock.now(), { called: 'Somebody Else' });
  const at = await signIn(caseworker);
  const record = `/staff/safeguarding/people/${person.id}`;
  const { body, statusCode } = await at.get(`/staff/safeguarding/people/${person.id}/consents`);
  assert.equal(statusCode, 200);
  assert.match(body, new RegExp(`href="${record}" class="govuk-back-link">Back to overview<`));
  assert.doesNotMatch(body, /aria-label="Main"|Sign out|Cas Worker|Somebody Else|sl-footer/);
  const ways = [...body.matchAll(/href="(\/[^"#]*)"/g)].map(([, href = '']) => href);
  const hers = ways.filter((href) => !href.endsWith('.css'));
  assert.ok(hers.length > 0);
  for (const href of hers) assert.ok(href.includes(person.id), `${href} leads to her alone`);
  assert.ok(!body.includes(other.id));
  assert.match(body, /OFFICIAL-SENSITIVE: PERSONAL DATA/, 'marked all the same');
  await shows(at, record, /Sign out[\s\S]*aria-label="Main"/, 'the record has its menu');
});
