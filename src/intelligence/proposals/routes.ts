/** Who may ask what of proposals: triage proposes and reads the decision and the result, planners of the agency decide. */
import { memberNames } from '../../identity/agencies/index.ts';
import { addPremises, listReadInFull } from '../../operations/plan/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import type { AgencyId, MemberId, PremisesId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { entityName } from '../entities/entity.ts';
import { loadMentions } from '../entities/mentions-store.ts';
import { getEntity, listCluster } from '../entities/store.ts';
import {
  AcceptForm,
  DeclineForm,
  ProposalPath,
  ProposeForm,
  ProposePath,
  proposalErrors,
  ResultForm,
} from './forms.ts';
import * as page from './pages.ts';
import type { ProposalId } from './proposal.ts';
import * as store from './store.ts';

const contentFields = ['address', 'postcode', 'text', 'powers', 'risks', 'conditions'];
const mostOperations = 50;

export async function proposalRoutes(app: App, { keys }: AreaParts): Promise<void> {
  proposeRoutes(app, keys);
  listRoutes(app, keys);
  proposalPageRoutes(app, keys);
  acceptRoutes(app, keys);
  declineRoutes(app, keys);
  resultRoutes(app, keys);
}

function proposeRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.propose.route, {
    may: may('intelligence proposal.make', ProposePath),
    load: async (request) => {
      const fields = ['kind', 'content', 'text', 'conditions', 'sourceEvaluation', 'assessment', 'handling'];
      const db = request.look('intelligence entity.shown', request.params.id, { fields });
      const entity = await getEntity(db, keys, request.params.id);
      const mentions = await loadMentions(db, keys, await listCluster(db, keys, entity.clusterId));
      request.returned(mentions.map(({ item }) => item.id));
      return { id: newId<'intelligence proposal'>(), entity, mentions };
    },
    form: ProposeForm,
    page: ({ entity, mentions }) => page.proposePage(entity, mentions),
    saves: 'Proposal',
    event: 'intelligence proposal.made',
    subject: ({ id }) => id,
    details: ({ entity }) => ({ kind: 'collection', fields: contentFields, returned: [entity.id] }),
    change: async (tx, { id, entity, mentions }, content, { actor, now }) => {
      const made = { id, entityId: entity.id, proposedBy: actor.memberId as MemberId, proposedAt: now };
      await store.addProposal(
        tx,
        keys,
        { ...made, agencyId: actor.agencyId as AgencyId },
        { ...content, title: entityName(entity.content), conditions: page.conditionsOf(mentions) },
      );
      return accept(true);
    },
    refusals: {},
    next: (_, { id }) => intelligencePaths.proposal(id),
  });
}

function listRoutes(app: App, keys: UnitKeys): void {
  const list = intelligencePaths.proposals;
  app.get(list.route, may('intelligence proposal.read', undefined, PageQuery), async (request, reply) => {
    const { page: number } = request.query;
    const db = request.look('intelligence proposals.listed', null, { fields: ['title', 'address', 'postcode'] });
    const { proposals, total } = await store.listProposals(db, keys, { page: number, size: pageSize });
    request.returned(proposals.map(({ id }) => id));
    const pages = paginate(number, pageSize, total, (to) => withQuery(list(), { page: to }));
    return reply.list(page.proposalListPage(proposals, pages));
  });
}

async function loadProposal(request: Request, keys: UnitKeys, id: ProposalId) {
  const db = request.look('intelligence proposal.shown', id, { fields: contentFields });
  return { db, proposal: await store.getProposal(db, keys, id) };
}

function proposalPageRoutes(app: App, keys: UnitKeys): void {
  app.get(intelligencePaths.proposal.route, may('intelligence proposal.read', ProposalPath), async (request, reply) => {
    const { db, proposal } = await loadProposal(request, keys, request.params.id);
    const { proposedBy, decidedBy, resultBy } = proposal;
    const names = await memberNames(
      db,
      [proposedBy, decidedBy, resultBy].filter((id) => id !== null),
    );
    const decides = request.can('intelligence proposal.decide');
    const readsIntelligence = request.can('intelligence entity.read');
    return reply.case(page.proposalPage({ proposal, names, decides, readsIntelligence }));
  });
}

