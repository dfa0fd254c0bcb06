/** `mailbox`: wrong receipts cannot be distinguished, from each other or from right ones, by status, length or time. */

import { startJourney } from '../../../src/public/private-journey/visitor.ts';
import { addReport, addWords, attend } from '../../../src/reports/examples.ts';
import { formatReceiptAsDigits, newReceipt } from '../../../src/reports/mailbox/receipt.ts';
import { openReportForm } from '../../../src/reports/visitor.ts';
import { withApplication } from '../../fixtures/server.ts';
import { chance, mixed, type Row } from '../../harness/assurance.ts';
import { sameSource } from '../whole/kolmogorov.ts';

type Kind = 'unknown' | 'malformed' | 'withdrawn' | 'expired' | 'valid';

const address = '/report/return';
const each = 40;
const lanes = 16;
const days = 24 * 3_600_000;

export const assureMailbox = ({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> =>
  withApplication(async (application) => {
    const { app, db, keys, clock } = application;
    const force = await application.agency('police force');
    const by = await application.member(force, ['triage']);
    await attend(db, keys, 'police', by, clock.now());
    const told = async (more = {}) => addReport(db, keys, 'police', force.id, clock.now(), more);
    const expired = await many(() => told({ state: 'closed' }));
    clock.move(new Date(clock.now().getTime() + 91 * days));
    const valid = await many(() => told());
    for (const one of valid)
      await addWords(db, 'police', one, { kind: 'asked', place: 1, words: 'Can you say more?', at: clock.now() }, by);
    const withdrawn = await many(() => told());
    for (const { receipt } of withdrawn) {
      const teller = await openReportForm(app, address);
      await teller.press('begin');
      await teller.press('open', { list: formatReceiptAsDigits(receipt) });
      await teller.press('withdraw');
    }
    const lists: Record<Kind, () => string> = {
      unknown: () => formatReceiptAsDigits(newReceipt()),
      malformed: () => formatReceiptAsDigits(newReceipt()).replace(/\d{4}$/, '0000'),
      withdrawn: one(withdrawn),
      expired: one(expired),
      valid: one(valid),
    };
    const kinds = Object.keys(lists) as Kind[];
    const times = Object.fromEntries(kinds.map((kind) => [kind, [] as number[]])) as Record<Kind, number[]>;
    const answers = new Set<string>();
    const tries = quick ? 100 : 2_000;
    const random = chance(seed);
    /** Every kind once, in an order that chance decides, so that what else the machine does falls on all alike. */
    const round = async (): Promise<void> => {
      for (const kind of mixed(kinds, random)) {
        const walker = await startJourney(app);
        await walker.go(address);
        const { body } = await walker.post(address, { press: 'begin' });
        const draft = /name="draft" value="([^"]*)"/.exec(body)?.[1] ?? '';
        const began = performance.now();
        const answer = await walker.post(address, { draft, list: lists[kind](), press: 'open' });
        times[kind].push(performance.now() - began);
        answers.add(
          `${answer.statusCode}, ${answer.rawPayload.length} bytes, ${Object.keys(answer.headers).sort().join(' ')}`,
        );
      }
    };
    let left = tries;
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        while (left-- > 0) await round();
      }),
    );
    const others = kinds.filter((kind) => kind !== 'unknown');
    return [
      {
        what: `status and length of ${kinds.join(', ')}, ${tries * kinds.length} answers`,
        figure: [...answers].join(' | '),
        passed: answers.size === 1,
      },
      ...others.map((kind) => {
        const p = sameSource(times.unknown, times[kind]);
        return {
          what: `time of ${kind} beside unknown, ${tries} tries each (p > 0.05 over ${others.length} kinds together)`,
          figure: `p = ${p.toFixed(3)}`,
          passed: p > 0.05 / others.length,
        };
      }),
    ];
  });

const many = <Value>(make: () => Promise<Value>): Promise<Value[]> => Promise.all(Array.from({ length: each }, make));

/** By turns. */
function one(from: readonly { readonly receipt: ReturnType<typeof newReceipt> }[]): () => string {
  let next = 0;
  return () => {
    next += 1;
    return formatReceiptAsDigits((from[next % from.length] as (typeof from)[number]).receipt);
  };
}
