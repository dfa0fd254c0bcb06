/** The public form: who reads, one question a page, a check, a receipt. Each answer to POST is a page; nothing told stands in an address, a cookie or a log. */
import { Buffers } from '../platform/buffers.ts';
import { digest } from '../platform/crypto.ts';
import type { RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, fromMemory, type Reply, type Request } from '../platform/http.ts';
import { indoors } from '../platform/indoors.ts';
import { Problem } from '../platform/problem.ts';
import type { Model } from '../platform/views.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { type LineNow, lineAsSeen, lineNow, linesOf } from './attended.ts';
import { type Draft, hashOf } from './draft.ts';
import { findOpenDraft, forgetDraft, keepDraft } from './drafts.ts';
import { FloodGate } from './flood.ts';
import { answersTo, PressForm, sealedIn, tooLong } from './forms.ts';
import { type InBrowser, sealReport } from './intake.ts';
import { type Answers, lineOf, type Step, saysSomething, stepNames, turn, wroteIn } from './journey.ts';
import { isOnCallNow } from './on-call-store.ts';
import {
  checkPage,
  frontPage,
  type Kept,
  overPage,
  questionPage,
  saysNothing,
  sealedUnfit,
  shutPage,
  tooLongErrors,
} from './public-pages.ts';
import { receiveAsTold } from './public-store.ts';
import { newReceipt, readReceipt, receiptInDigits, receiptInWords } from './receipt.ts';
import { lines as allLines } from './report.ts';
import { openSentPages } from './sent-pages.ts';

type Telling = Extract<Draft, { readonly kind: 'telling' }>;
type Asking = { readonly request: Request; readonly reply: Reply };
type Errors = Readonly<Record<string, string>>;

const begun = (): Telling => ({
  kind: 'telling',
  reportId: newTimelessId(),
  answers: {},
  step: 'who',
  checked: false,
  receipt: receiptInDigits(newReceipt()),
});

/** Before these, whoever writes is told of the line that it goes to. */
const toldOfLine: readonly Step[] = ['reader', 'now', 'reach', 'check'];

/** A page of another site sends nothing here; a browser that does not say is let in. */
export function refuseForeign({ headers }: Pick<Request, 'headers'>): void {
  const from = headers['sec-fetch-site'];
  if (from === 'cross-site' || from === 'same-site') throw new Problem('bad request', 'sent by a page of another site');
}

