/** The public form, one press after another: what was answered is kept, and leads to the next page. */
import type { FilesFolder } from '../../platform/files/index.ts';
import { draftGoneHeader, findJourneyRequest } from '../../platform/http/private-request.ts';
import type { Reply, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { ViewModels } from '../../platform/rendering/views.ts';
import { translatorFor } from '../../public/languages/index.ts';
import { type DraftFile, destroyUploads, type UploadResult } from '../attachments/received-files.ts';
import { getLineStatus, type LineAccess, type LineStatus } from '../attendance/line-status.ts';
import {
  contentOf,
  findTooLong,
  PressForm,
  readAnswers,
  readMapPress,
  readSealed,
  readSightingPress,
  type SealedFields,
} from '../forms.ts';
import { formatReceiptAsList, newReceipt } from '../mailbox/receipt.ts';
import type { View } from '../map/map.ts';
import { emptySighting, mapPage, sightingsPage } from '../map/pages.ts';
import { applyMapPress, applySightingPress, initialView, type SightingsState } from '../map/steps.ts';
import type { IntakeLine, PartId } from '../report.ts';
import { describePlace, describeTicks } from './carried-signs.ts';
import {
  deriveDraftKeys,
  draftAfter,
  newReportDraft,
  newShortDraft,
  openDraft,
  type ReportDraft,
  sealDraft,
} from './draft.ts';
import type { Drafts } from './drafts.ts';
import { FloodGate } from './flood-gate.ts';
import { isShortPage, nextDraft, nextShortDraft, readerOfPress, withShortDefaults } from './next-page.ts';
import {
  checkPage,
  type DraftEnd,
  draftGonePage,
  type Errors,
  fileErrors,
  invalidSealErrors,
  lineClosedPage,
  missingChoiceErrors,
  missingSentenceErrors,
  questionPage,
  tooLongErrors,
  type Work,
} from './pages.ts';
import { hasDescription, hasWrittenAnswer, lineOf, type Step } from './questions.ts';
import { formName, ReportSender, type SentPage } from './report-sending.ts';
import { partIdOf, SubmissionCache } from './send-once.ts';
import { openSentPages, type SealingPlace, type SentPages, sentBeforeModel } from './sent-pages.ts';
import { addPage, type ShortPageInput, tellPage } from './short-pages.ts';

export type Exchange = { readonly request: Request; readonly reply: Reply };
/** What a page shows in addition to the report: the map, the diary, and whether a first page was just opened. */
type Beside = {
  readonly view?: View;
  readonly diary?: Pick<SightingsState, 'typed' | 'full'>;
  readonly fresh?: boolean;
  readonly carried?: boolean;
};
/** The line that reads it; both where the reporter chooses. */
type Lines = { readonly line: LineStatus | undefined; readonly police: LineStatus | undefined };

/** Before these steps the reporter is shown which line the report goes to. */
const stepsShowingLine: readonly Step[] = ['reader', 'now', 'reach', 'check'];

type Sending = { readonly token: string; readonly sealed: SealedFields; readonly partId: PartId };

const nameOf = (token: string): string => deriveDraftKeys(token).hash.toString('hex');

const fileIdsOf = ({ files = [] }: ReportDraft): string[] => files.map(({ id }) => id);

/** A language without a list of its own has digits. */
const hasListReceipt = (language: string): boolean => formatReceiptAsList(newReceipt(), language) !== undefined;

const wordsOf = ({ request }: Exchange) => translatorFor(request.language);

/** What was sent from a page, and its draft, sealed under the token of the page. */
type SentReport = SentPage & { readonly partId: PartId; readonly draft: Buffer };

type Given = { readonly drafts: Drafts; readonly lines: LineAccess; readonly folder: FilesFolder };

export class ReportForm {
  readonly #parts: Pick<AreaParts, 'clock' | 'views' | 'getShell'>;
  readonly #given: Given;
  readonly #gate = new FloodGate();
  readonly #sent = new SubmissionCache<SentReport>();
  readonly #sentPages: SentPages;
  readonly #sender: ReportSender;

  constructor(parts: AreaParts, given: Given) {
    this.#parts = parts;
    this.#given = given;
    this.#sentPages = openSentPages(parts.views, parts.getShell);
    this.#sender = new ReportSender(parts.clock, { ...given, gate: this.#gate });
  }

  /** The page that a button of the form leads to. */
  async press(asking: Exchange, body: unknown): Promise<string> {
    const { draft: token, question, press, work, ...sealed } = PressForm.parse(body);
    const { drafts, folder } = this.#given;
    if (token === '') return this.#begin(asking, press, body);
    const sends = press === 'send' || readerOfPress(press) !== undefined;
    const partId = partIdOf(token, contentOf(question ?? 'check', press, sealed, body));
    const before = await this.#sent.again(nameOf(token), this.#now());
    if (before && sends && before.partId === partId) return this.#showSent(asking, before);
    const held = before ? this.#renew(token, before) : await drafts.find(token, this.#now());
    const brought = (findJourneyRequest()?.brought ?? []) as readonly UploadResult[];
    if (held?.kind !== 'telling') {
      await destroyUploads(folder, brought);
      if (drafts.wasLeft(token) || !sends) return this.#showDraftGone(asking, sends ? 'unsure' : 'unsent');
      const { receipt, ...answers } = question ? readAnswers(question, body) : {};
      const plainly = hasWrittenAnswer(answers);
      return this.#goTo(asking, undefined, { ...newShortDraft(), answers, plainly, sentBefore: 'unsure' });
    }
    const step = question ?? held.step;
    const used = before ? undefined : token;
    if (step === 'map') return this.#pressOnMap(asking, used, held, press);
    if (step === 'sightings') return this.#pressInDiary(asking, used, held, press);
    const answered = readAnswers(step, body);
    const plainly = held.plainly || hasWrittenAnswer(answered);
    const answers = { ...held.answers, ...answered };
    const worked = held.work ?? (work !== '' && this.#gate.isWork(formName, work, this.#now()) ? work : undefined);
    const files = await this.#filesAfter(held, brought, press);
    const telling: ReportDraft = { ...held, step, answers, plainly, files, work: worked };
    const long = findTooLong(answered);
    if (long.length > 0) return this.#goTo(asking, used, telling, tooLongErrors(wordsOf(asking), long));
    const fileProblems = fileErrors(wordsOf(asking), brought, answers);
    if (Object.keys(fileProblems).length > 0) return this.#goTo(asking, used, telling, fileProblems);
    if (before && sends) return this.#goTo(asking, used, { ...telling, step: held.step });
    const sending: Sending = { token, sealed, partId };
    if (isShortPage(step)) return this.#pressOnShort(asking, used, telling, press, sending);
    if (press === 'send' && step === 'check') return this.#send(asking, telling, sending);
    if (press === 'map' && step === 'where')
      return this.#goTo(asking, used, { ...telling, step: 'map' }, {}, { view: initialView(telling.answers) });
    return this.#goTo(asking, used, nextDraft(telling, held.answers, press));
  }

  /** The first page of the short way, before anything was written. */
  open(asking: Exchange, ticks = '', place = ''): Promise<string> {
    return this.#goTo(asking, undefined, newShortDraft(ticks, place), {}, { fresh: true, carried: ticks !== '' });
  }

  async #begin(asking: Exchange, press: string, body: unknown): Promise<string> {
    if (press === 'begin') return this.#goTo(asking, undefined, newReportDraft());
    const words = wordsOf(asking);
    return press === 'short'
      ? this.open(asking, describeTicks(words, body, this.#now()), describePlace(words, body))
      : this.#showDraftGone(asking);
  }

  async #pressOnShort(
    asking: Exchange,
    used: string | undefined,
    telling: ReportDraft,
    press: string,
    sending: Sending,
  ): Promise<string> {
    const reader = readerOfPress(press);
    if (reader) return this.#send(asking, telling, sending, withShortDefaults(telling, reader));
    return this.#goTo(asking, used, nextShortDraft(telling, press));
  }

  /** Destroys what was typed when the reader leaves. */
  async leave(asking: Exchange, body: unknown): Promise<string> {
    const { draft: token } = PressForm.parse(body);
    const { drafts, folder } = this.#given;
    const held = await drafts.find(token, this.#now());
    this.#sent.forget(nameOf(token));
    await drafts.forget(token);
    if (held?.kind === 'telling') await Promise.all(fileIdsOf(held).map((id) => folder.destroy(id)));
    return this.#showDraftGone(asking, held === undefined ? 'gone' : held.kind === 'telling' ? 'deleted' : 'closed');
  }

  #now(): Date {
    return this.#parts.clock.now();
  }

  #answer({ reply }: Exchange, html: string, status = 200): string {
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return html;
  }

  #show<View extends keyof ViewModels>(asking: Exchange, view: View, model: ViewModels[View], status = 200): string {
    const { views, getShell } = this.#parts;
    return this.#answer(asking, views.render(view, { ...getShell(asking.request.language), ...model }), status);
  }

  #showDraftGone(asking: Exchange, sent: DraftEnd = 'gone'): string {
    asking.reply.header(draftGoneHeader, 'yes');
    return this.#show(asking, 'reports/public-ended', draftGonePage(wordsOf(asking), sent));
  }

  #showSent(asking: Exchange, shown: SentPage): string {
    return this.#answer(asking, this.#sentPages(asking.request.language, shown.line, shown));
  }

  /** Keeps what was answered and shows where it leads. */
  async #goTo(
    asking: Exchange,
    used: string | undefined,
    telling: ReportDraft,
    errors: Errors = {},
    beside: Beside = {},
  ): Promise<string> {
    const { drafts, folder } = this.#given;
    const { answers, step } = telling;
    const { line, police } = await this.#linesFor(telling);
    const kept: ReportDraft = {
      ...telling,
      checked: telling.checked || step === 'check',
      changing: telling.changing === true && step !== 'check',
    };
    const draft = await drafts.keep(used, kept, this.#now());
    if (!draft) return this.#showDraftGone(asking);
    await folder.refreshWaiting(fileIdsOf(kept), this.#now());
    if (line?.standing === 'not open' && !police)
      return this.#show(asking, 'reports/public-closed', lineClosedPage(wordsOf(asking), draft, answers));
    return (
      this.#showMapOrSightings(asking, draft, kept, beside) ??
      this.#showShort(asking, draft, kept, { line, police }, errors, beside) ??
      this.#showQuestion(asking, draft, kept, { line, police }, errors)
    );
  }

  /** Which lines a page shows. On the short way the reporter chooses the line last, by a button. */
  async #linesFor({ answers, step, short }: ReportDraft): Promise<Lines> {
    const { lines } = this.#given;
    const now = this.#now();
    if (step === 'reader' || isShortPage(step) || (short && step === 'reach')) {
      const [line, police] = await Promise.all([
        getLineStatus(lines, 'help', now),
        getLineStatus(lines, 'police', now),
      ]);
      return { line, police };
    }
    const line = stepsShowingLine.includes(step) ? await getLineStatus(lines, lineOf(answers), now) : undefined;
    return { line, police: undefined };
  }

  #showShort(
    asking: Exchange,
    draft: string,
    telling: ReportDraft,
    { line, police }: Lines,
    errors: Errors,
    { fresh = false, carried = false }: Beside,
  ): string | undefined {
    const { answers, step, files = [], plainly, reportId: id } = telling;
    if (!isShortPage(step)) return undefined;
    const words = wordsOf(asking);
    const lines = [line, police].flatMap((status) =>
      status ? [{ status, keys: this.#given.lines.keys(status.line) }] : [],
    );
    const wordsOffered = hasListReceipt(asking.request.language);
    const shown: ShortPageInput = { draft, id, answers, files, plainly, errors, lines, wordsOffered };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const work = { ...this.#workFor(telling), ...sentBeforeModel(words, telling) };
    if (step === 'short') {
      const model = tellPage(words, shown, { fresh, carried, area: initialView({}) });
      return this.#show(asking, 'reports/public-tell', { ...model, ...work }, status);
    }
    return this.#show(asking, 'reports/public-add', { ...addPage(words, shown), ...work }, status);
  }

  /** The map and the diary have pages of their own. */
  #showMapOrSightings(
    asking: Exchange,
    draft: string,
    { answers, step, checked }: ReportDraft,
    beside: Beside,
  ): string | undefined {
    const { view = initialView(answers), diary = { typed: emptySighting, full: false } } = beside;
    const words = wordsOf(asking);
    if (step === 'map') return this.#show(asking, 'reports/public-map', mapPage(words, draft, view, answers.point));
    if (step !== 'sightings') return undefined;
    const model = sightingsPage(words, { draft, answers, checked, ...diary });
    return this.#show(asking, 'reports/public-diary', model, diary.full ? 422 : 200);
  }

  /** The challenge, for a browser that has not done the work yet. */
  #workFor({ work }: ReportDraft): { readonly work?: Work } {
    if (work) return {};
    return { work: { challenge: this.#gate.challenge(formName, this.#now()), noughts: this.#gate.leadingZeroBits } };
  }

  #showQuestion(
    asking: Exchange,
    draft: string,
    telling: ReportDraft,
    { line, police }: Lines,
    errors: Errors,
  ): string {
    const { answers, step, checked, files, plainly, short, reportId: id } = telling;
    const words = wordsOf(asking);
    const wordsOffered = hasListReceipt(asking.request.language);
    const asked = { draft, step, answers, checked, errors, line, police, files, wordsOffered };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const work = { ...this.#workFor(telling), ...sentBeforeModel(words, telling) };
    if (step !== 'check' || !line)
      return this.#show(asking, 'reports/public-question', { ...questionPage(words, asked), short, ...work }, status);
    const seals = { id, line: line.line, keys: this.#given.lines.keys(line.line) };
    const model = checkPage(words, { ...asked, line, seals, plainly });
    return this.#show(asking, 'reports/public-check', { ...model, ...work }, status);
  }

  /** With those that came, without the one that is taken away. */
  async #filesAfter(held: ReportDraft, brought: readonly UploadResult[], press: string): Promise<readonly DraftFile[]> {
    const gone = /^without (.+)$/.exec(press)?.[1];
    const before = held.files ?? [];
    if (gone !== undefined && before.some(({ id }) => id === gone)) await this.#given.folder.destroy(gone);
    return [...before.filter(({ id }) => id !== gone), ...brought.flatMap((one) => ('file' in one ? [one.file] : []))];
  }

  /** `sent` is what goes; `telling` is kept where it cannot go. */
  async #send(
    asking: Exchange,
    telling: ReportDraft,
    { token, sealed, partId }: Sending,
    sent: ReportDraft = telling,
  ): Promise<string> {
    const { answers, plainly } = sent;
    const words = wordsOf(asking);
    const short = isShortPage(telling.step);
    const inBrowser = readSealed(sealed, this.#given.lines.keys(lineOf(answers)));
    if (inBrowser === 'unfit') return this.#goTo(asking, token, telling, invalidSealErrors(words));
    if (!inBrowser && !hasDescription(answers)) {
      const asked: ReportDraft = { ...telling, step: short ? 'short' : 'what', changing: !short };
      return this.#goTo(asking, token, asked, missingSentenceErrors(words));
    }
    if (!answers.receipt) return this.#goTo(asking, token, telling, missingChoiceErrors(words));
    const place: SealingPlace = !inBrowser ? 'arrival' : plainly ? 'both' : 'browser';
    const before = await this.#sent.again(nameOf(token), this.#now());
    if (before?.partId === partId) return this.#showSent(asking, before);
    if (before) return this.#goTo(asking, undefined, draftAfter(telling, before.line.line));
    let keptBefore: IntakeLine | undefined;
    const shown = await this.#sent.first(nameOf(token), this.#now(), async () => {
      const taken = await this.#sender.receive(asking.request, token, sent, inBrowser, partId);
      if (typeof taken !== 'string')
        return taken && { ...taken, sealed: place, partId, draft: sealDraft(deriveDraftKeys(token), telling) };
      keptBefore = taken;
      return undefined;
    });
    if (shown) return this.#showSent(asking, shown);
    if (!keptBefore) return this.#goTo(asking, token, telling);
    await this.#given.drafts.forget(token, 'sent');
    return this.#goTo(asking, undefined, draftAfter(telling, keptBefore));
  }

  #renew(token: string, { draft, line }: SentReport): ReportDraft {
    return draftAfter(openDraft(deriveDraftKeys(token), draft) as ReportDraft, line.line);
  }

  /** A point and a sighting reach us before any browser could seal them. */
  async #pressOnMap(asking: Exchange, used: string | undefined, held: ReportDraft, press: string): Promise<string> {
    const { answers, view, stays } = applyMapPress(held.answers, press, readMapPress(asking.request.body));
    const plainly = held.plainly || hasWrittenAnswer({ point: answers.point ?? '' });
    return this.#goTo(
      asking,
      used,
      { ...held, answers, plainly, step: stays ? 'map' : held.short ? 'more' : 'where' },
      {},
      { view },
    );
  }

  async #pressInDiary(asking: Exchange, used: string | undefined, held: ReportDraft, press: string): Promise<string> {
    const typed = readSightingPress(asking.request.body);
    const { answers, ...diary } = applySightingPress(held.answers, press, typed);
    const plainly = held.plainly || [typed.what, typed.when, typed.where].some((text) => text !== '');
    const telling: ReportDraft = { ...held, answers, plainly, step: 'sightings' };
    const next = diary.full ? telling : nextDraft(telling, held.answers, press);
    return this.#goTo(asking, used, next, {}, { diary });
  }
}
