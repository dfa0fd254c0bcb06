/** The mailbox: come back with a receipt, read the newest message, write more, take the report back. Every answer has one status and one length and is delayed to the next beat by its sender, so that guessing a receipt reveals nothing. */
import { FilesFolder } from '../../platform/files/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { draftGoneHeader, findJourneyRequest, internalOnly } from '../../platform/http/private-request.ts';
import { Problem } from '../../platform/http/problem.ts';
import { lengthHeader } from '../../platform/http/response-timing.ts';
import { type App, fromMemory, fromStore } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { ViewModels } from '../../platform/rendering/views.ts';
import { translatorFor } from '../../public/languages/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { createUploads, destroyUploads, type UploadResult } from '../attachments/received-files.ts';
import { openLineAccess } from '../attendance/line-status.ts';
import { MailboxForm } from '../forms.ts';
import type { Draft } from '../intake/draft.ts';
import type { Drafts } from '../intake/drafts.ts';
import { draftGonePage } from '../intake/pages.ts';
import { mostLetters } from '../intake/questions.ts';
import type { Exchange } from '../intake/report-form.ts';
import { refuseCrossSite } from '../intake/routes.ts';
import { partIdOf, SubmissionCache } from '../intake/send-once.ts';
import { formatSighting } from '../map/sightings.ts';
import { type FilesAdded, Mailboxes, messageIn, noFiles, type OpenedMailbox } from './mailboxes.ts';
import { describeUnkeptFiles, type MailboxState, mailboxPage } from './pages.ts';
import { formatReceiptAsDigits, readReceipt } from './receipt.ts';

/** Longer than the longest of these pages in any language. */
export const answerBytes = 24_576;

export async function mailboxRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, uploads } = parts;
  const folder = new FilesFolder(parts.filesFolder);
  const findReturning = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report/return',
    createUploads(folder, 'returning', findReturning, () => clock.now()),
  );
  const form = new MailboxVisit(parts, drafts, folder);

  app.get('/report/return', internalOnly(fromMemory), async (request, reply) =>
    form.show({ request, reply }, { at: 'front' }),
  );

  app.post('/report/return', internalOnly(fromStore), async (request, reply) => {
    refuseCrossSite(request);
    reply.header(lengthHeader, answerBytes);
    const sent = MailboxForm.parse(answersOf(request.body));
    const brought = (findJourneyRequest()?.brought ?? []) as readonly UploadResult[];
    if (sent.words.trim().length > mostLetters) {
      await destroyUploads(folder, brought);
      throw new Problem('too large', 'a message of more letters than are kept');
    }
    const { words, when, where, ...press } = sent;
    const said = formatSighting({ what: words.trim(), when, where });
    return form.press({ request, reply }, { ...press, said, brought });
  });
}

/** What a button of the mailbox sends. */
type Press = {
  readonly draft: string;
  readonly press: string;
  readonly list: string;
  readonly said: string;
  readonly originals: string;
  readonly brought: readonly UploadResult[];
};

class MailboxVisit {
  readonly #parts: Pick<AreaParts, 'clock' | 'views' | 'getShell'>;
  readonly #drafts: Drafts;
  readonly #folder: FilesFolder;
  readonly #mailboxes: Mailboxes;
  readonly #withdrawals = new SubmissionCache<true>();

  constructor(parts: AreaParts, drafts: Drafts, folder: FilesFolder) {
    this.#parts = parts;
    this.#drafts = drafts;
    this.#folder = folder;
    this.#mailboxes = new Mailboxes(openLineAccess(parts), folder);
  }

  show(asking: Exchange, state: MailboxState): string {
    return this.#render(asking, 'reports/public-return', mailboxPage(translatorFor(asking.request.language), state));
  }

  /** The page that a button of the mailbox leads to. Files that are not added are destroyed. */
  async press(asking: Exchange, sent: Press): Promise<string> {
    const { draft: token, press, list, brought } = sent;
    const now = this.#parts.clock.now();
    const hour = floorToHour(now);
    if (press === 'withdraw' && (await this.#withdrawals.again(token, now))) {
      await destroyUploads(this.#folder, brought);
      return this.show(asking, { at: 'withdrawn' });
    }
    const draft = token === '' ? undefined : await this.#drafts.find(token, now);
    const held = draft?.kind === 'returning' ? draft : undefined;
    if (token === '' ? press !== 'begin' : !held) {
      await destroyUploads(this.#folder, brought);
      return this.#showGone(asking);
    }
    const receipt = readReceipt(press === 'open' ? list : (held?.receipt ?? ''));
    const found = await this.#mailboxes.find(receipt, hour);
    const { said, originals } = sent;
    const partId = partIdOf(token, [said, originals, brought.map(describeUpload)]);
    const adding = held && press === 'add' && found && { partId, hour, said, originals, brought };
    if (!adding) await destroyUploads(this.#folder, brought);
    if (found && press === 'withdraw') return this.#withdraw(asking, token, found, now);
    const files = found && adding ? await this.#mailboxes.add(found, adding) : noFiles;
    return this.#showNext(asking, adding ? sent : { ...sent, brought: [] }, found, files, now);
  }

  async #withdraw(asking: Exchange, token: string, found: OpenedMailbox, now: Date): Promise<string> {
    await this.#withdrawals.first(token, now, async () => {
      await this.#mailboxes.withdraw(found, floorToHour(now));
      await this.#drafts.forget(token);
      return true as const;
    });
    return this.show(asking, { at: 'withdrawn' });
  }

  /** The open mailbox, or the question for a receipt where none opened it. */
  async #showNext(
    asking: Exchange,
    { draft: token, press, said, brought }: Press,
    found: OpenedMailbox | undefined,
    files: FilesAdded,
    now: Date,
  ): Promise<string> {
    const next: Draft = {
      kind: 'returning',
      receipt: found ? formatReceiptAsDigits(found.receipt) : null,
    };
    const draft = await this.#drafts.keep(token || undefined, next, now);
    if (!draft) return this.#showGone(asking);
    if (!found) return this.show(asking, { at: 'asking', draft, missed: token !== '' });
    const words = translatorFor(asking.request.language);
    const unkept = describeUnkeptFiles(words, brought, files.leftOut, files.full);
    const done = resultOf(press, said !== '' || files.added, unkept.length > 0);
    const asked = found.mailbox.kind === 'asked';
    return this.show(asking, { at: 'open', draft, message: messageIn(found), asked, unkept, ...done });
  }

  #showGone(asking: Exchange): string {
    asking.reply.header(draftGoneHeader, 'yes');
    return this.#render(asking, 'reports/public-ended', draftGonePage(translatorFor(asking.request.language)));
  }

  #render<View extends keyof ViewModels>({ request, reply }: Exchange, view: View, model: ViewModels[View]): string {
    const { views, getShell } = this.#parts;
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return views.render(view, { ...getShell(request.language), ...model });
  }
}

/** The same file that is sent again has another id. */
const describeUpload = (one: UploadResult): unknown =>
  'file' in one ? [one.file.name, one.file.kind, one.file.bytes] : [];

/** The same message for words and for files, so that an onlooker cannot tell which was added. */
function resultOf(press: string, added: boolean, refused: boolean): { readonly done?: 'added' | 'nothing written' } {
  if (press !== 'add') return {};
  if (added) return { done: 'added' };
  return refused ? {} : { done: 'nothing written' };
}
