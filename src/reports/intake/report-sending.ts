/** Sends a finished report: seals it to its line, stores it, and stores its files with it. */

import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import type { FilesFolder } from '../../platform/files/index.ts';
import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { sealFiles } from '../attachments/received-files.ts';
import { addFiles } from '../attachments/store.ts';
import { getCachedLineStatus, getLineStatus, type LineAccess, type LineStatus } from '../attendance/line-status.ts';
import { formatReceiptAsDigits, formatReceiptAsList, readReceipt } from '../mailbox/receipt.ts';
import { isOnCallNow } from '../on-call/store.ts';
import type { IntakeLine, PartId } from '../report.ts';
import { type BrowserSealed, sealReport } from '../sealing/sealed-report.ts';
import type { ReportDraft } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { FloodGate } from './flood-gate.ts';
import { type Answers, lineOf } from './questions.ts';
import type { ReceiptText, Sent } from './sent-pages.ts';
import { receiveReport } from './store.ts';

/** To the flood gate. */
export const formName = 'report';

/** The last page as it was shown, and of which line. */
export type SentPage = Sent & { readonly line: LineStatus };

type Given = {
  readonly drafts: Drafts;
  readonly lines: LineAccess;
  readonly folder: FilesFolder;
  readonly gate: FloodGate;
};

export class ReportSender {
  readonly #clock: Clock;
  readonly #given: Given;

  constructor(clock: Clock, given: Given) {
    this.#clock = clock;
    this.#given = given;
  }

  /** Undefined where nobody attends the line; the line that keeps a report of this id with other content. It is first sealed as the line was last seen; the store says where that no longer holds. */
  async receive(
    request: Pick<Request, 'ip' | 'language'>,
    token: string,
    telling: ReportDraft,
    inBrowser: BrowserSealed | undefined,
    partId: PartId,
  ): Promise<Omit<SentPage, 'sealed'> | IntakeLine | undefined> {
    const { drafts, lines } = this.#given;
    const { answers } = telling;
    const name = lineOf(answers);
    const db = lines.db(name);
    const now = this.#clock.now();
    const { toSend, kept } = this.#prepare(request, telling, inBrowser, now);
    for (const look of [getCachedLineStatus, getLineStatus]) {
      const line = await look(lines, name, now);
      if (!db || !line.attendance) continue;
      const { id, promisedHours } = line.attendance;
      const report = sealReport(lines.keys(name), { ...toSend, partId, promisedHours });
      const opens = await receiveReport(db, report, id, name === 'police' ? drafts.releaseForEnding(token) : null);
      if (opens === undefined) continue;
      if (opens === 'other content') return name;
      const files = await this.#sendFiles(db, telling);
      if (name === 'help') await drafts.forget(token, 'sent');
      const onCall = answers.now === 'yes' ? await isOnCallNow(db, now) : undefined;
      return { line, kept: (opens && kept) || {}, ...files, onCall };
    }
    return undefined;
  }

  /** What is sealed, and the receipt as its reporter keeps it. */
  #prepare(
    { ip, language }: Pick<Request, 'ip' | 'language'>,
    { answers, reportId, receipt: digits, work }: ReportDraft,
    inBrowser: BrowserSealed | undefined,
    now: Date,
  ) {
    const receipt = readReceipt(digits);
    const kept = receiptTextFor(answers, receipt, language);
    const queue = this.#given.gate.queueFor({ form: formName, address: ip, work }, now);
    const toSend = {
      id: reportId,
      line: lineOf(answers),
      way: 'public form',
      answers,
      language,
      inBrowser,
      receipt: kept && receipt,
      queue: queue === 'first queue' ? 'first' : 'second',
      now,
    } as const;
    return { toSend, kept };
  }

  /** Beside the report that they came with. What nobody could look at, and may not be kept as it came, is destroyed. */
  async #sendFiles(db: Db, { reportId, answers, files = [] }: ReportDraft) {
    if (files.length === 0) return {};
    const { folder, lines } = this.#given;
    const waiting = await folder.findWaiting(files.map(({ id }) => id));
    const sealed = sealFiles(
      lines.keys(lineOf(answers)),
      answers,
      files.filter(({ id }) => waiting.has(id)),
    );
    if (sealed.length > 0) await addFiles(db, reportId, sealed, floorToHour(this.#clock.now()), randomUUID());
    const leftOut = files.filter(({ id }) => !sealed.some((sent) => sent.id === id));
    await Promise.all(leftOut.map(({ id }) => folder.destroy(id)));
    return { files: sealed.length, leftOut: leftOut.length };
  }
}

function receiptTextFor(
  { receipt: kind }: Answers,
  receipt: ReturnType<typeof readReceipt>,
  language: string,
): ReceiptText | undefined {
  if (!receipt || kind === 'none') return undefined;
  const words = kind === 'digits' ? undefined : formatReceiptAsList(receipt, language);
  return words ? { words } : { digits: formatReceiptAsDigits(receipt) };
}
