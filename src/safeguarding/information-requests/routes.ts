/** Routes of the enforcement side: make a victim information request and see its answer. */

import { listAgencies } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { notify } from '../../platform/notifications/index.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import {
  informationDecisionPaths,
  informationRequestPaths,
} from '../../vocabulary/paths/safeguarding/information-requests.ts';
import { isPolice } from '../../vocabulary/people.ts';
import { accept } from '../../vocabulary/result.ts';
import { decisionRoutes } from './decision-routes.ts';
import { type Asked, askForm, RequestPath } from './forms.ts';
import { editionOn } from './law.ts';
import { askPage, askRefusals, requestPage, requestsPage } from './pages.ts';
import { auditRequestRead } from './reads.ts';
import { dueOf, type InformationRequest, mayAsk } from './request.ts';
import * as store from './store.ts';

export const requestFields = ['who', 'reference', 'kinds', 'tests', 'handling', 'notice', 'noticeWhy', 'words'];

export async function informationRequestRoutes(app: App, parts: AreaParts): Promise<void> {
  await requestListRoutes(app, parts.keys);
  await newRequestRoutes(app, parts.keys);
  await decisionRoutes(app, parts);
}

const readAgencies = (request: Request) => request.under('agency.read', listAgencies);
const namesOf = (agencies: Awaited<ReturnType<typeof readAgencies>>) =>
  new Map(agencies.map(({ id, name }) => [id as string, name]));

const isPoliceAgency = (agencies: Awaited<ReturnType<typeof readAgencies>>, id: string): boolean =>
  isPolice(agencies.find((one) => one.id === id)?.kind);

async function requestListRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(informationRequestPaths.requests.route, may('information request.read'), async (request, reply) => {
    const all = await store.listRequests(
      auditRequestRead(request, 'information requests.listed', null, requestFields),
      keys,
    );
    request.returned(all.map(({ request: { id } }) => id));
    const agencies = await readAgencies(request);
    const asks = request.can('information request.ask') && isPoliceAgency(agencies, request.actor.agencyId);
    return reply.sections(requestsPage(all, namesOf(agencies), { now: request.now, asks }));
  });

  const reading = may('information request.read', RequestPath);
  app.get(informationRequestPaths.request.route, reading, async (request, reply) => {
    const { id } = request.params;
    const db = auditRequestRead(request, 'information request.shown', id, requestFields);
    const asked = await store.getRequest(db, keys, id);
    const agencies = namesOf(await readAgencies(request));
    const mine = asked.request.recipient === request.actor.agencyId && request.can('information decision.make');
    const decide = mine ? informationDecisionPaths.decide(id) : undefined;
    return reply.case(requestPage(asked, agencies, { now: request.now, decide }));
  });
}

/** Whom police can ask, under which rules, and whether the member’s agency may ask at all. */
async function readAskContext(request: Request) {
  const agencies = await readAgencies(request);
  return {
    id: newId<'information request'>(),
    recipients: agencies.filter(({ side, kind }) => side === 'help' && kind !== 'coordinator'),
    police: isPoliceAgency(agencies, request.actor.agencyId),
    edition: editionOn(request.today),
  };
}
type AskContext = Awaited<ReturnType<typeof readAskContext>>;

const noSuchReason: FormErrors = { exception: 'Select a reason of the list' };
/** What the form cannot say alone: the agency and the reasons are of the lists, and no test is open. */
function checkAsked({ recipients, edition }: AskContext, said: Asked): FormErrors | undefined {
  const { to, exception, notice } = said;
  if (!recipients.some(({ id }) => id === to)) return { to: 'Select an agency of the list' };
  if (exception && !edition.noticeExceptions.includes(exception)) return noSuchReason;
  if (notice !== 'given' && !exception) return noSuchReason;
  return undefined;
}

async function newRequestRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, informationRequestPaths.add.route, {
    may: may('information request.ask'),
    load: readAskContext,
    form: ({ police, edition }) => askForm(edition, police),
    check: (context, said) => checkAsked(context, said),
    page: ({ recipients, police, edition }) => ({
      ...askPage(edition, recipients),
      ...(!police && { closed: true, errors: askRefusals['not police'] }),
    }),
    event: 'information request.asked',
    subject: ({ id }) => id,
    details: (_, { to }) => ({ kind: 'collection', fields: requestFields, owner: to, recipient: to }),
    change: async (tx, { id, edition }, { to, exception, noticeWhy, ...said }, { actor, now }) => {
      const asked: InformationRequest = {
        ...said,
        id,
        agencyId: actor.agencyId as AgencyId,
        askedBy: actor.memberId as MemberId,
        recipient: to as AgencyId,
        law: edition.name,
        noticeWhy: [exception, noticeWhy].filter(Boolean).join('. ') || null,
        askedAt: now,
        dueAt: dueOf(now),
      };
      const stands = mayAsk(asked, Object.keys(said.tests));
      if (!stands.ok) return stands;
      await store.addRequest(tx, keys, asked);
      await notify(tx, [noticeOfRequest(asked)]);
      return accept(true);
    },
    refusals: askRefusals,
    next: (_, { id }) => informationRequestPaths.request(id),
  });
}

const noticeOfRequest = ({ id, recipient, askedAt }: InformationRequest) =>
  ({
    kind: 'information request',
    subject: id,
    ownerId: recipient,
    madeAt: askedAt,
    to: { agency: recipient, roles: ['safeguarding lead', 'data-protection lead'] },
  }) as const;

/** For leads of support agencies until the deadline. It reads the safeguarding database; if that log cannot be reached, only this part of the home page is left out. */
export const informationRequestHomeItems: HomeItems = {
  action: 'information request.read',
  apart: async (request) => {
    if (!request.can('information decision.make')) return [];
    await request.under('information decision.make', async (_db, look) =>
      auditRequestRead(request, 'information requests.waiting counted', null, ['dueAt'], look),
    );
    const { count, dueAt } = await request.under('information request.read', (db) =>
      store.countWaiting(db, request.actor.agencyId, request.now),
    );
    return listDue([
      {
        what: countedTask(count, 'Decide a police request for information', 'Decide # police requests for information'),
        due: dueAt,
        status: 'to do',
        href: informationDecisionPaths.requests(),
        count,
      },
    ]);
  },
};
