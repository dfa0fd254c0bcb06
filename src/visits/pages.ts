/** Pages about visits: one visit with its timeline, and the forms used at the premises. */
import type { VisitInPlan } from '../operations/plan/index.ts';
import { findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { timeOf } from '../platform/clock.ts';
import type { EarlierVersion } from '../platform/database/earlier-versions.ts';
import {
  formatMoment,
  getMemberName,
  type MemberNames,
  momentField,
  type ShownFields,
  textField,
  versionsSection,
} from '../platform/forms/correction.ts';
import type { Request } from '../platform/http/server.ts';
import { type Model, withLineBreaks } from '../platform/rendering/views.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { capital, listOf } from '../vocabulary/languages/english.ts';
import { othersWords } from './arrival/attendance.ts';
import { type OnCall, onCallRow } from './on-call-first-responders.ts';
import type { VisitState } from './store.ts';
import { type Answer, type Encounter, isEntered, type Missing, type Others, type Visit } from './visit.ts';

/** Whether the member records here: only on their own team's visits. A planner reads. */
export const mayWrite = (request: Pick<Request, 'can' | 'actor'>, planned: Pick<VisitInPlan, 'teamId'>): boolean =>
  request.can('visit.record') && request.actor.teams.includes(planned.teamId);

export type Stage = 'planned' | 'postponed' | 'called off' | 'under way' | 'finished';
export const stageTags: Record<Stage, string> = {
  planned: 'blue',
  postponed: 'yellow',
  'called off': 'grey',
  'under way': 'orange',
  finished: 'green',
};

export const stageOf = (planned: { readonly state: string }, made: VisitState | undefined): Stage =>
  made ? (made.finishedAt ? 'finished' : 'under way') : (planned.state as Stage);

const missingWords: Record<Missing, string> = {
  'the door': 'What happened at the door',
  'time of leaving': 'When you left',
  power: 'Which power was used to enter',
  'a person spoken to': 'The person you spoke to at the door',
  'a person met': 'At least one person you met, or that nobody was there',
  screening: 'Whether everybody who was arrested was screened for exploitation',
};

const missingLinks = (id: string): Record<Missing, string> => ({
  'the door': `/staff/visits/${id}/correct`,
  power: `/staff/visits/${id}/entry`,
  'time of leaving': `/staff/visits/${id}/leave`,
  'a person spoken to': `/staff/visits/${id}/encounters/new`,
  'a person met': `/staff/visits/${id}/encounters/new`,
  screening: '#arrests',
});

export const missingSection = (id: string, missing: readonly Missing[]): Model => ({
  kind: 'list',
  id: 'missing',
  title: 'Before this visit can be finished',
  items: missing.map((what) => ({ text: missingWords[what], href: missingLinks(id)[what] })),
});

export type Point = { readonly at: Date; readonly text: string };

/** A timeline of numbered points. Points that would overlap are stacked. The table next to it lists the same events. */
export function timelineOf(points: readonly Point[]): Model | undefined {
  const ordered = [...points].sort((a, b) => a.at.getTime() - b.at.getTime());
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (!first || !last) return undefined;
  const [left, width, apart, rise] = [20, 320, 30, 32];
  const span = Math.max(1, last.at.getTime() - first.at.getTime());
  const ends: number[] = [];
  const dots = ordered.map(({ at }, index) => {
    const x = Math.round(left + ((at.getTime() - first.at.getTime()) / span) * (width - 2 * left));
    const free = ends.findIndex((end) => x - end >= apart);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = x;
    return { x, lane, number: index + 1 };
  });
  const height = 24 + ends.length * rise;
  return {
    width,
    height,
    dots: dots.map(({ x, lane, number }) => ({ x, y: height - 24 - lane * rise, number })),
    base: height - 24,
    rows: ordered.map(({ at, text }, index) => [{ text: String(index + 1) }, { text: timeOf(at) }, { text }]),
  };
}

export type ShownVisit = {
  readonly planned: VisitInPlan;
  /** Why the plan goes there. */
  readonly why: string;
  /** The reference of the planned power and the partners that it names. */
  readonly power: { readonly reference: string | null; readonly named: readonly string[] } | undefined;
  readonly onCall: OnCall | undefined;
  readonly stage: Stage;
  readonly visit: Visit | undefined;
  readonly names: MemberNames;
  readonly encounters: readonly Encounter[];
  readonly missing: readonly Missing[];
  readonly points: readonly Point[];
  readonly versions: readonly EarlierVersion[];
  /** Whether the member may write here: they are on the team, and the visit is open to them. */
  readonly writes: boolean;
  readonly mayFinish: boolean;
  readonly writesNotes: boolean;
  readonly enforcement: boolean;
  /** Sections that enforcement alone is shown, made where their records are known. */
  readonly more: readonly Model[];
};

/** One visit. To a helper it is the meeting and nothing else: no field, link, count or word of what officers record. */
export function visitPage(shown: ShownVisit): Model {
  const { planned, visit, stage } = shown;
  const { premises } = planned;
  return {
    title: premises.name,
    caption: `${premises.town}, ${longDay(planned.day)}`,
    back: { href: '/staff/visits', text: 'Visits' },
    actions: actionsOf(shown),
    timeline: timelineOf(shown.points),
    sections: [
      ...(stateOf(shown) ? [{ kind: 'states', title: 'Where it stands', items: [stateOf(shown)] }] : []),
      ...(visit && !visit.finishedAt && shown.writes && shown.missing.length > 0
        ? [missingSection(planned.id, shown.missing)]
        : []),
      ...(visit ? [{ kind: 'summary', title: 'The visit', rows: madeRows(shown, visit) }] : []),
      {
        kind: 'summary',
        id: 'plan',
        title: 'The place and the plan',
        rows: placeRows(shown),
        links: [{ href: '/staff/powers', text: 'What each power allows' }],
      },
      ...(visit ? [peopleMet(shown)] : []),
      ...shown.more,
      ...(visit ? versionsSection(shown.versions, shown.names, visitFields(shown)) : []),
    ],
    stage: { text: stage, tag: stageTags[stage] },
  };
}

function stateOf({ planned, stage, visit, names }: ShownVisit): Model | undefined {
  if (stage === 'postponed' || stage === 'called off')
    return { kind: 'waiting', title: `This visit was ${stage}`, text: planned.reason ?? '' };
  if (visit?.finishedAt)
    return {
      kind: 'good',
      text: `Finished at ${formatMoment(visit.finishedAt)}. Recorded by ${getMemberName(names, visit.recordedBy)}.`,
    };
  return undefined;
}

function actionsOf({ planned, visit, writes, mayFinish, missing, enforcement }: ShownVisit): Model[] {
  const to = (path: string, text: string, secondary = true): Model => ({
    href: `/staff/visits/${planned.id}/${path}`,
    text,
    secondary,
  });
  if (!writes) return [];
  if (!visit) return planned.state === 'planned' ? [to('arrive', 'We have arrived', false)] : [];
  if (visit.finishedAt)
    return [to('correct', 'Correct the visit'), ...(mayFinish ? [to('reopen', 'Open it again')] : [])];
  const ready = missing.length === 0;
  return [
    ...(missing.includes('power') ? [to('entry', 'Record the power used', false)] : []),
    ...(visit.answer === 'no reply' ? [] : [to('encounters/new', 'Add a person met', missing.includes('power'))]),
    ...(enforcement
      ? [
          to('signs', 'Record an indicator'),
          to('arrests/new', 'Record an arrest'),
          to('seizures/new', 'Record a seizure'),
          to('search', 'Search, force, damage'),
        ]
      : []),
    ...(visit.leftAt === null ? [to('leave', 'We have left')] : []),
    ...(ready && mayFinish ? [to('finish', 'Finish the visit', false)] : []),
    to('correct', 'Correct the visit'),
  ];
}

const lines = (key: string, text: string): Model => ({ key: { text: key }, value: withLineBreaks(text) });

const row = (key: string, text: string | null | undefined): Model[] =>
  text ? [{ key: { text: key }, value: { text } }] : [];

/** The place and its power from the plan: needed at the premises, before and after arrival. */
function placeRows({ planned, why, power, onCall }: ShownVisit): Model[] {
  const { premises } = planned;
  const named = findPower(planned.basis ?? '', planned.day)?.accompany === 'named on the warrant';
  return [
    ...row('Address', [premises.address, premises.town, premises.postcode].filter(Boolean).join(', ')),
    ...onCallRow(onCall),
    lines('Risks', premises.risks ?? 'None written down'),
    ...row('Immigration officers', capital(premises.immigrationEntry ?? 'not decided')),
    ...row('Languages', listOf(premises.languages)),
    ...row('Interpreter', premises.interpreter ?? (premises.languages.length > 0 ? 'Nobody named' : null)),
    ...row('Kind of business', capital(premises.business)),
    lines('Why this place', why),
    ...row('Planned for', `${planned.starts} on ${longDay(planned.day)}, ${planned.teamName}`),
    ...row('Power planned', planned.basis ? powerName(planned.basis) : 'None is planned'),
    ...row('Its reference', power?.reference),
    ...(power && named ? row('Named on it', listOf(power.named) || 'Nobody yet') : []),
  ];
}

/** Whether anyone may enter under it, as by consent. An officer's power is left out, because it may reveal the purpose of the visit. */
export const openToAnybody = (basis: string, day: string): boolean =>
  ['consent', 'licence', 'other'].includes(findPower(basis, day)?.kind ?? '');

/** To a helper a power of officers that was not planned has no name. */
const powerWords = ({ planned, enforcement }: ShownVisit, basis: string): string =>
  enforcement || basis === planned.basis || openToAnybody(basis, planned.day)
    ? powerName(basis)
    : 'another than was planned';

const usedWords = (shown: ShownVisit, { answer, basis }: Visit): string => {
  if (basis) return powerWords(shown, basis);
  return answer && !isEntered(answer) ? 'None: nobody entered' : 'Not recorded yet';
};

function madeRows(shown: ShownVisit, visit: Visit): Model[] {
  const { names, enforcement } = shown;
  return [
    ...row('Arrived', formatMoment(visit.arrivedAt)),
    ...row('At the door', visit.answer ? capital(doorWords[visit.answer]) : 'Not recorded yet'),
    ...row('Power used', usedWords(shown, visit)),
    ...(enforcement ? row('Why this power', visit.basisGround) : []),
    ...row('Who attended', listOf(visit.attendees.map((id) => getMemberName(names, id)))),
    ...row('Others, without an account', capital(othersWords(visit.others))),
    ...(enforcement ? row('Why immigration officers came in', visit.immigrationGround) : []),
    ...row('Who answered', visit.answeredBy),
    ...row('People there', visit.present === null ? null : String(visit.present)),
    ...row('Left', visit.leftAt ? formatMoment(visit.leftAt) : 'Not recorded yet'),
  ];
}

export const doorWords: Record<Answer, string> = {
  'no reply': 'no reply, nobody entered',
  'refused entry': 'entry refused, nobody entered',
  'spoken to at the door': 'spoke to somebody at the door, nobody entered',
  entered: 'entered',
  'entered by force after no reply': 'entered by force after no reply',
  'entered by force after refusal': 'entered by force after a refusal',
  'entered by force without notice': 'entered by force without notice',
};

export const ageWords: Record<Encounter['age'], string> = {
  adult: 'adult',
  'under 18': 'under 18',
  'not known': 'not known: a child until assessed',
};

const noteLink = ({ id, number, spokenTo }: Encounter): Model =>
  spokenTo
    ? { text: 'Write what was said', href: `/staff/safeguarding/encounters/${id}/note`, hidden: `by person ${number}` }
    : { text: 'was not spoken to' };

/** "works there, spoken to, adult, Romanian, interpreter by phone" */
const onlookerWords = ({ place, spokenTo, age, language, interpreter }: Encounter): string =>
  [
    place === 'not known' ? 'place there not known' : place,
    spokenTo ? 'spoken to' : 'only seen',
    age === 'not known' ? 'age not known: a child until assessed' : age,
    language,
    interpreter === 'not needed'
      ? null
      : interpreter === 'none could be found'
        ? 'no interpreter'
        : `interpreter ${interpreter}`,
  ]
    .filter(Boolean)
    .join(', ');

function peopleMet({ planned, visit, encounters, writesNotes }: ShownVisit): Model {
  return {
    kind: 'table',
    id: 'people',
    caption: 'People met',
    stack: true,
    columns: ['Person', ...(writesNotes ? ['Help'] : []), 'What could be seen'].map((text) => ({ text })),
    rows: encounters.map((met) => [
      { text: `Person ${met.number}`, href: `/staff/encounters/${met.id}` },
      ...(writesNotes ? [noteLink(met)] : []),
      { text: onlookerWords(met) },
    ]),
    empty:
      visit?.answer === 'no reply'
        ? 'There was no reply, so nobody was met. The visit is counted.'
        : 'Nobody has been recorded yet.',
    ...(writesNotes && {
      links: [{ href: `/staff/safeguarding?visit=${planned.id}`, text: 'The notes that you wrote at this visit' }],
    }),
  };
}

const visitFields = (shown: ShownVisit): ShownFields => ({
  arrived_at: momentField('arrived'),
  left_at: momentField('left'),
  basis: ['power', (basis) => (basis ? powerWords(shown, String(basis)) : 'none')],
  ...(shown.enforcement && { basis_ground: textField('why this power') }),
  answer: textField('at the door'),
  answered_by: textField('who answered'),
  present: textField('people there'),
  others: ['others, without an account', (value) => othersWords((value ?? []) as Others[]) || 'nobody'],
  ...(shown.enforcement && { immigration_ground: textField('why immigration officers came in') }),
  attendees: ['who attended', (value) => listOf((value as string[]).map((id) => getMemberName(shown.names, id)))],
  finished_at: momentField('finished'),
});
