/** The public form: who reads, one question a page, a check, a receipt. Each answer to POST is a page, so that no answer appears in an address, a cookie or a log. */

import { randomUUID } from 'node:crypto';
import { digest } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { FilesFolder } from '../../platform/files/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { PageBuffers } from '../../platform/http/compressed-pages.ts';
import { findJourneyRequest, internalOnly } from '../../platform/http/private-request.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, fromStore, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { translatorFor } from '../../public/languages/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import {
  createUploads,
  type DraftFile,
  destroyUploads,
  sealFiles,
  type UploadResult,
} from '../attachments/received-files.ts';
import { addFiles } from '../attachments/store.ts';
import { getCachedLineStatus, getLineStatus, type LineStatus, openLineAccess } from '../attendance/line-status.ts';
import {
  findTooLong,
  PressForm,
  readAnswers,
  readMapPress,
  readSealed,
  readSightingPress,
  type SealedFields,
} from '../forms.ts';
import { formatReceiptAsDigits, formatReceiptAsList, newReceipt, readReceipt } from '../mailbox/receipt.ts';
import type { View } from '../map/map.ts';
import { emptySighting, mapPage, sightingsPage } from '../map/pages.ts';
import { applyMapPress, applySightingPress, initialView, type SightingsState } from '../map/steps.ts';
import { isOnCallNow } from '../on-call/store.ts';
import { intakeLines as allLines } from '../report.ts';
import { type BrowserSealed, sealReport } from '../sealing/sealed-report.ts';
import type { ReportDraft } from './draft.ts';
import type { Drafts } from './drafts.ts';
import { FloodGate } from './flood-gate.ts';
import { nextDraft } from './next-page.ts';
import {
  checkPage,
  draftGonePage,
  type Errors,
  fileErrors,
  invalidSealErrors,
  lineClosedPage,
  missingChoiceErrors,
  missingSentenceErrors,
  questionPage,
  type ReceiptText,
  reportStartPage,
  tooLongErrors,
} from './pages.ts';
import { type Answers, hasDescription, hasWrittenAnswer, lineOf, type Step } from './questions.ts';
import { SubmissionCache } from './send-once.ts';
import { openSentPages, type Sent } from './sent-pages.ts';
import { receiveReport } from './store.ts';

type Exchange = { readonly request: Request; readonly reply: Reply };
/** What the map or the diary shows in addition to the report. */
type MapOrSightings = { readonly view?: View; readonly diary?: Pick<SightingsState, 'typed' | 'full'> };

const newReportDraft = (): ReportDraft => ({
  kind: 'telling',
  reportId: newTimelessId(),
  answers: {},
  step: 'who',
  checked: false,
  receipt: formatReceiptAsDigits(newReceipt()),
});

/** The last page as it was shown, and of which line. */
type SentPage = Sent & { readonly line: LineStatus };

/** To the flood gate. */
const reportForm = 'report';

/** Before these steps the reporter is shown which line the report goes to. */
const stepsShowingLine: readonly Step[] = ['reader', 'now', 'reach', 'check'];

/** A page of another site sends nothing here; a browser that does not say is let in. */
export function refuseCrossSite({ headers }: Pick<Request, 'headers'>): void {
  const from = headers['sec-fetch-site'];
  if (from === 'cross-site' || from === 'same-site') throw new Problem('bad request', 'sent by a page of another site');
}

