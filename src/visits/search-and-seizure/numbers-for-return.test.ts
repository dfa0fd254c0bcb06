import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow } from '../../../test/fixtures/counted-return.ts';
import { hidden, plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { query } from '../../../test/harness/sql.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addPersonMet, addVisit } from '../examples.ts';
import { addReferralDraft } from '../nrm-referrals/examples.ts';

const search = { searched: 'yes', rooms: '', forceUsed: '', damage: '', noticeLeft: 'yes', base: '1', why: '' };
const numbers = { peopleChecked: '4', vehiclesChecked: '0', documentsChecked: '3', suspects: '1' };

test('what officers record of checks, suspects, cash and referrals is in the return', async (t) => {
  const application = await aTeam(t, { today: '2026-12-01', endsOn: '2026-12-05' });
  const { db, keys, planned, officer, operation, force, signIn, on } = application;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;

  const wrong = await at.post(`${url}/search`, { ...search, ...numbers, suspects: 'two' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Enter a number, like 0 or 3, or leave it empty/);
  const saved = await at.post(`${url}/search`, { ...search, ...numbers });
  assert.equal(saved.statusCode, 303, plain(saved.body));
  const cash = { kind: 'cash', description: 'Notes', exhibitRef: '' };
  for (const [pence, currency] of [
    ['£1,240.50', 'GBP'],
    ['300', 'EUR'],
  ])
    assert.equal((await at.post(`${url}/seizures/new`, { ...cash, id: newId(), pence, currency })).statusCode, 303);
  assert.equal(
    (await at.post(`${url}/seizures/new`, { ...cash, id: newId(), pence: '1', currency: 'QQQ' })).statusCode,
    422,
  );
  const page = plain((await at.get(url)).body);
  assert.match(page, /Vehicles checked 0.*Suspected and not arrested 1/);
  assert.match(page, /£1,240\.50/);
  assert.match(page, /€300\.00/);

  const met = await addPersonMet(db, visit, officer);
  const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id });
  const own = `/staff/nrm-referrals/${id}`;
  const digest = hidden((await at.get(`${own}/submission`)).body, 'digest');
  const moment = { time: '10:35', 'day-day': '1', 'day-month': '12', 'day-year': '2026', reference: '' };
  const sent = await at.post(`${own}/submission`, { ...moment, digest, sentFrom: 'this draft' });
  assert.equal(sent.statusCode, 303, plain(sent.body));
  const [row] = await db.selectFrom('nrmReferrals').select(['person', 'referredAs']).execute();
  assert.ok(row?.person && row.person !== met.id);
  assert.equal(row.referredAs, 'adult');

  const analyst = await on(['analyst']);
  const address = await countNow(analyst, operation.id);
  const counted = plain((await analyst.get(address)).body);
  for (const says of [
    /People whose identity or papers were checked 4 /,
    /Vehicles checked 0 /,
    /Documents checked 3 /,
    /Suspects identified and not arrested 1 /,
    /Pounds of cash seized 1,240 /,
    /Potential victims in referrals and notifications by officers fewer than 5 /,
  ])
    assert.match(counted, says);
  assert.doesNotMatch(counted, /Nil return/);
  const definitions = plain((await analyst.get('/staff/returns/definitions/2026-11')).body);
  assert.match(
    definitions,
    /Vehicles checked Each vehicle that officers checked.* vehicles Figures add up to the least/,
  );
  assert.doesNotMatch(plain((await analyst.get('/staff/returns/definitions/2026-01')).body), /Vehicles checked/);
});

test('a visit that found nothing makes a nil return', async (t) => {
  const { db, planned, officer, operation, on } = await aTeam(t, { today: '2026-12-01', endsOn: '2026-12-05' });
  await addVisit(db, planned, officer, {
    answer: 'no reply',
    basis: null,
    powerId: null,
    present: null,
    answeredBy: null,
  });
  const analyst = await on(['analyst']);
  const page = plain((await analyst.get(await countNow(analyst, operation.id))).body);
  assert.match(page, /Nil return Every result that may be given exactly is 0/);
});
