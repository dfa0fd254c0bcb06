/** `crash`: after any process is killed at any time, a receipt that was shown opens its mailbox, confirmed text is kept, and no text of a report is readable on disk. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { FilesFolder } from '../../../src/platform/files/index.ts';
import { fileKeyName } from '../../../src/reports/attachments/received-files.ts';
import { lookUpValueOf, readReceipt } from '../../../src/reports/mailbox/receipt.ts';
import { type IntakeLine, intakeLines, type PartId, type ReportId } from '../../../src/reports/report.ts';
import {
  allKeyPairs,
  openFileKey,
  openPartContent,
  openReportKey,
  type PartContent as Words,
} from '../../../src/reports/sealing/sealed-report.ts';
import { unwrapByReceipt } from '../../../src/reports/sealing/sealing.ts';
import { chance, type Row, row } from '../../harness/assurance.ts';
import { testKeys } from '../../harness/keys.ts';
import { whileClocksJump } from './clocks.ts';
import { whileTheDiskIsFull } from './full.ts';
import {
  anyReport,
  filesOf,
  killed,
  noted,
  nothingSaid,
  type Said,
  startApplication,
  tellAndNote,
  untilKilled,
} from './kills.ts';
import { type Kept, withKept } from './open-intake.ts';
import { canary, remainsIn } from './remains.ts';
import { askBack, openAll, writeMore } from './wire.ts';

export async function assureCrash({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  return [
    ...(await withKept((kept) => whileKilling(kept, seed, quick ? 4 : 200))),
    ...(await whileTheDiskIsFull(seed, quick ? 1 : 6)),
    ...(await whileClocksJump(seed, quick ? 40 : 2_000)),
  ];
}

async function whileKilling(kept: Kept, seed: number, kills: number): Promise<Row[]> {
  const random = chance(seed);
  const said = nothingSaid();
  let next = startApplication(kept);
  for (let number = 0; number < kills; number += 1) {
    const server = await next;
    next = startApplication(kept); // While this one lives, so that none waits for the other.
    await untilKilled(kept, server, said, { number, random });
  }
  const { url, child } = await next;
  // Once with nothing dying, so that a short run has tried all four.
  await tellAndNote(url, said, `${canary} ${kills} with a file`, { who: 'worried', withFile: true });
  const [receipt] = said.shown.keys();
  if (receipt && (await writeMore(url, receipt, canary))) noted(said.added, receipt, canary);
  const id = await anyReport(kept);
  if (id && (await askBack(url, kept.session, id, canary))) noted(said.asked, id, canary);
  const opened = await openAll(url, [...said.shown.keys()]).finally(() => child.kill('SIGKILL'));
  const held = heldBy(await openStored(kept), said);
  const counts = await Promise.all(intakeLines.map((line) => countsOf(kept, line)));
  const told = `kill -9 at ${kills} random moments (${[...new Set(killed)].join(', ')}, in turn)`;
  return [
    row(
      `${told}: receipts that were shown and open no mailbox over the wire`,
      `${opened.filter((opens) => !opens).length} of ${said.shown.size}; ${said.outlived} reports were begun before the database died and told to the end after it`,
      opened.every(Boolean) && said.shown.size >= kills,
    ),
    row(
      'the same: told, added or asked back as the page said, and not to be opened with the keys',
      `${held.missing} of ${held.looked} (${said.shown.size} told, ${said.brought.size} files, ${count(said.added)} added, ${count(said.asked)} asked back; ${said.failed} tries never had their answer)`,
      held.missing === 0 && said.brought.size > 0 && count(said.added) > 0 && count(said.asked) > 0,
    ),
    row(
      'the same: reports without what was told or without their row of the log, in both stores',
      counts.map(({ reports, whole }) => `${reports - whole} of ${reports}`).join(', '),
      counts.every(({ reports, whole }) => reports === whole),
    ),
    ...(await onDisk(kept, said)),
  ];
}

const count = (map: ReadonlyMap<string, readonly string[]>): number =>
  [...map.values()].reduce((sum, many) => sum + many.length, 0);

type Part = { readonly id: PartId; readonly sealed: Buffer };
type Report = {
  readonly id: ReportId;
  readonly lookUp: Buffer;
  readonly sealedKey: Buffer;
  readonly receiptKey: Buffer;
};

type Opened = { readonly report: Report; readonly key: Buffer; readonly words: string; readonly files: string };
type Stored = { readonly byLookUp: ReadonlyMap<string, Opened>; readonly byId: ReadonlyMap<string, string> };

/** Opens every report with the keys of the staff. */
export async function openStored(kept: Kept): Promise<Stored> {
  const { looking } = kept;
  const folder = new FilesFolder(filesOf(kept));
  const byLookUp = new Map<string, Opened>();
  const byId = new Map<string, string>();
  for (const line of intakeLines)
    await looking(line, async (db) => {
      const pairs = allKeyPairs(testKeys, line);
      const reports = (await db.selectFrom('reports').selectAll().execute()) as Report[];
      for (const report of reports) {
        const key = openReportKey(pairs, report.id, report.sealedKey);
        const parts = (await db
          .selectFrom('reportParts')
          .select(['id', 'sealed'])
          .where('reportId', '=', report.id)
          .execute()) as Part[];
        const words = parts.map((part) => inWords(openPartContent(key, line, part))).join('\n');
        const files = (await db
          .selectFrom('reportFiles')
          .select(['id', 'sealedKey'])
          .where('reportId', '=', report.id)
          .execute()) as { readonly id: string; readonly sealedKey: Buffer }[];
        const opened = files.map(({ id, sealedKey }) =>
          folder.open(line, { id, key: openFileKey(pairs, fileKeyName(id), sealedKey), side: 'as it came' }),
        );
        const inFiles = (await Promise.all(opened)).join('\n');
        byLookUp.set(report.lookUp.toString('hex'), { report, key, words, files: inFiles });
        byId.set(report.id, words);
      }
    });
  return { byLookUp, byId };
}

