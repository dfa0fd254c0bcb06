/** The mailbox that a receipt opens, in whichever store it is: its newest message, and what is added to it. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '../../platform/database/database.ts';
import type { FilesFolder } from '../../platform/files/index.ts';
import { sealFiles, type UploadResult } from '../attachments/received-files.ts';
import { addFilesByReceipt } from '../attachments/store.ts';
import type { LineAccess } from '../attendance/line-status.ts';
import { addToReport, findMailbox, type Mailbox, withdrawReport } from '../intake/store.ts';
import { type IntakeLine, intakeLines, type PartId } from '../report.ts';
import { openPartContent, sealPartContent } from '../sealing/sealed-report.ts';
import { unwrapByReceipt } from '../sealing/sealing.ts';
import { lookUpValueOf, type Receipt } from './receipt.ts';

/** What happened to the files of one form. */
export type FilesAdded = { readonly added: boolean; readonly leftOut: number; readonly full: boolean };
export const noFiles: FilesAdded = { added: false, leftOut: 0, full: false };

export type OpenedMailbox = {
  readonly line: IntakeLine;
  readonly db: Db;
  readonly mailbox: Mailbox;
  readonly key: Buffer;
  readonly receipt: Receipt;
};

/** What is written to a report at once, under one part's id. The same sent twice is kept once; other words from the same page are kept too. */
export type Addition = {
  readonly partId: PartId;
  readonly hour: Date;
  readonly said: string;
  readonly originals: string;
  readonly brought: readonly UploadResult[];
};

export class Mailboxes {
  readonly #lines: LineAccess;
  readonly #folder: FilesFolder;

  constructor(lines: LineAccess, folder: FilesFolder) {
    this.#lines = lines;
    this.#folder = folder;
  }

  /** Both stores are asked, whatever the first has, and also about what is no receipt. */
  async find(receipt: Receipt | undefined, hour: Date): Promise<OpenedMailbox | undefined> {
    const lookUp = receipt ? lookUpValueOf(receipt) : randomBytes(32);
    const found = await Promise.all(
      intakeLines.map(async (line) => {
        const db = this.#lines.db(line);
        const mailbox = db && (await findMailbox(db, lookUp, hour));
        return db && mailbox && receipt
          ? { line, db, mailbox, key: unwrapByReceipt(receipt, mailbox.id, mailbox.receiptKey), receipt }
          : undefined;
      }),
    );
    return found.find((one) => one !== undefined);
  }

  /** The words first, then the files beside the report that the receipt opens. */
  async add(opened: OpenedMailbox, { said, ...sent }: Addition): Promise<FilesAdded> {
    const { db, key, line, receipt } = opened;
    if (said !== '') {
      const sealed = sealPartContent(key, line, sent.partId, { words: said });
      const { partId, hour } = sent;
      await addToReport(db, lookUpValueOf(receipt), { partId, sealed, hour, requestId: randomUUID() });
    }
    return this.#addFiles(opened, sent);
  }

  async withdraw({ db, receipt }: OpenedMailbox, hour: Date): Promise<void> {
    await withdrawReport(db, lookUpValueOf(receipt), hour, randomUUID());
  }

  /** Of what does not go to the report nothing stays. */
  async #addFiles(
    { line, db, receipt }: OpenedMailbox,
    { brought, ...sent }: Omit<Addition, 'said'>,
  ): Promise<FilesAdded> {
    const came = brought.flatMap((one) => ('file' in one ? [one.file] : []));
    if (came.length === 0) return noFiles;
    const sealed = sealFiles(this.#lines.keys(line), { originals: sent.originals }, came, line);
    const outcome =
      sealed.length > 0
        ? await addFilesByReceipt(db, lookUpValueOf(receipt), sealed, { ...sent, requestId: randomUUID() })
        : undefined;
    const gone = outcome === 'added' ? came.filter(({ id }) => !sealed.some((one) => one.id === id)) : came;
    await Promise.all(gone.map(({ id }) => this.#folder.destroy(id)));
    return {
      added: outcome === 'added' || outcome === 'sent before',
      leftOut: came.length - sealed.length,
      full: outcome === 'no room',
    };
  }
}

export const messageIn = ({ key, line, mailbox: { partId, sealed } }: OpenedMailbox): string | undefined =>
  partId && sealed ? openPartContent(key, line, { id: partId, sealed }).words : undefined;
