import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addConsent } from '../consent/examples.ts';
import { addPerson } from '../people/examples.ts';
import { addNote, addReferral } from './examples.ts';

const home = '/staff/safeguarding';
const urgent = /No record that you can read says that children’s services know/;
const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** A person of unknown age who agreed that the council is told, to find a safe place. */
async function agreedToASafePlace(application: Awaited<ReturnType<typeof aHelpedPerson>>) {
  const { lead, adviser, council, metAt, keys, clock, safeguardingDb: db } = application;
  const met = { ...metAt, encounterId: newTimelessId<'encounter'>() };
  const note = await addNote(db, keys, met, adviser, { age: 'not known', outcomes: ['wants help now'] });
  const origin = { origin: 'met at visit', originId: note.encounterId, operationId: note.operationId } as const;
  const aged = { ...origin, age: 'not known', yearOfBirth: null } as const;
  const person = await addPerson(db, keys, lead, clock.now(), aged);
  const known = { personId: person.id, operationId: note.operationId, at: metAt.at };
  const consent = await addConsent(db, keys, known, council.id, lead, { purpose: 'safe place' });
  return { note, person, consent };
}

test('a consent to something else is no ground to tell children’s services, who stay to be told', async (t) => {
  const application = await aHelpedPerson(t);
  const { signIn, lead, council, adviser } = application;
  const { note, person, consent } = await agreedToASafePlace(application);
  const at = await signIn(lead);
  const refer = `${home}/people/${person.id}/refer`;
  const form = (await at.get(`${refer}?to=${council.id}&purpose=childcare`)).body;
  assert.match(form, /value="treated as child" checked/);
  assert.doesNotMatch(form, new RegExp(`consent:${consent.id}`));
  const asked = { to: council.id, needs: ['shelter'], words: 'A room', agreed: `consent:${consent.id}` };
  const refused = await at.post(refer, { ...asked, id: newTimelessId(), purpose: 'childcare', step: 'send' });
  assert.equal(refused.statusCode, 422);
  assert.match(plain(refused.body), /This consent is for something else/);

  // The same consent still finds a safe place, and children’s services are still to be told.
  const ordinary = (await at.get(refer)).body;
  assert.match(ordinary, new RegExp(`value="consent:${consent.id}" checked`), 'the only consent is selected');
  const sent = await at.post(refer, { ...asked, id: newTimelessId(), purpose: 'safe place', step: 'send' });
  assert.equal(sent.statusCode, 303, plain(sent.body));
  await shows(at, '/staff', urgent);
  await showsNo(at, `${home}/people/${person.id}`, /Asked: Lea Council/);
  await shows(at, `${home}/people/${person.id}`, /to the children’s services of Lea Council/);
  await shows(at, `${home}/notes/${note.id}`, /notify children’s services now/);

  const author = await signIn(adviser);
  await shows(author, '/staff', urgent);
  const child = { ...asked, agreed: 'treated as child', needs: ['safety'], purpose: 'childcare' };
  const atOnce = { atOnce: 'yes', cannotWait: 'She sleeps in a car tonight.', reasons: 'Nobody knows her age.' };
  const told = await at.post(refer, { ...child, ...atOnce, id: newTimelessId(), step: 'send' });
  assert.equal(told.statusCode, 303, plain(told.body));
  assert.match(plain((await at.get(String(told.headers.location))).body), /under 18, or age not known/i);
  await showsNo(at, '/staff', urgent);
  await showsNo(author, '/staff', urgent, 'the author may not read the referral, but need not notify them again');
  await shows(author, `${home}/notes/${note.id}`, /The council’s children’s services were notified/);
  await shows(at, `${home}/people/${person.id}`, /Asked: Lea Council/);
});

test('before the form for a child, the sender reads who approves it, and the approver finds it as urgent', async (t) => {
  const application = await aHelpedPerson(t);
  const { signIn, lead, council, member, advisers, letIn } = application;
  const second = await member(advisers, ['safeguarding lead'], 'Sam Second');
  await letIn(second);
  const { person } = await agreedToASafePlace(application);
  const at = await signIn(lead);
  const refer = `${home}/people/${person.id}/refer`;
  const form = plain((await at.get(`${refer}?to=${council.id}&purpose=childcare`)).body);
  assert.match(
    form,
    /You do not need consent\. A colleague must approve it before it is sent\. Ask them to approve it today[^<]*Sam Second[\s\S]*If a child is in danger, do not wait for approval/,
  );
  const waits = await at.post(refer, {
    ...{ id: newTimelessId(), to: council.id, needs: ['safety'], words: 'A room', agreed: 'treated as child' },
    ...{ reasons: 'Nobody knows the age.', purpose: 'childcare', step: 'send' },
  });
  const page = plain((await at.get(String(waits.headers.location))).body);
  assert.match(page, /Sharing without consent: waits for approval/);
  const theirs = plain((await (await signIn(second)).get('/staff')).body);
  assert.match(
    theirs,
    /Urgent[\s\S]*?Approve or refuse a disclosure without consent 1 person under 18, or of unknown age|Approve or refuse a disclosure without consent 1 person under 18, or of unknown age[\s\S]*?Urgent/,
  );
  await shows(at, '/staff', urgent, 'nothing is sent yet');
});

test('the council finds a child who wants help now first, as urgent', async (t) => {
  const {
    signIn,
    adviser,
    lead,
    caseworker,
    council,
    metAt,
    keys,
    clock,
    note,
    safeguardingDb: db,
  } = await aHelpedPerson(t);
  const met = { ...metAt, encounterId: newTimelessId<'encounter'>() };
  const child = await addNote(db, keys, met, adviser, { age: 'under 18', outcomes: ['wants help now'] });
  await addReferral(db, keys, note, council);
  const at = await signIn(caseworker);
  const before = plain((await at.get('/staff')).body);
  assert.doesNotMatch(before, /Child, or age not known/);
  const words = 'The person is under 18. The person wants help now. She sleeps in a car.';
  const urgent = await addReferral(db, keys, child, council, { words, child: true, wantsHelpNow: true });
  const after = (await at.get('/staff')).body;
  assert.match(
    plain(after),
    /Answer an urgent referral Child, or age not known\. The person wants help now\.[\s\S]*?Urgent[\s\S]*?Answer a referral /,
  );
  assert.match(after, new RegExp(`referrals/${urgent.id}"`));

  // Accepting says what happens next; until help is given, the person still wants it now.
  const decide = `${home}/referrals/${urgent.id}/decide`;
  const empty = await at.post(decide, { decision: 'accepted' });
  assert.equal(empty.statusCode, 422);
  assert.match(plain(empty.body), /Say what happens next, and when/);
  const accepted = await at.post(decide, { decision: 'accepted', reason: 'A room at 18:00 today. Ask for Cas.' });
  const said = plain((await at.get(String(accepted.headers.location))).body);
  assert.match(said, /You accepted the referral\. Lea Advisers reads it on its Home page/);
  await shows(at, '/staff', /Child, or age not known\. The person wants help now\. Choose “Finish”/);
  const sender = await signIn(lead);
  await shows(sender, `${home}/referrals/${urgent.id}`, /Their answer: A room at 18:00 today\. Ask for Cas\./);
  const origin = { origin: 'met at visit', originId: child.encounterId, operationId: child.operationId } as const;
  const person = await addPerson(db, keys, lead, clock.now(), { ...origin, age: 'under 18', yearOfBirth: 2010 });
  await shows(sender, `${home}/people/${person.id}`, /wants help now[\s\S]*An agency accepted the referral/);
});
