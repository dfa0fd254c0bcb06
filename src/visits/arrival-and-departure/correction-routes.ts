/** Who may ask what of correcting a visit. */

import { memberNames } from '../../identity/agencies/index.ts';
import { listPartners, listTeamMembers } from '../../operations/plan/index.ts';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict } from '../../platform/forms/correction.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { VisitId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { mergeErrors, VisitCorrection, VisitPath } from '../forms.ts';
import { countAttachedRecords, countEncounters, getVisit, lockVisit } from '../store.ts';
import {
  checkAttendance,
  isAgainstDecision,
  listMissingSteps,
  recordDeparture,
  recordDoorAnswer,
  recordEntry,
} from '../visit.ts';
import { listUnits, readOthers } from './attendance.ts';
import { saveVisitChange } from './departure-routes.ts';
import { allowsForce, correctVisitPage, getPowerUsed, noPowerOption, powerChoices, visitErrors } from './pages.ts';
import { mapAgencyKinds, toTeamChoice } from './routes.ts';

export async function correctionRoutes(app: App): Promise<void> {
  const opened = async (request: Request, id: VisitId) => {
    const planned = await readOwnPlannedVisit(request, id);
    const visit = await getVisit(request.db, id);
    const team = (await listTeamMembers(request.db, planned.teamId)).map(toTeamChoice);
    const names = await memberNames(request.db, [...visit.attendees]);
    const gone = visit.attendees
      .filter((member) => !team.some(({ value }) => value === member))
      .map((member) => ({ value: member as string, text: names.get(member) ?? 'somebody who has left', kind: null }));
    const partners = await listPartners(request.db, [planned.operationId]);
    const base = await getVersion(request.db, 'visits', id);
    return {
      planned,
      visit,
      team: [...team, ...gone],
      units: listUnits(partners, visit.others),
      kinds: mapAgencyKinds(team, partners),
      powers: [...powerChoices(planned, request.today, request.can('sign.record'), visit), noPowerOption],
      base,
    };
  };
  app.get('/visits/:id/correct', may('visit.record', VisitPath), async (request, reply) =>
    reply.page('platform/form', correctVisitPage(await opened(request, request.params.id))),
  );
  app.post('/visits/:id/correct', may('visit.record', VisitPath), async (request, reply) => {
    const { id } = request.params;
    const known = await opened(request, id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        correctVisitPage(known, answersAfterConflict(request.body, known.base, errors), errors),
      );
    const form = readForm(VisitCorrection, request.body);
    const counted = readOthers(known.units, request.body);
    if (!form.ok || !counted.ok) return again(mergeErrors([form, counted]));
    const others = counted.values;
    const { at, leftAt, power, ground, attendees, immigrationGround, answer, answeredBy, present, base, why } =
      form.values;
    if (!known.powers.some(({ value }) => value === power)) return again(visitErrors['no such power']);
    const against = isAgainstDecision(known.planned.premises.immigrationEntry, { attendees, others }, known.kinds);
    if (against && !immigrationGround) return again(visitErrors['against the decision']);
    const allowed = known.team.map(({ value }) => value);
    let departureRefused = false;
    const corrected = await request.change(
      'visit.corrected',
      id,
      async (tx) => {
        const visit = await lockVisit(tx, id);
        if ((await getVersion(tx, 'visits', id)) !== base) return refuse('changed meanwhile');
        const there = checkAttendance({ at, attendees }, allowed, request.now);
        if (!there.ok) return there;
        const open = {
          ...visit,
          arrivedAt: at,
          attendees,
          others,
          immigrationGround: against ? immigrationGround : null,
          finishedAt: null,
        };
        const said = recordDoorAnswer(open, { answer, answeredBy, present }, (await countEncounters(tx, id)).met);
        if (!said.ok) return said;
        const used = getPowerUsed(known.planned, power, ground, visit);
        const entered = recordEntry(said.value, used, allowsForce(used, request.today));
        if (!entered.ok) return entered;
        const gone = leftAt
          ? recordDeparture(entered.value, leftAt, request.now)
          : accept({ ...entered.value, leftAt: null });
        if (!gone.ok) {
          departureRefused = true;
          return gone;
        }
        const [lacks] = visit.finishedAt ? listMissingSteps(gone.value, await countAttachedRecords(tx, id)) : [];
        if (lacks) return refuse(lacks);
        await saveVisitChange(tx, { ...gone.value, finishedAt: visit.finishedAt }, 'visit');
        return accept(true);
      },
      {
        reason: why,
        fields: ['arrivedAt', 'leftAt', 'basis', 'attendees', 'others', 'answer', 'answeredBy', 'present'],
      },
    );
    if (!corrected.ok) {
      const { time, ...errors } = visitErrors[corrected.refusal];
      // The form has two times, and the refusal of a departure belongs to the second.
      if (departureRefused && time) return again({ ...errors, leftTime: time });
      return again(visitErrors[corrected.refusal]);
    }
    return reply.redirect(`/staff/visits/${id}`, 303);
  });
}
