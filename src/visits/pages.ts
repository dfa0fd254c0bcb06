/** Pages about visits: one visit with its timeline, and the forms used at the premises. */

import type { VisitInPlan } from '../operations/plan/index.ts';
import { findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { dayOf, timeOf } from '../platform/clock.ts';
import type { EarlierVersion } from '../platform/database/earlier-versions.ts';
import {
  getMemberName,
  type MemberNames,
  momentField,
  type ShownFields,
  textField,
  versionsSection,
} from '../platform/forms/correction.ts';
import type { Request } from '../platform/http/server.ts';
import type { CasePage, Cell, PageAction, Section, SummaryRow } from '../platform/rendering/pages.ts';
import { withQuery } from '../platform/rendering/paging.ts';
import { withLineBreaks } from '../platform/rendering/views.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { formatMoment } from '../vocabulary/calendar/moments.ts';
import type { VisitId } from '../vocabulary/ids.ts';
import { capital, listOf } from '../vocabulary/languages/english.ts';
import { powerPaths } from '../vocabulary/paths/operations.ts';
import type { StaffPath } from '../vocabulary/paths/path.ts';
import { notePaths } from '../vocabulary/paths/safeguarding/notes.ts';
import { encounterPaths, visitPaths } from '../vocabulary/paths/visits.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import { wordsOf } from '../vocabulary/value-words.ts';
import { formatOthers } from './arrival-and-departure/attendance.ts';
import type { DecisionToProceed } from './decision-to-proceed.ts';
import { interpreterRow, type OnCallFirstResponder, onCallRow } from './on-call-first-responders.ts';
import type { PowerNotice } from './power-notice.ts';
import { listStateNotices } from './state-notices.ts';
import {
  type Answer,
  type Encounter,
  isEntered,
  type MissingStep,
  type OtherAttendees,
  type Visit,
  type VisitState,
} from './visit.ts';

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

export const getStage = (planned: { readonly state: string }, made: VisitState | undefined): Stage =>
  made ? (made.finishedAt ? 'finished' : 'under way') : (planned.state as Stage);

const missingStepLabels: Record<MissingStep, string> = {
  'the door': 'What happened at the door',
  'time of leaving': 'When you left',
  power: 'Which power was used to enter',
  'a person spoken to': 'The person you spoke to at the door',
  'a person met': 'At least one person you met, or that nobody was there',
  screening: 'Whether everybody who was arrested was screened for exploitation',
};

const missingLinks = (id: string): Record<MissingStep, string> => ({
  'the door': visitPaths.correction(id),
  power: visitPaths.entry(id),
  'time of leaving': visitPaths.departure(id),
  'a person spoken to': visitPaths.newEncounter(id),
  'a person met': visitPaths.newEncounter(id),
  screening: '#arrests',
});

export const missingSection = (id: string, missing: readonly MissingStep[]): Section => ({
  kind: 'list',
  id: 'missing',
  title: 'Before this visit can be finished',
  items: missing.map((what) => ({ text: missingStepLabels[what], href: missingLinks(id)[what] })),
});

export type TimelinePoint = { readonly at: Date; readonly text: string };

/** Where each point lies in the drawing, and the rows of the table next to it. */
export type Timeline = {
  readonly width: number;
  readonly height: number;
  readonly base: number;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly number: number }[];
  readonly rows: readonly (readonly { readonly text: string }[])[];
};

/** A timeline of numbered points. Points that would overlap are stacked. The table next to it lists the same events. */
export function createTimeline(points: readonly TimelinePoint[]): Timeline | undefined {
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
  const when = (at: Date) => (dayOf(at) === dayOf(first.at) ? timeOf(at) : formatMoment(at));
  const height = 24 + ends.length * rise;
  return {
    width,
    height,
    dots: dots.map(({ x, lane, number }) => ({ x, y: height - 24 - lane * rise, number })),
    base: height - 24,
    rows: ordered.map(({ at, text }, index) => [{ text: String(index + 1) }, { text: when(at) }, { text }]),
  };
}

