/** Access logs: a data-protection lead sees what concerns their own agency, the auditor sees all. Support agencies also see the safeguarding log. Viewing a log is logged. */
import { z } from 'zod';
import { listMembers, memberNames } from '../../identity/agencies/index.ts';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { ExportForm } from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Reply, type Request, readForm, withUniformTiming } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize, paginate } from '../../platform/rendering/paging.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import { FindForm, LogQuery, MembersQuery, parseDays, RecordPath } from '../forms.ts';
import { possibleAccessRoutes } from '../possible-access/routes.ts';
import { type Entry, type LogCriteria, maxCounted } from '../store.ts';
import { requestRoutes } from '../subject-access/routes.ts';
import { unusualAccessRoutes } from '../unusual-access/routes.ts';
import * as page from './pages.ts';
import { createExportMode, maxRows, readLogs, sendCsv } from './reading.ts';

export async function oversightRoutes(app: App, parts: AreaParts): Promise<void> {
  await oversightPageRoutes(app);
  await logRoutes(app, parts.requestServices.access.policy);
  await possibleAccessRoutes(app, parts.requestServices.access.policy);
  await unusualAccessRoutes(app, parts.requestServices.access.policy);
  await requestRoutes(app, parts);
}

async function oversightPageRoutes(app: App): Promise<void> {
  const start = async (
    request: Request,
    reply: Reply,
    asked: MembersQuery,
    found?: Parameters<typeof page.oversightPage>[3],
  ) => {
    const auditor = request.actor.roles.includes('auditor');
    const people = await listMembers(request.db, auditor ? {} : { agencyIds: [request.actor.agencyId] });
    const shown = people.map(({ id, title, name, agencyName }) => ({
      id,
      name: `${title} ${name}`.trim(),
      agency: agencyName,
    }));
    const rights = { requests: request.can('request.read'), ours: request.can('request.read') };
    return reply.page('oversight/find-log', page.oversightPage(shown, rights, asked, found));
  };
  app.get(oversightPaths.oversight.route, may('log.read', z.unknown(), MembersQuery), async (request, reply) =>
    start(request, reply, request.query),
  );
  app.post(oversightPaths.find.route, may('log.read'), async (request, reply) => {
    const form = readForm(FindForm, request.body);
    if (!form.ok)
      return start(request, reply, { name: '', page: 1 }, { typed: answersOf(request.body), errors: form.errors });
    return reply.redirect(oversightPaths.record(form.values.record), 303);
  });
}

type LogViewQuery = page.LogView & { readonly asked: LogCriteria; readonly subject: string | null };

type LogRoute = {
  readonly list: { readonly route: string };
  readonly take: { readonly route: string };
  readonly view: (request: Request) => LogViewQuery | Promise<LogViewQuery>;
};

async function logRoutes(app: App, policy: AreaPolicy): Promise<void> {
  const { record, member, emergencyAccess, ownRecords } = oversightPaths;
  const { exportRecord, exportMember, exportEmergencyAccess, exportOwnRecords } = oversightPaths;
  const routes: readonly LogRoute[] = [
    { list: record, take: exportRecord, view: (request) => recordView(idOf(request)) },
    { list: member, take: exportMember, view: memberView },
    { list: emergencyAccess, take: exportEmergencyAccess, view: (request) => breakGlassView(idOf(request)) },
    { list: ownRecords, take: exportOwnRecords, view: ownRecordsView },
  ];
  for (const route of routes) {
    listRoute(app, policy, route);
    exportRoutes(app, policy, route);
  }
}

const idOf = ({ params }: Request): string => (params as { readonly id: string }).id;

const hasId = ({ list }: LogRoute): boolean => list.route.includes(':');

/** An id of another agency gets the same answer as an unknown one, in the same time. */
const slowed = <Options extends { readonly config: object }>(options: Options, route: LogRoute): Options =>
  hasId(route) ? withUniformTiming(options) : options;

