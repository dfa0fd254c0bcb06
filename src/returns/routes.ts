/** Routes of returns: count, view, qualify, sign and export. */

import { z } from 'zod';
import { countBreakGlassToReview } from '../access/break-glass/index.ts';
import { listAgencies, memberNames } from '../identity/agencies/index.ts';
import {
  getOperation,
  getOperationFacts,
  paginateOperations,
  readCountablePlan,
  readRecordNames,
} from '../operations/plan/index.ts';
import { findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { notFound } from '../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../platform/http/server.ts';
import { PageQuery, pageSize, paginate } from '../platform/rendering/paging.ts';
import { readHelp } from '../safeguarding/referrals/index.ts';
import { type CountableVisits, isEntered, readCountableVisits } from '../visits/index.ts';
import { type Indicator, indicators, isSafeguarding, type OperationFacts } from '../vocabulary/figures.ts';
import { newId, type OperationId, type ReturnId } from '../vocabulary/ids.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { checkCount } from './counting/checks.ts';
import { type Records, totalCell, unknownValue } from './counting/counting.ts';
import { countIndicators, editions, findEdition, getEdition } from './counting/definitions.ts';
import { controlChecks, controlCount } from './counting/disclosure-control.ts';
import {
  type CanOpen,
  checkPage,
  checksPage,
  definitionsPage,
  figurePage,
  getQualifyErrors,
  qualifyFigurePage,
} from './counting/figure-pages.ts';
import { applyQualifications, getCount, mayQualify, qualify } from './counting/qualify.ts';
import { exportRoutes } from './export-routes.ts';
import { CountForm, QualifyFigureForm, SignForm } from './forms.ts';
import {
  countErrors,
  countPage,
  getNotOverErrors,
  operationPage,
  returnsPage,
  signErrors,
  signedListPage,
  signPage,
  unsignablePage,
} from './pages.ts';
import {
  calculateDigest,
  checkSigning,
  compareFigures,
  getLastDay,
  getOpenStage,
  listChecks,
  listFailedChecks,
  nextVersion,
  type Return,
} from './return.ts';
import { returnPage } from './return-page.ts';
import {
  addReturn,
  findLastChange,
  getReturn,
  getWorkings,
  listFigureRecords,
  listLatestReturns,
  listReturnsSigned,
  listVersions,
  lockLatest,
  lockReturn,
  replaceCount,
  saveQualifications,
  saveSignature,
} from './store.ts';

const Path = z.object({ id: z.uuid() });
const FigurePath = Path.extend({ indicator: z.enum(Object.keys(indicators) as [Indicator, ...Indicator[]]) });
const CheckPath = Path.extend({ number: z.coerce.number().int().min(0).max(999) });
const EditionPath = z.object({ edition: z.string().max(40) });
const FigureQuery = PageQuery.extend({
  cell: z.string().max(600).catch(totalCell),
  saved: z.string().optional().catch(undefined),
});

export async function returnRoutes(app: App): Promise<void> {
  await exportRoutes(app);
  app.get('/returns', may('return.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const pages = (total: number) => paginate(page, pageSize, total, (number) => `/staff/returns?page=${number}`);
    if (!request.can('return.workings')) {
      const { returns, total } = await listReturnsSigned(request.db, { page, size: pageSize });
      return reply.page('platform/page', signedListPage(returns, pages(total)));
    }
    const { operations, total } = await paginateOperations(request.db, { page, size: pageSize, today: request.today });
    const latest = await listLatestReturns(
      request.db,
      operations.map(({ id }) => id),
    );
    return reply.page('platform/page', returnsPage(operations, latest, pages(total)));
  });

  app.get('/returns/definitions/:edition', may('return.read', EditionPath), async (request, reply) => {
    const edition = findEdition(request.params.edition);
    if (!edition) throw notFound('edition');
    return reply.page('platform/page', definitionsPage(edition, editions));
  });

  app.get('/returns/operations/:id', may('return.read', Path), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const versions = await listVersions(request.db, operation.id);
    return reply.page('platform/page', operationPage(operation, versions, request.can('return.count')));
  });

  app.get('/returns/operations/:id/count', may('return.count', Path), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const [latest] = await listVersions(request.db, operation.id);
    return reply.page('platform/form', countPage(operation, latest));
  });

  app.post('/returns/operations/:id/count', may('return.count', Path), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const [latest] = await listVersions(request.db, operation.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', countPage(operation, latest, request.body as Answers, errors));
    const form = readForm(CountForm, request.body);
    if (!form.ok) return again(form.errors);
    const counted = await countOperation(request, operation.id, form.values.note);
    if (!counted.ok) return again(countErrors[counted.refusal]);
    return reply.redirect(`/staff/returns/${counted.value}`, 303);
  });

  app.get('/returns/:id', may('return.read', Path), async (request, reply) => {
    const drawn = await getReturn(request.look('return read', request.params.id), request.params.id);
    const workings = request.can('return.workings') ? await getWorkings(request.db, drawn.id) : null;
    const versions = await listVersions(request.db, drawn.operationId);
    const before = versions.find(({ version, signature }) => signature && version < drawn.version);
    const changedAt = workings && (await findLastChange(request.db, drawn));
    const names = await memberNames(request.db, [drawn.madeBy, drawn.signature?.signedBy ?? null]);
    const changes = before ? compareFigures(before.figures, drawn.figures) : [];
    const mayDo = { count: request.can('return.count'), sign: request.can('return.sign') };
    return reply.page(
      'platform/page',
      returnPage({ drawn, workings, versions, before, changes, changedAt, names, may: mayDo }),
    );
  });

  app.get('/returns/:id/figures/:indicator', may('return.read', FigurePath, FigureQuery), async (request, reply) => {
    const { id, indicator } = request.params;
    const { cell, page, saved } = request.query;
    const db = request.look('records behind a figure read', id, { fields: [indicator] });
    const drawn = await getReturn(db, id);
    const workings = request.can('return.workings') ? await getWorkings(db, id) : null;
    const open = workings && !isSafeguarding(indicator);
    const found = open && (await listFigureRecords(db, { returnId: id, indicator, cell, page, size: pageSize }));
    const href = (number: number) =>
      `/staff/returns/${id}/figures/${indicator}?cell=${encodeURIComponent(cell)}&page=${number}#records`;
    const behind = found ? { records: found.records, pages: paginate(page, pageSize, found.total, href) } : null;
    if (behind) request.returned(behind.records.map((record) => record.id));
    const edition = findEdition(drawn.definitions);
    const maySay = request.can('return.count') && !drawn.signature && mayQualify(indicator);
    const mayOpen = createOpenCheck(request, drawn);
    const words = behind ? await readRecordNames(db, drawn.operationId) : new Map();
    const around = { behind, mayOpen, words, maySay, saved: saved === 'yes' };
    return reply.page('platform/page', figurePage({ drawn, workings, indicator, edition, cell, ...around }));
  });

  app.get('/returns/:id/checks', may('return.workings', Path), async (request, reply) => {
    const drawn = await getReturn(request.db, request.params.id);
    return reply.page('platform/page', checksPage(drawn, listChecks(await getWorkings(request.db, drawn.id))));
  });

  app.get('/returns/:id/checks/:number', may('return.workings', CheckPath), async (request, reply) => {
    const { id, number } = request.params;
    const drawn = await getReturn(request.db, id);
    const check = listChecks(await getWorkings(request.db, id))[number];
    if (!check) throw notFound('check');
    const words = await readRecordNames(request.db, drawn.operationId);
    return reply.page('platform/page', checkPage(drawn, check, createOpenCheck(request, drawn), words));
  });

  app.get('/returns/:id/figures/:indicator/qualify', may('return.count', FigurePath), async (request, reply) => {
    const { id, indicator } = request.params;
    const drawn = await getReturn(request.db, id);
    if (!mayQualify(indicator)) throw notFound('figure to qualify');
    return reply.page('platform/form', qualifyFigurePage(drawn, await getWorkings(request.db, id), indicator));
  });

  app.post('/returns/:id/figures/:indicator/qualify', may('return.count', FigurePath), async (request, reply) => {
    const { id, indicator } = request.params;
    const drawn = await getReturn(request.db, id);
    if (!mayQualify(indicator)) throw notFound('figure to qualify');
    const workings = await getWorkings(request.db, id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', qualifyFigurePage(drawn, workings, indicator, request.body as Answers, errors));
    const form = readForm(QualifyFigureForm, request.body);
    if (!form.ok) return again(form.errors);
    const { quantity, reason } = form.values;
    const by = request.actor.memberId;

    const said = await request.change(
      'figure qualified',
      id,
      async (tx) => {
        const { signature } = await lockReturn(tx, id);
        if (signature) return refuse('already signed');
        const { counted, qualifications } = await getWorkings(tx, id);
        const { [indicator]: _before, ...others } = qualifications;
        const judged = quantity && qualify(getCount(counted[indicator]?.total), quantity);
        if (judged && !judged.ok) return judged;
        const now = quantity
          ? { ...others, [indicator]: { quantity, reason, by, at: request.now.toISOString() } }
          : others;
        await saveQualifications(tx, drawn.id, { figures: applyQualifications(counted, now), qualifications: now });
        return accept(true);
      },
      { fields: [indicator] },
    );
    if (!said.ok) {
      const { refusal } = said;
      if (refusal === 'already signed') return again(signErrors[refusal]);
      return again(getQualifyErrors(getCount(workings.counted[indicator]?.total))[refusal]);
    }
    return reply.redirect(`/staff/returns/${id}/figures/${indicator}?saved=yes`, 303);
  });

  app.get('/returns/:id/sign', may('return.sign', Path), async (request, reply) => {
    const drawn = await getReturn(request.db, request.params.id);
    const workings = await getWorkings(request.db, drawn.id);
    const changedAt = await findLastChange(request.db, drawn);
    const why = drawn.signature
      ? 'already signed'
      : listFailedChecks(workings, 'signing').length > 0
        ? 'checks fail'
        : undefined;
    if (why) return reply.page('platform/page', unsignablePage(drawn, why));
    const lastDay = getLastDay(drawn, (await getOperation(request.db, drawn.operationId)).endsOn);
    return reply.page('platform/form', signPage(drawn, workings, { changedAt, lastDay, today: request.today }));
  });

  app.post('/returns/:id/sign', may('return.sign', Path), async (request, reply) => {
    const { id } = request.params;
    const drawn = await getReturn(request.db, id);
    const workings = await getWorkings(request.db, id);
    const changedAt = await findLastChange(request.db, drawn);
    const lastDay = getLastDay(drawn, (await getOperation(request.db, drawn.operationId)).endsOn);
    const { today } = request;
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        signPage(drawn, workings, { changedAt, lastDay, today }, request.body as Answers, errors),
      );
    const form = readForm(SignForm, request.body);
    if (!form.ok) return again(form.errors);
    const { seen, stage: asked } = form.values;

    const signed = await request.change('return signed', id, async (tx) => {
      const held = await lockReturn(tx, id);
      const recordsChanged = (await findLastChange(tx, held)) !== null;
      const glassToReview = await countBreakGlassToReview(tx, held.operationId);
      const asking = {
        final: asked === 'final',
        seen,
        recordsChanged,
        today,
        lastDay: getLastDay(held, lastDay),
        glassToReview,
      };
      const decided = checkSigning(held, await getWorkings(tx, id), asking);
      if (!decided.ok) return decided;
      const stage = decided.value;
      const digest = calculateDigest({ ...held, stage });
      const { id: returnId, operationId } = held;
      const signature = { returnId, operationId, signedBy: request.actor.memberId, signedAt: request.now, digest };
      await saveSignature(tx, { ...signature, stage });
      return accept(stage);
    });
    if (!signed.ok)
      return again(signed.refusal === 'operation not over' ? getNotOverErrors(lastDay) : signErrors[signed.refusal]);
    return reply.redirect(`/staff/returns/${id}`, 303);
  });
}

