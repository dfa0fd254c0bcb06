/** A house whose both lines are attended since an hour, and who works at them. */
import type { TestContext } from 'node:test';
import { addReport, attend } from '../../../src/reports/examples.ts';
import {
  openContact,
  openInBrowser,
  openReportKey,
  openWords,
  pairsOf,
  type Said,
} from '../../../src/reports/intake.ts';
import { type Receipt, receiptInWords } from '../../../src/reports/receipt.ts';
import { type Line, lines, type ReportId } from '../../../src/reports/report.ts';
import { type HouseOptions, openHouse, type TestHouse } from '../house.ts';

export const dbOf = ({ db, safeguardingDb }: Pick<TestHouse, 'db' | 'safeguardingDb'>, line: Line) =>
  line === 'police' ? db : safeguardingDb;

export async function openAttended(t: Pick<TestContext, 'after'>, options: HouseOptions = {}) {
  const house = await openHouse(t, options);
  const agencies = { police: await house.agency('police force'), help: await house.agency('sexual violence advisers') };
  const setAt = new Date(house.clock.now().getTime() - 3_600_000);
  for (const line of lines)
    await attend(
      dbOf(house, line),
      house.keys,
      line,
      await house.member(agencies[line], ['data-protection lead'], 'Dee Lead'),
      setAt,
    );
  return {
    ...house,
    agencies,
    readers: {
      police: await house.member(agencies.police, ['triage'], 'Tam Triage'),
      help: await house.member(agencies.help, ['safeguarding lead'], 'Ida Lead'),
    },
    told: (line: Line, { at = house.clock.now(), ...more }: Parameters<typeof addReport>[5] & { at?: Date } = {}) =>
      addReport(dbOf(house, line), house.keys, line, agencies[line].id, at, more),
  };
}

/** All reports of a line as its staff would open them. */
export async function opened(house: Pick<TestHouse, 'db' | 'safeguardingDb' | 'keys'>, line: Line) {
  const pairs = pairsOf(house.keys, line);
  const db = dbOf(house, line);
  const reports = await db.selectFrom('reports').selectAll().execute();
  return Promise.all(
    reports.map(async (report) => {
      const key = openReportKey(pairs, report.id, report.sealedKey);
      const [part] = await db
        .selectFrom('reportParts')
        .selectAll()
        .where('reportId', '=', report.id)
        .orderBy('place')
        .execute();
      const contact = await db.selectFrom('reportContacts').selectAll().where('id', '=', report.id).executeTakeFirst();
      return {
        report,
        ...toldOf(pairs, line, report.id, openWords(key, line, part as never)),
        contact: contact && openContact(pairs, line, report.id, contact as never).said,
      };
    }),
  );
}

function toldOf(...[pairs, line, id, words]: [Parameters<typeof openInBrowser>[0], Line, ReportId, Said]) {
  const { said, inBrowser } = openInBrowser(pairs, line, id, 'words', words);
  return { told: said, inBrowser };
}

export const inWords = (receipt: Receipt): string => receiptInWords(receipt, 'en')?.join('\n') ?? '';
