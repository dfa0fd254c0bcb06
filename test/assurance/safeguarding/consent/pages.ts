/** The same by the pages: somebody takes it back with a form while the agency asked loads what it was shown, again and again. */

import { sql } from 'kysely';
import { addReferral } from '../../../../src/safeguarding/referrals/examples.ts';
import type { helpedIn } from '../../../fixtures/help-offered.ts';

export type ByPage = { readonly tried: number; readonly after: number };

export async function takenBackByPage(world: Awaited<ReturnType<typeof helpedIn>>, times: number): Promise<ByPage> {
  const { safeguardingDb, keys, note, council, adviser, caseworker, signIn, clock } = world;
  let [tried, after] = [0, 0];
  for (let one = 0; one < times; one += 1) {
    const helper = await signIn(adviser);
    const worker = await signIn(caseworker);
    const now = { ...note, writtenAt: new Date(Math.floor(clock.now().getTime() / 3_600_000) * 3_600_000) };
    const referral = await addReferral(safeguardingDb, keys, now, council, { words: `lighthouse ${one}` });
    const { rows } = await sql<{
      id: string;
    }>`select consent_id as id from person_grants where referral_id = ${referral.id}`.execute(safeguardingDb);
    const urls = ['', '/decide', '/ask'].map((path) => `/staff/safeguarding/referrals/${referral.id}${path}`);
    const before = await worker.get(urls[0] as string);
    if (before.statusCode !== 200 || !before.body.includes('lighthouse')) throw new Error('it was never shown');
    let over = false;
    const reader = async (): Promise<void> => {
      for (let last = false; !last; ) {
        last = over;
        for (const url of last ? [...urls, '/staff/safeguarding/referrals', '/staff'] : urls.slice(0, 1)) {
          const { statusCode, body } = await worker.get(url);
          const shows =
            body.includes('lighthouse') || body.includes(referral.id) || (urls.includes(url) && statusCode !== 404);
          if (last && shows) after += 1;
        }
      }
    };
    const reading = reader();
    const answer = await helper.post(`/staff/safeguarding/consents/${rows[0]?.id}/withdraw`, {
      how: 'the person themself',
    });
    if (answer.statusCode !== 303) throw new Error(`taking back by page: ${answer.statusCode}`);
    over = true;
    await reading;
    tried += 1;
  }
  return { tried, after };
}
