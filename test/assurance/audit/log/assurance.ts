/** Tampers with a sealed log in a real database, ten thousand times, and asks the verifier each time. Seeded: the same seed tampers alike. */

import pg from 'pg';
import { type HeldCheckpoint, readKey, type VerifyResult, verifyLog } from '../../../../src/audit/verify/index.ts';
import { chance, type Row, row } from '../../../harness/assurance.ts';
import { openGround, type Sealed, sealALog } from './ground.ts';
import { killTheSealer } from './killed.ts';
import { type Hand, type Tampering, tamperings } from './tamperings.ts';

const drawn = Object.entries(tamperings).flatMap(([kind, [weight, tamper]]) =>
  Array.from({ length: weight }, () => [kind, tamper] as const),
);

export async function assureLog({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const random = chance(seed);
  return [...(await assureTampering(random, quick ? 600 : 10_000)), await assureKilled(random, quick ? 5 : 25)];
}

type Tally = { tried: number; found: number; missed: string[] };

async function assureTampering(random: () => number, count: number): Promise<Row[]> {
  const ground = await openGround();
  const client = new pg.Client({ connectionString: ground.addresses.superuser });
  try {
    const log = await sealALog(ground, random);
    await client.connect();
    // From here on row numbers can be written by hand: the attacker rules the database.
    await client.query('alter table access_log alter column id drop identity');
    await client.query('begin isolation level repeatable read');
    await client.query('set local session_replication_role = replica');
    const below = (most: number): number => Math.floor(random() * most);
    const hand: Hand = { client, log, below, one: (values) => values[below(values.length)] as never };
    const tallies = new Map<string, Tally>();
    let [untouched, falseAlarms] = [0, 0];
    for (let number = 0; number < count; number += 1) {
      // Each kind first, so that few are no fewer kinds.
      const [kind, tamper] = number < drawn.length ? (drawn[number] as (typeof drawn)[number]) : hand.one(drawn);
      const held =
        number % 2 === 0 ? { from: 'what was held', text: log.held } : { from: 'a witness', text: log.witnessed };
      const { done, verified } = await tried(hand, tamper, held);
      const tally = tallies.get(kind) ?? { tried: 0, found: 0, missed: [] };
      tally.tried += 1;
      if (verified.count > 0) tally.found += 1;
      else tally.missed.push(`${done} (number ${number})`);
      tallies.set(kind, tally);
      if (number % 20 !== 0) continue;
      untouched += 1;
      if ((await verify(hand, held)).count > 0) falseAlarms += 1;
    }
    await client.query('rollback');
    return [total(tallies, count), ...lines(tallies), clean(untouched, falseAlarms)];
  } finally {
    await client.end();
    await ground.stop();
  }
}

const keysOf = (log: Sealed) => [...log.key.publicKeys, log.witness.line].flatMap((text) => readKey(text) ?? []);

const verify = ({ client, log }: Hand, held: HeldCheckpoint): Promise<VerifyResult> =>
  verifyLog(client, { keys: keysOf(log), held: [held], piece: 400 });

/** One tampering, undone afterwards. A verifier that falls over has found nothing. */
async function tried(
  hand: Hand,
  tamper: Tampering,
  held: HeldCheckpoint,
): Promise<{ done: string; verified: Pick<VerifyResult, 'count'> }> {
  await hand.client.query('savepoint untouched');
  const done = await tamper(hand);
  const verified = await verify(hand, held).catch((error: Error) => ({ count: 0, error }));
  await hand.client.query('rollback to savepoint untouched; release savepoint untouched');
  if ('error' in verified) throw new Error(`the verifier fell over: ${done}`, { cause: verified.error });
  return { done, verified };
}

function total(tallies: ReadonlyMap<string, Tally>, count: number): Row {
  const found = [...tallies.values()].reduce((sum, tally) => sum + tally.found, 0);
  return row('tamperings of a sealed log found by the verifier', `${found} of ${count}`, found === count);
}

const lines = (tallies: ReadonlyMap<string, Tally>): Row[] =>
  [...tallies].map(([kind, { tried: all, found, missed }]) =>
    row(
      `  ${kind}`,
      `${found} of ${all}${missed.length > 0 ? `; missed ${missed.slice(0, 3).join(', ')}` : ''}`,
      found === all,
    ),
  );

const clean = (untouched: number, falseAlarms: number): Row =>
  row(
    'the same log untouched, between tamperings',
    `${untouched - falseAlarms} of ${untouched} verified`,
    falseAlarms === 0,
  );

async function assureKilled(random: () => number, kills: number): Promise<Row> {
  const { rows, sealed, wrong } = await killTheSealer(random, kills);
  return row(
    'the sealer killed outright at random moments, the log verified after each',
    `${kills} kills, ${sealed} of ${rows} rows sealed in the end${wrong && `; ${wrong}`}`,
    wrong === '' && sealed === rows,
  );
}
