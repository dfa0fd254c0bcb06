/** Routes for reading reports and writing to reporters. The same for both lines, each with its own actions and store. */

import { z } from 'zod';
import { requestStateOf } from '../../access/custodian-decisions/index.ts';
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { closeWhereRefused } from '../../platform/rendering/pages.ts';
import { PageQuery } from '../../platform/rendering/paging.ts';
import { closedRecordStateOf } from '../../retention/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { MessageForm, OpenWithdrawnForm, ReportPath } from '../forms.ts';
import { findRiskyWords } from '../mailbox/risky-words.ts';
import { findAlert } from '../on-call/store.ts';
import { type IntakeLine, mayWrite, queueShows, type ReportId, ways } from '../report.ts';
import { findRuleInForce } from '../retention/retention.ts';
import { listReportHolds, listRules } from '../retention/store.ts';
import { describeRetention } from '../retention/words.ts';
import { keepTerms } from '../same-matter/comparing.ts';
import { loadQueueMatters, loadReportMatter, noMatter, noMatters } from '../same-matter/loading.ts';
import { allKeyPairs, sealPartContent } from '../sealing/sealed-report.ts';
import { hasSourceIdentity, listReportIdentityRequests } from '../source-identity/store.ts';
import { findStaffIntake } from '../staff-intake/store.ts';
import * as store from '../store.ts';
import { queuePage } from './list-page.ts';
import * as messages from './message-pages.ts';
import { listUnseenRisks, type Pairs, reporterText, viewReport } from './open-report.ts';
import * as page from './pages.ts';

/** The actions of the support side bear its name; what they let do is the same. */
export const actionOf = (line: IntakeLine, action: string): string => (line === 'help' ? `help ${action}` : action);

export const queueRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const pairs = () => allKeyPairs(keys, line);
    listRoutes(line, app, keys);
    reportRoutes(line, app, keys);
    seenRoutes(line, app);
    messageRoutes(line, app, pairs);
  };

/** `?show=waiting&way=by+phone`; anything else shows all. */
const QueueQuery = PageQuery.extend({
  show: z.enum(queueShows).optional().catch(undefined),
  way: z.enum(ways).optional().catch(undefined),
});

function listRoutes(line: IntakeLine, app: App, keys: UnitKeys): void {
  app.get(
    reportPaths[line].queue.route,
    may(actionOf(line, 'report.read'), z.unknown(), QueueQuery),
    async (request, reply) => {
      const { page: number, show, way } = request.query;
      const filter = { way, show: line === 'help' && show === 'intelligence' ? undefined : show };
      const db = request.look('reports.listed', null, { fields: ['state'] });
      const queue = await store.listReports(db, number, filter);
      request.returned(queue.reports.map(({ id }) => id));
      const matter = line === 'police' ? await loadQueueMatters(request, keys, queue.reports) : noMatters;
      const can = (action: string) => request.can(actionOf(line, action));
      const may = {
        sets: can('attendance.read'),
        takes: can('report.take'),
        logs: line === 'police' && can('report.log'),
        keeps: can('retention.read'),
      };
      const shown = { ...queue, page: number, filter, accepted: matter.accepted, matters: matter.matters };
      await keepTerms(request, matter.made);
      return reply.list(queuePage(line, shown, request.now, may));
    },
  );
}

