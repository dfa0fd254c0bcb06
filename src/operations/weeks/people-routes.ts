/** Who may say who takes part: partners and their people. */

import { z } from 'zod';
import { type Agency, listAgencies, listMembers } from '../../identity/agencies/index.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { foreignKeyViolation, refuseOn } from '../../platform/database/violations.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, staleForm, withChanges } from '../../platform/forms/stale-form.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readLeftOut } from '../copied-plan/left-out.ts';
import { notifyInvited } from '../invitations/notify-invited.ts';
import { listInvitations, listUnreachableAgencies } from '../invitations/store.ts';
import { fillIn, listPeopleToAdd, type PartnerDefault, toDefault } from '../partner-defaults/partner-default.ts';
import { listPartnerDefaults, savePartnerDefault } from '../partner-defaults/store.ts';
import { addParticipantsRoute } from './add-people-routes.ts';
import { ChangedPartnerForm, DutyForm, NewPartnerForm, PeopleForm, readResources } from './forms.ts';
import {
  checkOwnUnit,
  checkPartnerCanLeave,
  isLedBy,
  isPrintedNameTaken,
  type OperationInWeek,
  type Participant,
  type Partner,
} from './operation.ts';
import { listOperationTabs } from './operation-tabs.ts';
import * as store from './partner-store.ts';
import * as page from './people-pages.ts';
import { changedFields, getOwnOperation } from './routes.ts';
import { getOperation, lockOperation } from './store.ts';
import { teamRoutes } from './team-routes.ts';

const PartnerPath = z.object({ id: z.uuid(), partner: z.uuid() });
const PersonPath = z.object({ id: z.uuid(), person: z.uuid() });

/** After each of these forms: the list of who takes part. */
const backToPeople = (_: unknown, { operation }: { readonly operation: OperationInWeek }): string =>
  operationPaths.people(operation.id);

async function peopleRoutes(app: App): Promise<void> {
  app.get(operationPaths.people.route, may('operation.read', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const partners = await store.listPartners(request.db, [operation.id]);
    const people = await store.listParticipants(request.db, [operation.id]);
    const teams = await store.listTeams(request.db, [operation.id]);
    const members = await store.listMembersOfTeams(request.db, [operation.id]);
    const invitations = await listInvitations(request.db, [operation.id]);
    const change = request.can('taking part.change') && isLedBy(operation, request.actor.agencyId);
    const leftOut = change ? await readLeftOut(request, operation, people) : [];
    const asked = change ? invitations.filter(({ answer }) => answer === null) : [];
    const unreachable = await listUnreachableAgencies(
      request.db,
      asked.map(({ agencyId }) => agencyId),
    );
    const named = partners.filter(
      ({ id, agencyId }) => asked.some((one) => one.id === id) && unreachable.has(agencyId),
    );
    return reply.case({
      ...page.peoplePage(
        {
          operation,
          partners,
          invitations,
          people,
          teams,
          members,
          leftOut,
          unreachable: named.map(({ printedName }) => printedName),
        },
        { change },
      ),
      ...listOperationTabs(request, operation, 'people'),
    });
  });

  const ofPerson = {
    may: may('taking part.change', PersonPath),
    load: getParticipant,
    subject: ({ person }: { readonly person: Participant }) => person.memberId,
    refusals: {},
    next: backToPeople,
  };

  formRoute(app, operationPaths.person.route, {
    ...ofPerson,
    form: DutyForm,
    page: ({ operation, person }) => page.participantPage(operation, person),
    saves: 'Duty',
    event: 'participant.changed',
    details: () => ({ fields: ['duty'] }),
    change: async (tx, { operation, person }, { duty }) => {
      if (!(await store.saveDuty(tx, operation.id, person.memberId, duty))) throw notFound('participant');
      return accept(true);
    },
  });

  formRoute(app, operationPaths.endPerson.route, {
    ...ofPerson,
    form: NothingAsked,
    page: ({ operation, person }) => page.participantEndPage(operation, person),
    event: 'participant.ended',
    details: () => ({ kind: 'erasure' }),
    change: async (tx, { operation, person }, _, { now }) => {
      if (!(await store.endParticipation(tx, operation.id, person.memberId, now))) throw notFound('participant');
      return accept(true);
    },
  });
}

async function getParticipant(
  request: Request & { readonly params: z.output<typeof PersonPath> },
): Promise<{ operation: OperationInWeek; person: Participant }> {
  const operation = await getOwnOperation(request, request.params.id);
  const people = await store.listParticipants(request.db, [operation.id]);
  const person = people.find(({ memberId }) => memberId === request.params.person);
  if (!person) throw notFound('participant');
  return { operation, person };
}

type NewPartner = Pick<Partner, 'id'> & {
  readonly operation: OperationInWeek;
  readonly agencies: readonly Agency[];
  readonly defaults: readonly PartnerDefault[];
  readonly unreachable: ReadonlySet<string>;
};
type NewPartnerValues = z.output<typeof NewPartnerForm>;

