/** Routes for taking a report for a caller, handing one in, and seeing that it was sent. Reports are sealed to the line's key as on the public site; the answer to the form shows the receipt, once. */
import { randomUUID } from 'node:crypto';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type Kind, listSigns, signsAsked } from '../../public/signs/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { Attendance } from '../attendance/attendance.ts';
import type { ReceiptText } from '../intake/sent-pages.ts';
import { getAttendance } from '../intake/store.ts';
import { formatReceiptAsDigits, formatReceiptAsList, newReceipt } from '../mailbox/receipt.ts';
import { actionOf } from '../queue/routes.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import { currentKeyPair, sealReport } from '../sealing/sealed-report.ts';
import { InternalLogForm, KindQuery, PartnerForm, PhoneForm } from './forms.ts';
import {
  internalLogPage,
  kindPage,
  notAttendedErrors,
  partnerPage,
  phonePage,
  receivedPage,
  sentReportsPage,
} from './pages.ts';
import { type StaffIntakeAnswers, type StaffIntakeWay, splitIntakeAnswers } from './staff-intake.ts';
import { addStaffReport, listSentReports } from './store.ts';

type ReceiptKind = 'words' | 'digits' | 'none';

type Intake = { readonly line: IntakeLine; readonly pair: () => ReturnType<typeof currentKeyPair> };

export const staffIntakeRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const intake: Intake = { line, pair: () => currentKeyPair(keys, line) };
    phoneRoutes(intake, app);
    partnerRoutes(intake, app);
    if (line === 'police') internalLogRoutes(intake, app);
    app.get(reportPaths[line].sent.route, may(actionOf(line, 'report.sent')), async (request, reply) =>
      reply.list(sentReportsPage(line, await listSentReports(request.db, request.actor.memberId))),
    );
  };

/** What the public sees of the line; undefined where it accepts no report. */
async function findAttendance({ pair }: Intake, request: Request): Promise<Attendance | undefined> {
  const { attendance } = await getAttendance(request.db);
  return attendance?.state === 'open' && attendance.keyId === pair().id ? attendance : undefined;
}

/** Only the agency that reads the line takes reports by phone and writes internal logs. */
async function findOwnAttendance(intake: Intake, request: Request): Promise<Attendance | undefined> {
  const found = await findAttendance(intake, request);
  return found?.agencyId === request.actor.agencyId ? found : undefined;
}

const intakeEvents: Readonly<Record<StaffIntakeWay, string>> = {
  'by phone': 'report.taken by phone',
  partner: 'report.handed in',
  'internal log': 'report.logged',
};

/** Seals the report and keeps it once, however often it is sent. */
async function submit(
  { line, pair }: Intake,
  request: Request,
  way: StaffIntakeWay,
  { id, receipt: offered, answers }: { id: ReportId; receipt: ReceiptKind; answers: StaffIntakeAnswers },
) {
  const receipt = offered === 'none' ? undefined : newReceipt();
  const sealed = sealReport(pair(), {
    id,
    line,
    way,
    answers,
    split: splitIntakeAnswers(answers),
    receipt,
    queue: 'first',
    promisedHours: 0, // The line's own promise: the database knows it.
    now: request.now,
  });
  const taken = await request.change(
    intakeEvents[way],
    id,
    async (tx) => {
      const done = await addStaffReport(tx, { ...sealed, requestId: randomUUID() }, pair().id);
      return done === 'taken' ? accept(true) : refuse(done);
    },
    { kind: 'collection', fields: ['told', ...(sealed.contact ? ['contact'] : [])] },
  );
  return { taken, kept: receipt && receiptTextFor(receipt, offered) };
}

/** The answer to what is sent is a page with the receipt, shown once: so these routes go on to no other. */
function phoneRoutes(intake: Intake, app: App): void {
  const { line } = intake;
  const { phone } = reportPaths[line];
  app.get(phone.route, may(actionOf(line, 'report.take')), async (request, reply) =>
    reply.form(phonePage({ line, id: newTimelessId(), attendance: await findOwnAttendance(intake, request) })),
  );

  app.post(phone.route, may(actionOf(line, 'report.take')), async (request, reply) => {
    const attendance = await findOwnAttendance(intake, request);
    const again = (errors: FormErrors) =>
      reply.form(
        { ...phonePage({ line, id: reportIdOf(request), attendance }), closed: false },
        answersOf(request.body),
        errors,
      );
    const form = readForm(PhoneForm, request.body);
    if (!form.ok) return again(form.errors);
    if (!attendance) return again(notAttendedErrors);
    const { id, receipt, ...said } = form.values;
    const answers = { ...said, ...readerOf(line, said.who) };
    const { taken, kept } = await submit(intake, request, 'by phone', { id, receipt, answers });
    if (!taken.ok && taken.refusal === 'not attended') return again(notAttendedErrors);
    return reply.sections(receivedPage(line, 'take', taken.ok ? kept : undefined, !taken.ok));
  });
}