export async function tellingRoutes(app: App, parts: RoomParts): Promise<void> {
  const { clock, views, shellIn, publicHeaders, leaving } = parts;
  leaving.add('/report/leave');
  const lines = linesOf(parts);
  const drafts = parts.ground.databases.for('main', 'public');
  const gate = new FloodGate();
  const buffers = new Buffers(publicHeaders, 20);

  const sentPages = openSentPages(views, shellIn);

  const page = ({ reply }: Asking, html: string, status = 200): string => {
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return html;
  };
  const show = (asking: Asking, view: string, model: Model, status = 200): string =>
    page(asking, views.render(`reports/public-${view}`, { ...shellIn(asking.request.language), ...model }), status);
  const over = (asking: Asking): string => show(asking, 'over', overPage);

  /** Keeps what was answered and shows where it leads. */
  async function goTo(
    asking: Asking,
    used: string | undefined,
    telling: Telling,
    errors: Errors = {},
  ): Promise<string> {
    const { answers, step } = telling;
    const line = toldOfLine.includes(step) ? await lineNow(lines, lineOf(answers), clock.now()) : undefined;
    const kept: Telling = { ...telling, checked: telling.checked || step === 'check' };
    const draft = await keepDraft(drafts, used, kept, clock.now());
    if (!draft) return over(asking);
    const asked = { draft, step, answers, checked: kept.checked, errors, line };
    const seals = { id: kept.reportId, line: lineOf(answers), keys: lines.keys(lineOf(answers)) };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    if (line?.standing === 'not open' && step !== 'reader') return show(asking, 'shut', shutPage(draft, answers));
    if (step === 'check' && line)
      return show(asking, 'check', checkPage({ ...asked, line, seals }, offersWords(asking.request.language)), status);
    return show(asking, 'question', questionPage(asked), status);
  }

  async function send(asking: Asking, token: string, telling: Telling): Promise<string> {
    const { answers } = telling;
    const inBrowser = sealedIn(PressForm.parse(answersOf(asking.request.body)), lines.keys(lineOf(answers)));
    if (inBrowser === 'unfit') return goTo(asking, token, { ...telling, step: 'check' }, sealedUnfit);
    if (!inBrowser && !saysSomething(answers)) return goTo(asking, token, { ...telling, step: 'what' }, saysNothing);
    const sent = await take(asking, token, telling, inBrowser);
    const sealed = inBrowser && !telling.plainly ? 'browser' : 'arrival';
    return sent
      ? page(asking, sentPages(asking.request.language, sent.line, { ...sent, sealed }))
      : goTo(asking, token, { ...telling, step: 'check' });
  }

  /** Undefined where nobody attends the line. It is first sealed as the line was last seen; the store says where that no longer holds. */
  async function take({ request }: Asking, token: string, telling: Telling, inBrowser: InBrowser | undefined) {
    const { answers, reportId, receipt: digits } = telling;
    const name = lineOf(answers);
    const db = lines.db(name);
    const now = clock.now();
    const receipt = readReceipt(digits);
    const kept = keptBy(answers, receipt, request.language);
    const queue = gate.queueFor({ form: 'report', address: request.ip }, now) === 'first queue' ? 'first' : 'second';
    const toSend = {
      id: reportId,
      line: name,
      way: 'public form',
      answers,
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
      const opens = await receiveAsTold(db, report, id, name === 'police' ? hashOf(token) : null);
      if (opens === undefined) continue;
      if (name === 'help') await forgetDraft(drafts, token);
      const onCall = answers.now === 'yes' ? await isOnCallNow(db, now) : undefined;
      return { line, kept: (opens && kept) || {}, onCall };
    }
    return undefined;
  }

  app.get('/report', indoors(fromMemory), async (request, reply) => {
    const now = clock.now();
    const model = frontPage(await Promise.all(allLines.map((line): Promise<LineNow> => lineNow(lines, line, now))));
    return buffers.send(request, reply, {
      key: `report ${request.language}`,
      version: digest(JSON.stringify(model)),
      cacheControl: 'no-store',
      shortLived: true,
      make: () => views.render('reports/public-tell', { ...shellIn(request.language), ...model }),
    });
  });

  app.post('/report', indoors(fromMemory), async (request, reply) => {
    refuseForeign(request);
    const asking = { request, reply };
    const { draft: token, question, press } = PressForm.parse(answersOf(request.body));
    if (token === '') return press === 'begin' ? goTo(asking, undefined, begun()) : over(asking);
    const held = await findOpenDraft(drafts, token, clock.now());
    if (held?.kind !== 'telling') return over(asking);
    const step = question ?? held.step;
    const answered = answersTo(step, request.body);
    const plainly = held.plainly || wroteIn(answered);
    const telling: Telling = { ...held, step, answers: { ...held.answers, ...answered }, plainly };
    const long = tooLong(answered);
    if (long.length > 0) return goTo(asking, token, telling, tooLongErrors(long));
    if (press === 'send' && step === 'check') return send(asking, token, telling);
    return goTo(asking, token, { ...telling, step: wantedStep(telling, press) });
  });

  app.post('/report/leave', indoors(fromMemory), async (request, reply) => {
    refuseForeign(request);
    await forgetDraft(drafts, PressForm.parse(answersOf(request.body)).draft);
    return over({ request, reply });
  });
}

function wantedStep({ answers, step, checked }: Telling, press: string): Step {
  if (press === 'next' || press === 'back') return turn(answers, step, press);
  const named = stepNames.find((one) => one === press);
  if (!named || (named === 'check' && !checked)) return step;
  return turn(answers, step, named);
}

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