export type VisitPageData = {
  readonly planned: VisitInPlan;
  /** Why the plan goes there. */
  readonly why: string;
  /** The reference of the planned power and the partners that it names. */
  readonly power: { readonly reference: string | null; readonly named: readonly string[] } | undefined;
  readonly onCall: OnCallFirstResponder | undefined;
  readonly stage: Stage;
  readonly visit: Visit | undefined;
  readonly go: DecisionToProceed;
  /** Why the team may not enter under the planned power. */
  readonly notice: PowerNotice | undefined;
  /** The commanders by name, where the page tells the team to ask them. */
  readonly commanders?: string | undefined;
  readonly names: MemberNames;
  readonly encounters: readonly Encounter[];
  readonly missing: readonly MissingStep[];
  readonly points: readonly TimelinePoint[];
  readonly versions: readonly EarlierVersion[];
  /** When the visit was finished for the first time. */
  readonly firstFinishedAt: Date | undefined;
  /** Whether the member may write here: they are on the team, and the visit is open to them. */
  readonly writes: boolean;
  readonly mayFinish: boolean;
  /** The visit that the reader goes to after this one. */
  readonly next: VisitId | undefined;
  /** What an officer should still record, made where it is known. */
  readonly reminders: readonly Section[];
  readonly photos: Section | undefined;
  /** Files of the premises, from the plan. */
  readonly placeFiles: Section | undefined;
  readonly writesNotes: boolean;
  readonly enforcement: boolean;
  /** Sections that enforcement alone is shown, made where their records are known. */
  readonly more: readonly Section[];
};

type VisitPage = CasePage & {
  readonly timeline: Timeline | undefined;
  readonly stage: { readonly text: Stage; readonly tag: string };
};

declare module '../platform/rendering/views.ts' {
  interface ViewModels {
    'visits/visit': VisitPage;
  }
}

/** One visit. To a helper it is the meeting and nothing else: no field, link, count or word of what officers record. */
export function visitPage(shown: VisitPageData): VisitPage {
  const { planned, visit, stage } = shown;
  const { premises } = planned;
  const notices = listStateNotices(shown);
  const people = visit ? [encountersSection(shown)] : [];
  // Who comes to write notes finds them before the plan.
  const peopleFirst = shown.writesNotes && !shown.enforcement;
  return {
    title: premises.name,
    caption: `Visit ${referenceOf('visit', planned.id)}, ${premises.town}, ${longDay(planned.day)}`,
    back: { href: visitPaths.list(), text: 'Visits' },
    actions: listActions(shown),
    timeline: createTimeline(shown.points),
    sections: [
      ...(notices.length > 0 ? [{ kind: 'states' as const, title: 'Where it stands', items: notices }] : []),
      ...(visit && !visit.finishedAt && shown.writes && shown.missing.length > 0
        ? [missingSection(planned.id, shown.missing)]
        : []),
      ...shown.reminders,
      ...(visit ? [{ kind: 'summary' as const, title: 'The visit', rows: visitRows(shown, visit) }] : []),
      ...(peopleFirst ? people : []),
      {
        kind: 'summary',
        id: 'plan',
        title: 'The place and the plan',
        rows: planRows(shown),
        links: [{ href: powerPaths.catalogue(), text: 'Guide to powers of entry' }],
      },
      ...(shown.placeFiles ? [shown.placeFiles] : []),
      ...(peopleFirst ? [] : people),
      ...(shown.photos ? [shown.photos] : []),
      ...shown.more,
      ...(visit ? versionsSection(shown.versions, shown.names, getVisitFields(shown)) : []),
    ],
    stage: { text: stage, tag: stageTags[stage] },
  };
}

