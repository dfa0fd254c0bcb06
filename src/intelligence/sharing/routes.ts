/** Who may share intelligence, read what another agency shared, and recall it: triage of the two agencies. */
import { listAgencies } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request, saving } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { notify } from '../../platform/notifications/index.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { getItem, lockItem } from '../items/store.ts';
import { readAgencyNames } from './agency-names.ts';
import { RecallForm, SharedItemPath, ShareForm, SharePath, shareErrors } from './forms.ts';
import * as page from './pages.ts';
import { type Share, toSharedContent } from './share.ts';
import * as store from './store.ts';

const contentFields = [
  'text',
  'conditions',
  'sourceEvaluation',
  'assessment',
  'handling',
  'happenedFrom',
  'happenedTo',
];

export async function sharingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  shareRoutes(app, keys);
  receivedRoutes(app, keys);
  recallRoutes(app);
}

/** Enforcement alone: nothing of intelligence goes to a support agency. */
const listOthers = async ({ db, actor }: Request) =>
  (await listAgencies(db)).filter(({ id, side }) => side === 'enforcement' && id !== actor.agencyId);

/** To triage of an agency: that there is something, and not what. */
const tell = (
  tx: Parameters<typeof notify>[0],
  kind: 'intelligence shared' | 'intelligence recalled',
  share: Pick<Share, 'id' | 'agencyId' | 'toAgencyId'>,
  madeAt: Date,
) =>
  notify(tx, [
    { kind, subject: share.id, ownerId: share.agencyId, to: { agency: share.toAgencyId, roles: ['triage'] }, madeAt },
  ]);

function shareRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, intelligencePaths.share.route, {
    may: may('intelligence share.make', SharedItemPath),
    load: async (request) => {
      const db = request.look('intelligence.shown', request.params.id, { fields: contentFields });
      const item = await getItem(db, keys, request.params.id);
      return { id: newId<'intelligence share'>(), item, agencies: await listOthers(request) };
    },
    form: ShareForm,
    page: ({ item, agencies }) => page.sharePage(item, agencies),
    saves: 'Intelligence',
    event: 'intelligence share.made',
    subject: ({ id }) => id,
    details: ({ item }, { toAgencyId, purpose }) => ({
      ...{ kind: 'disclosure', recipient: toAgencyId, reason: purpose, fields: contentFields, returned: [item.id] },
    }),
    change: async (tx, { id, item, agencies }, { toAgencyId, purpose, allowed }, { actor, now }) => {
      if (!agencies.some((agency) => agency.id === toAgencyId)) return refuse('not an agency');
      if (item.conditions !== null && !allowed.includes('yes')) return refuse('conditions not read');
      if (!(await lockItem(tx, item.id))) return refuse('gone');
      const made = { sharedBy: actor.memberId as MemberId, sharedAt: now };
      const share = { id, itemId: item.id, agencyId: actor.agencyId as AgencyId, toAgencyId, purpose, ...made };
      if (!(await store.addShare(tx, keys, share, toSharedContent(item)))) return refuse('shared before');
      return accept(await tell(tx, 'intelligence shared', share, now));
    },
    refusals: shareErrors,
    next: (_, { item }) => `${intelligencePaths.item(item.id)}#shared`,
  });
}

function receivedRoutes(app: App, keys: UnitKeys): void {
  const list = intelligencePaths.received;
  app.get(list.route, may('intelligence share.read', undefined, PageQuery), async (request, reply) => {
    const { page: number } = request.query;
    const db = request.look('intelligence shares.listed', null, { fields: ['purpose'] });
    const wanted = { page: number, size: pageSize };
    const { shares, total } = await store.listReceived(db, request.actor.agencyId as AgencyId, wanted);
    request.returned(shares.map(({ id }) => id));
    const pages = paginate(number, pageSize, total, (to) => withQuery(list(), { page: to }));
    return reply.list(page.receivedListPage(shares, await readAgencyNames(request.db), pages));
  });
  app.get(intelligencePaths.receivedShare.route, may('intelligence share.read', SharePath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('intelligence share.shown', id, { fields: contentFields });
    const share = await store.getReceived(db, keys, id, request.actor.agencyId as AgencyId);
    return reply.case(page.receivedPage(share, await readAgencyNames(request.db)));
  });
  app.post(
    intelligencePaths.receiveShare.route,
    saving(null, may('intelligence share.receive', SharePath)),
    async (request, reply) => {
      const { id } = request.params;
      const { actor, now } = request;
      const db = request.look('intelligence share.shown', id, { fields: ['conditions'] });
      await store.getReceived(db, keys, id, actor.agencyId as AgencyId);
      const receipt = { shareId: id, receivedBy: actor.memberId as MemberId, receivedAt: now };
      await request.change(
        'intelligence share.received',
        id,
        async (tx) => accept(await store.receiveShare(tx, receipt)),
        { fields: ['receivedAt'] },
      );
      return reply.redirect(intelligencePaths.receivedShare(id), 303);
    },
  );
}

function recallRoutes(app: App): void {
  formRoute(app, intelligencePaths.recallShare.route, {
    may: may('intelligence share.recall', SharePath),
    load: async (request) => {
      const db = request.look('intelligence share.shown', request.params.id, { fields: ['purpose'] });
      const share = await store.getGiven(db, request.params.id, request.actor.agencyId as AgencyId);
      return { share, names: await readAgencyNames(request.db) };
    },
    form: RecallForm,
    page: ({ share, names }) => page.recallPage(share, names),
    saves: 'Decision',
    event: 'intelligence share.recalled',
    subject: ({ share }) => share.id,
    details: ({ share }) => ({ kind: 'erasure', recipient: share.toAgencyId, fields: contentFields }),
    change: async (tx, { share }, { reason }, { actor, now }) => {
      const recall = { recalledBy: actor.memberId as MemberId, recalledAt: now, recallReason: reason };
      if (!(await store.recallShare(tx, share.id, recall))) return refuse('recalled before');
      return accept(await tell(tx, 'intelligence recalled', share, now));
    },
    refusals: shareErrors,
    next: (_, { share }) => `${intelligencePaths.item(share.itemId)}#shared`,
  });
}
