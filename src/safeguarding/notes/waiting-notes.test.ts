import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { setContext } from '../../platform/database/database.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addDisclosure } from '../consent/examples.ts';
import { addPerson } from '../people/examples.ts';
import { addNote, addReferral, decideReferral } from '../referrals/examples.ts';
import type { Note } from './note.ts';
import { countCouncilNotNotified } from './store.ts';

const home = '/staff/safeguarding';

/** An adviser at a visit where two people were met; a lead and a caseworker of the council. */
async function aDoor(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const { agency, member, db, safeguardingDb, keys, clock } = application;
  const force = await agency('police force');
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const council = await agency('council', { name: 'Lea Council' });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  await letIn(db, operation, adviser, { team });
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  await letIn(db, operation, lead);
  const officer = await member(force, ['field'], 'Olu Officer');
  await letIn(db, operation, officer, { team });
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  await member(council, ['partner caseworker'], 'Cas Worker');
  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), adviser);
  const noted = async (more: Partial<Note> = {}) => {
    const met = await addPersonMet(db, visit, adviser);
    const at = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: clock.now() };
    return addNote(safeguardingDb, keys, at, adviser, { metNumber: met.number, ...more });
  };
  return { ...application, council, nurses, adviser, lead, officer, nurse, visit, noted };
}
const urgent: Partial<Note> = { outcomes: ['wants help now'] };

test('list, note, form and preview distinguish the people met at one visit', async (t) => {
  const { signIn, adviser, lead, visit, noted } = await aDoor(t);
  const [first, second] = [await noted(urgent), await noted(urgent)];
  for (const [who, where] of [
    [adviser, ', Blue Door'],
    [lead, ', met in Watford'],
  ] as const) {
    const at = await signIn(who);
    const { body } = await at.get(`${home}?visit=${visit.id}`);
    assert.match(body, new RegExp(`notes/${second.id}">Person 2${where}[\\s\\S]*notes/${first.id}">Person 1${where}`));
    assert.doesNotMatch(body, /govuk-button[^>]*>[^<]*[Pp]erson \d/, 'no button about one of several people');
    const { body: note } = await at.get(`${home}/notes/${second.id}`);
    assert.match(note, new RegExp(`<h1[^>]*>Person 2${where}`));
    assert.match(note, new RegExp(`notes/${second.id}/refer"[^>]*>Refer person 2 to an agency`));
    await shows(at, `${home}/notes/${first.id}/refer`, new RegExp(`Person 1${where} \\(E-\\w{3}-\\w{3}\\); `));
  }
});

test('a note waits again when its request failed; after a take-up it waits only when another fails', async (t) => {
  const { signIn, lead, nurses, nurse, noted, safeguardingDb, keys, clock } = await aDoor(t);
  const note = await noted(urgent);
  const at = await signIn(lead);
  const waits = async () => /Help a person who wants help now/.test((await at.get('/staff')).body);
  assert.ok(await waits());
  const ask = async () => addReferral(safeguardingDb, keys, note, nurses);
  const first = await ask();
  assert.ok(!(await waits()), 'a request stands');
  await safeguardingDb.transaction().execute(async (tx) => {
    await setContext(tx, { now: note.writtenAt });
    await decideReferral(tx, keys, first, 'declined', nurse, clock.now());
  });
  assert.ok(await waits(), 'it was declined');
  await at.post(`${home}/notes/${note.id}/take-up`);
  assert.ok(!(await waits()), 'a lead took it up');
  const end = (id: string, ended: string, outcome: string | null) =>
    safeguardingDb.transaction().execute(async (tx) => {
      await setContext(tx, { now: note.writtenAt });
      const set = { ended, outcome, endedAt: note.writtenAt } as never;
      await tx.updateTable('referrals').set(set).where('id', '=', id).execute();
    });
  const decided = async (decision: 'accepted' | 'declined') => {
    const one = await ask();
    await safeguardingDb.transaction().execute(async (tx) => {
      await setContext(tx, { now: note.writtenAt });
      await decideReferral(tx, keys, one, decision, nurse, clock.now());
    });
    return one;
  };
  await end((await ask()).id, 'taken back', null);
  assert.ok(await waits(), 'the next was taken back');
  const came = await decided('accepted');
  assert.ok(!(await waits()), 'one was accepted');
  await end(came.id, 'finished', 'did not attend');
  assert.ok(await waits(), 'and ended without help');
  for (let times = 0; times < 2; times += 1) await at.post(`${home}/notes/${note.id}/take-up`);
  assert.ok(!(await waits()));
  await decided('declined');
  assert.ok(await waits(), 'one more was declined in the same hour');
  await end((await decided('accepted')).id, 'finished', 'help given');
  assert.ok(!(await waits()), 'help given');
});