function listActions({
  planned,
  visit,
  go,
  notice,
  writes,
  mayFinish,
  missing,
  enforcement,
  next,
}: VisitPageData): PageAction[] {
  const to = (path: StaffPath<`/visits/:id/${string}`>, text: string, next = false): PageAction => ({
    href: path(planned.id),
    text,
    secondary: !next,
    stays: next,
  });
  if (!writes) return [];
  if (!visit)
    return planned.state === 'planned'
      ? [to(visitPaths.arrival, 'We have arrived', go === 'go' && notice?.kind !== 'unlawful')]
      : [];
  if (visit.finishedAt)
    return [
      ...(next ? [{ href: visitPaths.visit(next), text: 'Go to your next visit' }] : []),
      to(visitPaths.correction, 'Correct the visit'),
      ...(mayFinish ? [to(visitPaths.reopen, 'Open it again')] : []),
    ];
  // The form of finishing asks when the team left.
  const finishes = mayFinish && missing.every((what) => what === 'time of leaving');
  const power = missing.includes('power');
  // While the team is with people, the next step is the next person.
  const among = visit.leftAt === null && (isEntered(visit.answer) || visit.answer === 'spoken to outside');
  const ends = finishes && !among;
  return [
    ...(power ? [to(visitPaths.entry, 'Record the power used', true)] : []),
    ...(ends ? [to(visitPaths.finish, 'Finish the visit', true)] : []),
    ...(visit.answer === 'no reply' ? [] : [to(visitPaths.newEncounter, 'Add a person met', !power && !ends)]),
    ...(enforcement
      ? [
          to(visitPaths.indicators, 'Record indicators of the premises'),
          to(visitPaths.newArrest, 'Record an arrest'),
          to(visitPaths.newSeizure, 'Record a seizure'),
          to(visitPaths.search, 'Search, force, damage'),
        ]
      : []),
    to(visitPaths.newPhoto, 'Add a photo of a room or object'),
    ...(visit.leftAt === null ? [to(visitPaths.departure, 'We have left')] : []),
    ...(finishes && among ? [to(visitPaths.finish, 'Finish the visit')] : []),
    to(visitPaths.correction, 'Correct the visit'),
  ];
}

const multilineRow = (key: string, text: string): SummaryRow => ({ key: { text: key }, value: withLineBreaks(text) });

const optionalRow = (key: string, text: string | null | undefined): SummaryRow[] =>
  text ? [{ key: { text: key }, value: { text } }] : [];

/** The place and its power from the plan: needed at the premises, before and after arrival. */
function planRows({ planned, why, power, onCall }: VisitPageData): SummaryRow[] {
  const { premises } = planned;
  const named = findPower(planned.basis ?? '', planned.day)?.accompany === 'named on the warrant';
  return [
    ...optionalRow('Address', [premises.address, premises.town, premises.postcode].filter(Boolean).join(', ')),
    ...onCallRow(onCall),
    multilineRow('Risks', premises.risks ?? 'Not recorded'),
    ...optionalRow('Somebody lives or sleeps there', capital(premises.dwelling)),
    ...optionalRow('Immigration officers', capital(wordsOf(premises.immigrationEntry ?? 'not decided'))),
    ...optionalRow('Languages', listOf(premises.languages)),
    ...interpreterRow(premises),
    ...optionalRow('Kind of business', capital(premises.business)),
    multilineRow('Why this place', why),
    ...optionalRow('Planned for', `${planned.starts} on ${longDay(planned.day)}, ${planned.teamName}`),
    ...optionalRow('Power planned', planned.basis ? powerName(planned.basis) : 'None is planned'),
    ...optionalRow('Its reference', power?.reference),
    ...(power && named ? optionalRow('Named on the power', listOf(power.named) || 'Nobody yet') : []),
  ];
}

/** Whether anyone may enter under it, as by consent. An officer's power is left out, because it may reveal the purpose of the visit. */
export const isOpenToAnybody = (basis: string, day: string): boolean =>
  ['consent', 'licence', 'other'].includes(findPower(basis, day)?.kind ?? '');

/** Whether search, force, damage and the notice are to be recorded: the team entered under a power, or by consent. */
export const isSearchDue = ({ answer, basis }: Pick<Visit, 'answer' | 'basis'>, day: string): boolean =>
  isEntered(answer) && basis !== null && (basis === 'consent' || !isOpenToAnybody(basis, day));

/** To a helper a power of officers that was not planned has no name. */
const formatPower = ({ planned, enforcement }: VisitPageData, basis: string): string =>
  enforcement || basis === planned.basis || isOpenToAnybody(basis, planned.day)
    ? powerName(basis)
    : 'another than was planned';

const formatPowerUsed = (shown: VisitPageData, { answer, basis }: Visit): string => {
  if (basis) return formatPower(shown, basis);
  return answer && !isEntered(answer) ? 'None: nobody entered' : 'Not recorded yet';
};

