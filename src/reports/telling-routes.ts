/** The public form: who reads, one question a page, a check, a receipt. Each answer to POST is a page; nothing told stands in an address, a cookie or a log. */

import { randomUUID } from 'node:crypto';
import { FilesFolder } from '../files/index.ts';
import { hourOf } from '../platform/audit.ts';
import { Buffers } from '../platform/buffers.ts';
import { digest } from '../platform/crypto.ts';
import type { RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, fromMemory, type Reply, type Request } from '../platform/http.ts';
import { indoors, visitNow } from '../platform/indoors.ts';
import { Problem } from '../platform/problem.ts';
import type { Model } from '../platform/views.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import { type LineNow, lineNow, linesOf } from './attended.ts';
import type { Draft } from './draft.ts';
import { findOpenDraft, forgetDraft, keepDraft } from './drafts.ts';
import { addFiles } from './files-store.ts';
import { FloodGate } from './flood.ts';
import { answersTo, PressForm, tooLong } from './forms.ts';
import { sealReport } from './intake.ts';
import { type Answers, lineOf, type Step, saysSomething, stepNames, turn } from './journey.ts';
import {
  checkPage,
  fileErrors,
  frontPage,
  type Kept,
  overPage,
  questionPage,
  saysNothing,
  sentPage,
  shutPage,
  tooLongErrors,
} from './public-pages.ts';
import { receive } from './public-store.ts';
import { newReceipt, readReceipt, receiptInDigits, receiptInWords } from './receipt.ts';
import { lines as allLines } from './report.ts';
import { type Brought, type DraftFile, sealFiles, uploadsOf } from './told-files.ts';

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
  const { clock, views, shellIn, publicHeaders, leaving, uploads } = parts;
  leaving.add('/report/leave');
  const lines = linesOf(parts);
  const drafts = parts.ground.databases.for('main', 'public');
  const folder = new FilesFolder(parts.filesFolder);
  const findTelling = (token: string) => findOpenDraft(drafts, token, clock.now());
  uploads.set(
    '/report',
    uploadsOf(folder, findTelling, () => clock.now()),
  );
  const gate = new FloodGate();
  const buffers = new Buffers(publicHeaders, 20);

  const show = ({ request, reply }: Asking, view: string, model: Model, status = 200): string => {
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return views.render(`reports/public-${view}`, { ...shellIn(request.language), ...model });
  };
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
    await folder.stillWaiting(idsOf(kept), clock.now());
    const asked = { draft, step, answers, checked: kept.checked, errors, line, files: kept.files };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    if (line?.standing === 'not open' && step !== 'reader') return show(asking, 'shut', shutPage(draft, answers));
    if (step === 'check' && line)
      return show(asking, 'check', checkPage({ ...asked, line }, offersWords(asking.request.language)), status);
    return show(asking, 'question', questionPage(asked), status);
  }

  /** With those that came, without the one that is taken away. */
  async function filesAfter(held: Telling, brought: readonly Brought[], press: string): Promise<readonly DraftFile[]> {
    const gone = /^without (.+)$/.exec(press)?.[1];
    const before = held.files ?? [];
    if (gone !== undefined && before.some(({ id }) => id === gone)) await folder.destroy(gone);
    return [...before.filter(({ id }) => id !== gone), ...brought.flatMap((one) => ('file' in one ? [one.file] : []))];
  }

  async function send(asking: Asking, token: string, telling: Telling): Promise<string> {
    const { answers } = telling;
    if (!saysSomething(answers)) return goTo(asking, token, { ...telling, step: 'what' }, saysNothing);
    const name = lineOf(answers);
    const now = clock.now();
    const line = await lineNow(lines, name, now);
    const db = lines.db(name);
    if (line.standing === 'not open' || !line.attendance || !db)
      return goTo(asking, token, { ...telling, step: 'check' });
    const receipt = readReceipt(telling.receipt);
    const kept = keptBy(answers, receipt, asking.request.language);
    const queue =
      gate.queueFor({ form: 'report', address: asking.request.ip }, now) === 'first queue' ? 'first' : 'second';
    const opens = await receive(
      db,
      sealReport(lines.keys(name), {
        id: telling.reportId,
        line: name,
        way: 'public form',
        answers,
        receipt: kept ? receipt : undefined,
        queue,
        promisedHours: line.attendance.promisedHours,
        now,
      }),
    );
    const waiting = await folder.waitingAmong(idsOf(telling));
    const files = sealFiles(
      lines.keys(name),
      answers,
      (telling.files ?? []).filter(({ id }) => waiting.has(id)),
    );
    if (files.length > 0) await addFiles(db, telling.reportId, files, hourOf(now), randomUUID());
    await forgetDraft(drafts, token);
    const leftOut = idsOf(telling).filter((id) => !files.some((sent) => sent.id === id));
    await Promise.all(leftOut.map((id) => folder.destroy(id)));
    return show(asking, 'sent', sentPage(line, (opens && kept) || {}, files.length, leftOut.length));
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
    const brought = (visitNow()?.brought ?? []) as readonly Brought[];
    if (held?.kind !== 'telling') {
      await Promise.all(brought.map((one) => 'file' in one && folder.destroy(one.file.id)));
      return over(asking);
    }
    const step = question ?? held.step;
    const answered = answersTo(step, request.body);
    const answers = { ...held.answers, ...answered };
    const telling: Telling = { ...held, step, answers, files: await filesAfter(held, brought, press) };
    const long = tooLong(answered);
    if (long.length > 0) return goTo(asking, token, telling, tooLongErrors(long));
    const fileProblems = fileErrors(brought, answers);
    if (Object.keys(fileProblems).length > 0) return goTo(asking, token, telling, fileProblems);
    if (press === 'send' && step === 'check') return send(asking, token, telling);
    return goTo(asking, token, { ...telling, step: wantedStep(telling, press) });
  });

  app.post('/report/leave', indoors(fromMemory), async (request, reply) => {
    refuseForeign(request);
    const { draft: token } = PressForm.parse(answersOf(request.body));
    const held = await findOpenDraft(drafts, token, clock.now());
    await forgetDraft(drafts, token);
    if (held?.kind === 'telling') await Promise.all(idsOf(held).map((id) => folder.destroy(id)));
    return over({ request, reply });
  });
}

const idsOf = ({ files = [] }: Telling): string[] => files.map(({ id }) => id);

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
