/** Routes to request a sealed name, to see requests and to decide on them. */

import { z } from 'zod';
import { hasOtherCustodian, requestEnd } from '../../access/custodian-decisions/index.ts';
import { memberNames } from '../../identity/agencies/index.ts';
import { getOperation } from '../../operations/plan/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { notify } from '../../platform/notifications/index.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type EncounterId, type MemberId, newId, type OperationId } from '../../vocabulary/ids.ts';

import { accept, refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { isNameHeld, lookUpEncounterSummary } from '../store.ts';
import { DecideForm, EndForm, IdentityRequestForm } from './forms.ts';
import {
  type IdentityRequest,
  type IdentityRequestDecision,
  type IdentityRequestEnd,
  mayDecide,
  mayEnd,
} from './identity-request.ts';
import {
  decisionErrors,
  decisionFormPage,
  earlyEndPage,
  endErrors,
  identityRequestErrors,
  identityRequestFormPage,
  identityRequestPage,
  identityRequestsPage,
} from './pages.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });
const PersonPath = z.object({ id: z.uuid().transform((id) => id as EncounterId) });

/** The person encountered, as far as the form shows them, and the custodians who would decide. Not found if no name is held. */
async function readRequestablePerson(request: Request, id: EncounterId) {
  const db = request.look('encounter.shown', id, { fields: ['number'] });
  const met = matchLookup(await lookUpEncounterSummary(db, id), {
    full: (meeting) => meeting,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (!met || !(await isNameHeld(db, id))) throw notFound('name');
  const { agencyId, agencyName } = await getOperation(db, met.operationId);
  const decidable = await hasOtherCustodian(db, agencyId as AgencyId, request.actor.memberId);
  return { met, ownerId: agencyId as AgencyId, ownerName: agencyName, decidable };
}

export async function identityRequestRoutes(app: App): Promise<void> {
  await earlyEndRoutes(app);
  app.get('/identity-requests', may('identity request.read'), async (request, reply) =>
    reply.page('platform/page', identityRequestsPage(await store.listIdentityRequests(request.db), request.now)),
  );

  app.get('/identity-requests/of/:id', may('identity request.make', PersonPath), async (request, reply) => {
    const { met, ownerName, decidable } = await readRequestablePerson(request, request.params.id);
    const errors = decidable ? {} : identityRequestErrors['no custodian'];
    return reply.page('platform/form', identityRequestFormPage(met, ownerName, !decidable, {}, errors));
  });

  app.post('/identity-requests/of/:id', may('identity request.make', PersonPath), async (request, reply) => {
    const { met, ownerId, ownerName, decidable } = await readRequestablePerson(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', identityRequestFormPage(met, ownerName, !decidable, answersOf(request.body), errors));
    if (!decidable) return again(identityRequestErrors['no custodian']);
    const form = readForm(IdentityRequestForm, request.body);
    if (!form.ok) return again(form.errors);
    const { hours, ...said } = form.values;
    const { memberId, agencyId } = request.actor;
    const opening: IdentityRequest = {
      id: newId(),
      encounterId: request.params.id,
      operationId: met.operationId as OperationId,
      ownerId,
      askedBy: memberId as MemberId,
      agencyId: agencyId as AgencyId,
      ...said,
      askedAt: request.now,
      until: requestEnd(request.now, hours),
    };
    const asked = await request.change(
      'name.requested',
      opening.encounterId,
      async (tx) => {
        const added = await store.addIdentityRequest(tx, opening);
        if (!added.ok) return added;
        const { id: subject, askedAt: madeAt } = opening;
        await notify(tx, [
          { kind: 'opening asked', subject, ownerId, madeAt, to: { agency: ownerId, roles: ['custodian'] } },
        ]);
        return added;
      },
      { kind: 'collection', returned: [opening.id], owner: ownerId, reason: opening.purpose },
    );
    if (!asked.ok) return again(identityRequestErrors[asked.refusal]);
    return reply.redirect(`/staff/identity-requests/${opening.id}`, 303);
  });

  app.get('/identity-requests/:id', may('identity request.read', IdPath), async (request, reply) => {
    const opening = await store.getIdentityRequest(request.db, request.params.id);
    const names = await memberNames(request.db, [opening.decision?.decidedBy ?? null, opening.end?.endedBy ?? null]);
    const { memberId } = request.actor;
    const decides =
      request.can('identity request.decide') && mayDecide(opening, request.actor, opening.decision, request.now).ok;
    const ends = request.can('identity request.end') && mayEnd(opening, request.actor, opening, request.now).ok;
    const own = opening.askedBy === memberId;
    return reply.page('platform/page', identityRequestPage(opening, { names, own, decides, ends, now: request.now }));
  });

  app.get('/identity-requests/:id/decide', may('identity request.decide', IdPath), async (request, reply) => {
    const opening = await store.getIdentityRequest(request.db, request.params.id);
    const allowed = mayDecide(opening, request.actor, opening.decision, request.now);
    const errors = allowed.ok ? {} : decisionErrors[allowed.refusal];
    return reply.page('platform/form', { ...decisionFormPage(opening, {}, errors), closed: !allowed.ok });
  });

  app.post('/identity-requests/:id/decide', may('identity request.decide', IdPath), async (request, reply) => {
    const opening = await store.getIdentityRequest(request.db, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', decisionFormPage(opening, answersOf(request.body), errors));
    const form = readForm(DecideForm, request.body);
    if (!form.ok) return again(form.errors);
    const { decision: word, reasons } = form.values;
    const granted = word === 'open the name';
    const decision: IdentityRequestDecision = {
      id: opening.id,
      granted,
      reasons,
      decidedBy: request.actor.memberId as MemberId,
      decidedAt: request.now,
    };
    const { ownerId, askedBy, purpose } = opening;
    const decided = await request.change(
      granted ? 'name.disclosed' : 'name.request refused',
      opening.encounterId,
      async (tx) => {
        const { decision: before } = await store.getIdentityRequest(tx, opening.id);
        const allowed = mayDecide(opening, request.actor, before, request.now);
        if (!allowed.ok) return allowed;
        if (!(await store.addDecision(tx, decision)).ok) return refuse('decided already');
        await notify(tx, [
          { kind: 'opening decided', subject: opening.id, ownerId, madeAt: request.now, to: { member: askedBy } },
        ]);
        return accept(true);
      },
      granted
        ? {
            kind: 'disclosure',
            fields: ['name'],
            returned: [opening.id],
            recipient: askedBy,
            owner: ownerId,
            reason: purpose,
          }
        : { kind: 'collection', returned: [opening.id], owner: ownerId, reason: purpose },
    );
    if (!decided.ok) return again(decisionErrors[decided.refusal]);
    return reply.redirect(`/staff/identity-requests/${opening.id}`, 303);
  });
}

async function earlyEndRoutes(app: App): Promise<void> {
  app.get('/identity-requests/:id/end', may('identity request.end', IdPath), async (request, reply) => {
    const opening = await store.getIdentityRequest(request.db, request.params.id);
    const allowed = mayEnd(opening, request.actor, opening, request.now);
    const errors = allowed.ok ? {} : endErrors[allowed.refusal];
    return reply.page('platform/form', { ...earlyEndPage(opening, {}, errors), closed: !allowed.ok });
  });

  app.post('/identity-requests/:id/end', may('identity request.end', IdPath), async (request, reply) => {
    const opening = await store.getIdentityRequest(request.db, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', earlyEndPage(opening, answersOf(request.body), errors));
    const form = readForm(EndForm, request.body);
    if (!form.ok) return again(form.errors);
    const end: IdentityRequestEnd = {
      id: opening.id,
      ...form.values,
      endedBy: request.actor.memberId as MemberId,
      endedAt: request.now,
    };
    const { ownerId, askedBy, purpose } = opening;
    const ended = await request.change(
      'name.disclosure ended',
      opening.encounterId,
      async (tx) => {
        const allowed = mayEnd(opening, request.actor, await store.getIdentityRequest(tx, opening.id), request.now);
        if (!allowed.ok) return allowed;
        if (!(await store.addEarlyEnd(tx, end)).ok) return refuse('not open');
        await notify(tx, [
          { kind: 'opening ended', subject: opening.id, ownerId, madeAt: request.now, to: { member: askedBy } },
        ]);
        return accept(true);
      },
      { fields: ['name'], returned: [opening.id], recipient: askedBy, owner: ownerId, reason: purpose },
    );
    if (!ended.ok) return again(endErrors[ended.refusal]);
    return reply.redirect(`/staff/identity-requests/${opening.id}`, 303);
  });
}

/** It stays here until it is decided, or its time is over. */
export const identityRequestHomeItems: HomeItems = {
  action: 'identity request.decide',
  title: 'Names that you are asked to open',
  pressing: true,
  waiting: async (db, request) =>
    (await store.listIdentityRequests(db, { undecided: true }))
      .filter((opening) => mayDecide(opening, request.actor, undefined, request.now).ok)
      .map(({ id, askerName, agencyName, purpose, until }) => ({
        text: `${askerName} of ${agencyName} asks for a name ${purpose}, until ${formatMoment(until)}`,
        href: `/staff/identity-requests/${id}`,
        count: 1,
      })),
};