function visitRows(shown: VisitPageData, visit: Visit): SummaryRow[] {
  const { names, enforcement } = shown;
  return [
    ...optionalRow('Arrived', formatMoment(visit.arrivedAt)),
    ...optionalRow(
      'What happened at the door',
      visit.answer ? capital(doorAnswerLabels[visit.answer]) : 'Not recorded yet',
    ),
    ...optionalRow('Power used', formatPowerUsed(shown, visit)),
    ...(enforcement ? optionalRow('Why this power', visit.basisGround) : []),
    ...optionalRow('Attendees', listOf(visit.attendees.map((id) => getMemberName(names, id)))),
    ...optionalRow('Attendees without an account', capital(formatOthers(visit.others))),
    ...(enforcement ? optionalRow('Why immigration officers came in', visit.immigrationGround) : []),
    ...optionalRow('Person who answered', visit.answeredBy),
    ...optionalRow('People there', visit.present === null ? null : String(visit.present)),
    ...optionalRow('Left', visit.leftAt ? formatMoment(visit.leftAt) : 'Not recorded yet'),
  ];
}

export const doorAnswerLabels: Record<Answer, string> = {
  'no reply': 'no reply, nobody entered',
  'refused entry': 'entry refused, nobody entered',
  'spoken to outside': 'spoke to somebody at the door, nobody entered',
  entered: 'entered',
  'forced, no reply': 'entered by force after no reply',
  'forced, refused': 'entered by force after a refusal',
  'forced, no notice': 'entered by force without notice',
};

export const ageLabels: Record<Encounter['age'], string> = {
  adult: 'adult',
  'under 18': 'under 18',
  'not known': 'not known: a child until assessed',
};

const noteLink = ({ id, number, spokenTo }: Encounter): Cell =>
  spokenTo
    ? { text: 'Safeguarding note', href: notePaths.writing(id), hidden: `about person ${number}` }
    : { text: 'was not spoken to' };

/** "works there, spoken to, adult, Romanian, interpreter by phone" */
const describeEncounter = ({ place, spokenTo, age, language, interpreter }: Encounter): string =>
  [
    place === 'not known' ? 'place there not known' : place,
    spokenTo ? 'spoken to' : 'only seen',
    age === 'not known' ? 'age not known: a child until assessed' : age,
    language,
    interpreter === 'not needed'
      ? null
      : interpreter === 'none found'
        ? 'no interpreter'
        : `interpreter ${interpreter}`,
  ]
    .filter(Boolean)
    .join(', ');

function encountersSection({ planned, visit, encounters, writesNotes }: VisitPageData): Section {
  return {
    kind: 'table',
    id: 'people',
    caption: 'People met',
    stack: true,
    columns: ['Person', ...(writesNotes ? ['Help'] : []), 'Observed'].map((text) => ({ text })),
    rows: encounters.map((met) => [
      { text: `Person ${met.number}`, href: encounterPaths.encounter(met.id) },
      ...(writesNotes ? [noteLink(met)] : []),
      { text: describeEncounter(met) },
    ]),
    empty:
      visit?.answer === 'no reply'
        ? 'There was no reply, so nobody was met. The visit is counted.'
        : 'Nobody has been recorded yet.',
    ...(writesNotes && {
      links: [
        { href: withQuery(notePaths.list(), { visit: planned.id }), text: 'The notes that you wrote at this visit' },
      ],
    }),
  };
}

const getVisitFields = (shown: VisitPageData): ShownFields => ({
  arrived_at: momentField('arrived'),
  left_at: momentField('left'),
  basis: ['power', (basis) => (basis ? formatPower(shown, String(basis)) : 'none')],
  ...(shown.enforcement && { basis_ground: textField('why this power') }),
  answer: ['what happened at the door', (value) => doorAnswerLabels[value as Answer] ?? 'not recorded'],
  answered_by: textField('person who answered'),
  present: textField('people there'),
  others: ['attendees without an account', (value) => formatOthers((value ?? []) as OtherAttendees[]) || 'nobody'],
  ...(shown.enforcement && { immigration_ground: textField('why immigration officers came in') }),
  attendees: ['attendees', (value) => listOf((value as string[]).map((id) => getMemberName(shown.names, id)))],
  finished_at: momentField('finished'),
});
