/** Routes for starting emergency access to an operation, ending it, listing it and reviewing it. */

import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { notify } from '../../platform/notifications/index.ts';
import { closeWhereRefused } from '../../platform/rendering/pages.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { accept } from '../../vocabulary/result.ts';
import { type BreakGlass, calculateExpiry, getReviewDue, isOverdue, mayReview } from './break-glass.ts';
import { BreakGlassForm, ReviewForm } from './forms.ts';
import * as page from './pages.ts';
import * as store from './store.ts';

const NewQuery = z.object({ operation: z.uuid().optional().catch(undefined) });

/** Leaves out operations that the member can open already: those they belong to by name and plan or command. */
const listSelectableOperations = (request: Request) =>
  store.listBreakGlassOperations(request.db, {
    operations: request.can('target.read') ? request.actor.operations : [],
    partnerOperations: request.actor.partnerOperations,
  });

export async function breakGlassRoutes(app: App): Promise<void> {
  listRoutes(app);
  startRoute(app);
  app.get(emergencyAccessPaths.emergencyAccess.route, may('break-glass.read', IdPath), async (request, reply) => {
    const glass = await getBreakGlass(request);
    const names = await memberNames(request.db, [glass.review?.reviewedBy ?? null]);
    const review = request.can('break-glass.review') && mayReview(glass, request.actor, glass.review, request.now).ok;
    const own = glass.memberId === request.actor.memberId;
    return reply.case(page.breakGlassPage(glass, { names, own, review, now: request.now }));
  });
  endRoute(app);
  reviewRoute(app);
}

const getBreakGlass = ({ db, params }: Request & { readonly params: { readonly id: string } }) =>
  store.getBreakGlass(db, params.id);

function listRoutes(app: App): void {
  app.get(emergencyAccessPaths.list.route, may('break-glass.read'), async (request, reply) => {
    const all = await store.listBreakGlass(request.db);
    const rights = { breakGlass: request.can('break-glass.start'), open: true };
    return reply.sections(page.breakGlassListPage(all, rights, request.now));
  });

  app.get(emergencyAccessPaths.audit.route, may('break-glass.audit'), async (request, reply) => {
    const all = await store.listBreakGlass(request.db);
    return reply.sections(page.breakGlassListPage(all, { breakGlass: false, open: false }, request.now));
  });
}

function startRoute(app: App): void {
  formRoute(app, emergencyAccessPaths.start.route, {
    may: may('break-glass.start', z.unknown(), NewQuery),
    load: async (request) => ({ id: newId<'emergency access'>(), operations: await listSelectableOperations(request) }),
    form: BreakGlassForm,
    check: ({ operations }, { operationId }) =>
      operations.some(({ id }) => id === operationId) ? undefined : page.breakGlassErrors['not there'],
    page: ({ operations }, _typed, _errors, { query }) => page.breakGlassFormPage(operations, query.operation),
    event: 'break-glass.started',
    subject: (_, { operationId }) => operationId,
    details: ({ id, operations }, { operationId }) => ({
      kind: 'collection',
      returned: [id],
      owner: store.ownerOf(operations, operationId),
    }),
    change: async (tx, { id, operations }, { operationId, reason }, { actor, now }) =>
      store.addBreakGlass(tx, {
        id,
        operationId,
        memberId: actor.memberId as MemberId,
        agencyId: actor.agencyId as AgencyId,
        ownerId: store.ownerOf(operations, operationId),
        reason,
        openedAt: now,
        until: calculateExpiry(now),
        endedAt: null,
      }),
    refusals: page.breakGlassErrors,
    next: (_, { id }) => emergencyAccessPaths.emergencyAccess(id),
  });
}

function endRoute(app: App): void {
  buttonRoute(app, emergencyAccessPaths.end.route, {
    may: may('break-glass.start', IdPath),
    load: async (request) => {
      const glass = await getBreakGlass(request);
      if (glass.memberId !== request.actor.memberId) throw notFound('emergency access');
      return glass;
    },
    event: 'break-glass.ended',
    subject: ({ operationId }) => operationId,
    change: async (tx, { id }, _, { now }) => accept(await store.endBreakGlass(tx, id, now)),
    next: (_, { id }) => emergencyAccessPaths.emergencyAccess(id),
  });
}