/** Reads with the keys of the staff, and with the receipt, whether every word is there. */
export function heldBy(
  { byLookUp, byId }: Stored,
  { shown, added, asked, brought }: Pick<Said, 'shown' | 'added' | 'asked' | 'brought'>,
): { readonly looked: number; readonly missing: number } {
  let [looked, missing] = [0, 0];
  const mustHold = (words: string | undefined, said: string): void => {
    looked += 1;
    if (!words?.includes(said)) missing += 1;
  };
  for (const [digits, what] of shown) {
    const receipt = readReceipt(digits);
    const held = receipt && byLookUp.get(lookUpValueOf(receipt).toString('hex'));
    const opens = held && unwrapByReceipt(receipt, held.report.id, held.report.receiptKey).equals(held.key);
    for (const said of [what, ...(added.get(digits) ?? [])]) mustHold(opens ? held.words : undefined, said);
    const inFile = brought.get(digits);
    if (inFile !== undefined) mustHold(opens ? held.files : undefined, `${inFile}\n`.repeat(2_000));
  }
  for (const [id, questions] of asked) for (const question of questions) mustHold(byId.get(id), question);
  return { looked, missing };
}

const inWords = (said: Words): string => Object.values(said).join('\n');

async function countsOf(
  { looking }: Kept,
  line: IntakeLine,
): Promise<{ readonly reports: number; readonly whole: number }> {
  return looking(line, async (db) => {
    const { rows } = await sql<{ reports: number; whole: number }>`
      select count(*) as reports, count(*) filter (where
        (select count(*) from report_parts p where p.report_id = r.id and p.kind = 'told') = 1 and
        (select count(*) from access_log l where l.subject = r.id and l.event = 'report.received') = 1) as whole
      from reports r`.execute(db);
    return rows[0] as { reports: number; whole: number };
  });
}

/** Last, so that a word put there by ourselves shows that it would have been found. */
async function onDisk({ folder, looking }: Kept, { shown }: Said): Promise<Row[]> {
  const receipts = new Set(shown.keys());
  await looking('police', (db) => sql`checkpoint`.execute(db));
  const remains = remainsIn(folder, receipts);
  await looking('police', async (db) => {
    await sql`create table planted (said text)`.execute(db);
    await sql`insert into planted values (${`${canary} planted`})`.execute(db);
    await sql`checkpoint`.execute(db);
  });
  writeFileSync(join(folder, 'planted'), `list=${[...receipts][0]?.replaceAll(' ', '+')}`);
  const planted = remainsIn(folder, receipts).found.length - remains.found.length;
  return [
    row(
      'what was told, and receipts, in tables, write-ahead log, temporary files and logs at debug of server and database',
      `${remains.found.length} found in ${remains.files} files of ${(remains.bytes / 1e6).toFixed(0)} MB${remains.found.length > 0 ? `: ${[...new Set(remains.found)].slice(0, 5).join(', ')}` : ''}`,
      remains.found.length === 0,
    ),
    row('the same, put there by ourselves: in a table, its log, and a file', `${planted} found`, planted >= 3),
  ];
}
