/** Routes for keeping the urgent page open, taking on an alert, and setting who is on call. */

import { z } from 'zod';
import { listMembers } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { shiftAnswers } from '../../platform/on-call/form.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { ReportPath } from '../forms.ts';
import { policeLine, supportLine } from '../line-policies.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { type OnCallShift, listOnCallAt as onCallNow, orderChoices } from './on-call.ts';
import { endShiftPage, newShiftPage, shiftEndErrors, urgentPage } from './pages.ts';
import * as store from './store.ts';

const { member, ...times } = shiftAnswers;
const ShiftForm = z
  .object({
    member,
    place: z.enum(orderChoices, 'Select the place in the order of alerts').transform(Number),
    ...times,
  })
  .transform(({ startDay, starts, endDay, ends, ...said }) => ({
    ...said,
    startsAt: instantAt(startDay, starts),
    endsAt: instantAt(endDay, ends),
  }));

export const onCallRoutes =
  (line: IntakeLine) =>
  async (app: App): Promise<void> => {
    const paths = reportPaths[line];
    shiftRoutes(line, app);

    app.get(paths.onCall.route, may(actionOf(line, 'alert.read')), async (request, reply) => {
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

    buttonRoute(app, paths.takingOn.route, {
      may: may(actionOf(line, 'alert.take on'), ReportPath),
      load: async ({ db, params: { id } }) => {
        if (!(await store.findAlert(db, id))) throw notFound('alert');
        return id;
      },
      event: 'danger alert.acknowledged',
      subject: (id) => id,
      change: async (tx, id, _nothing, { actor, now }) =>
        (await store.acknowledgeAlert(tx, id, actor.memberId as MemberId, floorToHour(now)))
          ? accept(true)
          : refuse('taken on'),
      // A member who is too late sees what still rings.
      refused: () => paths.onCall(),
      next: (_, id) => paths.report(id),
    });
  };

/** Readers of the line in the member's agency: only they can be on call. Members are in the main store. */
const listLineReaders = (request: Request, line: IntakeLine) =>
  request.under('member.read', async (db) =>
    (await listMembers(db, { agencyIds: [request.actor.agencyId as AgencyId] })).filter(({ roles }) =>
      roles.some((role) => (line === 'help' ? supportLine : policeLine).readers.roles.includes(role)),
    ),
  );

function shiftRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  formRoute(app, paths.newShift.route, {
    may: may(actionOf(line, 'on call.set')),
    load: async (request) => ({
      id: newTimelessId<'on-call turn'>(),
      members: await listLineReaders(request, line),
      today: request.today,
    }),
    form: ShiftForm,
    check: ({ members }, { member, startsAt, endsAt }, { now }) => {
      if (!members.some(({ id }) => id === member)) return { member: 'Select somebody who reads this line' };
      return endsAt <= startsAt || endsAt <= now ? shiftEndErrors : undefined;
    },
    page: ({ members, today }) => newShiftPage(line, members, today),
    event: 'on call.set',
    subject: ({ id }) => id,
    change: async (tx, { id }, { member, place, startsAt, endsAt, reached }, { actor, now }) => {
      const shift: OnCallShift = {
        id,
        agencyId: actor.agencyId as AgencyId,
        memberId: member as MemberId,
        place,
        startsAt,
        endsAt,
        reached,
        setBy: actor.memberId as MemberId,
        setAt: line === 'help' ? floorToHour(now) : now,
      };
      return accept(await store.addShift(tx, shift));
    },
    refusals: {},
    next: () => paths.attendance(),
  });

  formRoute(app, paths.shiftEnd.route, {
    may: may(actionOf(line, 'on call.end'), IdPath),
    load: async (request) => {
      const { id } = request.params;
      const shift = (await store.listShifts(request.db, request.now)).find((one) => one.id === id);
      if (!shift) throw notFound('turn');
      const names = await findNames(request, line, [shift.memberId]);
      return { shift, name: names.get(shift.memberId) ?? 'Somebody' };
    },
    form: NothingAsked,
    page: ({ shift, name }) => endShiftPage(line, shift, name),
    event: 'on call.ended',
    subject: ({ shift }) => shift.id,
    change: async (tx, { shift }, _nothing, { now }) => accept(await store.endShift(tx, shift.id, now)),
    refusals: {},
    next: () => paths.attendance(),
  });
}
