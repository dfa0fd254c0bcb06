/** Routes of returns: list, read and sign. Counting and figures have files of their own. */
import { z } from 'zod';
import { countBreakGlassToReview } from '../access/break-glass/index.ts';
import { memberNames } from '../identity/agencies/index.ts';
import { getOperation, listOperationTabs, paginateOperations } from '../operations/plan/index.ts';
import type { AnyTables, Writer } from '../platform/database/database.ts';
import { formRoute } from '../platform/forms/form-route.ts';
import { notFound } from '../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../platform/rendering/paging.ts';
import { newId } from '../vocabulary/ids.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { accept } from '../vocabulary/result.ts';
import { editions, findEdition } from './counting/definitions.ts';
import { definitionsPage } from './counting/definitions-page.ts';
import { withoutSinglePeople } from './counting/without-single-people.ts';
import { discardRoute } from './discard-routes.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { exportRoutes } from './export-routes.ts';
import { figureRoutes } from './figure-routes.ts';
import { SignForm } from './forms.ts';
import {
  getNotOverErrors,
  operationPage,
  returnsPage,
  signErrors,
  signedListPage,
  signPage,
  unsignablePage,
} from './pages.ts';
import { ledgerRoute } from './published-numbers/routes.ts';
import { countRoutes } from './queued-counts/routes.ts';
import { findRunningCount } from './queued-counts/store.ts';
import {
  calculateDigest,
  checkSigning,
  compareFigures,
  getLastDay,
  listFailedChecks,
  type Return,
  type Workings,
} from './return.ts';
import { returnPage } from './return-page.ts';
import { countersignRoute, mayCountersign } from './second-signature/routes.ts';
import { type FirstSignature, followsFinal, isWaiting } from './second-signature/second-signature.ts';
import { addFirstSignature, announceForSecond, findFirstSignature } from './second-signature/store.ts';
import * as store from './store.ts';
import { weeksRoutes } from './weeks/index.ts';

const EditionPath = z.object({ edition: z.string().max(40) });

export async function returnRoutes(app: App, parts: AreaParts): Promise<void> {
  await exchangeRoutes(app, parts);
  await exportRoutes(app, parts);
  await weeksRoutes(app, parts);
  ledgerRoute(app);

  app.get(returnPaths.list.route, may('return.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const pages = (total: number) =>
      paginate(page, pageSize, total, (number) => withQuery(returnPaths.list(), { page: number }));
    if (!request.can('return.workings')) {
      const { returns, total } = await store.listReturnsSigned(request.db, { page, size: pageSize });
      return reply.list(signedListPage(returns, pages(total), request.can('exchange.read')));
    }
    const { operations, total } = await paginateOperations(request.db, { page, size: pageSize, today: request.today });
    const latest = await store.listLatestReturns(
      request.db,
      operations.map(({ id }) => id),
    );
    return reply.list(returnsPage(operations, latest, pages(total), request.can('published number.read')));
  });

  app.get(returnPaths.definitions.route, may('return.read', EditionPath), async (request, reply) => {
    const edition = findEdition(request.params.edition);
    if (!edition) throw notFound('edition');
    return reply.sections(definitionsPage(edition, editions));
  });

  app.get(returnPaths.operation.route, may('return.read', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const versions = await store.listVersions(request.db, operation.id);
    const mayCount = request.can('return.count');
    const running = mayCount ? await findRunningCount(request.db, operation.id, request.now) : undefined;
    return reply.case({
      ...operationPage(operation, versions, { mayCount, today: request.today, running: running?.id }),
      ...listOperationTabs(request, operation, 'results'),
    });
  });

  countRoutes(app);

  app.get(returnPaths.return.route, may('return.read', IdPath), async (request, reply) => {
    const signed = await store.getReturn(request.look('return read', request.params.id), request.params.id);
    const workings = request.can('return.workings') ? await store.getWorkings(request.db, signed.id) : null;
    const shown = (one: Return): Return => (workings ? one : withoutSinglePeople(one));
    const drawn = shown(signed);
    const versions = await store.listVersions(request.db, drawn.operationId);
    const before = versions.find(({ version, signature }) => signature && version < drawn.version);
    const changedKinds = workings ? await store.listKindsChanged(request.db, drawn) : [];
    const first = workings && !drawn.signature ? await findFirstSignature(request.db, drawn.id) : undefined;
    const names = await memberNames(request.db, listMembers(drawn, first));
    const certificate = drawn.signature ? await store.findCertificate(request.db, drawn.id) : null;
    const changes = before ? compareFigures(shown(before).figures, drawn.figures) : [];
    const { endsOn, agencyId, agencyName } = await getOperation(request.db, drawn.operationId);
    const mayDo = {
      count: request.can('return.count'),
      sign: request.can('return.sign'),
      countersign: request.can('return.countersign') && mayCountersign(request.actor, first, agencyId),
    };
    const around = { lastDay: getLastDay(drawn, endsOn), today: request.today, first, leadAgency: agencyName };
    return reply.case(
      returnPage({
        ...around,
        certificate,
        drawn,
        workings,
        versions,
        before,
        changes,
        changedKinds,
        names,
        may: mayDo,
      }),
    );
  });

  figureRoutes(app);
  signRoute(app);
  discardRoute(app);
  countersignRoute(app);
}

