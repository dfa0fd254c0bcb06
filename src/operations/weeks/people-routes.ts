/** Who may say who takes part: partners, people, teams. */

import { z } from 'zod';
import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import { foreignKeyViolation, refuseOn } from '../../platform/database/violations.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, listChanges, staleForm } from '../../platform/forms/stale-form.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { newId, type OperationId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { DutyForm, NewPartnerForm, PartnerForm, PeopleForm, readResources } from './forms.ts';
import {
  checkOwnUnit,
  checkPartnerCanLeave,
  isLedBy,
  isPrintedNameTaken,
  type OperationInWeek,
  type Participant,
  type Partner,
} from './operation.ts';
import * as store from './partner-store.ts';
import {
  addParticipantsPage,
  participantEndPage,
  participantPage,
  partnerEndPage,
  partnerErrors,
  partnerFields,
  partnerFormPage,
  peoplePage,
} from './people-pages.ts';
import { changedFields, getOwnOperation, IdPath } from './routes.ts';
import { getOperation, lockOperation } from './store.ts';
import { teamRoutes } from './team-routes.ts';

const PartnerPath = z.object({ id: z.uuid(), partner: z.uuid() });
const PersonPath = z.object({ id: z.uuid(), person: z.uuid() });

async function peopleRoutes(app: App): Promise<void> {
  app.get('/operations/:id/people', may('operation.read', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const partners = await store.listPartners(request.db, [operation.id]);
    const people = await store.listParticipants(request.db, [operation.id]);
    const change = request.can('taking part.change') && isLedBy(operation, request.actor.agencyId);
    return reply.page('platform/page', peoplePage(operation, partners, people, { change }));
  });

  app.get('/operations/:id/people/:person', may('taking part.change', PersonPath), async (request, reply) => {
    const { operation, person } = await getParticipant(request, request.params);
    return reply.page('platform/form', participantPage(operation, person));
  });

  app.post('/operations/:id/people/:person', may('taking part.change', PersonPath), async (request, reply) => {
    const { operation, person } = await getParticipant(request, request.params);
    const form = readForm(DutyForm, request.body);
    if (!form.ok)
      return reply.page('platform/form', participantPage(operation, person, answersOf(request.body), form.errors));
    await request.change(
      'participant.changed',
      person.memberId,
      async (tx) => {
        if (!(await store.saveDuty(tx, operation.id, person.memberId, form.values.duty))) throw notFound('participant');
        return accept(true);
      },
      { fields: ['duty'] },
    );
    return reply.redirect(`/staff/operations/${operation.id}/people`, 303);
  });

  app.get('/operations/:id/people/:person/end', may('taking part.change', PersonPath), async (request, reply) => {
    const { operation, person } = await getParticipant(request, request.params);
    return reply.page('platform/form', participantEndPage(operation, person));
  });

  app.post('/operations/:id/people/:person/end', may('taking part.change', PersonPath), async (request, reply) => {
    const { operation, person } = await getParticipant(request, request.params);
    await request.change(
      'participant.ended',
      person.memberId,
      async (tx) => {
        if (!(await store.endParticipation(tx, operation.id, person.memberId, request.now)))
          throw notFound('participant');
        return accept(true);
      },
      { kind: 'erasure' },
    );
    return reply.redirect(`/staff/operations/${operation.id}/people`, 303);
  });
}

async function getParticipant(
  request: Request,
  path: { readonly id: string; readonly person: string },
): Promise<{ operation: OperationInWeek; person: Participant }> {
  const operation = await getOwnOperation(request, path.id);
  const people = await store.listParticipants(request.db, [operation.id]);
  const person = people.find(({ memberId }) => memberId === path.person);
  if (!person) throw notFound('participant');
  return { operation, person };
}

async function partnerRoutes(app: App): Promise<void> {
  app.get('/operations/:id/partners/new', may('taking part.change', IdPath), async (request, reply) => {
    const operation = await getOwnOperation(request, request.params.id);
    const agencies = (await listAgencies(request.db)).filter(({ endedAt }) => !endedAt);
    return reply.page('platform/form', partnerFormPage(operation, { agencies }));
  });

  app.post('/operations/:id/partners/new', may('taking part.change', IdPath), async (request, reply) => {
    const operation = await getOwnOperation(request, request.params.id);
    const agencies = (await listAgencies(request.db)).filter(({ endedAt }) => !endedAt);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', partnerFormPage(operation, { agencies }, answersOf(request.body), errors));
    const form = readForm(NewPartnerForm, request.body);
    if (!form.ok) return again(form.errors);
    const { agencyId, printedName, officialName, ...counts } = form.values;
    const agency = agencies.find(({ id }) => id === agencyId);
    if (!agency) return again({ agencyId: 'Select an agency that is there' });
    const partner: Partner = {
      id: newId(),
      operationId: operation.id,
      agencyId,
      kind: agency.kind,
      ownUnit: isLedBy(operation, agencyId),
      leads: false,
      printedName,
      officialName,
      brings: readResources(counts),
    };
    const added = await request.change(
      'partner.added',
      partner.id,
      async (tx) => {
        await lockOperation(tx, operation.id);
        if (isPrintedNameTaken(partner, await store.listPartners(tx, [operation.id]))) return refuse('printed already');
        const allowed = checkOwnUnit(operation, partner);
        if (allowed.ok) await store.addPartner(tx, partner, { by: request.actor.memberId, at: request.now });
        return allowed;
      },
      { kind: 'collection', recipient: agencyId, fields: Object.keys(partner) },
    );
    if (!added.ok) return again(partnerErrors[added.refusal]);
    return reply.redirect(`/staff/operations/${operation.id}/people`, 303);
  });

  app.get('/operations/:id/partners/:partner/edit', may('taking part.change', PartnerPath), async (request, reply) => {
    const { operation, partner } = await getOperationPartner(request, request.params);
    return reply.page('platform/form', partnerFormPage(operation, { partner }));
  });

  app.post('/operations/:id/partners/:partner/edit', may('taking part.change', PartnerPath), async (request, reply) => {
    const { body } = request;
    const { operation, partner: read } = await getOperationPartner(request, request.params);
    let partner = read;
    const form = readForm(PartnerForm, body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', {
        ...partnerFormPage(operation, { partner }, answersAfterStale(body, partner, partnerFields, errors), errors),
        ...(errors === staleForm && { meanwhile: listChanges(body, partner, partnerFields) }),
      });
    if (!form.ok) return again(form.errors);
    const { printedName, officialName, ...counts } = form.values;
    const changed = { ...partner, printedName, officialName, brings: readResources(counts) };
    const saved = await request.change(
      'partner.changed',
      partner.id,
      async (tx) => {
        await lockOperation(tx, operation.id);
        const partners = await store.listPartners(tx, [operation.id]);
        const now = partners.find(({ id }) => id === partner.id);
        if (!now) throw notFound('partner');
        partner = now;
        if (isStale(body, now, partnerFields)) return refuse('stale');
        if (isPrintedNameTaken(changed, partners)) return refuse('printed already');
        if (!(await store.savePartner(tx, changed))) throw notFound('partner');
        return accept(true);
      },
      { fields: changedFields(partner, changed) },
    );
    if (!saved.ok) return again(saved.refusal === 'stale' ? staleForm : partnerErrors[saved.refusal]);
    return reply.redirect(`/staff/operations/${operation.id}/people`, 303);
  });

  app.get('/operations/:id/partners/:partner/end', may('taking part.change', PartnerPath), async (request, reply) => {
    const { operation, partner } = await getOperationPartner(request, request.params);
    return reply.page('platform/form', partnerEndPage(operation, partner));
  });

  app.post('/operations/:id/partners/:partner/end', may('taking part.change', PartnerPath), async (request, reply) => {
    const { operation, partner } = await getOperationPartner(request, request.params);
    const ended = await request.change(
      'partner.ended',
      partner.id,
      async (tx) => {
        const allowed = checkPartnerCanLeave(partner, await store.listParticipants(tx, [operation.id]));
        return allowed.ok
          ? refuseOn({ [foreignKeyViolation]: 'holds a power' } as const, () =>
              store.removePartner(tx, partner, request.now),
            )
          : allowed;
      },
      { kind: 'erasure', recipient: partner.agencyId },
    );
    if (!ended.ok) return reply.page('platform/form', partnerEndPage(operation, partner, partnerErrors[ended.refusal]));
    return reply.redirect(`/staff/operations/${operation.id}/people`, 303);
  });

  app.get(
    '/operations/:id/partners/:partner/people',
    may('taking part.change', PartnerPath),
    async (request, reply) => {
      const { operation, partner } = await getOperationPartner(request, request.params);
      return reply.page(
        'platform/form',
        addParticipantsPage(operation, partner, await listNonParticipants(request, operation, partner)),
      );
    },
  );

  app.post(
    '/operations/:id/partners/:partner/people',
    may('taking part.change', PartnerPath),
    async (request, reply) => {
      const { operation, partner } = await getOperationPartner(request, request.params);
      const colleagues = await listNonParticipants(request, operation, partner);
      const again = (errors: FormErrors) =>
        reply.page(
          'platform/form',
          addParticipantsPage(operation, partner, colleagues, answersOf(request.body), errors),
        );
      const form = readForm(PeopleForm, request.body);
      if (!form.ok) return again(form.errors);
      const { people, duty } = form.values;
      if (!people.every((person) => colleagues.some(({ id }) => id === person)))
        return again({ people: 'Somebody you ticked takes part already. Look at the list again.' });
      await request.change(
        'participants.let in',
        operation.id,
        async (tx) => {
          await lockOperation(tx, operation.id);
          const inside = new Set((await store.listParticipants(tx, [operation.id])).map(({ memberId }) => memberId));
          const given = { by: request.actor.memberId, at: request.now };
          for (const memberId of people.filter((person) => !inside.has(person))) {
            const participant = { operationId: operation.id as OperationId, memberId, partnerId: partner.id, duty };
            await store.addParticipant(tx, participant, given);
          }
          return accept(true);
        },
        { kind: 'collection', recipient: partner.agencyId, returned: people },
      );
      return reply.redirect(`/staff/operations/${operation.id}/people`, 303);
    },
  );
}

async function getOperationPartner(
  request: Request,
  path: { readonly id: string; readonly partner: string },
): Promise<{ operation: OperationInWeek; partner: Partner }> {
  const operation = await getOwnOperation(request, path.id);
  const partner = await store.getPartner(request.db, path.partner);
  if (partner.operationId !== operation.id) throw notFound('partner');
  return { operation, partner };
}

/** Who works for the partner's agency and takes no part yet. */
async function listNonParticipants(request: Request, operation: OperationInWeek, partner: Partner) {
  const inside = new Set((await store.listParticipants(request.db, [operation.id])).map(({ memberId }) => memberId));
  const colleagues = await listMembers(request.db, { agencyIds: [partner.agencyId] });
  return colleagues.filter(({ id }) => !inside.has(id));
}

export async function participationRoutes(app: App): Promise<void> {
  await peopleRoutes(app);
  await partnerRoutes(app);
  await teamRoutes(app);
}
