/** Routes to request a sealed name, to see requests and to decide on them. */

import { z } from 'zod';
import { hasOtherCustodian, requestEnd } from '../../access/custodian-decisions/index.ts';
import { memberNames } from '../../identity/agencies/index.ts';
import { getOperation } from '../../operations/plan/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { findStanding, notify } from '../../platform/notifications/index.ts';
import { closeWhereRefused } from '../../platform/rendering/pages.ts';
import { type AgencyId, type EncounterId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { identityRequestPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { isNameHeld, lookUpEncounterSummary } from '../store.ts';
import { DecideForm, type decisions, EndForm, IdentityRequestForm } from './forms.ts';
import { type IdentityRequest, type IdentityRequestEnd, mayDecide, mayEnd } from './identity-request.ts';
import * as page from './pages.ts';
import * as store from './store.ts';

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
  app.get(identityRequestPaths.list.route, may('identity request.read'), async (request, reply) =>
    reply.sections(page.identityRequestsPage(await store.listIdentityRequests(request.db), request.now)),
  );

  app.get(identityRequestPaths.request.route, may('identity request.read', IdPath), async (request, reply) => {
    const opening = await store.getIdentityRequest(request.db, request.params.id);
    const names = await memberNames(request.db, [opening.decision?.decidedBy ?? null, opening.end?.endedBy ?? null]);
    const { memberId } = request.actor;
    const decides =
      request.can('identity request.decide') && mayDecide(opening, request.actor, opening.decision, request.now).ok;
    const ends = request.can('identity request.end') && mayEnd(opening, request.actor, opening, request.now).ok;
    const own = opening.askedBy === memberId;
    const standing = own && !opening.decision && (await findStanding(request.db, 'opening asked', opening.id));
    return reply.case(page.identityRequestPage(opening, { names, own, decides, ends, standing, now: request.now }));
  });

  newRequestRoutes(app);
  decisionRoutes(app);
  earlyEndRoutes(app);
}

function newRequestRoutes(app: App): void {
  formRoute(app, identityRequestPaths.newRequest.route, {
    may: may('identity request.make', PersonPath),
    load: async (request) => ({ ...(await readRequestablePerson(request, request.params.id)), id: newId<'opening'>() }),
    form: IdentityRequestForm,
    check: ({ decidable }) => (decidable ? undefined : page.identityRequestErrors['no custodian']),
    // Where nobody could decide, the page says that alone and has no form.
    page: ({ met, ownerName, decidable }) =>
      decidable
        ? page.identityRequestFormPage(met, ownerName, false)
        : { ...page.identityRequestFormPage(met, ownerName, true), errors: page.identityRequestErrors['no custodian'] },
    saves: 'Request',
    event: 'name.requested',
    subject: ({ met }) => met.id,
    details: ({ id, ownerId }, { purpose }) => ({
      kind: 'collection',
      returned: [id],
      owner: ownerId,
      reason: purpose,
    }),
    change: async (tx, { id, met, ownerId }, { hours, ...said }, { actor, now }) => {
      const opening: IdentityRequest = {
        id,
        encounterId: met.id,
        operationId: met.operationId,
        ownerId,
        askedBy: actor.memberId as MemberId,
        agencyId: actor.agencyId as AgencyId,
        ...said,
        askedAt: now,
        until: requestEnd(now, hours),
      };
      const added = await store.addIdentityRequest(tx, opening);
      if (!added.ok) return added;
      await notify(tx, [
        {
          kind: 'opening asked',
          subject: id,
          ownerId,
          madeAt: now,
          to: { agency: ownerId, roles: ['custodian'] },
        },
      ]);
      return added;
    },
    refusals: page.identityRequestErrors,
    next: (_, { id }) => identityRequestPaths.request(id),
  });
}

/** What the forms of a custodian about one request have in common. */
const byCustodian = {
  load: (request: Request & { readonly params: { readonly id: string } }) =>
    store.getIdentityRequest(request.db, request.params.id),
  subject: ({ encounterId }: store.IdentityRequestDetails) => encounterId,
  next: (_: unknown, { id }: store.IdentityRequestDetails) => identityRequestPaths.request(id),
};

function decisionRoutes(app: App): void {
  formRoute(app, identityRequestPaths.decision.route, {
    ...byCustodian,
    may: may('identity request.decide', IdPath),
    form: DecideForm,
    page: (opening, typed, _errors, { actor, now }) =>
      closeWhereRefused(
        page.decisionFormPage(opening),
        typed,
        mayDecide(opening, actor, opening.decision, now),
        page.decisionErrors,
      ),
    saves: 'Decision',
    event: (_, { decision }) => (isGranted(decision) ? 'name.disclosed' : 'name.request refused'),
    details: ({ id, askedBy, ownerId, purpose }, { decision }) => ({
      returned: [id],
      owner: ownerId,
      reason: purpose,
      ...(isGranted(decision) ? { kind: 'disclosure', fields: ['name'], recipient: askedBy } : { kind: 'collection' }),
    }),
    change: async (tx, opening, { decision, reasons }, { actor, now }) => {
      const { id, ownerId, askedBy } = opening;
      const { decision: before } = await store.getIdentityRequest(tx, id);
      const allowed = mayDecide(opening, actor, before, now);
      if (!allowed.ok) return allowed;
      const decided = {
        id,
        granted: isGranted(decision),
        reasons,
        decidedBy: actor.memberId as MemberId,
        decidedAt: now,
      };
      if (!(await store.addDecision(tx, decided)).ok) return refuse('decided already');
      await notify(tx, [{ kind: 'opening decided', subject: id, ownerId, madeAt: now, to: { member: askedBy } }]);
      return accept(true);
    },
    refusals: page.decisionErrors,
  });
}

const isGranted = (decision: (typeof decisions)[number]): boolean => decision === 'open the name';

function earlyEndRoutes(app: App): void {
  formRoute(app, identityRequestPaths.end.route, {
    ...byCustodian,
    may: may('identity request.end', IdPath),
    form: EndForm,
    page: (opening, typed, _errors, { actor, now }) =>
      closeWhereRefused(page.earlyEndPage(opening), typed, mayEnd(opening, actor, opening, now), page.endErrors),
    event: 'name.disclosure ended',
    details: ({ id, askedBy, ownerId, purpose }) => ({
      fields: ['name'],
      returned: [id],
      recipient: askedBy,
      owner: ownerId,
      reason: purpose,
    }),
    change: async (tx, opening, said, { actor, now }) => {
      const { id, ownerId, askedBy } = opening;
      const allowed = mayEnd(opening, actor, await store.getIdentityRequest(tx, id), now);
      if (!allowed.ok) return allowed;
      const end: IdentityRequestEnd = { id, ...said, endedBy: actor.memberId as MemberId, endedAt: now };
      if (!(await store.addEarlyEnd(tx, end)).ok) return refuse('not open');
      await notify(tx, [{ kind: 'opening ended', subject: id, ownerId, madeAt: now, to: { member: askedBy } }]);
      return accept(true);
    },
    refusals: page.endErrors,
  });
}

/** It stays here until it is decided, or its time is over. */
export const identityRequestHomeItems: HomeItems = {
  action: 'identity request.decide',
  waiting: async (db, request) =>
    (await store.listIdentityRequests(db, { undecided: true }))
      .filter((opening) => mayDecide(opening, request.actor, undefined, request.now).ok)
      .map(({ id, askerName, agencyName, purpose, until }) => ({
        what: 'Decide an identity request',
        detail: `${askerName} asks for a name in order ${wordsOf(purpose)}.`,
        for: agencyName,
        due: until,
        status: 'to do',
        urgency: 'pressing',
        href: identityRequestPaths.request(id),
        count: 1,
      })),
};