/** Everybody whose name the page of a return says. */
const listMembers = ({ madeBy, signature }: Return, first: FirstSignature | undefined): (string | null)[] => [
  madeBy,
  signature?.signedBy ?? null,
  signature?.countersignedBy ?? null,
  first?.signedBy ?? null,
  first?.decision?.decidedBy ?? null,
];

/** Why the return cannot be signed, where there is nothing to ask. */
function findObstacle({ signature }: Return, workings: Workings, first: FirstSignature | undefined) {
  if (signature) return 'already signed';
  if (isWaiting(first)) return 'waits for a second';
  return listFailedChecks(workings, 'signing').length > 0 ? 'checks fail' : undefined;
}

function signRoute(app: App): void {
  formRoute(app, returnPaths.sign.route, {
    may: may('return.sign', IdPath),
    load: async ({ db, params }) => {
      const drawn = await store.getReturn(db, params.id);
      const workings = await store.getWorkings(db, drawn.id);
      const changedAt = await store.findLastChange(db, drawn);
      const { endsOn, agencyId: leadAgencyId, agencyName: leadAgency } = await getOperation(db, drawn.operationId);
      const first = await findFirstSignature(db, drawn.id);
      const afterFinal = followsFinal(drawn, await store.listVersions(db, drawn.operationId));
      const lastDay = getLastDay(drawn, endsOn);
      return { drawn, workings, changedAt, lastDay, leadAgency, leadAgencyId, first, afterFinal };
    },
    instead: ({ drawn, workings, first }) => {
      const why = findObstacle(drawn, workings, first);
      return why && unsignablePage(drawn, why);
    },
    form: SignForm,
    page: ({ drawn, workings, ...around }, _typed, _errors, { today }) =>
      signPage(drawn, workings, { ...around, today }),
    event: ({ afterFinal }, { stage }) =>
      stage === 'final' || afterFinal ? 'return signed for a second signature' : 'return signed',
    subject: ({ drawn }) => drawn.id,
    change: (tx, { drawn, lastDay, leadAgencyId }, values, request) =>
      signReturn(tx, drawn.id, { lastDay, leadAgencyId }, values, request),
    refusals: ({ lastDay }) => ({ ...signErrors, 'operation not over': getNotOverErrors(lastDay) }),
    next: (_, { drawn }) => returnPaths.return(drawn.id),
  });
}

/** Decides on the return as it is now, under lock, and writes the signature over it. */
async function signReturn(
  tx: Writer<AnyTables>,
  id: string,
  { lastDay, leadAgencyId }: { readonly lastDay: string; readonly leadAgencyId: string },
  { seen, stage: asked }: z.output<typeof SignForm>,
  { today, actor, now }: Pick<Request, 'today' | 'actor' | 'now'>,
) {
  const held = await store.lockReturn(tx, id);
  const asking = {
    final: asked === 'final',
    seen,
    recordsChanged: (await store.findLastChange(tx, held)) !== null,
    today,
    lastDay: getLastDay(held, lastDay),
    waiting: isWaiting(await findFirstSignature(tx, id)),
    glassToReview: await countBreakGlassToReview(tx, held.operationId),
  };
  const decided = checkSigning(held, await store.getWorkings(tx, id), asking);
  if (!decided.ok) return decided;
  const stage = decided.value;
  const digest = calculateDigest({ ...held, stage });
  const { id: returnId, operationId } = held;
  const signature = { returnId, operationId, signedBy: actor.memberId, signedAt: now, digest };
  if (stage === 'final' || followsFinal(held, await store.listVersions(tx, operationId))) {
    await addFirstSignature(tx, { id: newId(), ...signature, stage: stage === 'final' ? stage : 'revised' });
    await announceForSecond(tx, signature, leadAgencyId);
  } else await store.saveSignature(tx, { ...signature, stage });
  return accept(stage);
}
