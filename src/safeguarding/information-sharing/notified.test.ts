import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { findPageProblems } from '../../../test/harness/browser.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

test('a sender reads on a phone and at a desk that a referral did not arrive, and whom to call', async (t) => {
  const world = await openForBrowser(t, (environment) => aWalkIn(t, { environment }));
  const { base, pageOf, signIn, caseworker, nurse, nurses, person, safeguardingDb, clock } = world;
  const at = await signIn(caseworker);
  const id = newTimelessId();
  const ask = { id, to: nurses.id, agreed: 'agreed', step: 'send', needs: ['health'], purpose: 'examine and treat' };
  await at.post(`/staff/safeguarding/people/${person.id}/refer`, { ...ask, words: 'A check of health' });
  const hours = (many: number) => new Date(clock.now().getTime() + many * 3_600_000);
  await safeguardingDb
    .insertInto('onCallShifts')
    .values({
      ...{ id: newTimelessId(), agencyId: nurses.id, memberId: nurse.id, setBy: nurse.id, place: 1 },
      ...{ startsAt: hours(-2), endsAt: hours(2), setAt: hours(-2), reached: 'Nia, duty phone 01632 960 100' },
    })
    .execute();
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const page = await pageOf(caseworker, options);
    await page.goto(`${base}/staff/safeguarding/referrals/${id}`);
    await page.getByRole('heading', { name: 'Not notified yet' }).waitFor();
    const call = page.getByRole('link', { name: 'Call those on call at Lea Nurses: 01632 960 100' });
    assert.equal(await call.getAttribute('href'), 'tel:+441632960100');
    assert.doesNotMatch(await page.content(), /\bNia\b/);
    if (look === 'desk') faults.push(...(await findPageProblems(page)));
    await shoot(page, `${look}-referral`);
    await page.goto(`${base}/staff/safeguarding/people/${person.id}/consents`);
    await page.getByText('Not notified yet: telephone them').waitFor();
    await shoot(page, `${look}-consents`);
  }
  assert.deepEqual(faults, []);
});
