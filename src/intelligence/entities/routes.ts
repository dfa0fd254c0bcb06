/** Who may ask what of the things that intelligence names, and of links between them: triage of the agency that recorded it. */
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { backTo } from '../../platform/rendering/pages.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { inForce, pairOf } from '../../vocabulary/judgements.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { refuse } from '../../vocabulary/result.ts';
import { findSubject } from '../deconfliction/store.ts';
import { getItem } from '../items/store.ts';
import { compareEntities } from '../links/comparison.ts';
import { listContradictions } from '../links/contradictions.ts';
import { termsToFind } from '../links/keyed-terms.ts';
import { addEntity, decideLink, removeEntity, undoDecision } from '../links/linking.ts';
import * as links from '../links/links-store.ts';
import { mostSharing } from '../links/possible-links.ts';
import { proposalsSection } from '../proposals/pages.ts';
import { listProposalsOf } from '../proposals/store.ts';
import { type EntityId, type EntityKind, entityKinds } from './entity.ts';
import { addEntityPage, decisionPage, removeEntityPage } from './form-pages.ts';
import { AddPath, DecisionForm, DecisionPath, decisionErrors, EntityForm, EntityPath, LinkPath } from './forms.ts';
import { findUnnamed } from './found-in-text.ts';
import { loadMentions } from './mentions-store.ts';
import * as page from './pages.ts';
import * as store from './store.ts';
import { nameWithMore, verdictWords } from './words.ts';

const entityFields = ['kind', 'content'];
const shownFields = [
  ...entityFields,
  'text',
  'conditions',
  'sourceEvaluation',
  'assessment',
  'handling',
  'happenedFrom',
];
/** Of one entity: the page stays readable, and those that wait longer come with the list of all. */
const mostShown = 50;

export async function entityRoutes(app: App, { keys }: AreaParts): Promise<void> {
  for (const kind of entityKinds) addRoute(app, keys, kind);
  possibleLinksRoutes(app, keys);
  entityPageRoutes(app, keys);
  removalRoutes(app, keys);
  decisionRoutes(app, keys);
  undoRoutes(app, keys);
}

type Audited = AuditedReader<AnyTables>;

function addRoute(app: App, keys: UnitKeys, kind: EntityKind): void {
  const path = intelligencePaths.addEntity[kind];
  formRoute(app, path.route, {
    may: may('intelligence entity.add', AddPath),
    load: async (request) => {
      const { id: itemId } = request.params;
      const db = request.look('intelligence.shown', itemId, { fields: ['text', ...entityFields] });
      const item = await getItem(db, keys, itemId);
      return {
        id: newId<'intelligence entity'>(),
        item,
        named: await store.listEntitiesOfItem(db, keys, itemId),
      };
    },
    form: EntityForm(kind),
    page: ({ item, named }) => {
      const known = findUnnamed(
        item.text,
        kind,
        named.map(({ content }) => content),
      );
      return addEntityPage(item, kind, named, known);
    },
    saves: 'Entry',
    event: 'intelligence entity.added',
    subject: ({ id }) => id,
    details: ({ item }) => ({ kind: 'collection', fields: entityFields, returned: [item.id] }),
    change: async (tx, { id, item }, { content }, { actor, now }) => {
      if (!(await store.lockItem(tx, item.id))) return refuse('gone');
      const added = { addedBy: actor.memberId as MemberId, addedAt: now };
      await addEntity(tx, keys, { id, itemId: item.id, kind, content, ...added }, actor.agencyId as AgencyId);
      return { ok: true, value: true };
    },
    refusals: { gone: { '': 'A colleague has disposed of this item. There is nothing left to add to.' } },
    next: (_, { item }, { another }) => (another ? path(item.id) : `${intelligencePaths.item(item.id)}#named`),
  });
}

/** Each pair with both sides open, and what speaks for and against. */
async function comparePairs(db: Audited, keys: UnitKeys, pairs: readonly links.Offer[]): Promise<page.ComparedPair[]> {
  const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];
  const open = new Map((await store.openEntities(db, keys, ids)).map((entity) => [entity.id as string, entity]));
  return pairs.flatMap(({ one, other }) => {
    const [first, second] = [open.get(one), open.get(other)];
    if (!first || !second) return [];
    const comparison = compareEntities(first.content, second.content);
    return [{ one, other, entities: [first, second] as const, comparison }];
  });
}

