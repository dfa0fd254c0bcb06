/** Routes for reading reports and writing to reporters. The same for both lines, each with its own actions and store. */

import { requestStateOf } from '../../access/custodian-decisions/index.ts';
import { memberNames } from '../../identity/agencies/index.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems, HomeStage } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts, Navigation } from '../../platform/http/sites.ts';
import { closedRecordStateOf } from '../../retention/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listFiles } from '../attachments/store.ts';
import { MessageForm, OpenWithdrawnForm, ReportPath } from '../forms.ts';
import { findRiskyWords, type RiskyWord } from '../mailbox/risky-words.ts';
import { findAlert } from '../on-call/store.ts';
import { type IntakeLine, intakeLines, mayWrite, type PartId, type ReportId } from '../report.ts';
import { findRuleInForce } from '../retention/retention.ts';
import { listReportHolds, listRules } from '../retention/store.ts';
import { describeRetention } from '../retention/words.ts';
import {
  allKeyPairs,
  openBrowserSealed,
  openFileDescription,
  openPartContent,
  openReportKey,
  type PartContent,
  sealPartContent,
} from '../sealing/sealed-report.ts';
import { hasSourceIdentity, listReportIdentityRequests } from '../source-identity/store.ts';
import { findStaffIntake } from '../staff-intake/store.ts';
import * as store from '../store.ts';
import {
  addressOf,
  messageErrors,
  openWithdrawnPage,
  queuePage,
  reportPage,
  riskyWordErrors,
  withdrawnPage,
  writePage,
} from './pages.ts';

/** The actions of the support side bear its name; what they let do is the same. */
export const actionOf = (line: IntakeLine, action: string): string => (line === 'help' ? `help ${action}` : action);
const pathOf = (line: IntakeLine): string => addressOf[line].replace('/staff', '');

