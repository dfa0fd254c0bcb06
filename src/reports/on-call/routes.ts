/** Routes for keeping the urgent page of a reporting line open, taking on an alert, and setting who is on call. */

import { z } from 'zod';
import { listMembers } from '../../identity/agencies/index.ts';
import type { App, Request } from '../../platform/http/server.ts';
import { shiftAnswers } from '../../platform/on-call/form.ts';
import { onCallRoutes } from '../../platform/on-call/routes.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { policeLine, supportLine } from '../line-policies.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { escalation, listOnCallAt, orderChoices } from './on-call.ts';
import { shiftWords, urgentWords } from './pages.ts';
import * as store from './store.ts';

const { member, ...times } = shiftAnswers;
const ShiftForm = z.object({
  member,
  place: z.enum(orderChoices, 'Select the place in the order of alerts').transform(Number),
  ...times,
});

export const lineOnCallRoutes =
  (line: IntakeLine) =>
  async (app: App): Promise<void> => {
    const { newShift: addShift, shiftEnd: endShift, onCall: urgent, takingOn: takeOn, report } = reportPaths[line];
    onCallRoutes(app, {
      shiftWords: shiftWords(line),
      urgentWords: urgentWords(line),
      escalation,
      paths: { addShift, endShift, urgent, takeOn },
      next: (id) => report(id),
      actions: {
        set: actionOf(line, 'on call.set'),
        end: actionOf(line, 'on call.end'),
        readAlerts: actionOf(line, 'alert.read'),
        takeOn: actionOf(line, 'alert.take on'),
      },
      events: { set: 'on call.set', ended: 'on call.ended', takenOn: 'danger alert.acknowledged' },
      form: ShiftForm,
      newId: newTimelessId<'on-call turn'>,
      members: (request) => listLineReaders(request, line),
      notMember: 'Select somebody who reads this line',
      names: (request, ids) => findNames(request, line, ids),
      store: line === 'police' ? { ...store, takeOn: store.takeOnAndOpen } : store,
      addShift: (tx, shift, { place }) =>
        store.addShift(tx, { ...shift, place, setAt: line === 'help' ? floorToHour(shift.setAt) : shift.setAt }),
      onCallAt: listOnCallAt,
    });
  };

/** Readers of the line in the member's agency: only they can be on call. Members are in the main store. */
const listLineReaders = (request: Request, line: IntakeLine) =>
  request.under('member.read', async (db) =>
    (await listMembers(db, { agencyIds: [request.actor.agencyId as AgencyId] })).filter(({ roles }) =>
      roles.some((role) => (line === 'help' ? supportLine : policeLine).readers.roles.includes(role)),
    ),
  );
