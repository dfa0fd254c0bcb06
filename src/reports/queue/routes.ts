/** Routes for reading reports and writing to reporters. The same for both lines, each with its own actions and store. */
import { memberNames } from '../../identity/agencies/index.ts';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems, HomeStage } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts, Navigation } from '../../platform/http/sites.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listFiles } from '../attachments/store.ts';
import { MessageForm, ReportPath, WhyTakenBackForm } from '../forms.ts';
import { type Found, lookFor } from '../mailbox/risky-words.ts';
import { findAlert } from '../on-call/store.ts';
import { type Line, lines, mayWrite, type PartId, type ReportId } from '../report.ts';
import { keptNow, ruleOn } from '../retention/retention.ts';
import { holdsOf, listRules } from '../retention/store.ts';
import { keptWords } from '../retention/words.ts';
import {
  openAbout,
  openInBrowser,
  openReportKey,
  openWords,
  pairsOf,
  type Said,
  sealWords,
} from '../sealing/sealed-report.ts';
import { stateOf } from '../source-identity/identity-request.ts';
import { isContactHeld, openingsOf } from '../source-identity/store.ts';
import { findTaking } from '../staff-intake/store.ts';
import * as store from '../store.ts';
import {
  addressOf,
  carefulErrors,
  messageErrors,
  openTakenBackPage,
  queuePage,
  reportPage,
  takenBackPage,
  writePage,
} from './pages.ts';

/** The actions of the support side bear its name; what they let do is the same. */
export const actionOf = (line: Line, action: string): string => (line === 'help' ? `help ${action}` : action);
const pathOf = (line: Line): string => addressOf[line].replace('/staff', '');

export const readingRoutes =
  (line: Line) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const path = pathOf(line);
    const pairs = () => pairsOf(keys, line);

    /** Everything of one report, opened: a look, written down before it is shown. */
    async function lookAt(request: Request, id: ReportId, reason?: string) {
      const db = request.look('report.shown', id, { fields: ['told'], ...(reason && { reason }) });
      const report = await store.getReport(db, id);
      const key = openReportKey(pairs(), id, report.sealedKey);
      const parts = (await store.listParts(db, id)).map((part) => {
        const words = openWords(key, line, part);
        return {
          ...part,
          ...(part.kind === 'told' ? openInBrowser(pairs(), line, id, 'words', words) : { said: words }),
        };
      });
      const files = (await listFiles(db, id)).map((file) => ({ ...file, said: openAbout(pairs(), line, file) }));
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
      if (!(await store.isTakenBack(request.db, id))) return showWhole(request, reply, id);
      const report = await store.getReport(request.look('report.shown', id, { fields: ['state'] }), id);
      return reply.page('platform/page', takenBackPage(line, report, await keptOf(request, report)));
    });

    app.get(`${path}/:id/open`, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      if (!(await store.isTakenBack(request.db, id))) return reply.redirect(`${addressOf[line]}/${id}`, 303);
      return reply.page('platform/form', openTakenBackPage(line, id));
    });

    app.post(`${path}/:id/open`, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      if (!(await store.isTakenBack(request.db, id))) return reply.redirect(`${addressOf[line]}/${id}`, 303);
      const form = readForm(WhyTakenBackForm, request.body);
      if (!form.ok)
        return reply.page('platform/form', openTakenBackPage(line, id, answersOf(request.body), form.errors));
      return showWhole(request, reply, id, `${form.values.purpose}: ${form.values.why}`);
    });

    async function showWhole(request: Request, reply: Reply, id: ReportId, reason?: string) {
      const { report, parts, files } = await lookAt(request, id, reason);
      const taking = await findTaking(request.db, report.id);
      const kept = await keptOf(request, report);
      const contact = await contactOf(request, line, report.id);
      const wrote = parts.map(({ memberId }) => memberId);
      const alert = await findAlert(request.db, report.id);
      const names = await namesOf(request, line, [...wrote, taking?.takenBy ?? null, alert?.acknowledgedBy ?? null]);
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
      const shown = await lookAt(request, request.params.id);
      const allowed = mayWrite(shown.report, 'closed');
      const errors = allowed.ok ? {} : messageErrors[allowed.refusal];
      return reply.page('platform/form', { ...writePage(line, shown, {}, errors), closed: !allowed.ok });
    });

    app.post(`${path}/:id/write`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      const shown = await lookAt(request, id);
      const again = (errors: FormErrors, found: readonly Found[] = []) =>
        reply.page('platform/form', writePage(line, shown, answersOf(request.body), errors, found));
      const form = readForm(MessageForm, request.body);
      if (!form.ok) return again(form.errors);
      const { kind, message, base, outcome, looked } = form.values;
      const found = lookFor(message, toldIn(shown.parts));
      if (found.length > 0 && inOneLine(looked) !== inOneLine(message)) return again(carefulErrors, found);
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
            sealed: sealWords(shown.key, line, partId, { words: message }),
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
async function contactOf(request: Request, line: Line, id: ReportId): Promise<'held' | 'open' | undefined> {
  if (!(await isContactHeld(request.db, id))) return undefined;
  const moment = line === 'help' ? floorToHour(request.now) : request.now;
  const mine = (await openingsOf(request.db, id)).filter(
    ({ askedBy, fileId }) => fileId === null && askedBy === request.actor.memberId,
  );
  return mine.some((one) => stateOf(one, one.decision, moment) === 'open') ? 'open' : 'held';
}

/** All that the reporter wrote, in one text. */
const toldIn = (parts: readonly { readonly memberId: string | null; readonly said: Said }[]): string =>
  parts.flatMap(({ memberId, said }) => (memberId === null ? Object.values(said) : [])).join('\n');

/** A browser turns the ends of lines round. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Until when a closed report is kept; undefined where it is not closed. */
async function keptOf({ db, now, today }: Request, { id, outcome, closedAt }: store.KeyedReport) {
  if (!outcome || !closedAt) return undefined;
  const rule = ruleOn(await listRules(db), outcome, today);
  return { outcome, words: keptWords(keptNow(closedAt, rule, await holdsOf(db, id), now), closedAt, rule) };
}

/** Members are in the main store, so for the safeguarding database they are queried separately. */
export async function namesOf(request: Request, line: Line, ids: readonly (string | null)[]) {
  if (line === 'police') return memberNames(request.db, ids);
  return request.under('member.read', (db) => memberNames(db, ids));
}

const sentence = (count: number, one: string, many: string): string =>
  `${capital(countWord(count))} ${plural(count, one, many)}`;

/** It stays above the journey on the home page until somebody has dealt with it. */
export const reportsDesk = (line: Line): HomeItems => ({
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
        text: sentence(danger, 'report says that somebody is in danger', 'reports say that somebody is in danger'),
      },
      { count: overdue, href, text: sentence(overdue, 'report is late', 'reports are late') },
    ].filter(({ count }) => count > 0);
  },
});

/** Separate entries for members who read no reports: custodians, professionals who hand in, and those who set who reads. */
export const reportsNavigation: readonly Navigation[] = lines.flatMap((line) => [
  {
    href: `${addressOf[line]}/source-identity`,
    text: 'Who told reports',
    action: actionOf(line, 'contact opening.decide'),
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
      ? [{ count: waiting, href: '/staff/reports', text: sentence(waiting, 'report waits', 'reports wait') }]
      : [];
  },
};