/** Only members of the operation can open what belongs to it, and only in the roles that may. */
const createOpenCheck =
  (request: Request, { operationId }: Return): CanOpen =>
  (action) =>
    action !== '' && request.actor.operations.includes(operationId) && request.can(action);

/** Reads the main store, then the safeguarding store, never both at once; computes with no connection held; then writes. */
async function countOperation(request: Request, operationId: OperationId, note: string | null) {
  const { facts, records } = await readRecords(request, operationId);
  const edition = getEdition(request.today);
  const exact = countIndicators(edition, records);
  // From here on nothing holds an exact number or a reference of the safeguarding database.
  const checks = controlChecks(checkCount(records, exact));
  const counted = controlCount(exact);
  return request.change(
    'return counted',
    operationId,
    async (tx) => {
      const latest = await lockLatest(tx, operationId);
      const next = nextVersion(latest, note);
      if (!next.ok) return next;
      const { version, replaces } = next.value;
      // A new count keeps qualifications. If one is no longer true, a check blocks the signature.
      const qualifications = latest ? (await getWorkings(tx, latest.id)).qualifications : {};
      const made = {
        id: replaces?.id ?? newId<'return'>(),
        operationId,
        version,
        stage: getOpenStage(version),
        definitions: edition.label,
        facts,
        figures: applyQualifications(counted.figures, qualifications),
        note: note ?? replaces?.note ?? null,
        madeBy: request.actor.memberId,
        madeAt: request.now,
        workings: { counted: counted.figures, qualifications, checks },
        behind: counted.countedRecords,
      };
      await (replaces ? replaceCount(tx, made) : addReturn(tx, made));
      return accept<ReturnId>(made.id);
    },
    { kind: 'combination' },
  );
}

