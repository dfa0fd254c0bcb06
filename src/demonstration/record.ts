/** Records each visit as its team members would. */
import { withQuery } from '../platform/rendering/paging.ts';
import type { MemberKey } from '../tour/index.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { premisesPaths } from '../vocabulary/paths/operations.ts';
import { handoverPaths } from '../vocabulary/paths/safeguarding/actions.ts';
import { notePaths } from '../vocabulary/paths/safeguarding/notes.ts';
import { peoplePaths } from '../vocabulary/paths/safeguarding/people.ts';
import { referralPaths } from '../vocabulary/paths/safeguarding/referrals.ts';
import { arrestPaths, encounterPaths, visitPaths } from '../vocabulary/paths/visits.ts';
import type { Player, Stage } from './application-player.ts';
import type { ArrestData, PersonEncountered, PremisesData } from './data/week.ts';
import type { OperationPlan, Planned } from './plan.ts';
import { sendCustodyNotice } from './sides.ts';
import { dateFields, idFromAddress, labelled } from './staff-walker.ts';

/** Who holds the phone for each team, and who gives the advice. */
const teamRecorders: Record<string, { readonly officer: MemberKey; readonly adviser: MemberKey }> = {
  'Blue team': { officer: 'officer', adviser: 'nurse' },
  'Red team': { officer: 'officer', adviser: 'nurse' },
  'Green team': { officer: 'officer2', adviser: 'adviser' },
};

const addMinutes = (time: string, minutes: number): string => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
};

export async function recordVisits(stage: Stage, plan: OperationPlan, planned: Planned): Promise<void> {
  const inOrder = [...plan.places].sort((a, b) => a.day - b.day || a.starts.localeCompare(b.starts));
  for (const place of inOrder) {
    if (place.calledOff) await callOff(stage, plan, planned, place, place.calledOff);
    await recordVisit(stage, plan, planned, place);
  }
}

async function callOff(
  stage: Stage,
  plan: OperationPlan,
  planned: Planned,
  place: PremisesData,
  { day, starts, reason }: NonNullable<PremisesData['calledOff']>,
): Promise<void> {
  stage.at(addDays(plan.starts, day), addMinutes(starts, -60));
  const planner = stage.as('planner');
  const id = planned.premises.get(place.name) ?? '';
  const page = await planner.read(premisesPaths.premises(id));
  const first = /\/visits\/([0-9a-f-]{36})\/call-off/.exec(page)?.[1] ?? '';
  await planner.fill(premisesPaths.callOffVisit(id, first), {
    decidedBy: 'Detective Inspector Dana Holt',
    reason,
    alternative: 'Going without an interpreter, which was refused',
  });
}

async function recordVisit(stage: Stage, plan: OperationPlan, planned: Planned, place: PremisesData): Promise<void> {
  const day = addDays(plan.starts, place.day);
  const time = (minutes: number): string => addMinutes(place.starts, minutes);
  const { officer: officerKey, adviser } = teamRecorders[place.team] ?? { officer: 'officer', adviser: 'nurse' };
  stage.at(day, time(2));
  const officer = stage.as(officerKey);
  const visit = await findVisit(stage, planned, place, day);
  if (place.reference) await recordExecution(stage, planned, place, day);
  const next = await officer.fill(visitPaths.arrival(visit), {
    answer: place.answer,
    answeredBy: place.answeredBy ?? '',
    present: place.present,
    time: time(0),
    everybody: 'yes',
    ...dateFields('day', day),
  });
  if (next.endsWith('/entry')) await officer.fill(next, { power: 'planned', ground: '' });
  if (place.answer === 'no reply') return; // Saved and finished in one step.
  const people: string[] = [];
  for (const [index, met] of place.met.entries()) {
    stage.at(day, time(8 + index * 6));
    people.push(await recordEncounter(stage, officer, adviser, visit, met));
  }
  for (const [index, arrested] of (place.arrested ?? []).entries()) {
    stage.at(day, time(35 + index * 4));
    await recordArrest(officer, visit, arrested, { day, time: time(34 + index * 4) });
  }
  stage.at(day, time(50));
  if (place.seized)
    await officer.fill(visitPaths.newSeizure(visit), {
      ...place.seized,
      exhibitRef: 'LV/RM/1',
      foundWhere: 'Under the counter',
      foundBy: 'Detective Constable Ellie Marsh',
    });
  if (place.basis !== 'consent' || place.damage) {
    await officer.fill(visitPaths.search(visit), {
      searched: 'yes',
      rooms: 'All rooms',
      forceUsed: place.damage ? 'A ram, on the back door' : '',
      damage: place.damage ?? '',
      noticeLeft: 'yes',
      officerInCharge: 'Detective Constable Ravi Menon',
      roles: 'Two officers searched. One of them kept the exhibits.',
    });
  }
  stage.at(day, time(56));
  await officer.fill(visitPaths.departure(visit), { time: time(55), ...dateFields('day', day) });
  await officer.fill(visitPaths.finish(visit));
}

/** The visit of that day among those of the premises. */
async function findVisit(stage: Stage, planned: Planned, place: PremisesData, day: string): Promise<string> {
  const planner = stage.as('planner');
  const page = await planner.read(premisesPaths.premises(planned.premises.get(place.name) ?? ''));
  const visits = [...page.matchAll(/\/visits\/([0-9a-f-]{36})\/move/g)].map(([, id]) => id ?? '');
  const open = visits.at(-1);
  if (!open) throw new Error(`${place.name} has no visit planned on ${day}`);
  return open;
}

