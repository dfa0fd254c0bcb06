/** The mailbox: come back with a receipt, read the newest message, write more, take the report back. Every answer has one status and one length and is delayed to the next beat by its sender, so that guessing a receipt reveals nothing. */

import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '../../platform/database/database.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { findJourneyRequest, internalOnly } from '../../platform/http/private-request.ts';
import { Problem } from '../../platform/http/problem.ts';
import { lengthHeader } from '../../platform/http/response-timing.ts';
import { type App, fromMemory, fromStore, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { translatorFor } from '../../public/languages/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { createUploads, destroyUploads, sealFiles, type UploadResult } from '../attachments/received-files.ts';
import { addFilesByReceipt } from '../attachments/store.ts';
import { openLineAccess } from '../attendance/line-status.ts';
import { MailboxForm } from '../forms.ts';
import type { Draft } from '../intake/draft.ts';
import type { Drafts } from '../intake/drafts.ts';
import { describeUnkeptFiles, draftGonePage, mailboxPage } from '../intake/pages.ts';
import { mostLetters } from '../intake/questions.ts';
import { refuseCrossSite } from '../intake/routes.ts';
import { SubmissionCache } from '../intake/send-once.ts';
import { addToReport, findMailbox, type Mailbox, withdrawReport } from '../intake/store.ts';
import { formatSighting } from '../map/sightings.ts';
import { intakeLines as allLines, type IntakeLine } from '../report.ts';
import { openPartContent, sealPartContent } from '../sealing/sealed-report.ts';
import { unwrapByReceipt } from '../sealing/sealing.ts';
import { formatReceiptAsDigits, lookUpValueOf, type Receipt, readReceipt } from './receipt.ts';

/** What happened to the files of one form. */
type FilesAdded = { readonly added: boolean; readonly leftOut: number; readonly full: boolean };
const noFiles: FilesAdded = { added: false, leftOut: 0, full: false };

type OpenedMailbox = { readonly line: IntakeLine; readonly db: Db; readonly mailbox: Mailbox; readonly key: Buffer };

/** Longer than the longest of these pages in any language. */
export const answerBytes = 24_576;

export async function mailboxRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, views, getShell, uploads } = parts;
  const lines = openLineAccess(parts);
  const folder = new FilesFolder(parts.filesFolder);
  const withdrawals = new SubmissionCache<true>();
  const findReturning = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report/return',
    createUploads(folder, 'returning', findReturning, () => clock.now()),
  );

  const show = (request: Request, reply: Reply, model: object, view = 'return'): string => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return views.render(`reports/public-${view}`, { ...getShell(request.language), ...model });
  };

  /** Both stores are asked, whatever the first has, and also about what is no receipt. */
  async function find(receipt: Receipt | undefined, hour: Date): Promise<OpenedMailbox | undefined> {
    const lookUp = receipt ? lookUpValueOf(receipt) : randomBytes(32);
    const found = await Promise.all(
      allLines.map(async (line) => {
        const db = lines.db(line);
        const mailbox = db && (await findMailbox(db, lookUp, hour));
        return db && mailbox && receipt
          ? { line, db, mailbox, key: unwrapByReceipt(receipt, mailbox.id, mailbox.receiptKey) }
          : undefined;
      }),
    );
    return found.find((one) => one !== undefined);
  }

  const messageIn = ({ key, line, mailbox: { partId, sealed } }: OpenedMailbox): string | undefined =>
    partId && sealed ? openPartContent(key, line, { id: partId, sealed }).words : undefined;

  /** Beside the report that the receipt opens. Of what does not go there nothing stays. */
  async function addFiles(
    { line, db }: OpenedMailbox,
    lookUp: Buffer,
    brought: readonly UploadResult[],
    sent: { readonly originals: string; readonly partId: string; readonly hour: Date },
  ): Promise<FilesAdded> {
    const came = brought.flatMap((one) => ('file' in one ? [one.file] : []));
    if (came.length === 0) return noFiles;
    const sealed = sealFiles(lines.keys(line), { originals: sent.originals }, came, line);
    const outcome =
      sealed.length > 0 ? await addFilesByReceipt(db, lookUp, sealed, { ...sent, requestId: randomUUID() }) : undefined;
    const gone = outcome === 'added' ? came.filter(({ id }) => !sealed.some((one) => one.id === id)) : came;
    await Promise.all(gone.map(({ id }) => folder.destroy(id)));
    return {
      added: outcome === 'added' || outcome === 'sent before',
      leftOut: came.length - sealed.length,
      full: outcome === 'no room',
    };
  }

  app.get('/report/return', internalOnly(fromMemory), async (request, reply) =>
    show(request, reply, mailboxPage(translatorFor(request.language), { at: 'front' })),
  );

  app.post('/report/return', internalOnly(fromStore), async (request, reply) => {
    refuseCrossSite(request);
    reply.header(lengthHeader, answerBytes);
    const { draft: token, press, list, words, when, where, originals } = MailboxForm.parse(answersOf(request.body));
    const brought = (findJourneyRequest()?.brought ?? []) as readonly UploadResult[];
    if (words.trim().length > mostLetters) {
      await destroyUploads(folder, brought);
      throw new Problem('too large', 'a message of more letters than are kept');
    }
    const now = clock.now();
    const hour = floorToHour(now);
    if (press === 'withdraw' && (await withdrawals.again(token, now))) {
      await destroyUploads(folder, brought);
      return show(request, reply, mailboxPage(translatorFor(request.language), { at: 'withdrawn' }));
    }
    const held = token === '' ? undefined : await drafts.find(token, now);
    if (token === '' ? press !== 'begin' : held?.kind !== 'returning') {
      await destroyUploads(folder, brought);
      return show(request, reply, draftGonePage(translatorFor(request.language)), 'ended');
    }
    const typed = press === 'open' ? list : (held?.kind === 'returning' && held.receipt) || '';
    const receipt = readReceipt(typed);
    const found = await find(receipt, hour);
    const adds = found && receipt && held?.kind === 'returning' && press === 'add' ? held : undefined;
    if (!adds) await destroyUploads(folder, brought);

    if (found && receipt && press === 'withdraw') {
      await withdrawals.first(token, now, async () => {
        await withdrawReport(found.db, lookUpValueOf(receipt), hour, randomUUID());
        await drafts.forget(token);
        return true as const;
      });
      return show(request, reply, mailboxPage(translatorFor(request.language), { at: 'withdrawn' }));
    }
    const said = formatSighting({ what: words.trim(), when, where });
    let files = noFiles;
    if (adds && found && receipt) {
      const { partId } = adds;
      const lookUp = lookUpValueOf(receipt);
      if (said !== '') {
        const sealed = sealPartContent(found.key, found.line, partId, { words: said });
        await addToReport(found.db, lookUp, { partId, sealed, hour, requestId: randomUUID() });
      }
      files = await addFiles(found, lookUp, brought, { originals, partId, hour });
    }
    const next: Draft = {
      kind: 'returning',
      receipt: found && receipt ? formatReceiptAsDigits(receipt) : null,
      partId: newTimelessId(),
    };
    const draft = await drafts.keep(token || undefined, next, now);
    if (!draft) return show(request, reply, draftGonePage(translatorFor(request.language)), 'ended');
    if (!found)
      return show(
        request,
        reply,
        mailboxPage(translatorFor(request.language), { at: 'asking', draft, missed: token !== '' }),
      );
    const unkept = describeUnkeptFiles(translatorFor(request.language), adds ? brought : [], files.leftOut, files.full);
    const done = resultOf(press, said !== '' || files.added, unkept.length > 0);
    const message = messageIn(found);
    return show(
      request,
      reply,
      mailboxPage(translatorFor(request.language), {
        at: 'open',
        draft,
        message,
        asked: found.mailbox.kind === 'asked',
        unkept,
        ...done,
      }),
    );
  });
}

/** The same message for words and for files, so that an onlooker cannot tell which was added. */
function resultOf(press: string, added: boolean, refused: boolean): { readonly done?: 'added' | 'nothing written' } {
  if (press !== 'add') return {};
  if (added) return { done: 'added' };
  return refused ? {} : { done: 'nothing written' };
}
