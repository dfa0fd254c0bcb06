import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addDisclosure } from '../consent/examples.ts';

const home = '/staff/safeguarding/disclosures';
const hour = 3_600_000;

test('expired requests do not fill the list; those disclosed at once come first, and the page says if there are more', async (t) => {
  const { signIn, member, adviser, lead, advisers, council, metAt, safeguardingDb, keys, clock } =
    await aHelpedPerson(t);
  const protector = await member(advisers, ['data-protection lead'], 'Dot Protector');
  const known = { personId: metAt.encounterId as never, operationId: metAt.operationId };
  const adds = (hours: number, count: number) =>
    safeguardingDb.transaction().execute(async (tx) => {
      const at = clock.now();
      const until = new Date(Math.floor(at.getTime() / hour) * hour + hours * hour);
      const waits = { basis: 'court order', approvedBy: null, approvedAt: null, until } as const;
      for (let index = 0; index < count; index += 1)
        await addDisclosure(tx, keys, { ...known, at }, council.id, adviser, { ...waits, id: newTimelessId() });
    });
  const listed = async () => {
    const { body } = await (await signIn(protector)).get(home);
    return { body: plain(body), ids: [...body.matchAll(/disclosures\/([0-9a-f-]{36})/g)].map(([, id]) => id) };
  };
  await adds(1, 101);
  clock.move(new Date(clock.now().getTime() + 2 * hour));
  assert.match((await listed()).body, /No open requests/, 'what ran out can be answered by nobody');
  const hers = await (await signIn(adviser)).get(home);
  assert.match(plain(hers.body), /Expired without approval/);
  const [one] = [...hers.body.matchAll(/disclosures\/([0-9a-f-]{36})/g)].map(([, id]) => id);
  assert.match(plain((await (await signIn(adviser)).get(`${home}/${one}`)).body), /Expired.*before anyone approved it/);
  await adds(2, 100);
  clock.move(new Date(clock.now().getTime() + hour));
  const once = await addDisclosure(safeguardingDb, keys, { ...known, at: clock.now() }, council.id, lead);
  const { ids, body } = await listed();
  assert.equal(ids[0], once.id);
  assert.equal(ids.length, 100);
  assert.match(body, /These are the first 100/);
});
