/** Who may say to the public that a line is attended: the data-protection lead of the agency whose it is. */

import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { AttendanceForm } from '../forms.ts';
import { turnsSection } from '../on-call/pages.ts';
import { listTurns } from '../on-call/store.ts';
import { addressOf } from '../queue/pages.ts';
import { actionOf, namesOf } from '../queue/routes.ts';
import type { Line } from '../report.ts';
import { pairOf } from '../sealing/sealed-report.ts';
import { addAttendance, listAttendances } from '../store.ts';
import { attendancePage, attendedElsewhere, setAttendancePage } from './pages.ts';

export const attendanceRoutes =
  (line: Line) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const path = `${addressOf[line].replace('/staff', '')}/attendance`;

    app.get(path, may(actionOf(line, 'attendance.read')), async (request, reply) => {
      const sets = {
        attendance: request.can(actionOf(line, 'attendance.set')),
        onCall: request.can(actionOf(line, 'on call.set')),
      };
      const all = await listAttendances(request.db);
      const turns = await listTurns(request.db, request.now);
      const names = await namesOf(
        request,
        line,
        turns.map(({ memberId }) => memberId),
      );
      const rings = request.can(actionOf(line, 'alert.read'));
      const onCall = turnsSection(line, turns, names, request.now, { sets: sets.onCall, rings });
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
        keyId: pairOf(keys, line).id,
        setBy: memberId as MemberId,
        setAt: request.now,
      };
      const set = await request.change('attendance.set', attendance.id, async (tx) =>
        (await addAttendance(tx, attendance)) ? accept(true) : refuse('attended elsewhere'),
      );
      if (!set.ok) return again(attendedElsewhere);
      return reply.redirect(`${addressOf[line]}/attendance`, 303);
    });
  };