/** The power as a return names it, only if somebody entered. */
const formatPowerUsed = ({ answer, basis }: CountableVisits['visits'][number]): string => {
  if (basis) return powerName(basis);
  return answer === null || isEntered(answer) ? unknownValue : 'nobody entered';
};

async function readRecords(
  request: Request,
  operationId: OperationId,
): Promise<{ readonly facts: OperationFacts; readonly records: Records }> {
  const facts = await getOperationFacts(request.db, operationId);
  const plan = await readCountablePlan(request.db, operationId);
  const visits = await readCountableVisits(request.db, operationId);
  const agencies = new Map((await listAgencies(request.db)).map(({ id, name }) => [id as string, name]));
  const help = await request.under('fact.count', (db) => readHelp(db, operationId));
  const records = {
    ...plan,
    ...visits,
    facts: help.facts,
    referrals: help.referrals.map(({ id, toAgency, state }) => ({
      id,
      state,
      organisation: agencies.get(toAgency) ?? 'not known',
    })),
    visits: visits.visits.map((visit) => ({ ...visit, basis: formatPowerUsed(visit) })),
    powers: plan.powers.map((power) => ({
      ...power,
      basis: powerName(power.basis),
      isWarrant: findPower(power.basis, request.today)?.kind === 'warrant',
    })),
  };
  return { facts, records };
}