/** Operations that the member takes part in: those whose plan they may add to. */
async function listOperations({ db, actor: { agencyId, operations } }: Request) {
  const readable = await listReadInFull(db, { agencyId, operations }, mostOperations);
  return readable.filter(({ id }) => operations.includes(id));
}

function acceptRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.acceptProposal.route, {
    may: may('intelligence proposal.decide', ProposalPath),
    load: async (request) => {
      const { proposal } = await loadProposal(request, keys, request.params.id);
      return { proposal, premisesId: newId<'premises'>(), operations: await listOperations(request) };
    },
    form: AcceptForm,
    page: ({ proposal, operations }) => page.acceptPage(proposal, operations),
    saves: 'Premises',
    event: 'intelligence proposal.accepted',
    subject: ({ proposal }) => proposal.id,
    details: ({ premisesId }, values) => ({
      fields: ['state', 'operationId', 'premisesId'],
      also: [{ event: 'premises.added', subject: premisesId, fields: Object.keys(values) }],
    }),
    change: async (tx, { proposal, premisesId, operations }, { operationId, ...place }, { actor, now }) => {
      if (!operations.some(({ id }) => id === operationId)) return refuse('not yours');
      const locked = await store.lockProposal(tx, proposal.id);
      if (!locked) return refuse('gone');
      if (locked.state !== 'proposed') return refuse('decided');
      await addPremises(tx, {
        ...{ id: premisesId as PremisesId, operationId, ...place, risks: proposal.risks, languages: [] },
        ...{ interpreter: null, referrerId: null, referrerOnCall: null, referrerContact: null, immigrationEntry: null },
      });
      const decided = { state: 'accepted' as const, decidedBy: actor.memberId as MemberId, decidedAt: now };
      return accept(await store.saveDecision(tx, proposal.id, { ...decided, operationId, premisesId }));
    },
    refusals: proposalErrors,
    next: (_, { proposal }) => intelligencePaths.proposal(proposal.id),
  });
}

function declineRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.declineProposal.route, {
    may: may('intelligence proposal.decide', ProposalPath),
    load: async (request) => (await loadProposal(request, keys, request.params.id)).proposal,
    form: DeclineForm,
    page: page.declinePage,
    saves: 'Decision',
    event: 'intelligence proposal.declined',
    subject: ({ id }) => id,
    details: () => ({ fields: ['state', 'reason'] }),
    change: async (tx, { id }, { reason }, { actor, now }) => {
      const locked = await store.lockProposal(tx, id);
      if (!locked) return refuse('gone');
      if (locked.state !== 'proposed') return refuse('decided');
      const decidedBy = actor.memberId as MemberId;
      return accept(await store.saveDecision(tx, id, { state: 'declined', decidedBy, decidedAt: now, reason }));
    },
    refusals: proposalErrors,
    next: (_, { id }) => intelligencePaths.proposal(id),
  });
}

function resultRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.proposalResult.route, {
    may: may('intelligence proposal.decide', ProposalPath),
    load: async (request) => (await loadProposal(request, keys, request.params.id)).proposal,
    form: ResultForm,
    page: page.resultPage,
    saves: 'Decision',
    event: 'intelligence proposal.result recorded',
    subject: ({ id }) => id,
    details: () => ({ fields: ['result'] }),
    change: async (tx, { id }, { result }, { actor, now }) => {
      const locked = await store.lockProposal(tx, id);
      if (!locked) return refuse('gone');
      if (locked.state !== 'accepted') return refuse('not accepted');
      return accept(await store.saveResult(tx, id, { result, resultBy: actor.memberId as MemberId, resultAt: now }));
    },
    refusals: proposalErrors,
    next: (_, { id }) => intelligencePaths.proposal(id),
  });
}
