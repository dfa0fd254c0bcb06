/** The public form: who reads, one question a page, a check, a receipt. Each answer to POST is a page, so that no answer appears in an address, a cookie or a log. */

import { randomUUID } from 'node:crypto';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
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
import { wordsFor } from '../../public/languages/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type Brought, type DraftFile, destroyAll, sealFiles, uploadsOf } from '../attachments/received-files.ts';
import { addFiles } from '../attachments/store.ts';
import { type LineNow, lineAsSeen, lineNow, linesOf } from '../attendance/line-status.ts';
import { answersTo, diaryPressIn, mapPressIn, PressForm, type Sealed, sealedIn, tooLong } from '../forms.ts';
import { newReceipt, readReceipt, receiptInDigits, receiptInWords } from '../mailbox/receipt.ts';
import type { View } from '../map/map.ts';
import { diaryPage, mapPage, nothingTyped } from '../map/pages.ts';
import { diaryTurn, firstView, type InDiary, mapTurn } from '../map/steps.ts';
import { isOnCallNow } from '../on-call/store.ts';
import { lines as allLines } from '../report.ts';
import { type InBrowser, sealReport } from '../sealing/sealed-report.ts';
import type { Telling } from './draft.ts';
import type { Drafts } from './drafts.ts';
import { FloodGate } from './flood-gate.ts';
import { onFrom } from './next-page.ts';
import {
  checkPage,
  choosesNothing,
  type Errors,
  fileErrors,
  frontPage,
  type Kept,
  overPage,
  questionPage,
  saysNothing,
  sealedUnfit,
  shutPage,
  tooLongErrors,
} from './pages.ts';
import { type Answers, lineOf, type Step, saysSomething, wroteIn } from './questions.ts';
import { Pressed } from './send-once.ts';
import { openSentPages, type Sent } from './sent-pages.ts';
import { receiveAsTold } from './store.ts';

type Asking = { readonly request: Request; readonly reply: Reply };
/** What the map or the diary shows in addition to the report. */
type Beside = { readonly view?: View; readonly diary?: Pick<InDiary, 'typed' | 'full'> };

const begun = (): Telling => ({
  kind: 'telling',
  reportId: newTimelessId(),
  answers: {},
  step: 'who',
  checked: false,
  receipt: receiptInDigits(newReceipt()),
});

/** The last page as it was shown, and of which line. */
type ShownSent = Sent & { readonly line: LineNow };

/** To the flood gate. */
const reportForm = 'report';

/** Before these steps the reporter is shown which line the report goes to. */
const toldOfLine: readonly Step[] = ['reader', 'now', 'reach', 'check'];

/** A page of another site sends nothing here; a browser that does not say is let in. */
export function refuseForeign({ headers }: Pick<Request, 'headers'>): void {
  const from = headers['sec-fetch-site'];
  if (from === 'cross-site' || from === 'same-site') throw new Problem('bad request', 'sent by a page of another site');
}

