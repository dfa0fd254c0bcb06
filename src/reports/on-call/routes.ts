/** Routes for keeping the urgent page open, taking on an alert, and setting who is on call. */

import { z } from 'zod';
import { listMembers } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import { answersOf, Day, RequiredText, Time } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { ReportPath } from '../forms.ts';
import { policeLine, supportLine } from '../line-policies.ts';
import { addressOf } from '../queue/pages.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { type OnCallShift, listOnCallAt as onCallNow, orderChoices } from './on-call.ts';
import { endShiftPage, newShiftPage, onCallAddress, shiftEndErrors, urgentPage } from './pages.ts';
import * as store from './store.ts';

const ShiftForm = z.object({
  member: z.uuid('Select who is on call'),
  place: z.enum(orderChoices, 'Select in which order they are rung').transform(Number),
  startDay: Day('Enter the day on which it starts'),
  starts: Time('Enter the time at which it starts'),
  endDay: Day('Enter the day on which it ends'),
  ends: Time('Enter the time at which it ends'),
  reached: RequiredText('Say how colleagues reach them', 200),
});
const IdPath = z.object({ id: z.uuid() });

export const onCallRoutes =
  (line: IntakeLine) =>
  async (app: App): Promise<void> => {
    const path = onCallAddress(line).replace('/staff', '');
    await shiftRoutes(line, app);

    app.get(path, may(actionOf(line, 'alert.read')), async (request, reply) => {
      const ringing = await store.listOpenAlerts(request.db);
      const onCall = onCallNow(await store.listShifts(request.db, request.now), request.now);
      const names = await findNames(
        request,
        line,
        onCall.map(({ memberId }) => memberId),
      );
      const { memberId } = request.actor;
      return reply.page('reports/on-call', urgentPage({ line, ringing, onCall, names, memberId }));
    });

    app.post(`${path}/:id/take-on`, may(actionOf(line, 'alert.take on'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      if (!(await store.findAlert(request.db, id))) throw notFound('alert');
      const hour = floorToHour(request.now);
      const taken = await request.change('danger alert.acknowledged', id, async (tx) =>
        (await store.acknowledgeAlert(tx, id, request.actor.memberId as MemberId, hour))
          ? accept(true)
          : refuse('taken on'),
      );
      return reply.redirect(taken.ok ? `${addressOf[line]}/${id}` : onCallAddress(line), 303);
    });
  };

/** Readers of the line in the member's agency: only they can be on call. Members are in the main store. */
const listLineReaders = (request: Request, line: IntakeLine) =>
  request.under('member.read', async (db) =>
    (await listMembers(db, { agencyIds: [request.actor.agencyId as AgencyId] })).filter(({ roles }) =>
      roles.some((role) => (line === 'help' ? supportLine : policeLine).readers.roles.includes(role)),
    ),
  );

async function shiftRoutes(line: IntakeLine, app: App): Promise<void> {
  const attendance = `${addressOf[line]}/attendance`;
  const path = `${attendance.replace('/staff', '')}/on-call`;

  app.get(path, may(actionOf(line, 'on call.set')), async (request, reply) =>
    reply.page('platform/form', newShiftPage(line, await listLineReaders(request, line), request.today)),
  );

  app.post(path, may(actionOf(line, 'on call.set')), async (request, reply) => {
    const members = await listLineReaders(request, line);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', newShiftPage(line, members, request.today, answersOf(request.body), errors));
    const form = readForm(ShiftForm, request.body);
    if (!form.ok) return again(form.errors);
    const { member, place, startDay, starts, endDay, ends, reached } = form.values;
    if (!members.some(({ id }) => id === member)) return again({ member: 'Select somebody who reads this line' });
    const [startsAt, endsAt] = [instantAt(startDay, starts), instantAt(endDay, ends)];
    if (endsAt <= startsAt || endsAt <= request.now) return again(shiftEndErrors);
    const turn: OnCallShift = {
      id: newTimelessId(),
      agencyId: request.actor.agencyId as AgencyId,
      memberId: member as MemberId,
      place,
      startsAt,
      endsAt,
      reached,
      setBy: request.actor.memberId as MemberId,
      setAt: line === 'help' ? floorToHour(request.now) : request.now,
    };
    await request.change('on call.set', turn.id, async (tx) => accept(await store.addShift(tx, turn)));
    return reply.redirect(attendance, 303);
  });

  const turnOf = async (request: Request, id: string): Promise<OnCallShift> => {
    const turn = (await store.listShifts(request.db, request.now)).find((one) => one.id === id);
    if (!turn) throw notFound('turn');
    return turn;
  };

  app.get(`${path}/:id/end`, may(actionOf(line, 'on call.end'), IdPath), async (request, reply) => {
    const turn = await turnOf(request, request.params.id);
    const names = await findNames(request, line, [turn.memberId]);
    return reply.page('platform/form', endShiftPage(line, turn, names.get(turn.memberId) ?? 'Somebody'));
  });

  app.post(`${path}/:id/end`, may(actionOf(line, 'on call.end'), IdPath), async (request, reply) => {
    const { id } = await turnOf(request, request.params.id);
    await request.change('on call.ended', id, async (tx) => accept(await store.endShift(tx, id, request.now)));
    return reply.redirect(attendance, 303);
  });
}