test('a person who is or may be under 18 stays on first pages until the council is asked or told', async (t) => {
  const { signIn, adviser, lead, officer, council, nurses, noted, safeguardingDb, keys } = await aDoor(t);
  const later: Partial<Note> = { outcomes: ['wants help later'] };
  await noted({ ...later, age: 'adult' });
  const note = await noted({ ...later, age: 'not known' });
  for (const who of [adviser, lead]) {
    const at = await signIn(who);
    await shows(
      at,
      '/staff',
      /1 person is or may be under 18\. No record that you can read says that children’s services know\. The note was written in the hour after 10:00 on 18 September 2026, less than an hour ago\./,
    );
    await shows(at, `${home}?children=yes`, new RegExp(`notes/${note.id}">Person 2`));
    await shows(
      at,
      `${home}/notes/${note.id}`,
      new RegExp(
        `notes/${note.id}/refer\\?[\\s\\S]*Treat as a child: notify children’s services now[\\s\\S]*If you notified them outside Safelight, record whom, when and how`,
      ),
    );
  }
  const police = await signIn(officer);
  await showsNo(police, '/staff', /under 18|Contact notes|who was asked to help/);
  await addReferral(safeguardingDb, keys, note, nurses);
  const at = await signIn(lead);
  await shows(at, '/staff', /may be under 18/, 'the nurses are no council');
  await addReferral(safeguardingDb, keys, note, council);
  await shows(at, '/staff', /may be under 18/, 'other help of the council is not its children’s services');
  await addReferral(safeguardingDb, keys, note, council, { ground: 'treated as child' });
  await showsNo(at, '/staff', /may be under 18/);
  await shows(at, `${home}/notes/${note.id}`, /children’s services were notified/);
});

test('a disclosure from the record also counts as telling children’s services; without a council, any disclosure for a child counts', async (t) => {
  const { adviser, lead, signIn, noted, safeguardingDb: db, keys, clock } = await aDoor(t);
  const note = await noted({ age: 'under 18' });
  const count = (councils: readonly string[]) => countCouncilNotNotified(db as never, councils);
  assert.deepEqual([await count([]), await count([newTimelessId()])], [1, 1]);
  const met = { origin: 'met at visit', originId: note.encounterId, operationId: note.operationId } as const;
  const person = await addPerson(db, keys, adviser, clock.now(), met);
  const known = { personId: person.id as never, operationId: note.operationId, at: note.writtenAt };
  const to = newTimelessId();
  await addDisclosure(db, keys, known, to, { id: lead.id, agencyId: lead.agencyId }, { basis: 'child' });
  assert.deepEqual([await count([]), await count([to]), await count([newTimelessId()])], [0, 0, 1]);
  const at = await signIn(lead);
  const { body } = await at.get(`${home}/notes/${note.id}`);
  assert.match(body, new RegExp(`people/${person.id}"[^>]*>\\s*Open the case of person 1`));
  assert.doesNotMatch(body, /Open a record of/);
  const second = await at.get(`${home}/people/new?from=note:${note.id}`);
  assert.equal(second.headers.location, `${home}/people/${person.id}`);
});

test('the list says who agreed to a referral until one is made, and the case then asks for consent', async (t) => {
  const { signIn, adviser, lead, officer, nurses, nurse, noted, safeguardingDb: db, keys, clock } = await aDoor(t);
  const note = await noted({ outcomes: ['referral agreed', 'took a card'] });
  await noted({ outcomes: ['no referral offered'] });
  const at = await signIn(lead);
  const states = async () =>
    [...(await at.get(home)).body.matchAll(/data-label="State"><strong[^>]*>([^<]*)</g)].map(([, state]) => state);
  assert.deepEqual(await states(), ['Recorded', 'Referral to make']);
  await shows(at, home, /no referral offered[\s\S]*agreed to a referral and took a card/);
  await shows(at, `${home}/notes/${note.id}`, /Outcome[\s\S]*agreed to a referral and took a card/);
  const met = { origin: 'met at visit', originId: note.encounterId, operationId: note.operationId } as const;
  const person = await addPerson(db, keys, adviser, clock.now(), met);
  const overview = `${home}/people/${person.id}`;
  await shows(at, overview, /\/consents\/ask\?act=refer"[^>]*>\s*Ask for consent/);

  const referral = await addReferral(db, keys, note, nurses);
  assert.deepEqual(await states(), ['Recorded', 'Referral made']);
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: note.writtenAt });
    await decideReferral(tx, keys, referral, 'declined', nurse, clock.now());
  });
  assert.deepEqual(await states(), ['Recorded', 'Recorded'], 'one was made, and it failed');
  assert.equal((await (await signIn(officer)).get(`${home}/notes/${note.id}`)).statusCode, 404);
  await showsNo(await signIn(officer), home, /greed to a referral/);
});

test('an officer who wrote down that a person agreed does not learn from the list whether a referral was made', async (t) => {
  const { signIn, officer, visit, nurses, safeguardingDb, db, keys, clock } = await aDoor(t);
  const met = await addPersonMet(db, visit, officer);
  const at = { encounterId: met.id, visitId: visit.id, operationId: visit.operationId, at: clock.now() };
  const note = await addNote(safeguardingDb, keys, at, officer, { outcomes: ['referral agreed'], metNumber: 1 });
  const police = await signIn(officer);
  const list = async () => /<tbody[\s\S]*<\/tbody>/.exec((await police.get(home)).body)?.[0] ?? '';
  const before = await list();
  assert.match(before, /govuk-tag--grey">Recorded</);
  await addReferral(safeguardingDb, keys, note, nurses);
  assert.equal(await list(), before);
});