export async function reportFormRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, views, getShell, publicHeaders, exitAddresses, uploads } = parts;
  exitAddresses.add('/report/leave');
  const lines = openLineAccess(parts);
  const folder = new FilesFolder(parts.filesFolder);
  const findTelling = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report',
    createUploads(folder, 'telling', findTelling, () => clock.now()),
  );
  const gate = new FloodGate();
  const sent = new SubmissionCache<SentPage>();
  const buffers = new PageBuffers(publicHeaders, 20);

  const sentPages = openSentPages(views, getShell);

  const page = ({ reply }: Exchange, html: string, status = 200): string => {
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return html;
  };
  const show = (exchange: Exchange, view: string, model: Model, status = 200): string =>
    page(
      exchange,
      views.render(`reports/public-${view}`, { ...getShell(exchange.request.language), ...model }),
      status,
    );
  const wordsOf = ({ request }: Exchange) => translatorFor(request.language);
  const showDraftGone = (asking: Exchange): string => show(asking, 'ended', draftGonePage(wordsOf(asking)));

  /** Keeps what was answered and shows where it leads. */
  async function goTo(
    asking: Exchange,
    used: string | undefined,
    telling: ReportDraft,
    errors: Errors = {},
    beside: MapOrSightings = {},
  ): Promise<string> {
    const { answers, step } = telling;
    const atReader = step === 'reader';
    const now = clock.now();
    const line = stepsShowingLine.includes(step)
      ? await getLineStatus(lines, atReader ? 'help' : lineOf(answers), now)
      : undefined;
    const police = atReader ? await getLineStatus(lines, 'police', now) : undefined;
    const kept: ReportDraft = {
      ...telling,
      checked: telling.checked || step === 'check',
      changing: telling.changing === true && step !== 'check',
    };
    const draft = await drafts.keep(used, kept, clock.now());
    if (!draft) return showDraftGone(asking);
    await folder.refreshWaiting(fileIdsOf(kept), clock.now());
    if (line?.standing === 'not open' && !atReader)
      return show(asking, 'closed', lineClosedPage(wordsOf(asking), draft, answers));
    return (
      showMapOrSightings(asking, draft, kept, beside) ?? showQuestion(asking, draft, kept, { line, police }, errors)
    );
  }

  /** The map and the diary have pages of their own. */
  function showMapOrSightings(
    asking: Exchange,
    draft: string,
    { answers, step, checked }: ReportDraft,
    beside: MapOrSightings,
  ) {
    const { view = initialView(answers), diary = { typed: emptySighting, full: false } } = beside;
    const words = wordsOf(asking);
    if (step === 'map') return show(asking, 'map', mapPage(words, draft, view, answers.point));
    if (step !== 'sightings') return undefined;
    const model = sightingsPage(words, { draft, answers, checked, ...diary });
    return show(asking, 'diary', model, diary.full ? 422 : 200);
  }

  /** The challenge, for a browser that has not done the work yet. */
  const workFor = ({ work }: ReportDraft): Model =>
    work ? {} : { work: { challenge: gate.challenge(reportForm, clock.now()), noughts: gate.leadingZeroBits } };

  function showQuestion(
    asking: Exchange,
    draft: string,
    telling: ReportDraft,
    { line, police }: { readonly line: LineStatus | undefined; readonly police: LineStatus | undefined },
    errors: Errors,
  ): string {
    const { answers, step, checked, files, plainly, reportId: id } = telling;
    const words = wordsOf(asking);
    const wordsOffered = hasListReceipt(asking.request.language);
    const asked = { draft, step, answers, checked, errors, line, police, files, wordsOffered };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    if (step !== 'check' || !line)
      return show(asking, 'question', { ...questionPage(words, asked), ...workFor(telling) }, status);
    const seals = { id, line: line.line, keys: lines.keys(line.line) };
    const model = checkPage(words, { ...asked, line, seals, plainly });
    return show(asking, 'check', { ...model, ...workFor(telling) }, status);
  }

  /** With those that came, without the one that is taken away. */
  async function filesAfter(
    held: ReportDraft,
    brought: readonly UploadResult[],
    press: string,
  ): Promise<readonly DraftFile[]> {
    const gone = /^without (.+)$/.exec(press)?.[1];
    const before = held.files ?? [];
    if (gone !== undefined && before.some(({ id }) => id === gone)) await folder.destroy(gone);
    return [...before.filter(({ id }) => id !== gone), ...brought.flatMap((one) => ('file' in one ? [one.file] : []))];
  }

  async function send(asking: Exchange, token: string, telling: ReportDraft, sealed: SealedFields): Promise<string> {
    const { answers } = telling;
    const inBrowser = readSealed(sealed, lines.keys(lineOf(answers)));
    if (inBrowser === 'unfit')
      return goTo(asking, token, { ...telling, step: 'check' }, invalidSealErrors(wordsOf(asking)));
    if (!inBrowser && !hasDescription(answers))
      return goTo(asking, token, { ...telling, step: 'what', changing: true }, missingSentenceErrors(wordsOf(asking)));
    if (!answers.receipt)
      return goTo(asking, token, { ...telling, step: 'check' }, missingChoiceErrors(wordsOf(asking)));
    const shown = await sent.first(token, clock.now(), async () => {
      const taken = await receive(asking, token, telling, inBrowser);
      return taken && ({ ...taken, sealed: inBrowser && !telling.plainly ? 'browser' : 'arrival' } satisfies SentPage);
    });
    return shown ? showSent(asking, shown) : goTo(asking, token, { ...telling, step: 'check' });
  }

  const showSent = (asking: Exchange, shown: SentPage): string =>
    page(asking, sentPages(asking.request.language, shown.line, shown));

  /** Undefined where nobody attends the line. It is first sealed as the line was last seen; the store says where that no longer holds. */
  async function receive(
    { request }: Exchange,
    token: string,
    telling: ReportDraft,
    inBrowser: BrowserSealed | undefined,
  ) {
    const { answers, reportId, receipt: digits } = telling;
    const name = lineOf(answers);
    const db = lines.db(name);
    const now = clock.now();
    const receipt = readReceipt(digits);
    const kept = receiptTextFor(answers, receipt, request.language);
    const submission = { form: reportForm, address: request.ip, work: telling.work };
    const queue = gate.queueFor(submission, now) === 'first queue' ? 'first' : 'second';
    const toSend = {
      id: reportId,
      line: name,
      way: 'public form',
      answers,
      language: request.language,
      inBrowser,
      receipt: kept && receipt,
      queue,
      now,
    } as const;
    for (const look of [getCachedLineStatus, getLineStatus]) {
      const line = await look(lines, name, now);
      if (!db || !line.attendance) continue;
      const { id, promisedHours } = line.attendance;
      const report = sealReport(lines.keys(name), { ...toSend, promisedHours });
      const opens = await receiveReport(db, report, id, name === 'police' ? drafts.releaseForEnding(token) : null);
      if (opens === undefined) continue;
      const files = await sendFiles(db, telling);
      if (name === 'help') await drafts.forget(token);
      const onCall = answers.now === 'yes' ? await isOnCallNow(db, now) : undefined;
      return { line, kept: (opens && kept) || {}, ...files, onCall };
    }
    return undefined;
  }

  /** Beside the report that they came with. What nobody could look at, and may not be kept as it came, is destroyed. */
  async function sendFiles(db: Db, { reportId, answers, files = [] }: ReportDraft) {
    if (files.length === 0) return {};
    const waiting = await folder.findWaiting(files.map(({ id }) => id));
    const name = lineOf(answers);
    const sealed = sealFiles(
      lines.keys(name),
      answers,
      files.filter(({ id }) => waiting.has(id)),
    );
    if (sealed.length > 0) await addFiles(db, reportId, sealed, floorToHour(clock.now()), randomUUID());
    const leftOut = files.filter(({ id }) => !sealed.some((sent) => sent.id === id));
    await Promise.all(leftOut.map(({ id }) => folder.destroy(id)));
    return { files: sealed.length, leftOut: leftOut.length };
  }

  app.get('/report', internalOnly(fromStore), async (request, reply) => {
    const now = clock.now();
    const standing = await Promise.all(allLines.map((line): Promise<LineStatus> => getLineStatus(lines, line, now)));
    const model = reportStartPage(translatorFor(request.language), standing);
    return buffers.send(request, reply, {
      key: `report ${request.language}`,
      version: digest(JSON.stringify(model)),
      cacheControl: 'no-store',
      shortLived: true,
      make: () => views.render('reports/public-begin', { ...getShell(request.language), ...model }),
    });
  });

  app.post('/report', internalOnly(fromStore), async (request, reply) => {
    refuseCrossSite(request);
    const asking = { request, reply };
    const { draft: token, question, press, work, ...sealed } = PressForm.parse(answersOf(request.body));
    if (token === '') return press === 'begin' ? goTo(asking, undefined, newReportDraft()) : showDraftGone(asking);
    const before = press === 'send' && (await sent.again(token, clock.now()));
    if (before) return showSent(asking, before);
    const held = await drafts.find(token, clock.now());
    const brought = (findJourneyRequest()?.brought ?? []) as readonly UploadResult[];
    if (held?.kind !== 'telling') {
      await destroyUploads(folder, brought);
      return showDraftGone(asking);
    }
    const step = question ?? held.step;
    if (step === 'map') return pressOnMap(asking, token, held, press);
    if (step === 'sightings') return pressInDiary(asking, token, held, press);
    const answered = readAnswers(step, request.body);
    const plainly = held.plainly || hasWrittenAnswer(answered);
    const answers = { ...held.answers, ...answered };
    const worked = held.work ?? (work !== '' && gate.isWork(reportForm, work, clock.now()) ? work : undefined);
    const files = await filesAfter(held, brought, press);
    const telling: ReportDraft = { ...held, step, answers, plainly, files, work: worked };
    const long = findTooLong(answered);
    if (long.length > 0) return goTo(asking, token, telling, tooLongErrors(wordsOf(asking), long));
    const fileProblems = fileErrors(wordsOf(asking), brought, answers);
    if (Object.keys(fileProblems).length > 0) return goTo(asking, token, telling, fileProblems);
    if (press === 'send' && step === 'check') return send(asking, token, telling, sealed);
    if (press === 'map' && step === 'where')
      return goTo(asking, token, { ...telling, step: 'map' }, {}, { view: initialView(telling.answers) });
    return goTo(asking, token, nextDraft(telling, held.answers, press));
  });

  /** A point and a sighting reach us before any browser could seal them. */
  async function pressOnMap(asking: Exchange, token: string, held: ReportDraft, press: string): Promise<string> {
    const { answers, view, stays } = applyMapPress(held.answers, press, readMapPress(asking.request.body));
    const plainly = held.plainly || hasWrittenAnswer({ point: answers.point ?? '' });
    return goTo(asking, token, { ...held, answers, plainly, step: stays ? 'map' : 'where' }, {}, { view });
  }

  async function pressInDiary(asking: Exchange, token: string, held: ReportDraft, press: string): Promise<string> {
    const typed = readSightingPress(asking.request.body);
    const { answers, ...diary } = applySightingPress(held.answers, press, typed);
    const plainly = held.plainly || [typed.what, typed.when, typed.where].some((text) => text !== '');
    const telling: ReportDraft = { ...held, answers, plainly, step: 'sightings' };
    const next = diary.full ? telling : nextDraft(telling, held.answers, press);
    return goTo(asking, token, next, {}, { diary });
  }

  app.post('/report/leave', internalOnly(fromStore), async (request, reply) => {
    refuseCrossSite(request);
    const { draft: token } = PressForm.parse(answersOf(request.body));
    const held = await drafts.find(token, clock.now());
    await drafts.forget(token);
    if (held?.kind === 'telling') await Promise.all(fileIdsOf(held).map((id) => folder.destroy(id)));
    return showDraftGone({ request, reply });
  });
}

const fileIdsOf = ({ files = [] }: ReportDraft): string[] => files.map(({ id }) => id);

/** A language without a list of its own has digits. */
const hasListReceipt = (language: string): boolean => formatReceiptAsList(newReceipt(), language) !== undefined;

function receiptTextFor(
  { receipt: kind }: Answers,
  receipt: ReturnType<typeof readReceipt>,
  language: string,
): ReceiptText | undefined {
  if (!receipt || kind === 'none') return undefined;
  const words = kind === 'digits' ? undefined : formatReceiptAsList(receipt, language);
  return words ? { words } : { digits: formatReceiptAsDigits(receipt) };
}