/** The default of the partner that was selected, unless it was unticked. */
const findDefault = ({ defaults }: NewPartner, values: NewPartnerValues): PartnerDefault | undefined =>
  values.defaults ? defaults.find(({ partnerAgencyId }) => partnerAgencyId === values.agencyId) : undefined;

function toPartner(known: NewPartner, values: NewPartnerValues): Partner {
  const { id, operation, agencies } = known;
  const { agencyId, another: _next, defaults: _ticked, printedName: print, officialName: full, ...counts } = values;
  const typed = { printedName: print, officialName: full, resources: readResources(counts) };
  const { printedName, officialName, resources } = fillIn(typed, findDefault(known, values));
  const agency = agencies.find((one) => one.id === agencyId);
  if (!agency) throw notFound('agency');
  const ownUnit = isLedBy(operation, agencyId);
  const official = agency.officialName || agency.name;
  return {
    id,
    operationId: operation.id,
    agencyId,
    kind: agency.kind,
    ownUnit,
    leads: false,
    printedName: printedName ?? agency.name,
    officialName: officialName ?? (ownUnit && printedName ? `${printedName}, ${official}` : official),
    resources,
  };
}

/** Another unit of the leading agency has a name of its own: the agency's would not tell it apart. */
function findWrongPartner(known: NewPartner, values: NewPartnerValues) {
  const { agencies, operation } = known;
  if (!agencies.some(({ id }) => id === values.agencyId)) return { agencyId: 'Select an agency that is there' };
  return isLedBy(operation, values.agencyId) && values.printedName === null && !findDefault(known, values)
    ? { printedName: 'Enter the name of the unit' }
    : undefined;
}

function addPartnerRoute(app: App, { mode }: Pick<AreaParts, 'mode'>): void {
  formRoute(app, operationPaths.addPartner.route, {
    may: may('taking part.change', IdPath),
    load: async (request) => {
      const operation = await getOwnOperation(request, request.params.id);
      const agencies = (await listAgencies(request.db)).filter(({ endedAt }) => !endedAt);
      const defaults = await listPartnerDefaults(request.db, request.actor.agencyId);
      const others = agencies.filter(({ id }) => !isLedBy(operation, id));
      const unreachable = await listUnreachableAgencies(
        request.db,
        others.map(({ id }) => id),
      );
      return { id: newId<'partner'>(), operation, agencies, defaults, unreachable };
    },
    form: NewPartnerForm,
    check: findWrongPartner,
    page: ({ operation, agencies, defaults, unreachable }) =>
      page.partnerFormPage(operation, {
        ...{ agencies, defaults },
        unreachable: agencies.filter(({ id }) => unreachable.has(id)).map(({ name }) => name),
      }),
    saves: 'Partner',
    event: 'partner.added',
    subject: ({ id }) => id,
    details: (known, values) => ({
      kind: 'collection',
      recipient: values.agencyId,
      fields: Object.keys(toPartner(known, values)),
      returned: (findDefault(known, values)?.people ?? []).map(({ memberId }) => memberId),
    }),
    change: async (tx, known, values, { actor, now }) => {
      const { operation } = known;
      const partner = toPartner(known, values);
      await lockOperation(tx, operation.id);
      if (isPrintedNameTaken(partner, await store.listPartners(tx, [operation.id]))) return refuse('printed already');
      const allowed = checkOwnUnit(operation, partner);
      if (!allowed.ok) return allowed;
      const given = { by: actor.memberId as MemberId, at: now };
      await store.addPartner(tx, partner, { ...given, joins: store.getJoining(partner, mode) });
      await notifyInvited(tx, [partner], operation, now);
      await addUsualPeople(tx, partner, findDefault(known, values), given);
      return allowed;
    },
    refusals: page.partnerErrors,
    next: (done, known, { another }) =>
      another ? operationPaths.addPartner(known.operation.id) : backToPeople(done, known),
  });
}

/** The people whom this partner usually sends take part from the beginning. */
async function addUsualPeople(
  tx: Writer<AnyTables>,
  { id: partnerId, operationId, agencyId }: Partner,
  usual: PartnerDefault | undefined,
  given: { readonly by: string; readonly at: Date },
): Promise<void> {
  if (!usual || usual.people.length === 0) return;
  const inside = new Set((await store.listParticipants(tx, [operationId])).map(({ memberId }) => memberId));
  const people = listPeopleToAdd(usual, await listMembers(tx, { agencyIds: [agencyId] }), inside);
  await store.addParticipants(
    tx,
    people.map((person) => ({ ...person, operationId, partnerId })),
    given,
  );
}