function listRoute(app: App, policy: AreaPolicy, route: LogRoute): void {
  const Params = hasId(route) ? RecordPath : undefined;
  app.get(route.list.route, slowed(may('log.read', Params, LogQuery), route), async (request, reply) => {
    const { asked, subject, ...shown } = await route.view(request);
    const { query } = request;
    const days = parseDays(query);
    const found = await readLogs(request, policy, { ...asked, ...days }, subject, query, pageSize);
    const listed = (
      { entries, total }: { entries: Entry[]; total: number },
      of: 'page' | 'behind',
    ): page.LogPageEntries => ({
      entries,
      pages: paginate(query[of], pageSize, total, page.pageAddress(shown.path, query, of), maxCounted),
    });
    const lists = { main: listed(found.main, 'page'), behind: found.behind && listed(found.behind, 'behind') };
    return reply.page('oversight/log', page.logPage(shown, lists, found.around, query, request.mayTake('log.export')));
  });
}

function exportRoutes(app: App, policy: AreaPolicy, route: LogRoute): void {
  const options = slowed(may('log.export', hasId(route) ? RecordPath : undefined), route);
  app.get(route.take.route, options, async (request, reply) =>
    reply.form(page.exportLogPage(await route.view(request))),
  );

  app.post(route.take.route, options, async (request, reply) => {
    const view = await route.view(request);
    const form = readForm(ExportForm, request.body);
    if (!form.ok) return reply.form(page.exportLogPage(view), answersOf(request.body), form.errors);
    const how = createExportMode(request, form.values);
    const found = await readLogs(request, policy, view.asked, view.subject, { page: 1, behind: 1 }, maxRows, how);
    const entries = [...found.main.entries, ...(found.behind?.entries ?? [])];
    return sendCsv(reply, 'looks', page.toLogTable(entries, found.around, request.now));
  });
}

const recordView = (id: string): LogViewQuery => ({
  title: 'Access to this record',
  caption: `Record ${id}`,
  lead: [
    'This page lists the members who saw the record on a page, saw it in a list, or changed it. You cannot read the record itself here.',
  ],
  path: oversightPaths.record(id),
  exportPath: oversightPaths.exportRecord(id),
  more: [{ href: oversightPaths.possibleAccess(id), text: 'Possible access to this record' }],
  empty: 'Nobody read or changed this record on these days, or the record belongs to another agency.',
  asked: { record: id },
  subject: id,
});

const breakGlassView = (id: string): LogViewQuery => ({
  title: 'Pages read under emergency access',
  lead: ['Each page that a member opened under emergency access, with the records in its address.'],
  path: oversightPaths.emergencyAccess(id),
  exportPath: oversightPaths.exportEmergencyAccess(id),
  more: [{ href: oversightPaths.record(id), text: 'Access to the notice' }],
  empty: 'No pages were opened in these days, or they concern another agency.',
  asked: { glass: id },
  subject: id,
});

async function memberView(request: Request): Promise<LogViewQuery> {
  const id = idOf(request);
  const name = (await memberNames(request.db, [id])).get(id);
  if (!name) throw notFound('member');
  const own = request.actor.roles.includes('auditor')
    ? []
    : ['If the member works for another agency, you see only the entries about your agency’s records.'];
  return {
    title: 'Access by this member',
    caption: name,
    lead: ['All log entries of this member, the latest first.', ...own],
    path: oversightPaths.member(id),
    exportPath: oversightPaths.exportMember(id),
    empty: 'There are no entries that you can see for these days.',
    asked: { member: id },
    subject: id,
  };
}

const ownRecordsView = ({ actor }: Request): LogViewQuery => ({
  title: 'Access to our records',
  caption: actor.agencyName,
  lead: [
    'Members of any agency who saw or changed a record of your agency. The lists show only records of your agency.',
  ],
  path: oversightPaths.ownRecords(),
  exportPath: oversightPaths.exportOwnRecords(),
  empty: 'Nobody saw or changed records of your agency in this period.',
  asked: { owner: actor.agencyId },
  subject: actor.agencyId,
});
