/** Routes of a coordinator's weeks: list, add, change, read, totals, and the decisions on joint visits. */
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { exchangePaths } from '../../vocabulary/paths/exchange.ts';
import { accept } from '../../vocabulary/result.ts';
import { getEdition } from '../counting/definitions.ts';
import { countReturnsSigned } from '../store.ts';
import { linkToPredecessors } from '../weeks/predecessors.ts';
import { weekExportRoutes } from './export/export-routes.ts';
import { checkPersonWords, type ExchangeWeekAnswers, ExchangeWeekForm } from './forms.ts';
import { addBreakdowns, findWrongChildren } from './inbox/breakdowns.ts';
import { documentRoutes } from './inbox/document-routes.ts';
import type { Verdict } from './inbox/inbox.ts';
import { countOpenPairs, readWeek } from './inbox/reading-week.ts';
import { receiveRoutes } from './inbox/receive-routes.ts';
import { jointRoute } from './joint/joint-routes.ts';
import { keyRoutes } from './keys/key-routes.ts';
import { mapRoutes } from './map/map-routes.ts';
import * as store from './store.ts';
import { receivedTaskingRoutes } from './tasking/received-routes.ts';
import { sendTaskingRoutes } from './tasking/send-routes.ts';
import { taskingRoutes } from './tasking/tasking-routes.ts';
import { weekOfTaskingRoutes } from './tasking/week-routes.ts';
import { breakdownsPage } from './weeks/breakdown-pages.ts';
import { checkPart } from './weeks/part-of.ts';
import { totalsPage } from './weeks/totals-pages.ts';
import { partErrors, weekFormPage } from './weeks/week-form-page.ts';
import { weekPage, weeksPage } from './weeks/week-pages.ts';

/** These need nobody. */
const sound: readonly Verdict[] = ['counts', 'replaced', 'older version'];

export async function exchangeRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get(exchangePaths.weeks.route, may('exchange.read'), async (request, reply) =>
    reply.list(weeksPage(await store.listWeeks(request.db), await countReturnsSigned(request.db))),
  );
  weekFormRoutes(app);

  app.get(exchangePaths.week.route, may('exchange.read', IdPath), async (request, reply) => {
    const read = await readWeek(request.db, request.params.id, request.now);
    const own = read.kept.filter(({ weekId }) => weekId === read.week.id);
    return reply.sections(
      weekPage({
        ...read,
        sendTo: withQuery(`${parts.origin}${exchangePaths.receive()}`, { week: read.week.id }),
        documents: own.length,
        faulty: own.filter(({ id }) => !sound.includes(read.judged.verdicts.get(id) ?? 'not a return')).length,
        openPairs: countOpenPairs(read),
      }),
    );
  });

  app.get(exchangePaths.totals.route, may('exchange.read', IdPath), async (request, reply) => {
    const read = await readWeek(request.db, request.params.id, request.now);
    return reply.sections(totalsPage({ ...read, compare: await linkToPredecessors(request.db, read.week) }));
  });

  app.get(exchangePaths.breakdowns.route, may('exchange.read', IdPath), async (request, reply) => {
    const { week, rolled, decisions } = await readWeek(request.db, request.params.id, request.now);
    const { added, totals } = rolled;
    return reply.sections(
      breakdownsPage({
        week,
        added: addBreakdowns(added, store.toDecisions(decisions), totals),
        wrongChildren: findWrongChildren(added, totals, store.toDecisions(decisions)),
      }),
    );
  });

  jointRoute(app);
  weekExportRoutes(app);
  await documentRoutes(app);
  await mapRoutes(app);
  keyRoutes(app, parts);
  await taskingRoutes(app, parts);
  await receivedTaskingRoutes(app, parts);
  weekOfTaskingRoutes(app);
  await sendTaskingRoutes(app);
  await receiveRoutes(app);
}

const toWeek = (
  { deadline, deadlineTime, noPerson: _, ...values }: ExchangeWeekAnswers,
  { id, agencyId, madeBy, madeAt }: Pick<store.NamedWeek, 'id' | 'agencyId' | 'madeBy' | 'madeAt'>,
): store.NamedWeek => ({ ...values, id, agencyId, madeBy, madeAt, deadline: instantAt(deadline, deadlineTime) });

const fields = [
  ...['name', 'parentId', 'nationalOperation', 'startsOn', 'endsOn', 'deadline', 'area', 'focus'],
  ...['definitions', 'tasking', 'reporters'],
];

function weekFormRoutes(app: App): void {
  formRoute(app, exchangePaths.addWeek.route, {
    may: may('exchange week.add'),
    load: async ({ db }) => ({ id: newId<'exchange week'>(), weeks: await store.listWeeks(db) }),
    form: ExchangeWeekForm,
    page: ({ weeks }, typed, errors, { today }) =>
      weekFormPage(undefined, weeks, getEdition(today).label, { typed, errors }),
    check: (_known, values) => checkPersonWords(values),
    saves: 'Week',
    event: 'exchange week.added',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection', fields }),
    change: async (tx, { id }, values, { actor, now }) => {
      const by = { agencyId: actor.agencyId as AgencyId, madeBy: actor.memberId, madeAt: now };
      const week = toWeek(values, { id, ...by });
      const placed = checkPart(week, await store.lockWeeks(tx));
      if (!placed.ok) return placed;
      await store.addWeek(tx, week);
      return accept(true);
    },
    refusals: partErrors,
    next: (_, { id }) => exchangePaths.week(id),
  });

  formRoute(app, exchangePaths.changeWeek.route, {
    may: may('exchange week.change', IdPath),
    load: async ({ db, params }) => ({ week: await store.getWeek(db, params.id), weeks: await store.listWeeks(db) }),
    form: ExchangeWeekForm,
    page: ({ week, weeks }, typed, errors, { today }) =>
      weekFormPage(week, weeks, getEdition(today).label, { typed, errors }),
    check: (_known, values) => checkPersonWords(values),
    saves: 'Week',
    event: 'exchange week.changed',
    subject: ({ week }) => week.id,
    details: () => ({ fields }),
    change: async (tx, { week }, values) => {
      const changed = toWeek(values, week);
      const placed = checkPart(changed, await store.lockWeeks(tx));
      if (!placed.ok) return placed;
      await store.saveWeek(tx, changed);
      return accept(true);
    },
    refusals: partErrors,
    next: (_, { week }) => exchangePaths.week(week.id),
  });
}