function changePartnerRoute(app: App): void {
  const change = (partner: Partner, values: z.output<typeof ChangedPartnerForm>): Partner => {
    const { printedName, officialName, usual: _kept, ...counts } = values;
    return { ...partner, printedName, officialName, resources: readResources(counts) };
  };

  formRoute(app, operationPaths.changePartner.route, {
    may: may('taking part.change', PartnerPath),
    load: getOperationPartner,
    form: ChangedPartnerForm,
    page: ({ operation, partner }, _, errors, { body }) =>
      withChanges(page.partnerFormPage(operation, { partner }), errors, body, partner, page.partnerFields),
    retype: (body, { partner }, errors) => answersAfterStale(body, partner, page.partnerFields, errors),
    saves: 'Partner',
    event: 'partner.changed',
    subject: ({ partner }) => partner.id,
    details: ({ partner }, values) => ({
      fields: changedFields(partner, change(partner, values)),
      ...(values.usual && { also: [{ event: 'partner default.changed', fields: Object.keys(page.partnerFields) }] }),
    }),
    change: async (tx, known, values, { body, actor }) => {
      const changed = change(known.partner, values);
      await lockOperation(tx, known.operation.id);
      const partners = await store.listPartners(tx, [known.operation.id]);
      const now = partners.find(({ id }) => id === known.partner.id);
      if (!now) throw notFound('partner');
      known.partner = now;
      if (isStale(body, now, page.partnerFields)) return refuse('stale');
      if (isPrintedNameTaken(changed, partners)) return refuse('printed already');
      if (!(await store.savePartner(tx, changed))) throw notFound('partner');
      if (values.usual) await keepAsDefault(tx, changed, actor.agencyId as Partner['agencyId']);
      return accept(true);
    },
    refusals: { ...page.partnerErrors, stale: staleForm },
    next: backToPeople,
  });
}

/** The partner with its people and their duties is what is filled in the next time. */
async function keepAsDefault(tx: Writer<AnyTables>, partner: Partner, agencyId: Partner['agencyId']): Promise<void> {
  const people = (await store.listParticipants(tx, [partner.operationId]))
    .filter(({ partnerId }) => partnerId === partner.id)
    .map(({ memberId, duty }) => ({ memberId, duty }));
  await savePartnerDefault(tx, toDefault(partner, people, { id: newId<'partner default'>(), agencyId }));
}

function endPartnerRoute(app: App): void {
  formRoute(app, operationPaths.endPartner.route, {
    may: may('taking part.change', PartnerPath),
    load: getOperationPartner,
    form: NothingAsked,
    page: ({ operation, partner }) => page.partnerEndPage(operation, partner),
    event: 'partner.ended',
    subject: ({ partner }) => partner.id,
    details: ({ partner }) => ({ kind: 'erasure', recipient: partner.agencyId }),
    change: async (tx, { operation, partner }, _, { now }) => {
      const allowed = checkPartnerCanLeave(partner, await store.listParticipants(tx, [operation.id]));
      return allowed.ok
        ? refuseOn({ [foreignKeyViolation]: 'holds a power' } as const, () => store.removePartner(tx, partner, now))
        : allowed;
    },
    refusals: page.partnerErrors,
    next: backToPeople,
  });
}

/** Lets people of a partner into the operation. */
function addPeopleRoute(app: App): void {
  formRoute(app, operationPaths.addPeople.route, {
    may: may('taking part.change', PartnerPath),
    load: async (request) => {
      const { operation, partner } = await getOperationPartner(request);
      return { operation, partner, colleagues: await listNonParticipants(request, operation, partner) };
    },
    form: PeopleForm,
    check: ({ colleagues }, { people }) =>
      people.every((person) => colleagues.some(({ id }) => id === person))
        ? undefined
        : { people: 'Somebody you ticked takes part already. Look at the list again.' },
    page: ({ operation, partner, colleagues }) => page.addParticipantsPage(operation, partner, colleagues),
    saves: 'People',
    event: 'participants.let in',
    subject: ({ operation }) => operation.id,
    details: ({ partner }, { people }) => ({ kind: 'collection', recipient: partner.agencyId, returned: people }),
    change: async (tx, { operation, partner }, { people, duty }, { actor, now }) => {
      await lockOperation(tx, operation.id);
      const inside = new Set((await store.listParticipants(tx, [operation.id])).map(({ memberId }) => memberId));
      const given = { by: actor.memberId, at: now };
      for (const memberId of people.filter((person) => !inside.has(person))) {
        const participant = { operationId: operation.id, memberId, partnerId: partner.id, duty };
        await store.addParticipant(tx, participant, given);
      }
      return accept(true);
    },
    refusals: {},
    next: backToPeople,
  });
}

async function getOperationPartner(
  request: Request & { readonly params: z.output<typeof PartnerPath> },
): Promise<{ operation: OperationInWeek; partner: Partner }> {
  const operation = await getOwnOperation(request, request.params.id);
  const partner = await store.getPartner(request.db, request.params.partner);
  if (partner.operationId !== operation.id) throw notFound('partner');
  return { operation, partner };
}

/** Who works for the partner's agency and takes no part yet. */
async function listNonParticipants(request: Request, operation: OperationInWeek, partner: Partner) {
  const inside = new Set((await store.listParticipants(request.db, [operation.id])).map(({ memberId }) => memberId));
  const colleagues = await listMembers(request.db, { agencyIds: [partner.agencyId] });
  return colleagues.filter(({ id }) => !inside.has(id));
}

export async function participationRoutes(app: App, parts: AreaParts): Promise<void> {
  await peopleRoutes(app);
  addPartnerRoute(app, parts);
  changePartnerRoute(app);
  endPartnerRoute(app);
  addPeopleRoute(app);
  addParticipantsRoute(app);
  await teamRoutes(app);
}
