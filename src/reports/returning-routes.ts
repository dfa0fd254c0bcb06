/** The mailbox: come back with a receipt, read the newest message, write more, take it back. Whoever guesses learns nothing: every answer has one status and one length, and leaves on the beat: whoever sends it sees to that. */
import { randomBytes, randomUUID } from 'node:crypto';
import { wordsFor } from '../languages/index.ts';
import { hourOf } from '../platform/audit.ts';
import type { Db } from '../platform/database.ts';
import type { RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, fromMemory, type Reply, type Request } from '../platform/http.ts';
import { indoors } from '../platform/indoors.ts';
import { lengthHeader } from '../platform/padding.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { linesOf } from './attended.ts';
import type { Draft } from './draft.ts';
import type { Drafts } from './drafts.ts';
import { ReturnForm } from './forms.ts';
import { openWords, sealWords } from './intake.ts';
import { overPage, returnPage } from './public-pages.ts';
import { addTo, findMailbox, type Mailbox, withdraw } from './public-store.ts';
import { lookUpOf, type Receipt, readReceipt, receiptInDigits } from './receipt.ts';
import { lines as allLines, type Line } from './report.ts';
import { unwrapByReceipt } from './sealing.ts';
import { sightingInWords } from './sightings.ts';
import { refuseForeign } from './telling-routes.ts';

type Found = { readonly line: Line; readonly db: Db; readonly mailbox: Mailbox; readonly key: Buffer };

/** Longer than the longest of these pages in any language. */
export const lengthOfAnswers = 24_576;

export async function returningRoutes(app: App, parts: RoomParts, drafts: Drafts): Promise<void> {
  const { clock, views, shellIn } = parts;
  const lines = linesOf(parts);

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

  app.get('/report/return', indoors(fromMemory), async (request, reply) =>
    show(request, reply, returnPage(wordsFor(request.language), { at: 'front' })),
  );

  app.post('/report/return', indoors(fromMemory), async (request, reply) => {
    refuseForeign(request);
    reply.header(lengthHeader, lengthOfAnswers);
    const { draft: token, press, list, words, when, where } = ReturnForm.parse(answersOf(request.body));
    const now = clock.now();
    const hour = hourOf(now);
    const held = token === '' ? undefined : await drafts.find(token, now);
    if (token === '' ? press !== 'begin' : held?.kind !== 'returning')
      return show(request, reply, overPage(wordsFor(request.language)), 'over');
    const typed = press === 'open' ? list : (held?.kind === 'returning' && held.receipt) || '';
    const receipt = readReceipt(typed);
    const found = await find(receipt, hour);

    if (found && receipt && press === 'withdraw') {
      await withdraw(found.db, lookUpOf(receipt), hour, randomUUID());
      await drafts.forget(token);
      return show(request, reply, returnPage(wordsFor(request.language), { at: 'withdrawn' }));
    }
    const said = sightingInWords({ what: words.trim(), when, where });
    if (found && receipt && held?.kind === 'returning' && press === 'add' && said !== '') {
      const { partId } = held;
      const sealed = sealWords(found.key, found.line, partId, { words: said });
      await addTo(found.db, lookUpOf(receipt), { partId, sealed, hour, requestId: randomUUID() });
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
    const done = press === 'add' ? ({ done: said === '' ? 'nothing written' : 'added' } as const) : {};
    const message = messageIn(found);
    return show(
      request,
      reply,
      returnPage(wordsFor(request.language), {
        at: 'open',
        draft,
        message,
        asked: found.mailbox.kind === 'asked',
        ...done,
      }),
    );
  });
}
