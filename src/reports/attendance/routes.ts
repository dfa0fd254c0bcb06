/** Who may say to the public that a line is attended: the data-protection lead of the agency whose it is. */

import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { AttendanceForm } from '../forms.ts';
import { shiftsSection } from '../on-call/pages.ts';
import { listShifts } from '../on-call/store.ts';
import { addressOf } from '../queue/pages.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { currentKeyPair } from '../sealing/sealed-report.ts';
import { addAttendance, listAttendances } from '../store.ts';
import { attendancePage, attendedElsewhereErrors, setAttendancePage } from './pages.ts';

export const attendanceRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const path = `${addressOf[line].replace('/staff', '')}/attendance`;

    app.get(path, may(actionOf(line, 'attendance.read')), async (request, reply) => {
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
      const rings = request.can(actionOf(line, 'alert.read'));
      const onCall = shiftsSection(line, turns, names, request.now, { sets: sets.onCall, rings });
      return reply.page('platform/page', attendancePage(line, all, onCall, sets));
    });

    app.get(`${path}/set`, may(actionOf(line, 'attendance.set')), async (request, reply) => {
      const [known] = await listAttendances(request.db);
      return reply.page('platform/form', setAttendancePage(line, known));
    });

    app.post(`${path}/set`, may(actionOf(line, 'attendance.set')), async (request, reply) => {
      const again = (errors: FormErrors) =>
        reply.page('platform/form', setAttendancePage(line, undefined, answersOf(request.body), errors));
      const form = readForm(AttendanceForm, request.body);
      if (!form.ok) return again(form.errors);
      const { memberId, agencyId } = request.actor;
      const attendance = {
        ...form.values,
        id: newTimelessId<'attendance'>(),
        agencyId: agencyId as AgencyId,
        keyId: currentKeyPair(keys, line).id,
        setBy: memberId as MemberId,
        setAt: request.now,
      };
      const set = await request.change('attendance.set', attendance.id, (tx) => addAttendance(tx, attendance));
      if (!set.ok) return again(attendedElsewhereErrors);
      return reply.redirect(`${addressOf[line]}/attendance`, 303);
    });
  };
