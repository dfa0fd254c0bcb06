import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { addSubjectRequest, answerAllRequests } from '../../src/oversight/examples.ts';
import { findPointer } from '../../src/platform/crypto/crypto.ts';
import { KeyDestroyed } from '../../src/platform/crypto/key-halves.ts';
import { addConsent, addGrant } from '../../src/safeguarding/consent/examples.ts';
import { addDocument } from '../../src/safeguarding/documents/examples.ts';
import { deleteOrphanedFiles } from '../../src/safeguarding/documents/sweep.ts';
import { runRetentionChores } from '../../src/safeguarding/retention/examples.ts';
import { asLeader } from '../fixtures/as-leader.ts';
import { plainJpeg } from '../fixtures/files.ts';
import { aWalkIn } from '../fixtures/walk-in.ts';

const home = '/staff/safeguarding/retention';

test('erasing a person erases their documents: rows, keys and bytes; the certificate counts them, and others keep theirs', async (t) => {
  const world = await aWalkIn(t);
  const { safeguardingDb, keys, person, caseworker, nurses, config, clock, databases, member, council, signIn } = world;
  const lying = { filesFolder: config.filesFolder, content: await plainJpeg() };
  const paper = await addDocument(safeguardingDb, keys, person, {}, lying);
  const { addPerson } = await import('../../src/safeguarding/people/examples.ts');
  const other = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const kept = await addDocument(safeguardingDb, keys, other, { called: 'Another’s letter' }, lying);
  const consent = await addConsent(
    safeguardingDb,
    keys,
    { personId: person.id, operationId: null, at: clock.now() },
    nurses.id,
    caseworker,
    { act: 'share', items: ['papers about health'] },
  );
  const shown = { item: 'papers about health', words: 'x', papers: [{ id: paper.id, called: paper.called }] } as const;
  await addGrant(safeguardingDb, keys, { consent }, [shown], caseworker);
  const { rows } = await sql<{ wrappedKey: Buffer }>`
    select wrapped_key from person_documents where id = ${paper.id}`.execute(safeguardingDb);
  const wrapped = rows[0]?.wrappedKey as Buffer;
  assert.ok(findPointer(wrapped), 'its key is in halves');
  assert.ok(keys.unwrap(wrapped, paper.id));

  const protection = await member(council, ['data-protection lead'], 'Dora Lead');
  const because = 'A reason that somebody else can judge';
  await addSubjectRequest(safeguardingDb, protection, [person.id], 'erasure', clock.now());
  await (await signIn(protection)).post(`${home}/${person.id}`, { saying: 'asked to go', because });
  await answerAllRequests(safeguardingDb, protection, clock.now());
  clock.move(new Date(clock.now().getTime() + 86_400_000));
  await runRetentionChores(world);
  const left = await safeguardingDb.selectFrom('personDocuments').select('id').execute();
  assert.deepEqual(
    left.map(({ id }) => id),
    [kept.id],
  );
  assert.throws(() => keys.unwrap(wrapped, paper.id), KeyDestroyed, 'no backup of the database opens it');
  const { rows: certificates } = await sql<{ records: number; keys: number }>`
    select records, keys from person_erasure_certificates`.execute(safeguardingDb);
  // The record, the document, the consent and the grant; a key of each but one, and the key of the reason for erasure.
  assert.deepEqual(
    certificates.map(({ records }) => records),
    [4],
  );
  assert.equal(certificates[0]?.keys, 5);

  const files = () => readdir(join(config.filesFolder, 'papers'));
  assert.equal((await files()).length, 2);
  clock.move(new Date(Date.now() + 5 * 3_600_000));
  await asLeader({ databases, clock }, deleteOrphanedFiles(config.filesFolder));
  assert.deepEqual(await files(), [kept.fileId]);
});

test('a document can be granted only of the same person and of a consented group, also by SQL', async (t) => {
  const { safeguardingDb: db, keys, person, caseworker, nurses, clock } = await aWalkIn(t);
  const { addPerson } = await import('../../src/safeguarding/people/examples.ts');
  const other = await addPerson(db, keys, caseworker, clock.now());
  const passport = await addDocument(db, keys, person, { item: 'identity documents' });
  const theirs = await addDocument(db, keys, other);
  const own = await addDocument(db, keys, person);
  const known = { personId: person.id, operationId: null, at: clock.now() };
  const more = { act: 'share', items: ['papers about health'] } as const;
  const consent = await addConsent(db, keys, known, nurses.id, caseworker, more);
  const grant = (id: string) =>
    addGrant(
      db,
      keys,
      { consent },
      [{ ...({ item: 'papers about health', words: 'x' } as const), papers: [{ id, called: 'x' }] }],
      caseworker,
    );
  for (const one of [passport, theirs]) await assert.rejects(() => grant(one.id), /its group was agreed/, one.called);
  const made = await grant(own.id);
  await assert.rejects(
    () =>
      sql`update person_grants set papers = array[${own.id}, ${passport.id}]::uuid[] where id = ${made.id}`.execute(db),
    /otherwise stays as it was made/,
  );
});