function internalLogRoutes(intake: Intake, app: App): void {
  const { internalLog } = policeReportPaths;
  app.get(internalLog.route, may('report.log'), async (request, reply) =>
    reply.form(internalLogPage({ id: newTimelessId(), attendance: await findOwnAttendance(intake, request) })),
  );

  app.post(internalLog.route, may('report.log'), async (request, reply) => {
    const attendance = await findOwnAttendance(intake, request);
    const again = (errors: FormErrors) =>
      reply.form(
        { ...internalLogPage({ id: reportIdOf(request), attendance }), closed: false },
        answersOf(request.body),
        errors,
      );
    const form = readForm(InternalLogForm, request.body);
    if (!form.ok) return again(form.errors);
    if (!attendance) return again(notAttendedErrors);
    const { id, ...answers } = form.values;
    const { taken } = await submit(intake, request, 'internal log', { id, receipt: 'none', answers });
    if (!taken.ok && taken.refusal === 'not attended') return again(notAttendedErrors);
    return reply.sections(receivedPage('police', 'log', undefined, !taken.ok));
  });
}

function partnerRoutes(intake: Intake, app: App): void {
  const { line } = intake;
  const { partnerForm } = reportPaths[line];
  app.get(partnerForm.route, may(actionOf(line, 'report.hand in'), undefined, KindQuery), async (request, reply) => {
    const { kind } = request.query;
    if (!kind) return reply.sections(kindPage(line));
    const form = { line, id: newTimelessId(), attendance: await findAttendance(intake, request) };
    return reply.form(partnerPage({ ...form, ...partnerQuestionsFor(request, kind) }));
  });

  app.post(partnerForm.route, may(actionOf(line, 'report.hand in')), async (request, reply) => {
    const attendance = await findAttendance(intake, request);
    const form = readForm(PartnerForm, request.body);
    const asked = partnerQuestionsFor(request, kindIn(request));
    const again = (errors: FormErrors): Promise<string> =>
      reply.form(
        { ...partnerPage({ line, id: reportIdOf(request), attendance, ...asked }), closed: false },
        answersOf(request.body),
        errors,
      );
    if (!form.ok) return again(form.errors);
    const { id, receipt, signs, ...said } = form.values;
    const known = asked.signs.map(({ text }) => text);
    const noticed = signs.filter((sign) => known.includes(sign)).join('\n');
    const answers = { ...said, who: 'professional', signs: noticed };
    const { taken, kept } = await submit(intake, request, 'partner', { id, receipt, answers });
    if (!taken.ok && taken.refusal === 'not attended') return again(notAttendedErrors);
    return reply.sections(receivedPage(line, 'hand-in', taken.ok ? kept : undefined, !taken.ok));
  });
}

const partnerQuestionsFor = ({ today }: Request, kind: Kind) => ({
  kind,
  signs: signsAsked({ reader: 'professional', kind }, listSigns(today)),
});

const kindIn = ({ body }: Request): Kind => KindQuery.parse(answersOf(body)).kind ?? 'not known';
/** The same as before, so that a form sent again after an error is still one report. */
const reportIdOf = ({ body }: Request): string => String(answersOf(body).id ?? newTimelessId());

/** A report to police by phone goes to the police line: the caller was asked first. */
const readerOf = (line: IntakeLine, who: string): StaffIntakeAnswers =>
  who === 'me' ? { reader: line === 'police' ? 'police' : 'support' } : {};

function receiptTextFor(receipt: ReturnType<typeof newReceipt>, offered: ReceiptKind): ReceiptText {
  const words = offered === 'words' ? formatReceiptAsList(receipt, 'en') : undefined;
  return words ? { words } : { digits: formatReceiptAsDigits(receipt) };
}
