/** Who may say to the public that a line is attended: the data-protection lead of the agency whose it is. */

import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { shiftsTable } from '../../platform/on-call/pages.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { AttendanceForm } from '../forms.ts';
import { shiftWords } from '../on-call/pages.ts';
import { listShifts } from '../on-call/store.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { currentKeyPair } from '../sealing/sealed-report.ts';
import { addAttendance, listAttendances } from '../store.ts';
import { attendancePage, attendedElsewhereErrors, setAttendancePage } from './pages.ts';

export const attendanceRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const paths = reportPaths[line];

    app.get(paths.attendance.route, may(actionOf(line, 'attendance.read')), async (request, reply) => {
      const sets = {
        attendance: request.can(actionOf(line, 'attendance.set')),
        onCall: request.can(actionOf(line, 'on call.set')),
      };
      const all = await listAttendances(request.db);
      const turns = await listShifts(request.db, request.now);
      const names = await findNames(
        request,
        line,
        turns.map(({ memberId }) => memberId),
      );
      const onCall = shiftsTable(shiftWords(line), turns, names, request.now, {
        ends: sets.onCall,
        placeOf: ({ place }) => place,
      });
      const rings = request.can(actionOf(line, 'alert.read'));
      const links = rings ? [{ href: paths.onCall(), text: 'Urgent page' }] : [];
      return reply.sections(attendancePage(line, all, { ...onCall, links }, sets));
    });

    formRoute(app, paths.newAttendance.route, {
      may: may(actionOf(line, 'attendance.set')),
      load: async (request) => ({
        id: newTimelessId<'attendance'>(),
        // What was typed takes the place of what is known.
        known: request.method === 'POST' ? undefined : (await listAttendances(request.db))[0],
      }),
      form: AttendanceForm,
      page: ({ known }) => setAttendancePage(line, known),
      event: 'attendance.set',
      subject: ({ id }) => id,
      change: async (tx, { id }, said, { actor, now }) => {
        const attendance = {
          ...said,
          id,
          agencyId: actor.agencyId as AgencyId,
          keyId: currentKeyPair(keys, line).id,
          setBy: actor.memberId as MemberId,
          setAt: now,
        };
        return addAttendance(tx, attendance);
      },
      refusals: { 'attended elsewhere': attendedElsewhereErrors },
      next: () => paths.attendance(),
    });
  };
