/** The mailbox: come back with a receipt, read the newest message, write more, take it back. Whoever guesses learns nothing: every answer has one status, one length and leaves on the beat. */
import { randomBytes, randomUUID } from 'node:crypto';
import { hourOf } from '../platform/audit.ts';
import type { Db } from '../platform/database.ts';
import type { RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, may, onTheBeat, type Reply } from '../platform/http.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { linesOf } from './attended.ts';
import type { Draft } from './draft.ts';
import { findOpenDraft, forgetDraft, keepDraft } from './drafts.ts';
import { ReturnForm } from './forms.ts';
import { openWords, sealWords } from './intake.ts';
import { overPage, returnPage } from './public-pages.ts';
import { addTo, findMailbox, type Mailbox, withdraw } from './public-store.ts';
import { lookUpOf, type Receipt, readReceipt, receiptInDigits } from './receipt.ts';
import { lines as allLines, type Line } from './report.ts';
import { unwrapByReceipt } from './sealing.ts';
import { refuseForeign } from './telling-routes.ts';

type Found = { readonly line: Line; readonly db: Db; readonly mailbox: Mailbox; readonly key: Buffer };

/** Longer than the longest of these pages. */
export const lengthOfAnswers = 16_384;

/** Random letters, so that packing it on the way does not tell either. */
export function padded(page: string): string {
  const missing = lengthOfAnswers - Buffer.byteLength(page) - '<!---->'.length;
  if (missing < 0) throw new Error('a page of the mailbox is longer than all of them are made to be');
  return `${page}<!--${randomBytes(missing).toString('base64url').slice(0, missing)}-->`;
}

export async function returningRoutes(app: App, parts: RoomParts): Promise<void> {
  const { clock, stylesheet } = parts;
  const lines = linesOf(parts);
  const drafts = parts.ground.databases.for('main', 'public');

  const show = async (reply: Reply, model: object, view = 'return'): Promise<string> => {
    reply.header('cache-control', 'no-store');
    return padded(await reply.page(`reports/public-${view}`, { stylesheet, ...model }));
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

  app.get('/report/return', may('anyone'), async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return reply.page('reports/public-return', returnPage({ at: 'front' }));
  });

  app.post('/report/return', onTheBeat(may('anyone')), async (request, reply) => {
    refuseForeign(request);
    await request.work.endReading();
    const { draft: token, press, list, words } = ReturnForm.parse(answersOf(request.body));
    const now = clock.now();
    const hour = hourOf(now);
    const held = token === '' ? undefined : await findOpenDraft(drafts, token, now);
    if (token === '' ? press !== 'begin' : held?.kind !== 'returning') return show(reply, overPage, 'over');
    const typed = press === 'open' ? list : (held?.kind === 'returning' && held.receipt) || '';
    const receipt = readReceipt(typed);
    const found = await find(receipt, hour);

    if (found && receipt && press === 'withdraw') {
      await withdraw(found.db, lookUpOf(receipt), hour, randomUUID());
      await forgetDraft(drafts, token);
      return show(reply, returnPage({ at: 'withdrawn' }));
    }
    const said = words.trim();
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
    const draft = await keepDraft(drafts, token || undefined, next, now);
    if (!draft) return show(reply, overPage, 'over');
    if (!found) return show(reply, returnPage({ at: 'asking', draft, missed: token !== '' }));
    const done = press === 'add' ? ({ done: said === '' ? 'nothing written' : 'added' } as const) : {};
    const message = messageIn(found);
    return show(reply, returnPage({ at: 'open', draft, message, asked: found.mailbox.kind === 'asked', ...done }));
  });
}
