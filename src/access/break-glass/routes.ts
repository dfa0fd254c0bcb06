/** Routes for starting emergency access to an operation, ending it, listing it and reviewing it. */

import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { notify } from '../../platform/notifications/index.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { type BreakGlass, calculateExpiry, isOverdue, mayReview, type Review } from './break-glass.ts';
import { BreakGlassForm, ReviewForm } from './forms.ts';
import {
  breakGlassErrors,
  breakGlassFormPage,
  breakGlassListPage,
  breakGlassPage,
  reviewErrors,
  reviewPage,
} from './pages.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });
const NewQuery = z.object({ operation: z.uuid().optional().catch(undefined) });

/** Leaves out operations that the member can open already: those they belong to by name and plan or command. */
const listSelectableOperations = (request: Request) =>
  store.listBreakGlassOperations(request.db, {
    operations: request.can('target.read') ? request.actor.operations : [],
    partnerOperations: request.actor.partnerOperations,
  });

export async function breakGlassRoutes(app: App): Promise<void> {
  app.get('/emergency-access', may('break-glass.read'), async (request, reply) => {
    const all = await store.listBreakGlass(request.db);
    return reply.page(
      'platform/page',
      breakGlassListPage(all, { breakGlass: request.can('break-glass.start'), open: true }, request.now),
    );
  });

  app.get('/emergency-access/audit', may('break-glass.audit'), async (request, reply) =>
    reply.page(
      'platform/page',
      breakGlassListPage(await store.listBreakGlass(request.db), { breakGlass: false, open: false }, request.now),
    ),
  );

  app.get('/emergency-access/new', may('break-glass.start', z.unknown(), NewQuery), async (request, reply) =>
    reply.page('platform/form', breakGlassFormPage(await listSelectableOperations(request), request.query.operation)),
  );

  app.post('/emergency-access/new', may('break-glass.start'), async (request, reply) => {
    const operations = await listSelectableOperations(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', breakGlassFormPage(operations, undefined, answersOf(request.body), errors));
    const form = readForm(BreakGlassForm, request.body);
    if (!form.ok) return again(form.errors);
    const { operationId, reason } = form.values;
    if (!operations.some(({ id }) => id === operationId)) return again(breakGlassErrors['not there']);
    const owner = await store.getOwner(request.db, operationId);
    const { memberId, agencyId } = request.actor;
    const glass: BreakGlass = {
      id: newId(),
      operationId,
      memberId: memberId as MemberId,
      agencyId: agencyId as AgencyId,
      ownerId: owner as AgencyId,
      reason,
      openedAt: request.now,
      until: calculateExpiry(request.now),
      endedAt: null,
    };
    const broken = await request.change(
      'break-glass.started',
      operationId,
      (tx) => refuseOn({ [uniqueViolation]: 'open already' } as const, () => store.addBreakGlass(tx, glass)),
      {
        kind: 'collection',
        returned: [glass.id],
        owner,
      },
    );
    if (!broken.ok) return again(breakGlassErrors[broken.refusal]);
    return reply.redirect(`/staff/emergency-access/${glass.id}`, 303);
  });

  app.get('/emergency-access/:id', may('break-glass.read', IdPath), async (request, reply) => {
    const glass = await store.getBreakGlass(request.db, request.params.id);
    const names = await memberNames(request.db, [glass.review?.reviewedBy ?? null]);
    const review = request.can('break-glass.review') && mayReview(glass, request.actor, glass.review, request.now).ok;
    const own = glass.memberId === request.actor.memberId;
    return reply.page('platform/page', breakGlassPage(glass, { names, own, review, now: request.now }));
  });

  app.post('/emergency-access/:id/end', may('break-glass.start', IdPath), async (request, reply) => {
    const glass = await store.getBreakGlass(request.db, request.params.id);
    if (glass.memberId !== request.actor.memberId) throw notFound('broken glass');
    await request.change('break-glass.ended', glass.operationId, async (tx) =>
      accept(await store.endBreakGlass(tx, glass.id, request.now)),
    );
    return reply.redirect(`/staff/emergency-access/${glass.id}`, 303);
  });

  app.get('/emergency-access/:id/review', may('break-glass.review', IdPath), async (request, reply) => {
    const glass = await store.getBreakGlass(request.db, request.params.id);
    const allowed = mayReview(glass, request.actor, glass.review, request.now);
    const errors = allowed.ok ? {} : reviewErrors[allowed.refusal];
    return reply.page('platform/form', { ...reviewPage(glass, {}, errors), closed: !allowed.ok });
  });

  app.post('/emergency-access/:id/review', may('break-glass.review', IdPath), async (request, reply) => {
    const glass = await store.getBreakGlass(request.db, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', reviewPage(glass, answersOf(request.body), errors));
    const form = readForm(ReviewForm, request.body);
    if (!form.ok) return again(form.errors);
    const review: Review = {
      id: glass.id,
      reviewedBy: request.actor.memberId as MemberId,
      reviewedAt: request.now,
      ...form.values,
    };
    const reviewed = await request.change(
      'break-glass.reviewed',
      glass.operationId,
      async (tx) => {
        const { review: before } = await store.getBreakGlass(tx, glass.id);
        const allowed = mayReview(glass, request.actor, before, request.now);
        if (!allowed.ok) return allowed;
        await store.addReview(tx, review);
        const { ownerId, memberId, agencyId } = glass;
        const told = { kind: 'glass reviewed', subject: glass.id, ownerId, madeAt: request.now } as const;
        await notify(tx, [
          { ...told, to: { member: memberId } },
          ...(agencyId === ownerId
            ? []
            : [{ ...told, to: { agency: agencyId, roles: ['commander', 'data-protection lead'] } } as const]),
        ]);
        return accept(true);
      },
      { kind: 'collection', returned: [glass.id], owner: glass.ownerId },
    );
    if (!reviewed.ok) return again(reviewErrors[reviewed.refusal]);
    return reply.redirect(`/staff/emergency-access/${glass.id}`, 303);
  });
}

/** It stays here until it is done. */
export const reviewHomeItems: HomeItems = {
  action: 'break-glass.review',
  title: 'Broken glass for you to review',
  pressing: true,
  waiting: async (db, request) =>
    (await store.listBreakGlass(db, { unreviewed: true }))
      .filter((glass) => mayReview(glass, request.actor, glass.review, request.now).ok)
      .map((glass) => ({
        text: `${glass.memberName} of ${glass.agencyName} broke the glass on ${glass.codeName}${isOverdue(glass, undefined, request.now) ? ': the review is overdue' : ''}`,
        href: `/staff/emergency-access/${glass.id}/review`,
        count: 1,
      })),
};

/** What nobody of the owner has reviewed in time, for the data-protection lead of the other agency. */
export const overdueReviewHomeItems: HomeItems = {
  action: 'break-glass.review',
  title: 'Reviews of broken glass that are overdue elsewhere',
  pressing: true,
  waiting: async (db, request) => {
    if (!request.actor.roles.includes('data-protection lead')) return [];
    const elsewhere = (await listOverdue(db, request)).filter(
      (glass) => !mayReview(glass, request.actor, undefined, request.now).ok,
    );
    return elsewhere.map((glass) => ({
      text: formatOverdue(glass),
      href: `/staff/emergency-access/${glass.id}`,
      count: 1,
    }));
  },
};

/** And for the auditor. */
export const overdueAuditHomeItems: HomeItems = {
  action: 'break-glass.audit',
  title: 'Reviews of broken glass that are overdue',
  pressing: true,
  waiting: async (db, request) =>
    (await listOverdue(db, request)).map((glass) => ({
      text: formatOverdue(glass),
      href: '/staff/emergency-access/audit',
      count: 1,
    })),
};

const listOverdue = async (db: Request['db'], request: Request) =>
  (await store.listBreakGlass(db, { unreviewed: true })).filter((glass) => isOverdue(glass, undefined, request.now));

const formatOverdue = ({ ownerName, memberName, codeName }: store.BreakGlassDetails): string =>
  `${ownerName} has not reviewed what ${memberName} opened of ${codeName}`;
