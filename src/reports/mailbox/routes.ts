/** The mailbox: come back with a receipt, read the newest message, write more, take the report back. Every answer has one status and one length and is delayed to the next beat by its sender, so that guessing a receipt reveals nothing. */
import { randomBytes, randomUUID } from 'node:crypto';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
import type { Db } from '../../platform/database/database.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { findJourneyRequest, internalOnly } from '../../platform/http/private-request.ts';
import { Problem } from '../../platform/http/problem.ts';
import { lengthHeader } from '../../platform/http/response-timing.ts';
import { type App, fromMemory, fromStore, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { wordsFor } from '../../public/languages/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type Brought, destroyAll, sealFiles, uploadsOf } from '../attachments/received-files.ts';
import { addFilesLater } from '../attachments/store.ts';
import { linesOf } from '../attendance/line-status.ts';
import { ReturnForm } from '../forms.ts';
import type { Draft } from '../intake/draft.ts';
import type { Drafts } from '../intake/drafts.ts';
import { overPage, returnPage, unkeptIn } from '../intake/pages.ts';
import { mostLetters } from '../intake/questions.ts';
import { refuseForeign } from '../intake/routes.ts';
import { Pressed } from '../intake/send-once.ts';
import { addTo, findMailbox, type Mailbox, withdraw } from '../intake/store.ts';
import { sightingInWords } from '../map/sightings.ts';
import { lines as allLines, type Line } from '../report.ts';
import { openWords, sealWords } from '../sealing/sealed-report.ts';
import { unwrapByReceipt } from '../sealing/sealing.ts';
import { lookUpOf, type Receipt, readReceipt, receiptInDigits } from './receipt.ts';

/** What happened to the files of one form. */
type FilesAdded = { readonly added: boolean; readonly leftOut: number; readonly full: boolean };
const noFiles: FilesAdded = { added: false, leftOut: 0, full: false };

type Found = { readonly line: Line; readonly db: Db; readonly mailbox: Mailbox; readonly key: Buffer };

/** Longer than the longest of these pages in any language. */
export const lengthOfAnswers = 24_576;

export async function returningRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, views, getShell: shellIn, uploads } = parts;
  const lines = linesOf(parts);
  const folder = new FilesFolder(parts.filesFolder);
  const takenBack = new Pressed<true>();
  const findReturning = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report/return',
    uploadsOf(folder, 'returning', findReturning, () => clock.now()),
  );

  const show = (request: Request, reply: Reply, model: object, view = 'return'): string => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return views.render(`reports/public-${view}`, { ...shellIn(request.language), ...model });
  };

  /** Both stores are asked, whatever the first has, and also about what is no receipt. */
  async function find(receipt: Receipt | undefined, hour: Date): Promise<Found | undefined> {
    const lookUp = receipt ? lookUpOf(receipt) : randomBytes(32);
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

  const messageIn = ({ key, line, mailbox: { partId, sealed } }: Found): string | undefined =>
    partId && sealed ? openWords(key, line, { id: partId, sealed }).words : undefined;

  /** Beside the report that the receipt opens. Of what does not go there nothing stays. */
  async function addFiles(
    { line, db }: Found,
    lookUp: Buffer,
    brought: readonly Brought[],
    sent: { readonly originals: string; readonly partId: string; readonly hour: Date },
  ): Promise<FilesAdded> {
    const came = brought.flatMap((one) => ('file' in one ? [one.file] : []));
    if (came.length === 0) return noFiles;
    const sealed = sealFiles(lines.keys(line), { originals: sent.originals }, came, line);
    const outcome =
      sealed.length > 0 ? await addFilesLater(db, lookUp, sealed, { ...sent, requestId: randomUUID() }) : undefined;
    const gone = outcome === 'added' ? came.filter(({ id }) => !sealed.some((one) => one.id === id)) : came;
    await Promise.all(gone.map(({ id }) => folder.destroy(id)));
    return {
      added: outcome === 'added' || outcome === 'sent before',
      leftOut: came.length - sealed.length,
      full: outcome === 'no room',
    };
  }

  app.get('/report/return', internalOnly(fromMemory), async (request, reply) =>
    show(request, reply, returnPage(wordsFor(request.language), { at: 'front' })),
  );

  app.post('/report/return', internalOnly(fromStore), async (request, reply) => {
    refuseForeign(request);
    reply.header(lengthHeader, lengthOfAnswers);
    const { draft: token, press, list, words, when, where, originals } = ReturnForm.parse(answersOf(request.body));
    const brought = (findJourneyRequest()?.brought ?? []) as readonly Brought[];
    if (words.trim().length > mostLetters) {
      await destroyAll(folder, brought);
      throw new Problem('too large', 'a message of more letters than are kept');
    }
    const now = clock.now();
    const hour = floorToHour(now);
    if (press === 'withdraw' && (await takenBack.again(token, now))) {
      await destroyAll(folder, brought);
      return show(request, reply, returnPage(wordsFor(request.language), { at: 'withdrawn' }));
    }
    const held = token === '' ? undefined : await drafts.find(token, now);
    if (token === '' ? press !== 'begin' : held?.kind !== 'returning') {
      await destroyAll(folder, brought);
      return show(request, reply, overPage(wordsFor(request.language)), 'over');
    }
    const typed = press === 'open' ? list : (held?.kind === 'returning' && held.receipt) || '';
    const receipt = readReceipt(typed);
    const found = await find(receipt, hour);
    const adds = found && receipt && held?.kind === 'returning' && press === 'add' ? held : undefined;
    if (!adds) await destroyAll(folder, brought);

    if (found && receipt && press === 'withdraw') {
      await takenBack.first(token, now, async () => {
        await withdraw(found.db, lookUpOf(receipt), hour, randomUUID());
        await drafts.forget(token);
        return true as const;
      });
      return show(request, reply, returnPage(wordsFor(request.language), { at: 'withdrawn' }));
    }
    const said = sightingInWords({ what: words.trim(), when, where });
    let files = noFiles;
    if (adds && found && receipt) {
      const { partId } = adds;
      const lookUp = lookUpOf(receipt);
      if (said !== '') {
        const sealed = sealWords(found.key, found.line, partId, { words: said });
        await addTo(found.db, lookUp, { partId, sealed, hour, requestId: randomUUID() });
      }
      files = await addFiles(found, lookUp, brought, { originals, partId, hour });
    }
    const next: Draft = {
      kind: 'returning',
      receipt: found && receipt ? receiptInDigits(receipt) : null,
      partId: newTimelessId(),
    };
    const draft = await drafts.keep(token || undefined, next, now);
    if (!draft) return show(request, reply, overPage(wordsFor(request.language)), 'over');
    if (!found)
      return show(
        request,
        reply,
        returnPage(wordsFor(request.language), { at: 'asking', draft, missed: token !== '' }),
      );
    const unkept = unkeptIn(wordsFor(request.language), adds ? brought : [], files.leftOut, files.full);
    const done = doneBy(press, said !== '' || files.added, unkept.length > 0);
    const message = messageIn(found);
    return show(
      request,
      reply,
      returnPage(wordsFor(request.language), {
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
function doneBy(press: string, added: boolean, refused: boolean): { readonly done?: 'added' | 'nothing written' } {
  if (press !== 'add') return {};
  if (added) return { done: 'added' };
  return refused ? {} : { done: 'nothing written' };
}