export const queueRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const path = pathOf(line);
    const pairs = () => allKeyPairs(keys, line);

    /** Everything of one report, opened: a look, written down before it is shown. */
    async function viewReport(request: Request, id: ReportId, reason?: string) {
      const db = request.look('report.shown', id, { fields: ['told'], ...(reason && { reason }) });
      const report = await store.getReport(db, id);
      const key = openReportKey(pairs(), id, report.sealedKey);
      const parts = (await store.listParts(db, id)).map((part) => {
        const words = openPartContent(key, line, part);
        return {
          ...part,
          ...(part.kind === 'told' ? openBrowserSealed(pairs(), line, id, 'words', words) : { said: words }),
        };
      });
      const files = (await listFiles(db, id)).map((file) => ({
        ...file,
        said: openFileDescription(pairs(), line, file),
      }));
      return { report, parts, files, key };
    }

    app.get(path, may(actionOf(line, 'report.read')), async (request, reply) => {
      const db = request.look('reports.listed', null, { fields: ['state'] });
      const queue = await store.listReports(db);
      request.returned(queue.reports.map(({ id }) => id));
      const can = (action: string) => request.can(actionOf(line, action));
      const may = { sets: can('attendance.read'), takes: can('report.take'), keeps: can('retention.read') };
      return reply.page('platform/page', queuePage(line, queue, request.now, may));
    });

    // A report that was taken back is shown only after the reader gives a reason.
    app.get(`${path}/:id`, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      if (!(await store.isWithdrawn(request.db, id))) return showReport(request, reply, id);
      const report = await store.getReport(request.look('report.shown', id, { fields: ['state'] }), id);
      return reply.page('platform/page', withdrawnPage(line, report, await findRetention(request, report)));
    });

    app.get(`${path}/:id/open`, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      if (!(await store.isWithdrawn(request.db, id))) return reply.redirect(`${addressOf[line]}/${id}`, 303);
      return reply.page('platform/form', openWithdrawnPage(line, id));
    });

    app.post(`${path}/:id/open`, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      if (!(await store.isWithdrawn(request.db, id))) return reply.redirect(`${addressOf[line]}/${id}`, 303);
      const form = readForm(OpenWithdrawnForm, request.body);
      if (!form.ok)
        return reply.page('platform/form', openWithdrawnPage(line, id, answersOf(request.body), form.errors));
      return showReport(request, reply, id, `${form.values.purpose}: ${form.values.why}`);
    });

    async function showReport(request: Request, reply: Reply, id: ReportId, reason?: string) {
      const { report, parts, files } = await viewReport(request, id, reason);
      const taking = await findStaffIntake(request.db, report.id);
      const kept = await findRetention(request, report);
      const contact = await findSourceIdentityState(request, line, report.id);
      const wrote = parts.map(({ memberId }) => memberId);
      const alert = await findAlert(request.db, report.id);
      const names = await findNames(request, line, [...wrote, taking?.takenBy ?? null, alert?.acknowledgedBy ?? null]);
      const takenOn = alert && (alert.acknowledgedBy ? getMemberName(names, alert.acknowledgedBy) : null);
      const taken = taking && getMemberName(names, taking.takenBy);
      const opensPerson = line === 'help' && request.can('person.open');
      const shown = { line, report, parts, files, names, taken, kept, contact, takenOn, opensPerson, now: request.now };
      return reply.page('platform/page', reportPage(shown));
    }

    app.post(`${path}/:id/seen`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      await request.change('report.read', id, async (tx) => {
        await store.lockReport(tx, id);
        return accept(await store.saveHandled(tx, id, { unread: false, actedAt: floorToHour(request.now) }));
      });
      return reply.redirect(`${addressOf[line]}/${id}`, 303);
    });

    app.get(`${path}/:id/write`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const shown = await viewReport(request, request.params.id);
      const allowed = mayWrite(shown.report, 'closed');
      const errors = allowed.ok ? {} : messageErrors[allowed.refusal];
      return reply.page('platform/form', { ...writePage(line, shown, {}, errors), closed: !allowed.ok });
    });

    app.post(`${path}/:id/write`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      const shown = await viewReport(request, id);
      const again = (errors: FormErrors, found: readonly RiskyWord[] = []) =>
        reply.page('platform/form', writePage(line, shown, answersOf(request.body), errors, found));
      const form = readForm(MessageForm, request.body);
      if (!form.ok) return again(form.errors);
      const { kind, message, base, outcome, looked } = form.values;
      const found = findRiskyWords(message, reporterText(shown.parts));
      if (found.length > 0 && collapseWhitespace(looked) !== collapseWhitespace(message))
        return again(riskyWordErrors, found);
      const partId: PartId = newTimelessId();
      const hour = floorToHour(request.now);
      const written = await request.change(
        kind === 'closed' ? 'report.closed' : 'report.written to',
        id,
        async (tx) => {
          const { report, last } = await store.lockReport(tx, id);
          if (last !== base) return refuse('written meanwhile');
          const state = mayWrite(report, kind);
          if (!state.ok) return state;
          await store.addPart(tx, {
            id: partId,
            reportId: id,
            place: last + 1,
            kind,
            sealed: sealPartContent(shown.key, line, partId, { words: message }),
            saidAt: hour,
            memberId: request.actor.memberId as MemberId,
          });
          const closing = kind === 'closed' && outcome ? { outcome } : {};
          await store.saveHandled(tx, id, { state: state.value, ...closing, unread: false, actedAt: hour });
          return accept(true);
        },
        { fields: ['message'] },
      );
      if (!written.ok) return again(messageErrors[written.refusal]);
      return reply.redirect(`${addressOf[line]}/${id}`, 303);
    });
  };

