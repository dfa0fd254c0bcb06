/** The application's clock jumps forwards and back, by an hour and by a day, between any two pages: no receipt stops working, and nothing fails. */

import { type JourneyVisitor, startJourney } from '../../../src/public/private-journey/visitor.ts';
import { addWords, attend } from '../../../src/reports/examples.ts';
import { lookUpValueOf, readReceipt } from '../../../src/reports/mailbox/receipt.ts';
import type { ReportId } from '../../../src/reports/report.ts';
import { allKeyPairs, openReportKey } from '../../../src/reports/sealing/sealed-report.ts';
import { findReceiptText, readFormValues } from '../../../src/reports/visitor.ts';
import { withApplication } from '../../fixtures/server.ts';
import { chance, type Row } from '../../harness/assurance.ts';
import { rowOf } from '../../harness/sql.ts';

const hour = 3_600_000;
const jumps = [-24 * hour, -hour, hour, 24 * hour] as const;

/** The clock ends where it began, so that no report grows old by the trying. */
export const whileClocksJump = (seed: number, walks: number): Promise<Row[]> =>
  withApplication(async (application) => {
    const { app, db, keys, clock } = application;
    const random = chance(seed);
    const force = await application.agency('police force');
    const by = await application.member(force, ['triage']);
    await attend(db, keys, 'police', by, new Date(clock.now().getTime() - 90 * 24 * hour));
    const noon = clock.now().getTime();
    let [jumped, failed, atTheDoor] = [0, 0, 0];
    const jump = (): void => {
      if (random() > 0.3) return void clock.move(new Date(clock.now().getTime() + 1_000));
      jumped += 1;
      const to = clock.now().getTime() + (jumps[Math.floor(random() * jumps.length)] ?? 0);
      clock.move(new Date(Math.abs(to - noon) > 72 * hour ? noon : to));
    };
    /** Each page of a walk is at another time than the one before. */
    const press = async (
      walker: JourneyVisitor,
      to: string,
      form: Readonly<Record<string, string>>,
    ): Promise<string> => {
      jump();
      const { statusCode, body } = await walker.post(to, { ...readFormValues(walker.shown().body), ...form });
      if (statusCode >= 500) failed += 1;
      return body;
    };
    const receipts: string[] = [];
    for (let walk = 0; walk < walks; walk += 1) {
      const walker = await startJourney(app);
      await walker.go('/report');
      let page = await press(walker, '/report', { press: 'begin' });
      const answers = { who: 'worried', now: 'no', what: `The clock on the wall stood still, ${walk}.` };
      for (let pages = 0; pages < 20 && page.includes('value="next"'); pages += 1)
        page = await press(walker, '/report', { ...answers, press: 'next' });
      if (page.includes('value="send"')) page = await press(walker, '/report', { press: 'send', receipt: 'digits' });
      const receipt = findReceiptText(page);
      if (receipt) receipts.push(receipt);
      else atTheDoor += 1;
    }
    const opened: boolean[] = [];
    const pairs = allKeyPairs(keys, 'police');
    for (const [place, digits] of receipts.entries()) {
      const receipt = readReceipt(digits);
      if (!receipt) throw new Error('no receipt was shown');
      if (place % 3 === 0) {
        const { id, sealedKey } = (await rowOf(db, 'reports', { lookUp: lookUpValueOf(receipt) })) as {
          id: ReportId;
          sealedKey: Buffer;
        };
        const told = { id, receipt, key: openReportKey(pairs, id, sealedKey) };
        await addWords(db, 'police', told, { kind: 'asked', place: 1, words: 'Which van?', at: clock.now() }, by);
      }
    }
    const opens = async (place: number, list: string): Promise<boolean> => {
      const walker = await startJourney(app);
      await walker.go('/report/return');
      const begun = await walker.post('/report/return', { press: 'begin' });
      const page = (await walker.post('/report/return', { ...readFormValues(begun.body), press: 'open', list })).body;
      return page.includes('name="words"') && page.includes('Which van?') === (place % 3 === 0);
    };
    // Many at once, as each answer waits for the beat; the clock jumps between them.
    for (let from = 0; from < receipts.length; from += 16) {
      clock.move(new Date(noon + (jumps[(from / 16) % jumps.length] ?? 0)));
      const some = receipts.slice(from, from + 16);
      opened.push(...(await Promise.all(some.map((list, place) => opens(from + place, list)))));
    }
    return [
      {
        what: `the clock jumps an hour or a day, forth or back, ${jumped} times in ${walks} walks: receipts that were shown and do not open, with their message`,
        figure: `${opened.filter((opens) => !opens).length} of ${receipts.length}; ${failed} answers failed; ${atTheDoor} walks were led to the door or told to begin again (a page ends after an hour, a half-told report after two)`,
        passed:
          opened.every(Boolean) && opened.length === receipts.length && failed === 0 && receipts.length > walks / 20,
      },
    ];
  });