function reportRoutes(line: IntakeLine, app: App, keys: UnitKeys): void {
  const paths = reportPaths[line];
  const pairs = () => allKeyPairs(keys, line);
  // A report that was taken back is shown only after the reader gives a reason.
  app.get(paths.report.route, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
    const { id } = request.params;
    if (!(await store.isWithdrawn(request.db, id))) return showReport(request, reply, id);
    const report = await store.getReport(request.look('report.shown', id, { fields: ['state'] }), id);
    return reply.case(page.withdrawnPage(line, report, await findRetention(request, report)));
  });

  app.get(paths.opening.route, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
    const { id } = request.params;
    request.look('report.shown', id, { fields: ['state'] });
    if (!(await store.isWithdrawn(request.db, id))) return reply.redirect(paths.report(id), 303);
    return reply.form(page.openWithdrawnPage(line, id));
  });

  // What is sent opens the report: the answer is a page, and nothing is changed.
  app.post(paths.opening.route, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
    const { id } = request.params;
    request.look('report.shown', id, { fields: ['state'] });
    if (!(await store.isWithdrawn(request.db, id))) return reply.redirect(paths.report(id), 303);
    const form = readForm(OpenWithdrawnForm, request.body);
    if (!form.ok) return reply.form(page.openWithdrawnPage(line, id), answersOf(request.body), form.errors);
    return showReport(request, reply, id, `${form.values.purpose}: ${form.values.why}`);
  });

  async function showReport(request: Request, reply: Reply, id: ReportId, reason?: string) {
    const { report, parts, files } = await viewReport(line, pairs, request, id, reason);
    const taking = await findStaffIntake(request.db, report.id);
    const kept = await findRetention(request, report);
    const contact = await findSourceIdentityState(request, line, report.id);
    const wrote = parts.map(({ memberId }) => memberId);
    const alert = await findAlert(request.db, report.id);
    const names = await findNames(request, line, [...wrote, taking?.takenBy ?? null, alert?.acknowledgedBy ?? null]);
    const takenOn = alert && (alert.acknowledgedBy ? getMemberName(names, alert.acknowledgedBy) : null);
    const taken = taking && getMemberName(names, taking.takenBy);
    const opensPerson = line === 'help' && request.can('person.open');
    const recordsIntelligence = line === 'police' && request.can('intelligence item.record');
    const may = { opensPerson, recordsIntelligence };
    const matter = line === 'police' ? await loadReportMatter(request, keys, report, parts) : noMatter;
    const about = { accepted: matter.accepted, matter: matter.sections };
    const shown = { line, report, parts, files, names, taken, kept, contact, takenOn, ...may, ...about };
    await keepTerms(request, matter.made);
    return reply.case(page.reportPage({ ...shown, now: request.now }));
  }
}

function seenRoutes(line: IntakeLine, app: App): void {
  const { seen, report } = reportPaths[line];
  buttonRoute(app, seen.route, {
    may: may(actionOf(line, 'report.answer'), ReportPath),
    load: async (request) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      return id;
    },
    event: 'report.read',
    subject: (id) => id,
    change: async (tx, id, _nothing, { now }) => {
      await store.lockReport(tx, id);
      return accept(await store.saveHandled(tx, id, { unread: false, actedAt: floorToHour(now) }));
    },
    next: (_, id) => report(id),
  });
}

function messageRoutes(line: IntakeLine, app: App, pairs: Pairs): void {
  const paths = reportPaths[line];
  formRoute(app, paths.message.route, {
    may: may(actionOf(line, 'report.answer'), ReportPath),
    load: async (request) => ({
      ...(await viewReport(line, pairs, request, request.params.id)),
      partId: newTimelessId<'report part'>(),
    }),
    form: MessageForm,
    check: (shown, { message, looked }) =>
      listUnseenRisks(shown, message, looked).length > 0 ? messages.riskyWordErrors : undefined,
    page: (shown, typed, errors) => {
      const message = String(typed?.message ?? '').trim();
      const found = errors === messages.riskyWordErrors ? findRiskyWords(message, reporterText(shown.parts)) : [];
      const allowed = mayWrite(shown.report, 'closed');
      return closeWhereRefused(messages.writePage(line, shown, message, found), typed, allowed, messages.messageErrors);
    },
    event: (_, { kind }) => (kind === 'closed' ? 'report.closed' : 'report.written to'),
    subject: ({ report }) => report.id,
    details: () => ({ fields: ['message'] }),
    change: async (tx, { report: { id }, key, partId }, { kind, message, base, outcome }, { actor, now }) => {
      const hour = floorToHour(now);
      const { report, last } = await store.lockReport(tx, id);
      const state = mayWrite(report, kind);
      if (!state.ok) return state;
      if (last !== base) return refuse('written meanwhile');
      await store.addPart(tx, {
        id: partId,
        reportId: id,
        place: last + 1,
        kind,
        sealed: sealPartContent(key, line, partId, { words: message }),
        writtenAt: hour,
        memberId: actor.memberId as MemberId,
      });
      const closing = kind === 'closed' && outcome ? { outcome } : {};
      await store.saveHandled(tx, id, { state: state.value, ...closing, unread: false, actedAt: hour });
      return accept(true);
    },
    refusals: messages.messageErrors,
    next: (_, { report }) => paths.report(report.id),
  });
}

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