/** Whether a source identity is held, and whether it is open to this reader. Reads nothing of it. */
async function findSourceIdentityState(
  request: Request,
  line: IntakeLine,
  id: ReportId,
): Promise<'held' | 'open' | undefined> {
  if (!(await hasSourceIdentity(request.db, id))) return undefined;
  const moment = line === 'help' ? floorToHour(request.now) : request.now;
  const mine = (await listReportIdentityRequests(request.db, id)).filter(
    ({ askedBy, fileId }) => fileId === null && askedBy === request.actor.memberId,
  );
  return mine.some((one) => requestStateOf(one, one.decision, moment) === 'open') ? 'open' : 'held';
}

/** All that the reporter wrote, in one text. */
const reporterText = (parts: readonly { readonly memberId: string | null; readonly said: PartContent }[]): string =>
  parts.flatMap(({ memberId, said }) => (memberId === null ? Object.values(said) : [])).join('\n');

/** A browser turns the ends of lines round. */
const collapseWhitespace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Until when a closed report is kept; undefined where it is not closed. */
async function findRetention({ db, now, today }: Request, { id, outcome, closedAt }: store.KeyedReport) {
  if (!outcome || !closedAt) return undefined;
  const rule = findRuleInForce(await listRules(db), outcome, today);
  return {
    outcome,
    words: describeRetention(closedRecordStateOf(closedAt, rule, await listReportHolds(db, id), now), closedAt, rule),
  };
}

/** Members are in the main store, so for the safeguarding database they are queried separately. */
export async function findNames(request: Request, line: IntakeLine, ids: readonly (string | null)[]) {
  if (line === 'police') return memberNames(request.db, ids);
  return request.under('member.read', (db) => memberNames(db, ids));
}

const countSentence = (count: number, one: string, many: string): string =>
  `${capital(countWord(count))} ${plural(count, one, many)}`;

/** It stays above the journey on the home page until somebody has dealt with it. */
export const reportsHomeItems = (line: IntakeLine): HomeItems => ({
  action: actionOf(line, 'report.read'),
  title: line === 'police' ? 'Reports of danger, and late ones' : 'Reports to the support side: danger, and late ones',
  pressing: true,
  waiting: async (db, request, look) => {
    look('reports.waiting counted', null, { fields: ['state'] });
    const { danger, overdue } = await store.countWaiting(db, request.now);
    const href = addressOf[line];
    return [
      {
        count: danger,
        href,
        text: countSentence(danger, 'report says that somebody is in danger', 'reports say that somebody is in danger'),
      },
      { count: overdue, href, text: countSentence(overdue, 'report is late', 'reports are late') },
    ].filter(({ count }) => count > 0);
  },
});

/** Separate entries for members who read no reports: custodians, professionals who hand in, and those who set who reads. */
export const reportsNavigation: readonly Navigation[] = intakeLines.flatMap((line) => [
  {
    href: `${addressOf[line]}/source-identity`,
    text: 'Who told reports',
    action: actionOf(line, 'source identity request.decide'),
  },
  {
    href: `${addressOf[line]}/partner-form`,
    text: line === 'police' ? 'Report to police' : 'Report to support',
    action: actionOf(line, 'report.hand in'),
    also: [`${addressOf[line]}/sent`],
  },
  {
    href: `${addressOf[line]}/retention`,
    text: 'How long reports are kept',
    action: actionOf(line, 'retention.set'),
  },
  { href: `${addressOf[line]}/attendance`, text: 'Who reads reports', action: actionOf(line, 'attendance.set') },
]);

export const reportsPlace: HomeStage = {
  room: 'reports',
  href: '/staff/reports',
  action: 'report.read',
  says: 'What the public tells police: sealed as it comes in, read by its clock, answered without a name.',
  waiting: async (db, request, look) => {
    look('reports.waiting counted', null, { fields: ['state'] });
    const { waiting } = await store.countWaiting(db, request.now);
    return waiting > 0
      ? [{ count: waiting, href: '/staff/reports', text: countSentence(waiting, 'report waits', 'reports wait') }]
      : [];
  },
};
