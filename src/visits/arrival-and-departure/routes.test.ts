import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replan } from '../../../test/fixtures/replan.ts';
import { arrival, aTeam, person } from '../../../test/fixtures/visit.ts';
import { addPartner, letIn } from '../../operations/plan/examples.ts';
import { newId } from '../../vocabulary/ids.ts';
import { readCountableVisits } from '../counts.ts';
import { addPersonMet, addVisit } from '../examples.ts';

const summary = (body: string): string => /error-summary__list">([\s\S]*?)<\/ul>/.exec(body)?.[1] ?? '';

test('those who came without an account are counted, unit by unit, shown, corrected and kept', async (t) => {
  const { signIn, officer, planned, db, agency, operation } = await aTeam(t);
  const support = await addPartner(db, operation, await agency('police force'), { printedName: 'Tactical Support' });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  assert.match((await at.get(`${url}/arrive`)).body, /Tactical Support[\s\S]*Interpreters/);
  const wrong = await at.post(`${url}/arrive`, { ...arrival([]), time: '', [`others-${support.id}`]: 'six' });
  assert.match(summary(wrong.body), /Enter the time[\s\S]*Select who was there[\s\S]*Enter a number/);
  await at.post(`${url}/arrive`, { ...arrival([officer]), [`others-${support.id}`]: '6', 'others-interpreters': '1' });
  assert.match((await at.get(url)).body, /Tactical Support: six and Interpreters: one/);
  const fixed = { ...arrival([officer]), base: '1', why: 'Counted again' };
  const left = {
    leftTime: '',
    'leftDay-day': '',
    'leftDay-month': '',
    'leftDay-year': '',
  };
  await at.post(`${url}/correct`, { ...fixed, ...left, [`others-${support.id}`]: '5' });
  const corrected = await at.get(url);
  assert.match(
    corrected.body,
    /Attendees without an account: Tactical Support: six and Interpreters: one\.<\/b> Changed to: Tactical Support: five\./,
  );
  const { others } = await readCountableVisits(db, operation.id);
  assert.equal(new Set(others.map(({ id }) => id)).size, 5);
  assert.ok(others.every(({ partner }) => partner === 'Tactical Support'));
});

test('without an immigration agency in the operation the arrival asks nothing about it, and a correction can record it', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned } = application;
  await replan(application, 'premises', { immigrationEntry: 'not present' });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  assert.doesNotMatch((await at.get(`${url}/arrive`)).body, /[Ii]mmigration officers/);
  assert.equal((await at.post(`${url}/arrive`, arrival([officer]))).statusCode, 303);
  assert.match((await at.get(`${url}/correct`)).body, /name="immigrationGround"/);
  const left = { leftTime: '', 'leftDay-day': '', 'leftDay-month': '', 'leftDay-year': '' };
  const came = { immigrationGround: 'The occupier called them', base: '1', why: 'Left out' };
  assert.equal((await at.post(`${url}/correct`, { ...arrival([officer]), ...left, ...came })).statusCode, 303);
  assert.match((await at.get(url)).body, /The occupier called them/);
});

test('where immigration officers stay outside by decision they are not ticked, and coming in has its reason', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db, agency, member, operation, team } = application;
  await replan(application, 'premises', { immigrationEntry: 'not present' });
  const immigration = await member(await agency('immigration'), ['enforcement'], 'Lena Fisk');
  await letIn(db, operation, immigration, { team });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const form = await at.get(`${url}/arrive`);
  assert.match(form.body, new RegExp(`value="${officer.id}" checked`));
  assert.doesNotMatch(form.body, new RegExp(`value="${immigration.id}" checked`));
  assert.match(form.body, /The recorded decision says that immigration officers will not be present at these premises/);
  assert.match(form.body, /everybody of the team is here, without immigration officers/);
  const both = arrival([officer, immigration]);
  const bare = await at.post(`${url}/arrive`, both);
  assert.match(summary(bare.body), /Say why they came in/);
  assert.match(bare.body, new RegExp(`value="${immigration.id}" checked`), 'what was ticked is kept');
  assert.equal((await at.post(`${url}/arrive`, { ...both, immigrationGround: 'Called by DI Holt' })).statusCode, 303);
  assert.match((await at.get(url)).body, /Called by DI Holt/);
});

test('the visit page shows what is needed at the premises before and after arrival', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db, advisers } = application;
  const plan = {
    risks: 'A dog\nA stair',
    reason: 'A neighbour rang twice',
    immigrationEntry: 'waits until called',
    languages: ['Romanian'],
    interpreter: 'Ioana by phone',
    referrerId: advisers.id,
    referrerOnCall: 'Ruth A',
    referrerContact: '01632 960 111',
  };
  await replan(application, 'premises', plan);
  const at = await signIn(officer);
  const needed = [
    /A dog<br>A stair/,
    /A neighbour rang twice/,
    /Waits until called/,
    /Romanian/,
    /Ioana by phone/,
    /Ruth A, Lea Advisers/,
    /href="tel:\+441632960111"/,
    /W\/2026\/117/,
    /Named on the power/,
  ];
  const before = await at.get(`/staff/visits/${planned.id}`);
  await addVisit(db, planned, officer);
  const after = await at.get(`/staff/visits/${planned.id}`);
  for (const words of needed) for (const { body } of [before, after]) assert.match(body, words);
  assert.match(after.body, /Nobody has recorded an arrest yet[\s\S]*Nobody has recorded a seizure yet/);
  assert.doesNotMatch(after.body, /Nobody was arrested|Nothing was seized/);
  const list = await at.get('/staff/visits');
  assert.match(list.body, /sl-stack[\s\S]*data-label="When"/);
});

