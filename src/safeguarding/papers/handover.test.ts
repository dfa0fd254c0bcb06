import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { tagsOfPdf, textOfPdf, unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addHandover, addTask } from '../actions/examples.ts';
import { addPerson } from '../people/examples.ts';
import { runRetentionChores } from '../retention/examples.ts';
import { addFact } from '../retention/store.ts';

/** A handover with an action for each of two people: one whom the whole agency helps, and one whom only the nurse may read. */
async function aHandover(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, safeguardingDb: db, keys, clock, signIn } = application;
  const trust = await agency('health', { name: 'Lea Health' });
  const nurse = await member(trust, ['partner caseworker'], 'Nia Nurse');
  const adviser = await member(trust, ['field'], 'Ada Viser');
  const now = clock.now();
  const leila = await addPerson(db, keys, nurse, now, { called: 'ليلى حداد' });
  const mei = await addPerson(db, keys, adviser, now, { called: '陈美' });
  const handover = await addHandover(db, keys, nurse, now, { words: 'The ward <rings> at six.\nኣስተርጓሚ ክመጽእ እዩ' });
  const handed = { handoverId: handover.id } as const;
  await addTask(db, keys, leila.id, nurse, now, { what: 'Ring the ward', ...handed });
  const task = await addTask(db, keys, mei.id, nurse, now, { what: 'Bring the coat', ...handed });
  const paper = `/staff/safeguarding/handovers/${handover.id}/paper`;
  return { ...application, trust, nurse, adviser, leila, mei, handover, task, paper, at: await signIn(nurse) };
}

const squeezed = (pages: readonly string[]): string => pages.join('\n').replace(/\s+/g, '');

test('a handover prints with its notes, each action and person, and a line for who takes it over', async (t) => {
  const { at, paper, handover } = await aHandover(t);
  assert.ok((await at.get(`/staff/safeguarding/handovers/${handover.id}`)).body.includes(`href="${paper}"`));
  const { body } = await at.get(paper);
  for (const words of [
    /Lea Health, to the next shift/,
    /From<\/dt>[\s\S]*Nia Nurse/,
    /In the hour after 12:00 on 18 September 2026/,
    /The ward &lt;rings&gt; at six\.\nኣስተርጓሚ ክመጽእ እዩ/,
    /Ring the ward[\s\S]*ليلى حداد\n[A-Z]+-[A-Z0-9-]+/,
    /Owner"><span class="sl-hand">To complete by hand/,
    /Member of the next shift[\s\S]*Signature/,
    /Draft without a version number\. Printed by Nia Nurse, Lea Health/,
  ])
    assert.match(body, words);
  assert.equal((await at.get(`${paper}/pdf`)).statusCode, 404, 'no PDF without a version');
  assert.equal((await at.post(paper, {})).statusCode, 303);
  const file = await at.get(`${paper}/pdf`);
  assert.equal(file.statusCode, 200);
  assert.match(
    String(file.headers['content-disposition']),
    /handover-version-1\.official-sensitive-personal-data\.pdf/,
  );
  assert.match(unpackedPdf(file.rawPayload), /<pdfuaid:part>1<\/pdfuaid:part>/);
  const tags = tagsOfPdf(file.rawPayload);
  assert.ok(tags.includes('Table') && tags.includes('TH'), tags.join());
  const text = squeezed(await textOfPdf(file.rawPayload));
  for (const words of ['The ward <rings> at six.', 'ኣስተርጓሚ ክመጽእ እዩ', '陈美', 'Bring the coat', 'To complete by hand'])
    assert.ok(text.includes(words.replace(/\s+/g, '')), words);
  assert.match(text, /\p{Script=Arabic}{3}/u);
  assert.doesNotMatch(text, /\[…\]/);
});

test('a new owner is a change of the paper, and the next version says so', async (t) => {
  const { at, paper, task, safeguardingDb: db } = await aHandover(t);
  await at.post(paper, {});
  assert.match((await at.get(paper)).body, /The records have not changed since/);
  assert.equal((await at.post(`/staff/safeguarding/actions/${task.id}/take`)).statusCode, 303);
  assert.match((await at.get(paper)).body, /The records changed after version 1[\s\S]*Changed: Handed over\./);
  assert.equal((await at.get(`${paper}/pdf`)).statusCode, 404, 'an old number never stands on new words');
  await at.post(paper, {});
  assert.match(
    (await at.get(paper)).body,
    /Version 2, [^<]*Changed: Handed over\.[\s\S]*Version 1, [^<]*The first version/,
  );
  const rows = await db.selectFrom('safeguardingPapers').select(['version', 'changes']).orderBy('version').execute();
  assert.deepEqual(rows, [
    { version: 1, changes: [] },
    { version: 2, changes: ['Handed over'] },
  ]);
});

