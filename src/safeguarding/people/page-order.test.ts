import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addTask } from '../actions/examples.ts';
import { seedNrmReferral } from '../nrm-drafts/examples.ts';
import { addHelp, addPerson } from './examples.ts';

test('the page of a case begins with safe contact, current and overdue actions and the person’s wishes', async (t) => {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, signIn, safeguardingDb, keys, clock } = application;
  const trust = await agency('health', { name: 'Lea Health' });
  const nurse = await member(trust, ['partner caseworker'], 'Nia Nurse');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), { interpreterGender: 'not asked yet' });
  const page = `/staff/safeguarding/people/${person.id}`;
  const at = await signIn(nurse);
  const before = (await at.get(page)).body;
  assert.match(before, /A text message, 07700 900461[\s\S]*No actions yet[\s\S]*Not asked yet/);
  assert.match(before, /Needed, gender not asked yet/);
  assert.match((await at.get(`${page}/nrm`)).body, /Start the NRM referral/);
  const ago = (hours: number) => new Date(clock.now().getTime() - hours * 3_600_000);
  const add = (what: string, by: string, hours: number) =>
    addTask(safeguardingDb, keys, person.id, nurse, clock.now(), {
      what,
      by,
      earliest: ago(hours),
      latest: ago(hours),
    } as never);
  await add('Ring the solicitor', 'within 48 hours', 60);
  await add('Ask the hostel', 'within 72 hours', 1);
  await addHelp(safeguardingDb, keys, person, { what: 'needs', needs: ['shelter'], words: 'To sleep behind a lock' });
  await seedNrmReferral(safeguardingDb, keys, person, clock.now(), {});
  const { body } = await at.get(page);
  assert.match(
    body,
    /A text message, 07700 900461[\s\S]*Next actions[\s\S]*Ring the solicitor[\s\S]*Overdue for 12 hours[\s\S]*Ask the hostel[\s\S]*71 hours left[\s\S]*To sleep behind a lock[\s\S]*In progress[\s\S]*NRM referral N-[\s\S]*Timeline[\s\S]*Details[\s\S]*Other actions/,
  );
  const nrm = (await at.get(`${page}/nrm`)).body;
  assert.match(nrm, /Go on with the NRM referral/);
  assert.doesNotMatch(nrm, /Start the NRM referral/);
});

test('a record opened from an accepted request begins with what the request shows', async (t) => {
  const { agency, member, signIn, safeguardingDb, keys, clock } = await openApplication(t, {
    today: '2026-09-18',
    time: '12:20',
  });
  const advisers = await agency('sexual violence advisers');
  const nurses = await agency('health');
  const adviser = await member(advisers, ['partner caseworker']);
  const nurse = await member(nurses, ['partner caseworker']);
  const person = await addPerson(safeguardingDb, keys, adviser, clock.now());
  const from = await signIn(adviser);
  const id = newTimelessId();
  const asked = {
    agreed: 'agreed',
    to: nurses.id,
    needs: ['shelter', 'health'],
    words: 'Speaks Ukrainian',
    also: ['contact details', 'wishes'],
    reach: 'Text message only, after 22:00',
    purpose: 'requested help',
    days: '28',
    answer: 'by the next working day',
    id,
    step: 'send',
  };
  await addHelp(safeguardingDb, keys, person, { what: 'needs', needs: ['shelter'], words: 'To sleep behind a lock' });
  const sent = await from.post(`/staff/safeguarding/people/${person.id}/refer`, asked);
  assert.equal(sent.statusCode, 303, sent.body);
  await shows(from, `/staff/safeguarding/people/${person.id}/refer`, /Olga[\s\S]*Refer to an agency/);
  const at = await signIn(nurse);
  assert.equal(
    (
      await at.post(`/staff/safeguarding/referrals/${id}/decide`, {
        decision: 'accepted',
        reason: 'A room today at 18:00',
      })
    ).statusCode,
    303,
  );
  const { body } = await at.get(`/staff/safeguarding/people/new?from=referral:${id}`);
  assert.match(body, /Speaks Ukrainian/);
  assert.match(body, /Text message only, after 22:00/);
  const opened = newTimelessId();
  const saved = await at.post('/staff/safeguarding/people/new', {
    step: 'save',
    id: opened,
    from: `referral:${id}`,
    called: 'Olena',
    others: '',
    yearOfBirth: '',
    age: 'adult',
    ageBasis: 'the person says so',
    language: 'Ukrainian',
    interpreter: 'needed',
    interpreterGender: 'a woman',
    contactWay: 'in person alone',
    contactAt: '',
    contactWhen: '',
    contactNever: '',
    cameBy: '',
    checked: 'Olena, ',
  });
  assert.ok([303, 422].includes(saved.statusCode));
  await shows(at, `/staff/safeguarding/people/${opened}`, /To sleep behind a lock/);
});
