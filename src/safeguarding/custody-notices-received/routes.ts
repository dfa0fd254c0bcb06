/** Routes on the enforcement side: a custodian receives a notice, accepts it and passes it on; and sets which custodian is on call. */

import { z } from 'zod';
import { listMembers, memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { shiftAnswers } from '../../platform/on-call/form.ts';
import { shiftsAt } from '../../platform/on-call/on-call.ts';
import { onCallRoutes } from '../../platform/on-call/routes.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { plural } from '../../vocabulary/languages/english.ts';
import { receivedNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { CrossingPath, PassOnForm } from '../custody-notices/forms.ts';
import * as pages from './pages.ts';
import * as store from './store.ts';
import { escalation } from './urgent-page.ts';

const shownFields = ['sentence', 'reference', 'withdraws', 'arrivedAt'];

export async function receivedNoticeRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await rotaRoutes(app);
  await noticeRoutes(app, keys);
  await passOnRoutes(app);
}

async function noticeRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(receivedNoticePaths.notices.route, may('custody urgent page.read'), async (request, reply) => {
    const rings = await store.listUrgentNotices(request.db);
    const names = await memberNames(
      request.db,
      rings.map(({ acknowledgedBy }) => acknowledgedBy),
    );
    return reply.sections(pages.noticesPage(rings, names));
  });

  app.get(receivedNoticePaths.notice.route, may('custody notice.read', CrossingPath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('custody notice.shown', id, { fields: shownFields });
    const notice = await store.getCustodyNotice(db, keys, id);
    const names = await memberNames(request.db, [notice.ring.acknowledgedBy]);
    const hears = request.can('custody notice.hear');
    const { acknowledgedBy, passedOn } = notice.ring;
    const allowed = { takesOn: hears && !acknowledgedBy, passesOn: hears && acknowledgedBy !== null && !passedOn };
    return reply.case(pages.noticePage(notice, names, allowed));
  });
}

async function passOnRoutes(app: App): Promise<void> {
  formRoute(app, receivedNoticePaths.passOn.route, {
    may: may('custody notice.hear', CrossingPath),
    load: ({ db, params }) => store.getUrgentNotice(db, params.id),
    form: PassOnForm,
    page: ({ id }) => pages.passOnPage(id),
    event: 'custody notice.passed on',
    subject: ({ id }) => id,
    change: async (tx, { id }, { passedOn }, { now }) =>
      (await store.recordPassedOn(tx, id, passedOn, floorToHour(now))) ? accept(true) : refuse('not yours to pass on'),
    refusals: pages.passOnErrors,
    next: (_, { id }) => receivedNoticePaths.notice(id),
  });
}

/** Custodians of the member's agency: only they can be called. */
const custodiansOf = (request: Request) =>
  request.under('member.read', async (db) =>
    (await listMembers(db, { agencyIds: [request.actor.agencyId as AgencyId] })).filter(({ roles }) =>
      roles.includes('custodian'),
    ),
  );

async function rotaRoutes(app: App): Promise<void> {
  app.get(receivedNoticePaths.onCall.route, may('custodian shift.read'), async (request, reply) => {
    const turns = await store.listShifts(request.db, request.now);
    const names = await memberNames(
      request.db,
      turns.map(({ memberId }) => memberId),
    );
    return reply.sections(pages.rotaPage(turns, names, request.now));
  });

  onCallRoutes(app, {
    shiftWords: pages.shiftWords,
    urgentWords: pages.urgentWords,
    escalation,
    paths: receivedNoticePaths,
    next: (id) => receivedNoticePaths.notice(id),
    actions: {
      set: 'custodian shift.set',
      end: 'custodian shift.end',
      readAlerts: 'custody urgent page.read',
      takeOn: 'custody notice.hear',
    },
    events: { set: 'custodian shift.set', ended: 'custodian shift.ended', takenOn: 'custody notice.taken on' },
    form: z.object(shiftAnswers),
    newId: newId<'custodian turn'>,
    members: custodiansOf,
    notMember: 'Select a custodian of your agency',
    names: ({ db }, ids) => memberNames(db, ids),
    store,
    addShift: store.addShift,
    onCallAt: shiftsAt,
  });
}

/** On a custodian's home page until a notice is accepted and passed on. */
export const custodyNoticeHomeItems: HomeItems = {
  action: 'custody notice.hear',
  waiting: async (db) =>
    (await store.listUrgentNotices(db))
      .filter(({ passedOn }) => passedOn === null)
      .map(({ id, acknowledgedBy, rounds }) => ({
        what: acknowledgedBy ? 'Pass a notice on to custody' : 'Accept a notice for custody',
        detail: acknowledgedBy
          ? 'A custodian has accepted it. It is not passed on yet.'
          : rounds > 0
            ? `It has been waiting for ${rounds} ${plural(rounds, 'minute')}.`
            : undefined,
        for: `Notice ${referenceOf('request', id)}`,
        status: 'to do',
        urgency: 'urgent',
        href: receivedNoticePaths.notice(id),
        count: 1,
      })),
};