function possibleLinksRoutes(app: App, keys: UnitKeys): void {
  const route = intelligencePaths.possibleLinks;
  app.get(route.route, may('intelligence entity.read', undefined, PageQuery), async (request, reply) => {
    const { page: number } = request.query;
    const db = request.look('possible links.listed', null, { fields: entityFields });
    const { links: offers, total } = await links.listWaitingLinks(db, { page: number, size: pageSize });
    const pairs = await comparePairs(db, keys, offers);
    request.returned([...new Set(pairs.flatMap(({ one, other }) => [one, other]))]);
    const pages = paginate(number, pageSize, total, (to) => withQuery(route(), { page: to }));
    return reply.list(page.possibleLinksPage(pairs, total, pages));
  });
}

function entityPageRoutes(app: App, keys: UnitKeys): void {
  app.get(intelligencePaths.entity.route, may('intelligence entity.read', EntityPath), async (request, reply) => {
    const db = request.look('intelligence entity.shown', request.params.id, { fields: shownFields });
    const entity = await store.getEntity(db, keys, request.params.id);
    const cluster = await store.listCluster(db, keys, entity.clusterId);
    const ids = cluster.map(({ id }) => id);
    const mentions = await loadMentions(db, keys, cluster);
    const decisions = await links.listDecisionsWith(db, ids);
    const standing = new Map(inForce(decisions).map((said) => [`${said.one} ${said.other}`, said.verdict]));
    const offers = (await links.listUnjoinedWith(db, ids, mostShown)).filter(
      ({ one, other }) => standing.get(`${one} ${other}`) !== 'apart',
    );
    const possible = onceForEachOther(await comparePairs(db, keys, offers), entity.clusterId);
    const counts = await links.countHolders(db, termsToFind(keys, entity.content), mostSharing + 1);
    const others = await store.openEntities(db, keys, [
      ...new Set(decisions.flatMap(({ one, other }) => [one, other])),
    ]);
    const proposals = await listProposalsOf(db, ids);
    const names = await memberNames(db, [
      ...decisions.flatMap(({ decidedBy, undoneBy }) => (undoneBy ? [decidedBy, undoneBy] : [decidedBy])),
      ...proposals.map(({ proposedBy }) => proposedBy),
    ]);
    request.returned([
      ...mentions.map(({ item }) => item.id),
      ...proposals.map(({ id }) => id),
      ...new Set([...possible, ...decisions].flatMap(({ one, other }) => [one as string, other as string])),
    ]);
    return reply.case(
      page.entityPage({
        ...{ entity, mentions, possible, decisions, names },
        contradictions: listContradictions(cluster.map(({ content }) => content)),
        openPairs: new Set(standing.keys()),
        common: [...counts.values()].some((count) => count > mostSharing),
        others: new Map(others.map((one) => [one.id as string, one])),
        proposals: proposalsSection(proposals, names),
        proposes: request.can('intelligence proposal.make'),
        decides: request.can('link decision.record'),
        comparedUntil: (await findSubject(db, entity.id))?.until,
      }),
    );
  });
}

/** Several of this side can be alike to one of another: the strongest pair is enough, because a decision joins all. */
function onceForEachOther(pairs: readonly page.ComparedPair[], clusterId: EntityId): readonly page.ComparedPair[] {
  const seen = new Set<string>();
  return pairs.filter(({ entities: [one, other] }) => {
    const its = one.clusterId === clusterId ? other.clusterId : one.clusterId;
    if (seen.has(its)) return false;
    seen.add(its);
    return true;
  });
}

function removalRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.removeEntity.route, {
    may: may('intelligence entity.add', EntityPath),
    load: async (request) => {
      const db = request.look('intelligence entity.shown', request.params.id, { fields: entityFields });
      return store.getEntity(db, keys, request.params.id);
    },
    form: NothingAsked,
    page: removeEntityPage,
    saves: 'Entry',
    event: 'intelligence entity.removed',
    subject: ({ id }) => id,
    details: () => ({ kind: 'erasure', fields: entityFields }),
    change: async (tx, { id }, _, { actor }) => ({
      ok: true,
      value: await removeEntity(tx, keys, id, actor.agencyId as AgencyId),
    }),
    refusals: {},
    next: (_, { itemId }) => `${intelligencePaths.item(itemId)}#named`,
  });
}