test('a colleague reads only the actions of people whose record they may read, and learns of no other version', async (t) => {
  const { at, paper, adviser, signIn, leila } = await aHandover(t);
  await at.post(paper, {});
  const colleague = await signIn(adviser);
  const { body } = await colleague.get(paper);
  assert.match(body, /Bring the coat[\s\S]*陈美/);
  assert.doesNotMatch(body, /Ring the ward|ليلى|Version 1|changed/);
  assert.match(body, /No version yet/);
  assert.equal((await colleague.post(paper, {})).statusCode, 303);
  const text = squeezed(await textOfPdf((await colleague.get(`${paper}/pdf`)).rawPayload));
  assert.match(text, /Version2,made/, 'no two sheets have one number');
  assert.doesNotMatch(text, /Ringtheward/);
  assert.equal((await colleague.get(`/staff/safeguarding/people/${leila.id}/documents`)).statusCode, 404);
});

test('another agency, police and administrators find no paper of a handover; hidden and absent answer alike', async (t) => {
  const { at, paper, agency, member, signIn, trust } = await aHandover(t);
  await at.post(paper, {});
  const absent = `/staff/safeguarding/handovers/${newTimelessId()}/paper`;
  const outside = await member(await agency('council'), ['safeguarding lead', 'partner caseworker'], 'Out Side');
  const officer = await member(await agency('police force'), ['field', 'enforcement', 'safeguarding lead'], 'Off Icer');
  const admin = await member(trust, ['administrator'], 'Ada Min');
  for (const [who, status] of [
    [outside, 404],
    [officer, 403],
    [admin, 403],
  ] as const) {
    const visitor = await signIn(who);
    for (const path of [paper, absent]) {
      assert.equal((await visitor.get(path)).statusCode, status, path);
      assert.equal((await visitor.get(`${path}/pdf`)).statusCode, status, path);
      assert.equal((await visitor.post(path, {})).statusCode, status, path);
    }
  }
});

test('the case lists the handovers that name the person, and each PDF is logged', async (t) => {
  const { at, paper, mei, safeguardingDb: db, trust, handover } = await aHandover(t);
  await at.post(paper, {});
  await at.get(`${paper}/pdf`);
  const { body } = await at.get(`/staff/safeguarding/people/${mei.id}/documents`);
  assert.match(
    body,
    new RegExp(`Papers to print[\\s\\S]*href="${paper}"[^>]*>Handover of [^<]*Nia Nurse[\\s\\S]*Version 1, `),
  );
  const [row, ...more] = await logRows(db, ['handover paper.exported'], ['kind', 'subject', 'recipient']);
  assert.deepEqual([row, more], [{ kind: 'disclosure', subject: handover.id, recipient: trust.id }, []]);
});

test('the erasure of a person takes them out of printed versions, which keep their numbers', async (t) => {
  const world = await aHandover(t);
  const { at, paper, mei, member, trust, safeguardingDb: db, keys, clock, task } = world;
  await at.post(paper, {});
  const before = await db.selectFrom('safeguardingPapers').select(['parts', 'actions']).executeTakeFirstOrThrow();
  assert.ok('Handed over' in before.parts && before.actions.includes(task.id));
  const lead = await member(trust, ['data-protection lead'], 'Dora Lead');
  await addFact(db as never, keys, {
    ...{ id: newTimelessId(), personId: mei.id, encounterId: null, agencyId: trust.id, what: 'asked to go' },
    ...{ detail: 'the person asked', reason: 'The person asked for it, and was alone', reviewOn: null },
    ...{ recordedOn: '2026-09-18', recordedBy: lead.id, endedOn: null, endedBy: null },
  } as never);
  clock.move(new Date(clock.now().getTime() + 86_400_000));
  await runRetentionChores(world);
  const after = await db.selectFrom('safeguardingPapers').select(['version', 'parts', 'actions']).execute();
  assert.equal(after.length, 1);
  assert.equal(after[0]?.version, 1);
  assert.ok(!('Handed over' in (after[0]?.parts ?? {})), 'no digest of what named the person');
  assert.equal(after[0]?.actions.length, before.actions.length - 1);
  const again = await world.signIn(world.nurse);
  const { body } = await again.get(paper);
  assert.match(body, /The records changed after version 1[\s\S]*Changed: Handed over\./);
  assert.doesNotMatch(body, /Bring the coat|陈美/);
});