test('contradictions are listed with the other errors, in the order of the page', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  await addVisit(db, planned, officer);
  const url = `/staff/visits/${planned.id}`;
  const kind = 'administrative immigration';
  const arrest = {
    id: newId(),
    kind,
    matter: 'immigration',
    offence: 'Theft',
    status: 'in custody',
    age: '',
    time: '',
  };
  const arrested = await at.post(`${url}/arrests/new`, arrest);
  assert.match(summary(arrested.body), /for no offence[\s\S]*Select the sex[\s\S]*Enter the age[\s\S]*Enter the time/);
  assert.match(arrested.body, /value="Theft"/);
  const search = { searched: 'no', rooms: 'kitchen', damage: 'A door', forceUsed: '', noticeLeft: 'no', base: '1' };
  assert.match(
    summary((await at.post(`${url}/search`, search)).body),
    /were not searched[\s\S]*what was done that damaged/,
  );
  const met = { ...person(), place: '', language: '' };
  assert.match(
    summary((await at.post(`${url}/encounters/new`, met)).body),
    /place in the premises[\s\S]*Enter the language/,
  );
});

test('an indicator is an observation; disclosures go to the safeguarding note', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  const form = await at.get(`/staff/encounters/${met.id}/signs?sign=guarded`);
  assert.match(form.body, /Your observation, with place and time/);
  assert.match(form.body, /Do not record what a person said, or their health/);
  assert.match(form.body, new RegExp(`/staff/safeguarding/encounters/${met.id}/note`));
  assert.doesNotMatch(form.body, /saw or heard|because they told you/);
  const place = await at.get(`/staff/visits/${planned.id}/signs?sign=guarded`);
  assert.match(place.body, new RegExp(`/staff/visits/${planned.id}#people`));
});

test('consent that was planned is offered once', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned } = application;
  await replan(application, 'powers', { basis: 'consent' });
  const at = await signIn(officer);
  await at.post(`/staff/visits/${planned.id}/arrive`, arrival([officer]));
  const { body } = await at.get(`/staff/visits/${planned.id}/entry`);
  assert.match(body, /As planned: Search by consent/);
  assert.equal(body.match(/Search by consent/g)?.length, 1);
});

test('“entered as planned” records the power with the arrival, unless the plan was changed meanwhile', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const form = await at.get(`${url}/arrive`);
  assert.match(form.body, /Entered as planned: Search warrant \(PACE section 8\)[\s\S]*Entered by another power/);
  assert.doesNotMatch(form.body, /name="answer"[^>]* checked/, 'nothing is selected in advance');
  const stale = await at.post(`${url}/arrive`, { ...arrival([officer]), answer: 'entered by consent' });
  assert.equal(stale.statusCode, 422);
  assert.match(summary(stale.body), /The planned power was changed meanwhile/);
  assert.deepEqual(await db.selectFrom('visits').selectAll().execute(), []);
  const saved = await at.post(`${url}/arrive`, { ...arrival([officer]), answer: 'entered by pace-s8' });
  assert.equal(saved.headers.location, `${url}/encounters/new`, 'the power is not asked again');
  const visit = await db.selectFrom('visits').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(
    [visit.answer, visit.basis, visit.powerId, visit.basisGround],
    ['entered', 'pace-s8', planned.powerId, null],
  );
});

test('one press says language and interpreter: as planned, or as with somebody met before', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { languages: ['Romanian', 'English'] });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}/encounters/new`;
  const visit = await addVisit(db, planned, officer);
  const offered = async () =>
    [...(await at.get(url)).body.matchAll(/name="spokenTo"[^>]* value="([^"]+)"/g)].map(([, value]) => value);
  assert.deepEqual(await offered(), [
    'spoken to, Romanian, by phone',
    'spoken to, Romanian, in person',
    'spoken to, English, not needed',
    'spoken to',
    'only seen',
  ]);
  await addPersonMet(db, visit, officer, { language: 'Vietnamese', interpreter: 'none found' });
  assert.equal((await offered())[0], 'spoken to, Vietnamese, none found');
  const blank = { language: '', interpreter: '' };
  const twice = { ...person(), spokenTo: 'spoken to, Romanian, by phone', language: 'Polish' };
  assert.match(summary((await at.post(url, twice)).body), /names one language and interpreter, and the fields below/);
  assert.match(summary((await at.post(url, { ...person(), ...blank })).body), /whether an interpreter was used/);
  for (const spokenTo of ['spoken to, Romanian, by phone', 'only seen'])
    assert.equal((await at.post(url, { ...person(), ...blank, spokenTo })).statusCode, 303, spokenTo);
  const met = await db
    .selectFrom('encounters')
    .select(['spokenTo', 'language', 'interpreter'])
    .orderBy('number')
    .execute();
  assert.deepEqual(met.slice(1), [
    { spokenTo: true, language: 'Romanian', interpreter: 'by phone' },
    { spokenTo: false, language: null, interpreter: 'not needed' },
  ]);
});
