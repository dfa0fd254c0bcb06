/** Routes of referrals: support agencies make them; the recipient decides, asks and finishes. Read, decide, change, answer. */

import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { readNames } from '../case/read-names.ts';
import { deriveGrantStatus, type Grant } from '../consent/grant.ts';
import { findGrantOfReferral } from '../consent/store.ts';
import { disclosureRoutes } from '../disclosures/routes.ts';
import { findNotified } from '../information-sharing/notified-store.ts';
import { agencyOf } from '../notes/pages.ts';
import { takeBackPage } from './form-pages.ts';
import { referralFormRoutes } from './form-routes.ts';
import { DoneQuery, ListQuery, ReferralPath, TakeBackForm } from './forms.ts';
import { referralPage, referralRefusals, referralsPage } from './pages.ts';
import type { PersonReader } from './people.ts';
import { isAwaitingAnswer, isDecidingAgency, isMessagingAgency, type Referral, takeBack } from './referral.ts';
import { getReferral, listMessages, listReferrals, lockReferral, saveDecision } from './store.ts';
import { subjectReader } from './subject-reader.ts';

/** Fields of a referral other than the agreed items. */
const aboutFields = ['fromAgency', 'ground', 'purpose', 'until', 'state', 'messages'];

export const referralRoutes =
  (people: PersonReader) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const { keys } = parts;
    const read = subjectReader(keys, people);
    await referralFormRoutes(app, keys, read);
    await disclosureRoutes(read, people)(app, parts);
    await readingRoutes(app, keys);
    await takeBackRoutes(app, keys);
  };

/** What the member may see of a referral: the referral, its grant, and its messages. */
export async function openReferral(request: Request, keys: AreaParts['keys'], id: Referral['id']) {
  const db = request.look('referral.shown', id, { fields: aboutFields });
  const referral = await getReferral(db, keys, id);
  const grant = await findGrantOfReferral(db, keys, id);
  return { db, referral, grant };
}
export const isGrantInForce = (grant: Grant | undefined, request: Request): boolean =>
  grant !== undefined && deriveGrantStatus(grant, floorToHour(request.now)) === 'open';

async function readingRoutes(app: App, keys: AreaParts['keys']): Promise<void> {
  app.get(referralPaths.list.route, may('referral.read', undefined, ListQuery), async (request, reply) => {
    const { page, done } = request.query;
    const db = request.look('referrals.listed', null, { fields: ['day', 'fromAgency', 'toAgency', 'needs', 'state'] });
    const { referrals, total } = await listReferrals(db, page);
    request.returned(referrals.map(({ id }) => id));
    const { agencies } = await readNames(request, []);
    const pages = paginate(page, pageSize, total, (to) => withQuery(referralPaths.list(), { page: to }));
    const asked = request.actor.roles.includes('partner caseworker');
    return reply.list(referralsPage(referrals, agencies, pages, asked, floorToHour(request.now), done));
  });

  app.get(referralPaths.referral.route, may('referral.read', ReferralPath, DoneQuery), async (request, reply) => {
    const { db, referral, grant } = await openReferral(request, keys, request.params.id);
    const messages = await listMessages(db, keys, referral.id);
    const waits = asksWhetherNotified(request, referral) ? grant : undefined;
    const notified = waits && (await findNotified(request, db, waits));
    const people = [referral.decidedBy, ...messages.map(({ authorId }) => authorId)];
    const { agencies, names } = await readNames(request, people);
    const open = isGrantInForce(grant, request);
    const may = {
      decides: open && request.can('referral.decide') && mayDecide(request, referral),
      talks: open && request.can('referral.ask') && mayMessage(request, referral),
      opensPerson: referral.toAgency === request.actor.agencyId && request.can('person.open'),
      sends: open && referral.outside && referral.fromAgency === request.actor.agencyId,
      ours: referral.fromAgency === request.actor.agencyId && referral.toAgency !== request.actor.agencyId,
      asksOthers: request.can('referral.make'),
      questioned: isAwaitingAnswer(messages),
      notified,
    };
    const { done } = request.query;
    const shown = { referral, grant, messages, agencies, names, ...may, done, now: floorToHour(request.now) };
    return reply.case(referralPage(shown));
  });
}

/** The sender asks, until the recipient has answered. */
const asksWhetherNotified = ({ actor }: Request, { fromAgency, outside, state, ended }: Referral): boolean =>
  fromAgency === actor.agencyId && !outside && (ended === 'taken back' || (ended === null && state === 'sent'));

/** The sending agency takes back a referral made on a legal ground. The grant ends too, and the recipient is notified. */
async function takeBackRoutes(app: App, keys: AreaParts['keys']): Promise<void> {
  formRoute(app, referralPaths.takingBack.route, {
    may: may('referral.take back', ReferralPath),
    load: async (request) => {
      const { referral } = await openReferral(request, keys, request.params.id);
      const own = referral.fromAgency === request.actor.agencyId;
      if (!own || !takeBack(referral, floorToHour(request.now)).ok) throw notFound('referral');
      const { agencies } = await readNames(request, []);
      return { referral, recipient: agencyOf(agencies, referral.toAgency) };
    },
    form: TakeBackForm,
    page: ({ referral, recipient }) => takeBackPage(referral, recipient),
    event: 'referral.taken back',
    subject: ({ referral }) => referral.id,
    details: (_, { why }) => ({ reason: why, fields: ['ended'] }),
    change: async (tx, { referral }, _, { now }) => {
      const result = takeBack(await lockReferral(tx, keys, referral.id), floorToHour(now));
      if (result.ok) await saveDecision(tx, keys, result.value);
      return result;
    },
    refusals: referralRefusals,
    next: (_, { referral }) => referralPaths.referral(referral.id),
  });
}

export const decidesHere = (request: Request, referral: Referral): boolean =>
  isDecidingAgency(referral, request.actor.agencyId);
/** At the recipient a caseworker decides; for a recipient outside Safelight, a helper of the sender. The row policy says the same. */
export const mayDecide = (request: Request, referral: Referral): boolean =>
  referral.outside
    ? referral.fromAgency === request.actor.agencyId
    : decidesHere(request, referral) && request.actor.roles.includes('partner caseworker');
export const mayMessage = (request: Request, referral: Referral): boolean =>
  isMessagingAgency(referral, request.actor.agencyId);