async function loadPair(request: Request, keys: UnitKeys, first: EntityId, second: EntityId) {
  const pair = pairOf(first, second) as { readonly one: EntityId; readonly other: EntityId };
  const db = request.look('possible link.shown', pair.one, { fields: shownFields, returned: [pair.other] });
  const open = await store.openEntities(db, keys, [pair.one, pair.other]);
  const one = open.find(({ id }) => id === pair.one);
  const other = open.find(({ id }) => id === pair.other);
  if (!one || !other || one === other || one.kind !== other.kind) throw notFound('intelligence');
  const sideOf = async (entity: store.LinkedEntity) =>
    loadMentions(db, keys, await store.listCluster(db, keys, entity.clusterId));
  const joined = one.clusterId === other.clusterId;
  const sides = [await sideOf(one), joined ? [] : await sideOf(other)] as const;
  request.returned(sides.flat().map(({ entity }) => entity.id));
  const last = (await links.listDecisionsWith(db, [pair.one])).findLast(
    (said) => said.other === pair.other && said.one === pair.one && !said.undone,
  );
  const names = await memberNames(db, last ? [last.decidedBy] : []);
  return {
    ...pair,
    sides,
    entities: [one, other] as const,
    decision: last && { ...last, by: getMemberName(names, last.decidedBy) },
    comparison: compareEntities(one.content, other.content),
    contradictions: listContradictions(sides.flat().map(({ entity }) => entity.content)),
  };
}

function decisionRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.link.route, {
    may: may('link decision.record', LinkPath),
    load: async (request) => ({
      id: newId<'link decision'>(),
      ...(await loadPair(request, keys, request.params.one, request.params.other)),
    }),
    form: DecisionForm,
    page: decisionPage,
    saves: 'Decision',
    event: 'possible link.decided',
    subject: ({ one }) => one,
    details: ({ other }) => ({ kind: 'combination', fields: ['verdict'], returned: [other] }),
    change: async (tx, { id, one, other }, { verdict, reason, base }, { actor, now }) => {
      const agencyId = actor.agencyId as AgencyId;
      const decision = { id, one, other, verdict, reason, agencyId };
      return decideLink(tx, { ...decision, decidedBy: actor.memberId as MemberId, decidedAt: now }, base);
    },
    refusals: decisionErrors,
    next: () => intelligencePaths.possibleLinks(),
  });
}

function undoRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.undo.route, {
    may: may('link decision.record', DecisionPath),
    load: async (request) => {
      const db = request.look('link decision.shown', request.params.id, { fields: ['verdict', ...entityFields] });
      const decision = await links.getDecision(db, request.params.id);
      if (!decision) throw notFound('intelligence');
      request.returned([decision.one, decision.other]);
      const names = await memberNames(db, [decision.decidedBy]);
      const entities = await store.openEntities(db, keys, [decision.one, decision.other]);
      return { decision, entities, by: getMemberName(names, decision.decidedBy) };
    },
    form: NothingAsked,
    page: ({ decision, entities, by }) => ({
      title: 'Undo this decision?',
      caption: entities.map(({ content }) => nameWithMore(content)).join(' and '),
      ...backTo(intelligencePaths.entity(decision.one)),
      lead: [
        `${verdictWords[decision.verdict]}, decided by ${by}, ${formatMoment(decision.decidedAt)}. ${decision.reason ?? 'No reason was given.'}`,
        'An earlier decision about this pair applies again, if there was one. This decision stays in the list as undone, with your name.',
      ],
      button: 'Undo the decision',
    }),
    saves: 'Decision',
    event: 'possible link.undone',
    subject: ({ decision }) => decision.id,
    details: ({ decision }) => ({ kind: 'combination', fields: ['verdict'], returned: [decision.one, decision.other] }),
    change: (tx, { decision }, _, { actor, now }) => undoDecision(tx, decision, actor.memberId as MemberId, now),
    refusals: decisionErrors,
    next: (_, { decision }) => intelligencePaths.entity(decision.one),
  });
}
