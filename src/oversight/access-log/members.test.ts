import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTeam } from '../../../test/fixtures/visit.ts';

test('members are found by a part of their name, twenty to a page', async (t) => {
  const { member, agency, signIn } = await aTeam(t);
  const council = await agency('council');
  const auditor = await member(council, ['auditor'], 'Aud Itor');
  for (let number = 1; number <= 24; number += 1) await member(council, ['field'], `Zed ${number} Invented`);
  const at = await signIn(auditor);
  const names = (body: string): string[] =>
    [...body.matchAll(/Zed (\d+) Invented</g)].map(([, number]) => number ?? '');
  const pages = await Promise.all([1, 2].map((page) => at.get(`/staff/oversight?page=${page}`)));
  const seen = pages.flatMap(({ body }) => names(body));
  assert.equal(new Set(seen).size, 24);
  assert.equal(seen.length, 24, 'nobody twice');
  assert.ok(pages.every(({ body }) => [...body.matchAll(/href="\/staff\/oversight\/members\//g)].length <= 20));
  const found = (await at.get('/staff/oversight?name=zed+2')).body;
  assert.deepEqual(names(found).toSorted(), ['2', '20', '21', '22', '23', '24']);
  assert.match(found, /value="zed 2"/, 'what was typed is kept');
  assert.match((await at.get('/staff/oversight?name=nobody+at+all')).body, /No member has this in the name/);
});
