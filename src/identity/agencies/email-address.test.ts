import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { isPrintableAscii, normaliseEmailAddress, toConfusableSkeleton } from './email-address.ts';
import { MemberForm } from './forms.ts';
import type { Member } from './member.ts';
import { addMember } from './store.ts';

const Email = MemberForm.shape.email;

test('an address has one spelling', () => {
  for (const typed of ['Edith.Rowe@Example.org', ' EDITH.ROWE@EXAMPLE.ORG ', 'ｅdith.rowe@example.org'])
    assert.equal(normaliseEmailAddress(typed), 'edith.rowe@example.org');
  assert.notEqual(normaliseEmailAddress('edİth.rowe@example.org'), 'edith.rowe@example.org');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(normaliseEmailAddress(normaliseEmailAddress(text)), normaliseEmailAddress(text));
    }),
  );
});

test('refuses an address with a letter that only looks like one from a to z', () => {
  for (const typed of [
    'edİth.rowe@example.org',
    'еdith.rowe@example.org', // The first letter is Cyrillic.
    'ｅdith.rowe@example.org',
    'edıth.rowe@example.org',
    'edith.rowe@exаmple.org',
    'edith.rowe@example．org',
    'edith\u200b.rowe@example.org',
  ]) {
    const read = Email.safeParse(typed);
    assert.match(read.error?.issues[0]?.message ?? '', /plain letters/, typed);
  }
  assert.equal(Email.parse(" Edith.O'Rowe+work@Example.org "), "edith.o'rowe+work@example.org");
});

const letters = fc.string({
  unit: fc.constantFrom('r', 'n', 'm', 'v', 'w', '1', 'l', '0', 'o', 'x', 'O', 'L'),
  minLength: 1,
  maxLength: 5,
});

test('the database keeps one account for each address, and none that looks like another', async (t) => {
  const { db, agency } = await openApplication(t);
  const { id: agencyId } = await agency();
  const kept: string[] = [];
  const add = async (email: string): Promise<string | undefined> => {
    const member: Member = { id: newId(), agencyId, name: 'Asha Test', title: '', roles: ['press'], endedAt: null };
    return addMember(db, member, { email, passwordHash: 'none' }).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
  };
  await fc.assert(
    fc.asyncProperty(letters, async (name) => {
      const email = `${name}@example.org`;
      const taken = kept.some(
        (one) => toConfusableSkeleton(one) === toConfusableSkeleton(normaliseEmailAddress(email)),
      );
      assert.equal(await add(email), taken ? '23505' : undefined, `${email} beside ${kept}`);
      if (!taken) kept.push(normaliseEmailAddress(email));
    }),
    { numRuns: 60 },
  );
  for (const odd of ['edİth@example.org', 'еdith@example.org', 'edith rowe@example.org'])
    assert.equal(await add(odd), '23514', odd);
  const { rows } = await sql<{
    email: string;
    folded: string;
  }>`select email, lower(email) as folded from accounts`.execute(db);
  assert.ok(rows.length > 10);
  for (const { email, folded } of rows) {
    assert.equal(normaliseEmailAddress(email), email);
    assert.equal(folded, email);
    assert.ok(isPrintableAscii(email));
  }
});

test('refuses one of two members who join at once with addresses that look the same', async (t) => {
  const { db, agency } = await openApplication(t);
  const { id: agencyId } = await agency();
  const joining = ['rnona@example.org', 'mona@example.org'].map((email) =>
    addMember(
      db,
      { id: newId(), agencyId, name: 'Mona Test', title: '', roles: ['press'], endedAt: null },
      { email, passwordHash: 'none' },
    ),
  );
  const outcomes = await Promise.allSettled(joining);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});
