/** Routes on the enforcement side: a custodian receives a notice, accepts it and passes it on; and sets which custodian is on call. */

import { listMembers, memberNames } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { CrossingPath, OnCallShiftForm, OnCallShiftPath, PassOnForm } from '../custody-notices/forms.ts';
import {
  endShiftPage,
  home,
  noticePage,
  noticesPage,
  onCallPath,
  passOnErrors,
  passOnPage,
  rotaPage,
  shiftErrors,
  shiftPage,
  urgentNoticesPage,
  urgentPagePath,
} from './pages.ts';
import * as store from './store.ts';
import { type OnCallShift, type OnCallShiftId, onCallAt } from './urgent-page.ts';

const shownFields = ['sentence', 'reference', 'takesBack', 'arrivedAt'];

export async function receivedNoticeRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await onCallRoutes(app);
  await noticeRoutes(app, keys);
}

async function noticeRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/custody-notices', may('custody urgent page.read'), async (request, reply) => {
    const rings = await store.listUrgentNotices(request.db);
    const names = await memberNames(
      request.db,
      rings.map(({ acknowledgedBy }) => acknowledgedBy),
    );
    return reply.page('platform/page', noticesPage(rings, names));
  });

  app.get('/custody-notices/urgent', may('custody urgent page.read'), async (request, reply) => {
    const ringing = await store.listUnacceptedNotices(request.db);
    const onCall = onCallAt(await store.listShifts(request.db, request.now), request.now);
    const names = await memberNames(
      request.db,
      onCall.map(({ memberId }) => memberId),
    );
    const { memberId } = request.actor;
    return reply.page(
      'safeguarding/custody-notices-received/urgent-page',
      urgentNoticesPage({ ringing, onCall, names, memberId }),
    );
  });

  app.get('/custody-notices/:id', may('custody notice.read', CrossingPath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('custody notice.shown', id, { fields: shownFields });
    const notice = await store.getCustodyNotice(db, keys, id);
    const names = await memberNames(request.db, [notice.ring.acknowledgedBy]);
    const hears = request.can('custody notice.hear');
    const { acknowledgedBy, passedOn } = notice.ring;
    const allowed = { takesOn: hears && !acknowledgedBy, passesOn: hears && acknowledgedBy !== null && !passedOn };
    return reply.page('platform/page', noticePage(notice, names, allowed));
  });

  app.post('/custody-notices/:id/take-on', may('custody notice.hear', CrossingPath), async (request, reply) => {
    const { id } = request.params;
    await store.getUrgentNotice(request.db, id);
    const hour = floorToHour(request.now);
    const taken = await request.change('custody notice.taken on', id, async (tx) =>
      (await store.acceptNotice(tx, id, request.actor.memberId as MemberId, hour)) ? accept(true) : refuse('taken on'),
    );
    return reply.redirect(taken.ok ? `${home}/${id}` : urgentPagePath, 303);
  });

  app.get('/custody-notices/:id/pass-on', may('custody notice.hear', CrossingPath), async (request, reply) => {
    const { id } = await store.getUrgentNotice(request.db, request.params.id);
    return reply.page('platform/form', passOnPage(id));
  });

  app.post('/custody-notices/:id/pass-on', may('custody notice.hear', CrossingPath), async (request, reply) => {
    const { id } = await store.getUrgentNotice(request.db, request.params.id);
    const again = (errors: FormErrors) => reply.page('platform/form', passOnPage(id, answersOf(request.body), errors));
    const form = readForm(PassOnForm, request.body);
    if (!form.ok) return again(form.errors);
    const hour = floorToHour(request.now);
    const done = await request.change('custody notice.passed on', id, async (tx) =>
      (await store.recordPassedOn(tx, id, form.values.passedOn, hour)) ? accept(true) : refuse('not yours to pass on'),
    );
    if (!done.ok) return again(passOnErrors[done.refusal]);
    return reply.redirect(`${home}/${id}`, 303);
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
  app.get('/custody-notices/on-call', may('custodian shift.read'), async (request, reply) => {
    const turns = await store.listShifts(request.db, request.now);
    const names = await memberNames(
      request.db,
      turns.map(({ memberId }) => memberId),
    );
    return reply.page('platform/page', rotaPage(turns, names, request.now));
  });

  app.get('/custody-notices/on-call/new', may('custodian shift.set'), async (request, reply) =>
    reply.page('platform/form', shiftPage(await custodiansOf(request), request.today)),
  );

  app.post('/custody-notices/on-call/new', may('custodian shift.set'), async (request, reply) => {
    const members = await custodiansOf(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', shiftPage(members, request.today, answersOf(request.body), errors));
    const form = readForm(OnCallShiftForm, request.body);
    if (!form.ok) return again(form.errors);
    const { member, startDay, starts, endDay, ends, reached } = form.values;
    if (!members.some(({ id }) => id === member)) return again({ member: 'Select a custodian of your agency' });
    const [startsAt, endsAt] = [instantAt(startDay, starts), instantAt(endDay, ends)];
    if (endsAt <= startsAt || endsAt <= request.now) return again(shiftErrors['not later']);
    const turn: OnCallShift = {
      id: newId<'custodian turn'>(),
      agencyId: request.actor.agencyId as AgencyId,
      memberId: member as MemberId,
      startsAt,
      endsAt,
      reached,
      setBy: request.actor.memberId as MemberId,
      setAt: request.now,
    };
    await request.change('custodian shift.set', turn.id, async (tx) => accept(await store.addShift(tx, turn)));
    return reply.redirect(onCallPath, 303);
  });

  const turnOf = async (request: Request, id: OnCallShiftId): Promise<OnCallShift> => {
    const turn = (await store.listShifts(request.db, request.now)).find((one) => one.id === id);
    if (!turn) throw notFound('turn');
    return turn;
  };

  app.get('/custody-notices/on-call/:id/end', may('custodian shift.end', OnCallShiftPath), async (request, reply) => {
    const turn = await turnOf(request, request.params.id);
    const names = await memberNames(request.db, [turn.memberId]);
    return reply.page('platform/form', endShiftPage(turn, names.get(turn.memberId) ?? 'somebody who has left'));
  });

  app.post('/custody-notices/on-call/:id/end', may('custodian shift.end', OnCallShiftPath), async (request, reply) => {
    const { id } = await turnOf(request, request.params.id);
    await request.change('custodian shift.ended', id, async (tx) => accept(await store.endShift(tx, id, request.now)));
    return reply.redirect(onCallPath, 303);
  });
}

/** On a custodian's home page until a notice is accepted and passed on. */
export const custodyNoticeHomeItems: HomeItems = {
  action: 'custody notice.hear',
  title: 'Somebody in custody: a sentence to pass on',
  pressing: true,
  rings: true,
  waiting: async (db) =>
    (await store.listUrgentNotices(db))
      .filter(({ passedOn }) => passedOn === null)
      .map(({ id, acknowledgedBy, rounds }) => ({
        text: acknowledgedBy
          ? `Notice ${id.slice(-6)} is taken on, and not yet passed on`
          : `Notice ${id.slice(-6)} rings${rounds > 0 ? `, for ${rounds} ${rounds === 1 ? 'minute' : 'minutes'}` : ''}`,
        href: `${home}/${id}`,
        count: 1,
      })),
};
