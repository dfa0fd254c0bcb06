/** Routes of published results: the list, one week beside its other sources, and removing one. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { publishedWeekPaths } from '../../vocabulary/paths/returns.ts';
import * as page from './published-pages.ts';
import * as store from './published-store.ts';

const ListQuery = PageQuery.extend({ imported: z.coerce.number().int().min(0).max(100_000).catch(0) });
/** More sources of one week than a table can show side by side. */
const mostSources = 5;

export function publishedRoutes(app: App): void {
  app.get(publishedWeekPaths.list.route, may('published week.read', z.unknown(), ListQuery), async (request, reply) => {
    const { page: number, imported } = request.query;
    const { weeks, total } = await store.listPublishedWeeks(request.db, { page: number, size: pageSize });
    const pages = paginate(number, pageSize, total, (one) => withQuery(publishedWeekPaths.list(), { page: one }));
    const mayImport = request.can('published week.import');
    return reply.list(page.publishedListPage(weeks, pages, { mayImport, imported: Math.min(imported, total) }));
  });

  app.get(publishedWeekPaths.week.route, may('published week.read', IdPath), async (request, reply) => {
    const week = await store.getPublishedWeek(request.db, request.params.id);
    const sources = await store.listSourcesOf(request.db, [week.weekId]);
    const others = sources.filter(({ id }) => id !== week.id).slice(0, mostSources);
    return reply.case(page.publishedWeekPage(week, others, { mayRemove: request.can('published week.remove') }));
  });

  formRoute(app, publishedWeekPaths.remove.route, {
    may: may('published week.remove', IdPath),
    load: ({ db, params }) => store.getPublishedWeek(db, params.id),
    form: NothingAsked,
    page: (week) => page.removePage(week),
    event: 'published week removed',
    subject: ({ id }) => id,
    details: () => ({ kind: 'erasure' }),
    change: (tx, { id }) => store.removePublishedWeek(tx, id),
    refusals: {},
    next: () => publishedWeekPaths.list(),
  });
}
