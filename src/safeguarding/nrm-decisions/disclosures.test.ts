import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { handed, plain } from '../../../test/fixtures/nrm-draft-handover.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { addNotice } from '../custody-notices/examples.ts';
import { addDecision } from '../information-requests/examples.ts';

const asked = { id: newTimelessId(), kinds: ['help provided'] } as never;
const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };
const part = (body: string, id: string): string =>
  plain(body.slice(body.indexOf(`id="${id}"`), body.indexOf('</section>', body.indexOf(`id="${id}"`))));

test('lists everything that was shared: the request, the submission by a first responder, the notice to custody, the answer to police; and who can read it now', async (t) => {
  const w = await handed(t);
  const { her, him, at, request, person, nurse, agency, safeguardingDb, keys, clock } = w;
  const agreed = `/staff/safeguarding/people/${person.id}/consents`;
  const before = await her.get(agreed);
  assert.match(part(before.body, 'told'), /Lea Council .*draft of a referral .*Referral, with consent/);
  assert.doesNotMatch(part(before.body, 'told'), /Home Office/);
  assert.match(
    part(before.body, 'readers'),
    /Lea Nurses keeps the record.*Lea Council cannot see the record. Until .* it can see only this:/,
  );
  assert.match(
    part(before.body, 'readers'),
    /If Lea Council submits the draft of the NRM referral, the Home Office is told who the person is\. The Home Office notifies police\..*Police and immigration officers cannot open the record\. They can know shared information, and anything that the person said to an officer\. See “Disclosures”/,
  );
  assert.doesNotMatch(part(before.body, 'readers'), /The Home Office has the NRM referral/);

  await him.post(`${request}/decide`, { decision: 'accepted', reason: 'Ring Cas' });
  await him.post(`${request}/finish`, { outcome: 'help given', number: 'NRM/26/0417', ...day });
  const said = part((await her.get(agreed)).body, 'told');
  assert.match(said, /Home Office.*Lea Council says that it submitted it\. It is not recorded.*number NRM\/26\/0417/);
  const id = request.split('/').at(-1);
  await her.post(`${at}/submitted`, { request: id, ...day, reference: 'NRM/26/0417' });
  const force = await agency('police force', { name: 'Some Force' });
  await addNotice(safeguardingDb, keys, { personId: person.id, to: force.id, by: nurse, at: clock.now() });
  await addDecision(safeguardingDb, keys, { request: asked, personId: person.id, by: nurse, at: clock.now() });
  const page = await her.get(agreed);
  const told = part(page.body, 'told');
  assert.match(
    told,
    /Home Office: National Referral Mechanism the referral, as in the draft of 26 November 2026\. It notifies police Submitted by Lea Council from the draft, with consent of 26 November 2026\. Recorded by .*Nia Nurse 26 November 2026 Referred; no decision yet; number NRM\/26\/0417/,
  );
  assert.equal(told.match(/Home Office/g)?.length, 1, 'once');
  assert.match(
    told,
    /Some Force one short message, .*May be a victim of modern slavery: consider section 45.*with consent/,
  );
  assert.match(told, /Police, who asked in writing/);
  assert.match(part(page.body, 'readers'), /No other agency can open any part of the record now/);
  for (const known of [
    /The Home Office has the NRM referral\. It is also in charge of immigration, and it notifies police\./,
    /Some Force has the short message\. The officers who decide about the person receive it\./,
    /Police have the answer that is listed above, and can use it in their case\./,
  ])
    assert.match(part(page.body, 'readers'), known);
  assert.doesNotMatch(part(page.body, 'readers'), /cannot see the record\.$/);
});

test('keeps the list in the safeguarding database: police and immigration are refused alike, and the main log shows no view of it', async (t) => {
  const w = await handed(t);
  const { her, person, agency, member, signIn, db, safeguardingDb, keys, nurse, clock } = w;
  await addDecision(safeguardingDb, keys, { request: asked, personId: person.id, by: nurse, at: clock.now() });
  const agreed = `/staff/safeguarding/people/${person.id}/consents`;
  const theirs = async () =>
    Promise.all(
      ['access_log', 'outbox'].map(
        async (table) =>
          (await sql<{ row: string }>`select ${sql.table(table)}::text as row from ${sql.table(table)}`.execute(db))
            .rows,
      ),
    );
  const before = await theirs();
  assert.equal((await her.get(agreed)).statusCode, 200);
  assert.deepEqual(await theirs(), before);
  const looks = await safeguardingDb
    .selectFrom('accessLog')
    .select(['event', 'subject'])
    .where('memberId', '=', nurse.id)
    .where('event', 'in', [
      'nrm referrals.listed',
      'information decisions.listed',
      'custody safeguarding notices.listed',
    ])
    .execute();
  assert.deepEqual(new Set(looks.map(({ event }) => event)).size, 3, 'each is a look of its own');
  for (const kind of ['police force', 'immigration'] as const) {
    const officer = await signIn(await member(await agency(kind), roles));
    const [there, none] = [await officer.get(agreed), await officer.get(agreed.replace(person.id, newTimelessId()))];
    assert.ok([403, 404].includes(there.statusCode));
    assert.equal(there.statusCode, none.statusCode);
    assert.doesNotMatch(there.body, /Home Office|Lea Nurses keeps/);
  }
});