export async function tellingRoutes(app: App, parts: AreaParts, drafts: Drafts): Promise<void> {
  const { clock, views, getShell: shellIn, publicHeaders, exitAddresses: leaving, uploads } = parts;
  leaving.add('/report/leave');
  const lines = linesOf(parts);
  const folder = new FilesFolder(parts.filesFolder);
  const findTelling = (token: string) => drafts.find(token, clock.now());
  uploads.set(
    '/report',
    uploadsOf(folder, 'telling', findTelling, () => clock.now()),
  );
  const gate = new FloodGate();
  const sent = new Pressed<ShownSent>();
  const buffers = new PageBuffers(publicHeaders, 20);

  const sentPages = openSentPages(views, shellIn);

  const page = ({ reply }: Asking, html: string, status = 200): string => {
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return html;
  };
  const show = (asking: Asking, view: string, model: Model, status = 200): string =>
    page(asking, views.render(`reports/public-${view}`, { ...shellIn(asking.request.language), ...model }), status);
  const wordsOf = ({ request }: Asking) => wordsFor(request.language);
  const over = (asking: Asking): string => show(asking, 'over', overPage(wordsOf(asking)));

  /** Keeps what was answered and shows where it leads. */
  async function goTo(
    asking: Asking,
    used: string | undefined,
    telling: Telling,
    errors: Errors = {},
    beside: Beside = {},
  ): Promise<string> {
    const { answers, step } = telling;
    const atReader = step === 'reader';
    const now = clock.now();
    const line = toldOfLine.includes(step) ? await lineNow(lines, atReader ? 'help' : lineOf(answers), now) : undefined;
    const police = atReader ? await lineNow(lines, 'police', now) : undefined;
    const kept: Telling = {
      ...telling,
      checked: telling.checked || step === 'check',
      changing: telling.changing === true && step !== 'check',
    };
    const draft = await drafts.keep(used, kept, clock.now());
    if (!draft) return over(asking);
    await folder.refreshWaiting(idsOf(kept), clock.now());
    if (line?.standing === 'not open' && !atReader)
      return show(asking, 'shut', shutPage(wordsOf(asking), draft, answers));
    return besideOn(asking, draft, kept, beside) ?? questionOn(asking, draft, kept, { line, police }, errors);
  }

  /** The map and the diary have pages of their own. */
  function besideOn(asking: Asking, draft: string, { answers, step, checked }: Telling, beside: Beside) {
    const { view = firstView(answers), diary = { typed: nothingTyped, full: false } } = beside;
    const words = wordsOf(asking);
    if (step === 'map') return show(asking, 'map', mapPage(words, draft, view, answers.point));
    if (step !== 'sightings') return undefined;
    const model = diaryPage(words, { draft, answers, checked, ...diary });
    return show(asking, 'diary', model, diary.full ? 422 : 200);
  }

  /** The challenge, for a browser that has not done the work yet. */
  const workFor = ({ work }: Telling): Model =>
    work ? {} : { work: { challenge: gate.challenge(reportForm, clock.now()), noughts: gate.noughts } };

  function questionOn(
    asking: Asking,
    draft: string,
    telling: Telling,
    { line, police }: { readonly line: LineNow | undefined; readonly police: LineNow | undefined },
    errors: Errors,
  ): string {
    const { answers, step, checked, files, plainly, reportId: id } = telling;
    const words = wordsOf(asking);
    const wordsOffered = offersWords(asking.request.language);
    const asked = { draft, step, answers, checked, errors, line, police, files, wordsOffered };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    if (step !== 'check' || !line)
      return show(asking, 'question', { ...questionPage(words, asked), ...workFor(telling) }, status);
    const seals = { id, line: line.line, keys: lines.keys(line.line) };
    const model = checkPage(words, { ...asked, line, seals, plainly });
    return show(asking, 'check', { ...model, ...workFor(telling) }, status);
  }

  /** With those that came, without the one that is taken away. */
  async function filesAfter(held: Telling, brought: readonly Brought[], press: string): Promise<readonly DraftFile[]> {
    const gone = /^without (.+)$/.exec(press)?.[1];
    const before = held.files ?? [];
    if (gone !== undefined && before.some(({ id }) => id === gone)) await folder.destroy(gone);
    return [...before.filter(({ id }) => id !== gone), ...brought.flatMap((one) => ('file' in one ? [one.file] : []))];
  }

  async function send(asking: Asking, token: string, telling: Telling, sealed: Sealed): Promise<string> {
    const { answers } = telling;
    const inBrowser = sealedIn(sealed, lines.keys(lineOf(answers)));
    if (inBrowser === 'unfit') return goTo(asking, token, { ...telling, step: 'check' }, sealedUnfit(wordsOf(asking)));
    if (!inBrowser && !saysSomething(answers))
      return goTo(asking, token, { ...telling, step: 'what', changing: true }, saysNothing(wordsOf(asking)));
    if (!answers.receipt) return goTo(asking, token, { ...telling, step: 'check' }, choosesNothing(wordsOf(asking)));
    const shown = await sent.first(token, clock.now(), async () => {
      const taken = await take(asking, token, telling, inBrowser);
      return taken && ({ ...taken, sealed: inBrowser && !telling.plainly ? 'browser' : 'arrival' } satisfies ShownSent);
    });
    return shown ? showSent(asking, shown) : goTo(asking, token, { ...telling, step: 'check' });
  }

  const showSent = (asking: Asking, shown: ShownSent): string =>
    page(asking, sentPages(asking.request.language, shown.line, shown));

  /** Undefined where nobody attends the line. It is first sealed as the line was last seen; the store says where that no longer holds. */
  async function take({ request }: Asking, token: string, telling: Telling, inBrowser: InBrowser | undefined) {
    const { answers, reportId, receipt: digits } = telling;
    const name = lineOf(answers);
    const db = lines.db(name);
    const now = clock.now();
    const receipt = readReceipt(digits);
    const kept = keptBy(answers, receipt, request.language);
    const knock = { form: reportForm, address: request.ip, work: telling.work };
    const queue = gate.queueFor(knock, now) === 'first queue' ? 'first' : 'second';
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
    for (const look of [lineAsSeen, lineNow]) {
      const line = await look(lines, name, now);
      if (!db || !line.attendance) continue;
      const { id, promisedHours } = line.attendance;
      const report = sealReport(lines.keys(name), { ...toSend, promisedHours });
      const opens = await receiveAsTold(db, report, id, name === 'police' ? drafts.ending(token) : null);
      if (opens === undefined) continue;
      const files = await sendFiles(db, telling);
      if (name === 'help') await drafts.forget(token);
      const onCall = answers.now === 'yes' ? await isOnCallNow(db, now) : undefined;
      return { line, kept: (opens && kept) || {}, ...files, onCall };
    }
    return undefined;
  }

  /** Beside the report that they came with. What nobody could look at, and may not be kept as it came, is destroyed. */
  async function sendFiles(db: Db, { reportId, answers, files = [] }: Telling) {
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
    const standing = await Promise.all(allLines.map((line): Promise<LineNow> => lineNow(lines, line, now)));
    const model = frontPage(wordsFor(request.language), standing);
    return buffers.send(request, reply, {
      key: `report ${request.language}`,
      version: digest(JSON.stringify(model)),
      cacheControl: 'no-store',
      shortLived: true,
      make: () => views.render('reports/public-begin', { ...shellIn(request.language), ...model }),
    });
  });

  app.post('/report', internalOnly(fromStore), async (request, reply) => {
    refuseForeign(request);
    const asking = { request, reply };
    const { draft: token, question, press, work, ...sealed } = PressForm.parse(answersOf(request.body));
    if (token === '') return press === 'begin' ? goTo(asking, undefined, begun()) : over(asking);
    const before = press === 'send' && (await sent.again(token, clock.now()));
    if (before) return showSent(asking, before);
    const held = await drafts.find(token, clock.now());
    const brought = (findJourneyRequest()?.brought ?? []) as readonly Brought[];
    if (held?.kind !== 'telling') {
      await destroyAll(folder, brought);
      return over(asking);
    }
    const step = question ?? held.step;
    if (step === 'map') return pressOnMap(asking, token, held, press);
    if (step === 'sightings') return pressInDiary(asking, token, held, press);
    const answered = answersTo(step, request.body);
    const plainly = held.plainly || wroteIn(answered);
    const answers = { ...held.answers, ...answered };
    const worked = held.work ?? (work !== '' && gate.isWork(reportForm, work, clock.now()) ? work : undefined);
    const files = await filesAfter(held, brought, press);
    const telling: Telling = { ...held, step, answers, plainly, files, work: worked };
    const long = tooLong(answered);
    if (long.length > 0) return goTo(asking, token, telling, tooLongErrors(wordsOf(asking), long));
    const fileProblems = fileErrors(wordsOf(asking), brought, answers);
    if (Object.keys(fileProblems).length > 0) return goTo(asking, token, telling, fileProblems);
    if (press === 'send' && step === 'check') return send(asking, token, telling, sealed);
    if (press === 'map' && step === 'where')
      return goTo(asking, token, { ...telling, step: 'map' }, {}, { view: firstView(telling.answers) });
    return goTo(asking, token, onFrom(telling, held.answers, press));
  });

  /** A point and a sighting reach us before any browser could seal them. */
  async function pressOnMap(asking: Asking, token: string, held: Telling, press: string): Promise<string> {
    const { answers, view, stays } = mapTurn(held.answers, press, mapPressIn(asking.request.body));
    const plainly = held.plainly || wroteIn({ point: answers.point ?? '' });
    return goTo(asking, token, { ...held, answers, plainly, step: stays ? 'map' : 'where' }, {}, { view });
  }

  async function pressInDiary(asking: Asking, token: string, held: Telling, press: string): Promise<string> {
    const typed = diaryPressIn(asking.request.body);
    const { answers, ...diary } = diaryTurn(held.answers, press, typed);
    const plainly = held.plainly || [typed.what, typed.when, typed.where].some((text) => text !== '');
    const telling: Telling = { ...held, answers, plainly, step: 'sightings' };
    const next = diary.full ? telling : onFrom(telling, held.answers, press);
    return goTo(asking, token, next, {}, { diary });
  }

  app.post('/report/leave', internalOnly(fromStore), async (request, reply) => {
    refuseForeign(request);
    const { draft: token } = PressForm.parse(answersOf(request.body));
    const held = await drafts.find(token, clock.now());
    await drafts.forget(token);
    if (held?.kind === 'telling') await Promise.all(idsOf(held).map((id) => folder.destroy(id)));
    return over({ request, reply });
  });
}

const idsOf = ({ files = [] }: Telling): string[] => files.map(({ id }) => id);

/** A language without a list of its own has digits. */
const offersWords = (language: string): boolean => receiptInWords(newReceipt(), language) !== undefined;

function keptBy(
  { receipt: kind }: Answers,
  receipt: ReturnType<typeof readReceipt>,
  language: string,
): Kept | undefined {
  if (!receipt || kind === 'none') return undefined;
  const words = kind === 'digits' ? undefined : receiptInWords(receipt, language);
  return words ? { words } : { digits: receiptInDigits(receipt) };
}
