/** Who may ask what of the figures of a return: read one with the records behind it, its checks, and say it otherwise than exactly. */
import { z } from 'zod';
import { readRecordNames } from '../operations/plan/index.ts';
import { formRoute } from '../platform/forms/form-route.ts';
import { notFound } from '../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../platform/rendering/paging.ts';
import { type Indicator, indicators, isSafeguarding } from '../vocabulary/figures.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { totalCell } from './counting/counting.ts';
import { findEdition } from './counting/definitions.ts';
import { listNotStated } from './counting/fact-store.ts';
import * as pages from './counting/figure-pages.ts';
import { applyQualifications, getCount, isNotKnown, mayQualify, qualify } from './counting/qualify.ts';
import { withoutSinglePeople } from './counting/without-single-people.ts';
import { QualifyFigureForm } from './forms.ts';
import { signErrors } from './pages.ts';
import { listChecks, type Return } from './return.ts';
import { getReturn, getWorkings, listFigureRecords, lockReturn, saveQualifications } from './store.ts';

const FigurePath = IdPath.extend({ indicator: z.enum(Object.keys(indicators) as [Indicator, ...Indicator[]]) });
const CheckPath = IdPath.extend({ number: z.coerce.number().int().min(0).max(999) });
const FigureQuery = PageQuery.extend({
  cell: z.string().max(600).catch(totalCell),
  saved: z.string().optional().catch(undefined),
});

export function figureRoutes(app: App): void {
  app.get(returnPaths.figure.route, may('return.read', FigurePath, FigureQuery), async (request, reply) => {
    const { id, indicator } = request.params;
    const { cell, page, saved } = request.query;
    const db = request.look('records behind a figure read', id, { fields: [indicator] });
    const signed = await getReturn(db, id);
    const workings = request.can('return.workings') ? await getWorkings(db, id) : null;
    const drawn = workings ? signed : withoutSinglePeople(signed);
    const open = workings && !isSafeguarding(indicator);
    const found = open && (await listFigureRecords(db, { returnId: id, indicator, cell, page, size: pageSize }));
    const href = (number: number) => pages.pageOfCell(returnPaths.figure(id, indicator), cell, number);
    const behind = found ? { records: found.records, pages: paginate(page, pageSize, found.total, href) } : null;
    const isUnknown = workings !== null && isNotKnown(workings.counted[indicator]);
    const notStated = isUnknown ? await listNotStated(db, drawn.operationId, indicator) : undefined;
    if (behind) request.returned([...behind.records.map((record) => record.id), ...(notStated ?? [])]);
    const edition = findEdition(drawn.definitions);
    const maySay =
      request.can('return.count') && !drawn.signature && workings !== null && mayQualify(indicator, workings.counted);
    const mayOpen = createOpenCheck(request, drawn);
    const words = behind ? await readRecordNames(db, drawn.operationId) : new Map();
    const around = { behind, notStated, mayOpen, words, maySay, saved: saved === 'yes' };
    return reply.case(pages.figurePage({ drawn, workings, indicator, edition, cell, ...around }));
  });

  app.get(returnPaths.checks.route, may('return.workings', IdPath), async (request, reply) => {
    const drawn = await getReturn(request.db, request.params.id);
    return reply.case(pages.checksPage(drawn, listChecks(await getWorkings(request.db, drawn.id))));
  });

  app.get(returnPaths.check.route, may('return.workings', CheckPath), async (request, reply) => {
    const { id, number } = request.params;
    const drawn = await getReturn(request.db, id);
    const check = listChecks(await getWorkings(request.db, id))[number];
    if (!check) throw notFound('check');
    const words = await readRecordNames(request.db, drawn.operationId);
    return reply.case(pages.checkPage(drawn, check, createOpenCheck(request, drawn), words));
  });

  qualifyRoute(app);
}

function qualifyRoute(app: App): void {
  formRoute(app, returnPaths.qualify.route, {
    may: may('return.count', FigurePath),
    load: async ({ db, params: { id, indicator } }) => {
      const drawn = await getReturn(db, id);
      const workings = await getWorkings(db, id);
      if (!mayQualify(indicator, workings.counted)) throw notFound('figure to qualify');
      return { drawn, indicator, workings };
    },
    form: QualifyFigureForm,
    page: ({ drawn, workings, indicator }) => pages.qualifyFigurePage(drawn, workings, indicator),
    event: 'figure qualified',
    subject: ({ drawn }) => drawn.id,
    details: ({ indicator }) => ({ fields: [indicator] }),
    change: async (tx, { drawn: { id }, indicator }, { quantity, reason }, { actor, now }) => {
      const { signature } = await lockReturn(tx, id);
      if (signature) return refuse('already signed');
      const { counted, qualifications } = await getWorkings(tx, id);
      if (!mayQualify(indicator, counted)) throw notFound('figure to qualify');
      const { [indicator]: _before, ...others } = qualifications;
      const judged = quantity && qualify(getCount(counted[indicator]?.total), quantity);
      if (judged && !judged.ok) return judged;
      const said = quantity
        ? { ...others, [indicator]: { quantity, reason, by: actor.memberId, at: now.toISOString() } }
        : others;
      await saveQualifications(tx, id, { figures: applyQualifications(counted, said), qualifications: said });
      return accept(true);
    },
    refusals: ({ workings, indicator }) => ({
      ...pages.getQualifyErrors(getCount(workings.counted[indicator]?.total)),
      'already signed': signErrors['already signed'],
    }),
    next: (_, { drawn, indicator }) => withQuery(returnPaths.figure(drawn.id, indicator), { saved: 'yes' }),
  });
}

/** Only members of the operation can open what belongs to it, and only in the roles that may. */
const createOpenCheck =
  (request: Request, { operationId }: Return): pages.CanOpen =>
  (action) =>
    action !== '' && request.actor.operations.includes(operationId) && request.can(action);
