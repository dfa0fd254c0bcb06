/** Routes for starting emergency access to an operation, ending it, listing it and reviewing it. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { Desk } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { tell } from '../../platform/notifications/index.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { type BreakGlass, isOverdue, mayReview, type Review, untilOf } from './break-glass.ts';
import { BreakForm, ReviewForm } from './forms.ts';
import { breakErrors, breakPage, glassListPage, glassPage, reviewErrors, reviewPage } from './pages.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });
const NewQuery = z.object({ operation: z.uuid().optional().catch(undefined) });

/** Leaves out operations that the member can open already: those they belong to by name and plan or command. */
const breakable = (request: Request) =>
  store.listBreakable(request.db, {
    operations: request.can('target.read') ? request.actor.operations : [],
    partnerOperations: request.actor.partnerOperations,
  });

const uniqueViolation = '23505';

export async function glassRoutes(app: App): Promise<void> {
  app.get('/emergency-access', may('glass.read'), async (request, reply) => {
    const all = await store.listGlass(request.db);
    return reply.page(
      'platform/page',
      glassListPage(all, { breakGlass: request.can('glass.break'), open: true }, request.now),
    );
  });

  app.get('/emergency-access/audit', may('glass.audit'), async (request, reply) =>
    reply.page(
      'platform/page',
      glassListPage(await store.listGlass(request.db), { breakGlass: false, open: false }, request.now),
    ),
  );

  app.get('/emergency-access/new', may('glass.break', z.unknown(), NewQuery), async (request, reply) =>
    reply.page('platform/form', breakPage(await breakable(request), request.query.operation)),
  );

  app.post('/emergency-access/new', may('glass.break'), async (request, reply) => {
    const operations = await breakable(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', breakPage(operations, undefined, answersOf(request.body), errors));
    const form = readForm(BreakForm, request.body);
    if (!form.ok) return again(form.errors);
    const { operationId, reason } = form.values;
    if (!operations.some(({ id }) => id === operationId)) return again(breakErrors['not there']);
    const owner = await store.ownerOf(request.db, operationId);
    const { memberId, agencyId } = request.actor;
    const glass: BreakGlass = {
      id: newId(),
      operationId,
      memberId: memberId as MemberId,
      agencyId: agencyId as AgencyId,
      ownerId: owner as AgencyId,
      reason,
      openedAt: request.now,
      until: untilOf(request.now),
      endedAt: null,
    };
    const broken = await request.change(
      'glass.broken',
      operationId,
      (tx) => breakOnce(() => store.breakGlass(tx, glass)),
      {
        kind: 'collection',
        returned: [glass.id],
        owner,
      },
    );
    if (!broken.ok) return again(breakErrors[broken.refusal]);
    return reply.redirect(`/staff/emergency-access/${glass.id}`, 303);
  });

  app.get('/emergency-access/:id', may('glass.read', IdPath), async (request, reply) => {
    const glass = await store.getGlass(request.db, request.params.id);
    const names = await memberNames(request.db, [glass.review?.reviewedBy ?? null]);
    const review = request.can('glass.review') && mayReview(glass, request.actor, glass.review, request.now).ok;
    const own = glass.memberId === request.actor.memberId;
    return reply.page('platform/page', glassPage(glass, { names, own, review, now: request.now }));
  });

  app.post('/emergency-access/:id/end', may('glass.break', IdPath), async (request, reply) => {
    const glass = await store.getGlass(request.db, request.params.id);
    if (glass.memberId !== request.actor.memberId) throw notFound('broken glass');
    await request.change('glass.ended', glass.operationId, async (tx) =>
      accept(await store.endGlass(tx, glass.id, request.now)),
    );
    return reply.redirect(`/staff/emergency-access/${glass.id}`, 303);
  });

  app.get('/emergency-access/:id/review', may('glass.review', IdPath), async (request, reply) => {
    const glass = await store.getGlass(request.db, request.params.id);
    const allowed = mayReview(glass, request.actor, glass.review, request.now);
    const errors = allowed.ok ? {} : reviewErrors[allowed.refusal];
    return reply.page('platform/form', { ...reviewPage(glass, {}, errors), closed: !allowed.ok });
  });

  app.post('/emergency-access/:id/review', may('glass.review', IdPath), async (request, reply) => {
    const glass = await store.getGlass(request.db, request.params.id);
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
      'glass.reviewed',
      glass.operationId,
      async (tx) => {
        const { review: before } = await store.getGlass(tx, glass.id);
        const allowed = mayReview(glass, request.actor, before, request.now);
        if (!allowed.ok) return allowed;
        await store.addReview(tx, review);
        const { ownerId, memberId, agencyId } = glass;
        const told = { kind: 'glass reviewed', subject: glass.id, ownerId, madeAt: request.now } as const;
        await tell(tx, [
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

async function breakOnce(write: () => Promise<void>) {
  try {
    return accept(await write());
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return refuse('open already');
    throw error;
  }
}

/** It stays here until it is done. */
export const reviewDesk: Desk = {
  action: 'glass.review',
  title: 'Broken glass for you to review',
  pressing: true,
  waiting: async (db, request) =>
    (await store.listGlass(db, { unreviewed: true }))
      .filter((glass) => mayReview(glass, request.actor, glass.review, request.now).ok)
      .map((glass) => ({
        text: `${glass.memberName} of ${glass.agencyName} broke the glass on ${glass.codeName}${isOverdue(glass, undefined, request.now) ? ': the review is overdue' : ''}`,
        href: `/staff/emergency-access/${glass.id}/review`,
        count: 1,
      })),
};

/** What nobody of the owner has reviewed in time, for the data-protection lead of the other agency. */
export const overdueDesk: Desk = {
  action: 'glass.review',
  title: 'Reviews of broken glass that are overdue elsewhere',
  pressing: true,
  waiting: async (db, request) => {
    if (!request.actor.roles.includes('data-protection lead')) return [];
    const elsewhere = (await overdue(db, request)).filter(
      (glass) => !mayReview(glass, request.actor, undefined, request.now).ok,
    );
    return elsewhere.map((glass) => ({
      text: overdueWords(glass),
      href: `/staff/emergency-access/${glass.id}`,
      count: 1,
    }));
  },
};

/** And for the auditor. */
export const auditedDesk: Desk = {
  action: 'glass.audit',
  title: 'Reviews of broken glass that are overdue',
  pressing: true,
  waiting: async (db, request) =>
    (await overdue(db, request)).map((glass) => ({
      text: overdueWords(glass),
      href: '/staff/emergency-access/audit',
      count: 1,
    })),
};

const overdue = async (db: Request['db'], request: Request) =>
  (await store.listGlass(db, { unreviewed: true })).filter((glass) => isOverdue(glass, undefined, request.now));

const overdueWords = ({ ownerName, memberName, codeName }: store.ToldGlass): string =>
  `${ownerName} has not reviewed what ${memberName} opened of ${codeName}`;