function reviewRoute(app: App): void {
  formRoute(app, emergencyAccessPaths.review.route, {
    may: may('break-glass.review', IdPath),
    load: getBreakGlass,
    form: ReviewForm,
    page: (glass, typed, _errors, { actor, now }) =>
      closeWhereRefused(page.reviewPage(glass), typed, mayReview(glass, actor, glass.review, now), page.reviewErrors),
    event: 'break-glass.reviewed',
    subject: ({ operationId }) => operationId,
    details: ({ id, ownerId }) => ({ kind: 'collection', returned: [id], owner: ownerId }),
    change: async (tx, glass, found, { actor, now }) => {
      const { review: before } = await store.getBreakGlass(tx, glass.id);
      const allowed = mayReview(glass, actor, before, now);
      if (!allowed.ok) return allowed;
      await store.addReview(tx, {
        id: glass.id,
        reviewedBy: actor.memberId as MemberId,
        reviewedAt: now,
        ...found,
      });
      await notify(tx, noticesOfReview(glass, now));
      return accept(true);
    },
    refusals: page.reviewErrors,
    next: (_, { id }) => emergencyAccessPaths.emergencyAccess(id),
  });
}

/** To the member whose access it was, and to who answers for them at another agency. */
function noticesOfReview({ id, ownerId, memberId, agencyId }: BreakGlass, now: Date): Parameters<typeof notify>[1] {
  const notice = { kind: 'glass reviewed', subject: id, ownerId, madeAt: now } as const;
  const toMember = { ...notice, to: { member: memberId } };
  if (agencyId === ownerId) return [toMember];
  return [toMember, { ...notice, to: { agency: agencyId, roles: ['commander', 'data-protection lead'] } }];
}

/** It stays here until it is done. */
export const reviewHomeItems: HomeItems = {
  action: 'break-glass.review',
  waiting: async (db, request) =>
    (await store.listBreakGlass(db, { unreviewed: true }))
      .filter((glass) => mayReview(glass, request.actor, glass.review, request.now).ok)
      .map((glass) => ({
        what: 'Review an emergency access',
        detail: `${glass.memberName} of ${glass.agencyName} opened the plan.`,
        for: glass.codeName,
        due: getReviewDue(glass),
        status: 'to do',
        urgency: 'pressing',
        href: emergencyAccessPaths.review(glass.id),
        count: 1,
      })),
};

/** What nobody of the owner has reviewed in time, for the data-protection lead of the other agency. */
export const overdueReviewHomeItems: HomeItems = {
  action: 'break-glass.review',
  waiting: async (db, request) => {
    if (!request.actor.roles.includes('data-protection lead')) return [];
    const elsewhere = (await listOverdue(db, request)).filter(
      (glass) => !mayReview(glass, request.actor, undefined, request.now).ok,
    );
    return elsewhere.map((glass) => toOverdueItem(glass, emergencyAccessPaths.emergencyAccess(glass.id)));
  },
};

/** And for the auditor. */
export const overdueAuditHomeItems: HomeItems = {
  action: 'break-glass.audit',
  waiting: async (db, request) =>
    (await listOverdue(db, request)).map((glass) => toOverdueItem(glass, emergencyAccessPaths.audit())),
};

const listOverdue = async (db: Request['db'], request: Request) =>
  (await store.listBreakGlass(db, { unreviewed: true })).filter((glass) => isOverdue(glass, undefined, request.now));

const toOverdueItem = (glass: store.BreakGlassDetails, href: string): HomeItem => ({
  what: 'Late review of an emergency access',
  detail: `${glass.ownerName} has not reviewed the access of ${glass.memberName}.`,
  for: glass.codeName,
  due: getReviewDue(glass),
  status: 'needs attention',
  urgency: 'pressing',
  href,
  count: 1,
});