/** The power is marked as used by the planner, as the officer reports it. */
async function recordExecution(stage: Stage, planned: Planned, place: PremisesData, day: string): Promise<void> {
  const planner = stage.as('planner');
  const id = planned.premises.get(place.name) ?? '';
  const page = await planner.read(premisesPaths.premises(id));
  const power = /\/powers\/([0-9a-f-]{36})/.exec(page)?.[1] ?? '';
  await planner.fill(premisesPaths.powerStep(id, power, 'executed'), {
    time: place.starts,
    note: 'The warrant was endorsed on the day with the people found and the items seized',
    ...dateFields('on', day),
  });
}

async function recordEncounter(
  stage: Stage,
  officer: Player,
  adviser: MemberKey,
  visit: string,
  met: PersonEncountered,
): Promise<string> {
  const next = await officer.fill(visitPaths.newEncounter(visit), {
    place: met.place,
    spokenTo: met.spoken === false ? 'only seen' : 'spoken to',
    age: 'adult',
    language: met.language,
    interpreter: met.interpreter,
  });
  const encounter = idFromAddress(next);
  if (met.name) await officer.fill(encounterPaths.newName(encounter), met.name);
  if (met.sign) {
    const { id, ...seen } = met.sign;
    await officer.fill(withQuery(encounterPaths.indicators(encounter), { sign: id }), seen);
  }
  if (met.note) await recordNote(stage, adviser, encounter, met.note);
  return encounter;
}

async function recordNote(
  stage: Stage,
  who: MemberKey,
  encounter: string,
  note: NonNullable<PersonEncountered['note']>,
): Promise<void> {
  const adviser = stage.as(who);
  const at = notePaths.writing(encounter);
  await adviser.fill(at, {
    advice: note.advice,
    understood: note.advice.length > 0 ? 'yes' : '',
    needs: note.needs ?? [],
    outcomes: note.outcomes ?? [],
    disclosed: note.disclosed ?? [],
    wants: note.wants ?? '',
    authorPhone: '07700 900 318',
  });
  if (note.person) {
    const opening = withQuery(peoplePaths.opening(), { from: `note:${idFromAddress(await adviser.ledTo(at))}` });
    const person = await adviser.fill(opening, note.person, '/new');
    const concern = await adviser.fill(`${person}/nrm-referral`, {}, '/nrm-referral');
    await adviser.fill(`${concern}/question`, { answer: 'no' });
    await recordTasks(adviser, person);
    if (note.notice) await sendCustodyNotice(adviser, idFromAddress(person), note.notice);
  }
  if (!note.referral) return;
  const { needs, words, answer, reason } = note.referral;
  const written = await adviser.ledTo(at);
  await adviser.fill(`${written}/refer`, {
    to: labelled('Lea Vale County Council'),
    needs,
    words,
    agreed: 'agreed',
    step: 'send',
  });
  const caseworker = stage.as('caseworker');
  const waiting = /\/staff\/safeguarding\/referrals\/[0-9a-f-]{36}\/decide/;
  const list = await caseworker.read(referralPaths.list());
  for (const [address] of list.matchAll(/\/staff\/safeguarding\/referrals\/[0-9a-f-]{36}/g)) {
    const decide = waiting.exec(await caseworker.read(address))?.[0];
    if (decide) await caseworker.fill(decide, { decision: answer, reason });
  }
}

/** Open actions for the person, who has taken them, and the handover note for the next shift. */
async function recordTasks(adviser: Player, record: string): Promise<void> {
  const list = await adviser.fill(`${record}/actions/new`, {
    what: 'Ring the council about a safe bed from tonight',
    by: 'by the next working day',
  });
  await adviser.fill(`${record}/actions/new`, {
    what: 'Go with her to the solicitor',
    by: 'within five working days',
  });
  await adviser.fill(`${record}/actions/offered`, { what: 'Talks with an adviser, by Harbour' });
  const first = await adviser.follow(list, 'Ring the council');
  await adviser.fill(first, {}, '/take');
  await adviser.fill(handoverPaths.add(), {
    words: 'The council will call back before 6pm. Do not call the number in the record unless she agreed by text.',
    tasks: [idFromAddress(first)],
  });
}

async function recordArrest(
  officer: Player,
  visit: string,
  { sex, age, screening }: ArrestData,
  { day, time }: { day: string; time: string },
): Promise<void> {
  const next = await officer.fill(visitPaths.newArrest(visit), {
    time,
    kind: 'administrative immigration',
    matter: 'immigration',
    offence: '',
    sex,
    age,
    residence: 'Watford',
    status: 'immigration detention',
    custodyRef: '',
    encounterId: '',
    ...dateFields('day', day),
  });
  const arrest = idFromAddress(next);
  const done = screening.outcome !== 'not done';
  await officer.fill(arrestPaths.screening(arrest), {
    outcome: screening.outcome,
    reason: screening.reason ?? '',
    screenedBy: screening.by ?? '',
    time: done ? time : '',
    interpreter: screening.interpreter ?? '',
    ...(done ? dateFields('day', day) : { 'day-day': '', 'day-month': '', 'day-year': '' }),
  });
  await officer.fill(arrestPaths.closing(arrest));
}
