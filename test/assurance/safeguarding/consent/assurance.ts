/** `consent taken back`: random histories on the real database, by the store’s own login and as the acting member. After every act each agency must see what an independent model says. Others read repeatedly while consent is withdrawn; some acts go through the pages. */

import { sql } from 'kysely';
import { helpedIn } from '../../../fixtures/help-offered.ts';
import { withApplication } from '../../../fixtures/server.ts';
import { chance, type Row } from '../../../harness/assurance.ts';
import { Acting } from './acting.ts';
import { type Cast, History } from './history.ts';
import { type ByPage, takenBackByPage } from './pages.ts';

const is = (what: string, found: number, must: boolean): Row => ({ what, figure: String(found), passed: must });

const nothing = { acts: 0, reads: 0, during: 0, after: 0, halves: 0, takenBack: 0, ended: 0 };
type Found = typeof nothing;

export const assureWithdrawals = ({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> =>
  withApplication(
    async (application) => {
      const world = await helpedIn(application);
      const third = await application.member(await application.agency('voluntary'), ['partner caseworker']);
      const acting = new Acting(application);
      const caseworkers = [world.caseworker, world.nurse, third];
      for (const who of [world.adviser, world.lead, ...caseworkers]) await acting.know(who);
      const cast: Cast = { world, acting, caseworkers };
      const random = chance(seed);
      const found = { ...nothing };
      const wrong = new Map<string, number>();
      const histories = quick ? 30 : 1_000;
      let untold = 0;
      for (let one = 0; one < histories; one += 1) {
        const history = new History(cast, random);
        await live(history, cast, random, found);
        untold += await untoldOf(history, cast, found);
        for (const line of history.wrong) wrong.set(line, (wrong.get(line) ?? 0) + 1);
      }
      const pages: ByPage = await takenBackByPage(world, quick ? 5 : 40);
      return [
        is('random histories of consent', histories, histories >= (quick ? 30 : 1_000)),
        is('acts in them, each by the database, the rules and a model', found.acts, found.acts >= histories * 6),
        ...[...wrong].slice(0, 5).map(([line, times]) => is(line, times, false)),
        is(
          'acts or reads that differ from the model',
          [...wrong.values()].reduce((sum, times) => sum + times, 0),
          wrong.size === 0,
        ),
        is('consents taken back', found.takenBack, found.takenBack >= histories / 2),
        is('grants that ended by it', found.ended, found.ended > 0),
        is('grants left open, or recipients not told', untold, untold === 0),
        is('reads by recipients while it was taken back', found.during, found.during >= found.takenBack),
        is('reads that saw one half of it', found.halves, found.halves === 0),
        is('reads after it was taken back that saw something', found.after, found.after === 0),
        is('taken back by page, read by page meanwhile', pages.tried, pages.tried >= 5),
        is('pages that showed something after it', pages.after, pages.after === 0),
      ];
    },
    { today: '2026-09-18', time: '10:47' },
  );

async function live(history: History, cast: Cast, random: () => number, found: Found): Promise<void> {
  await history.meet(2);
  const steps = 8 + Math.floor(random() * 8);
  const withdrawAt = Math.floor(random() * steps);
  await history.agrees();
  for (let step = 0; step < steps; step += 1) {
    const draw = random();
    if (step === withdrawAt || draw > 0.92) await takeBack(history, cast, found);
    else if (draw < 0.2) await history.agrees();
    else if (draw < 0.55) await history.tells();
    else if (draw < 0.72) await history.answers();
    else if (draw < 0.8) await history.asks();
    else history.passes();
    found.acts += 1;
    found.reads += await history.look();
  }
}

/** Readers go round and round while it happens: each snapshot shows all of it or nothing, and none that begins afterwards shows anything. */
async function takeBack(history: History, { acting, caseworkers }: Cast, found: Found): Promise<void> {
  const ground = Math.floor(history.pick(history.grounds.map((_one, index) => index)) ?? 0);
  const resting = history.model.told.flatMap((one, index) =>
    one.ground === ground && history.model.isOpen(index) ? [index] : [],
  );
  const kept = resting.map((index) => history.told[index]);
  const grants = kept.flatMap((one) => one?.grant ?? []);
  const referrals = kept.flatMap((one) => one?.referral ?? []);
  const who = caseworkers[history.model.grounds[ground]?.to ?? 0] as (typeof caseworkers)[number];
  const isConsent = history.model.grounds[ground]?.consent === true;
  if (!isConsent) return;
  let over = false;
  const reader = async (): Promise<void> => {
    for (let last = false; !last; ) {
      last = over;
      const seen = await acting.sees(who, grants, referrals);
      found.during += 1;
      const all = seen.grants.length === grants.length && seen.referrals.length === referrals.length;
      const none = seen.grants.length === 0 && seen.referrals.length === 0;
      if (!all && !none) found.halves += 1;
      if (last && !none) found.after += 1;
    }
  };
  const readers = [reader(), reader()];
  const done = await history.takeBack(ground)();
  over = true;
  await Promise.all(readers);
  const must = history.model.takeBack(ground);
  if (done !== must) history.wrong.push(`taken back: ${done}, and the model says ${must}`);
  if (done) found.takenBack += 1;
  if (done) found.ended += resting.length;
}

/** According to the rows themselves: what the model says is over has ended, and its recipient was informed once, and of nothing else. */
async function untoldOf(history: History, { world, caseworkers }: Cast, found: Found): Promise<number> {
  const ids = history.told.map(({ grant }) => grant);
  if (ids.length === 0) return 0;
  const { rows } = await sql<{
    id: string;
    ended: string | null;
    told: string | null;
    recipient: string | null;
    referral: string | null;
  }>`
    select g.id, g.ended, e.ended as told, e.recipient, r.ended as referral from person_grants g
      left join withdrawn_grants e on e.id = g.id left join referrals r on r.id = g.referral_id
     where g.id = any (${ids}::uuid[])`.execute(world.safeguardingDb);
  const byId = new Map(rows.map((row) => [row.id, row]));
  let untold = 0;
  for (const [index, { grant, referral }] of history.told.entries()) {
    const row = byId.get(grant);
    const must = history.model.told[index];
    const over = must?.over || null;
    const right =
      row?.ended === over &&
      row.told === (must?.heard || null) &&
      (over === null || row.recipient === caseworkers[must?.to ?? -1]?.agencyId) &&
      (over !== 'taken back' || !referral || row.referral === 'taken back');
    if (!right) untold += 1;
  }
  found.reads += 1;
  return untold;
}
