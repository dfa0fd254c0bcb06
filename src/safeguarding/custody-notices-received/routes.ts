/** Routes on the enforcement side: a custodian receives a notice, accepts it and passes it on; and sets which custodian is on call. */

import { listMembers, memberNames } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { found } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { plural } from '../../vocabulary/languages/english.ts';
import { receivedNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { CrossingPath, OnCallShiftForm, OnCallShiftPath, PassOnForm } from '../custody-notices/forms.ts';
import * as pages from './pages.ts';
import * as store from './store.ts';
import { type OnCallShift, type OnCallShiftId, onCallAt } from './urgent-page.ts';

const shownFields = ['sentence', 'reference', 'takesBack', 'arrivedAt'];

export async function receivedNoticeRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await onCallRoutes(app);
  await noticeRoutes(app, keys);
  await acceptingRoutes(app);
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

  app.get(receivedNoticePaths.urgent.route, may('custody urgent page.read'), async (request, reply) => {
    const ringing = await store.listUnacceptedNotices(request.db);
    const onCall = onCallAt(await store.listShifts(request.db, request.now), request.now);
    const names = await memberNames(
      request.db,
      onCall.map(({ memberId }) => memberId),
    );
    const { memberId } = request.actor;
    return reply.page(
      'safeguarding/custody-notices-received/urgent-page',
      pages.urgentNoticesPage({ ringing, onCall, names, memberId }),
    );
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

async function acceptingRoutes(app: App): Promise<void> {
  buttonRoute(app, receivedNoticePaths.takeOn.route, {
    may: may('custody notice.hear', CrossingPath),
    load: ({ db, params }) => store.getUrgentNotice(db, params.id),
    event: 'custody notice.taken on',
    subject: ({ id }) => id,
    change: async (tx, { id }, _, { actor, now }) =>
      (await store.acceptNotice(tx, id, actor.memberId as MemberId, floorToHour(now)))
        ? accept(true)
        : refuse('taken on'),
    refused: () => receivedNoticePaths.urgent(),
    next: (_, { id }) => receivedNoticePaths.notice(id),
  });

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

async function onCallRoutes(app: App): Promise<void> {
  app.get(receivedNoticePaths.onCall.route, may('custodian shift.read'), async (request, reply) => {
    const turns = await store.listShifts(request.db, request.now);
    const names = await memberNames(
      request.db,
      turns.map(({ memberId }) => memberId),
    );
    return reply.sections(pages.rotaPage(turns, names, request.now));
  });

  formRoute(app, receivedNoticePaths.addShift.route, {
    may: may('custodian shift.set'),
    load: async (request) => ({ members: await custodiansOf(request), id: newId<'custodian turn'>() }),
    form: OnCallShiftForm,
    check: ({ members }, { member }) =>
      members.some(({ id }) => id === member) ? undefined : { member: 'Select a custodian of your agency' },
    page: ({ members }, _typed, _errors, { today }) => pages.shiftPage(members, today),
    event: 'custodian shift.set',
    subject: ({ id }) => id,
    change: async (tx, { id }, { member, startDay, starts, endDay, ends, reached }, { actor, now }) => {
      const [startsAt, endsAt] = [instantAt(startDay, starts), instantAt(endDay, ends)];
      if (endsAt <= startsAt || endsAt <= now) return refuse('not later');
      const by = { agencyId: actor.agencyId as AgencyId, setBy: actor.memberId as MemberId, setAt: now };
      return accept(await store.addShift(tx, { id, memberId: member as MemberId, startsAt, endsAt, reached, ...by }));
    },
    refusals: pages.shiftErrors,
    next: () => receivedNoticePaths.onCall(),
  });

  app.get(receivedNoticePaths.endShift.route, may('custodian shift.end', OnCallShiftPath), async (request, reply) => {
    const turn = await getShift(request, request.params.id);
    const names = await memberNames(request.db, [turn.memberId]);
    return reply.form(pages.endShiftPage(turn, names.get(turn.memberId) ?? 'somebody who has left'));
  });
  buttonRoute(app, receivedNoticePaths.endShift.route, {
    may: may('custodian shift.end', OnCallShiftPath),
    load: (request) => getShift(request, request.params.id),
    event: 'custodian shift.ended',
    subject: ({ id }) => id,
    change: async (tx, { id }, _, { now }) => accept(await store.endShift(tx, id, now)),
    next: () => receivedNoticePaths.onCall(),
  });
}

/** Not found once it has ended. */
const getShift = async (request: Request, id: OnCallShiftId): Promise<OnCallShift> =>
  found(
    (await store.listShifts(request.db, request.now)).find((one) => one.id === id),
    'turn',
  );

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
