/** Access logs: a data-protection lead sees what concerns their own agency, the auditor sees all. Support agencies also see the safeguarding log. Viewing a log is logged. */
import { listMembers, memberNames } from '../../identity/agencies/index.ts';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { ExportForm } from '../../platform/exports/export-reason.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Reply, type Request, readForm, withUniformTiming } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize, paginate } from '../../platform/rendering/paging.ts';
import { FindForm, type LogFilter, LogQuery, parseDays, RecordPath } from '../forms.ts';
import { possibleAccessRoutes } from '../possible-access/routes.ts';
import { type Entry, type LogCriteria, maxCounted } from '../store.ts';
import { requestRoutes } from '../subject-access/routes.ts';
import { unusualAccessRoutes } from '../unusual-access/routes.ts';
import {
  exportLogPage,
  type LogPageEntries,
  type LogView,
  logPage,
  oversightPage,
  pageAddress,
  toLogTable,
} from './pages.ts';
import { createExportMode, maxRows, readLogs, sendCsv } from './reading.ts';

export async function oversightRoutes(app: App, parts: AreaParts): Promise<void> {
  await oversightPageRoutes(app);
  await logRoutes(app, parts.requestServices.access.policy);
  await possibleAccessRoutes(app, parts.requestServices.access.policy);
  await unusualAccessRoutes(app, parts.requestServices.access.policy);
  await requestRoutes(app, parts);
}

async function oversightPageRoutes(app: App): Promise<void> {
  const start = async (request: Request, reply: Reply, found?: Parameters<typeof oversightPage>[2]) => {
    const auditor = request.actor.roles.includes('auditor');
    const people = await listMembers(request.db, auditor ? {} : { agencyIds: [request.actor.agencyId] });
    const shown = people.map(({ id, title, name, agencyName }) => ({
      id,
      name: `${title} ${name}`.trim(),
      agency: agencyName,
    }));
    const rights = { requests: request.can('request.read'), ours: request.can('request.read') };
    return reply.page('oversight/find-log', oversightPage(shown, rights, found));
  };
  app.get('/oversight', may('log.read'), async (request, reply) => start(request, reply));
  app.post('/oversight/find', may('log.read'), async (request, reply) => {
    const form = readForm(FindForm, request.body);
    if (!form.ok) return start(request, reply, { typed: answersOf(request.body), errors: form.errors });
    return reply.redirect(`/staff/oversight/records/${form.values.record}`, 303);
  });
}

type LogViewQuery = LogView & { readonly asked: LogCriteria; readonly subject: string | null };

async function logRoutes(app: App, policy: AreaPolicy): Promise<void> {
  const views: readonly { readonly path: string; readonly view: (request: Request) => Promise<LogViewQuery> }[] = [
    { path: '/oversight/records/:id', view: async (request) => recordView((request.params as { id: string }).id) },
    { path: '/oversight/members/:id', view: memberView },
    {
      path: '/oversight/emergency-access/:id',
      view: async (request) => breakGlassView((request.params as { id: string }).id),
    },
    { path: '/oversight/ours', view: async (request) => ownRecordsView(request) },
  ];
  for (const { path, view } of views) {
    const Params = path.includes(':') ? RecordPath : undefined;
    // An id of another agency gets the same answer as an unknown one, in the same time.
    const slowed = <Options extends { readonly config: object }>(options: Options): Options =>
      path.includes(':') ? withUniformTiming(options) : options;
    app.get(path, slowed(may('log.read', Params, LogQuery)), async (request, reply) => {
      const { asked, subject, ...shown } = await view(request);
      const query = request.query as LogFilter;
      const days = parseDays(query);
      const found = await readLogs(request, policy, { ...asked, ...days }, subject, query, pageSize);
      const listed = (
        { entries, total }: { entries: Entry[]; total: number },
        of: 'page' | 'behind',
      ): LogPageEntries => ({
        entries,
        pages: paginate(query[of], pageSize, total, pageAddress(shown.path, query, of), maxCounted),
      });
      const lists = { main: listed(found.main, 'page'), behind: found.behind && listed(found.behind, 'behind') };
      return reply.page('oversight/log', logPage(shown, lists, found.around, query, request.mayTake('log.export')));
    });

    app.get(`${path}/export`, slowed(may('log.export', Params)), async (request, reply) => {
      const { title, path: address } = await view(request);
      return reply.page('platform/form', exportLogPage(address, title));
    });
    app.post(`${path}/export`, slowed(may('log.export', Params)), async (request, reply) => {
      const { title, path: address, asked, subject } = await view(request);
      const form = readForm(ExportForm, request.body);
      if (!form.ok)
        return reply.page('platform/form', exportLogPage(address, title, answersOf(request.body), form.errors));
      const how = createExportMode(request, form.values);
      const found = await readLogs(request, policy, asked, subject, { page: 1, behind: 1 }, maxRows, how);
      const entries = [...found.main.entries, ...(found.behind?.entries ?? [])];
      return sendCsv(reply, 'looks', toLogTable(entries, found.around, request.now));
    });
  }
}

const recordView = (id: string): LogViewQuery => ({
  title: 'Who has seen this record',
  caption: `Record ${id}`,
  lead: [
    'Everybody whose page showed it or whose list named it, and whoever changed it. What it says is not shown here.',
  ],
  path: `/staff/oversight/records/${id}`,
  more: [{ href: `/staff/oversight/records/${id}/possible-access`, text: 'Who could have seen it, and when' }],
  empty: 'Nobody has looked at it in these days, or it is not a record of your agency.',
  asked: { record: id },
  subject: id,
});

const breakGlassView = (id: string): LogViewQuery => ({
  title: 'What was seen while the glass was broken',
  lead: [
    'Every page that was opened because somebody broke the glass on an operation, with the records that its address names.',
  ],
  path: `/staff/oversight/emergency-access/${id}`,
  more: [{ href: `/staff/oversight/records/${id}`, text: 'Who has seen the notice of it' }],
  empty: 'Nothing was opened in these days, or it concerns neither a member nor a record of your agency.',
  asked: { glass: id },
  subject: id,
});

async function memberView(request: Request): Promise<LogViewQuery> {
  const { id } = request.params as { id: string };
  const name = (await memberNames(request.db, [id])).get(id);
  if (!name) throw notFound('member');
  const own = request.actor.roles.includes('auditor')
    ? []
    : ['Of members of other agencies you see what they did with your agency’s records.'];
  return {
    title: 'What this member has looked at',
    caption: name,
    lead: ['All that the log says of her, the latest first.', ...own],
    path: `/staff/oversight/members/${id}`,
    empty: 'Nothing in these days that you may see.',
    asked: { member: id },
    subject: id,
  };
}

const ownRecordsView = ({ actor }: Request): LogViewQuery => ({
  title: 'Looks at our records',
  caption: actor.agencyName,
  lead: [
    'Whoever looked at or changed a record of your agency, from whichever agency. A list that named some of your records is shown with those alone.',
  ],
  path: '/staff/oversight/ours',
  empty: 'Nobody looked at a record of your agency in these days.',
  asked: { owner: actor.agencyId },
  subject: actor.agencyId,
});
