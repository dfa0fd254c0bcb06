/** What this room shows of visits: the day's list, one visit with its timeline, and what is asked at the door. */
import type { VisitInPlan } from '../operations/index.ts';
import { timeOf } from '../platform/clock.ts';
import {
  instant,
  momentOf,
  type Names,
  nameOf,
  plain,
  type ShownFields,
  versionsSection,
} from '../platform/earlier.ts';
import type { Field } from '../platform/fields.ts';
import type { Waiting } from '../platform/home.ts';
import type { Request } from '../platform/http.ts';
import { addressWith, pageSize, pagesOf } from '../platform/paging.ts';
import type { EarlierVersion } from '../platform/versions.ts';
import type { Model } from '../platform/views.ts';
import { findPower, powerName } from '../powers/index.ts';
import { longDay, shortDay } from '../vocabulary/days.ts';
import { capital, countWord, listOf, plural } from '../vocabulary/english.ts';
import type { VisitState } from './store.ts';
import type { answers, Encounter, Missing, Visit } from './visit.ts';

/** Whether who asks records here: on the visit's own team. A planner reads. */
export const mayWrite = (request: Pick<Request, 'can' | 'actor'>, planned: Pick<VisitInPlan, 'teamId'>): boolean =>
  request.can('visit.record') && request.actor.teams.includes(planned.teamId);

export type Stage = 'planned' | 'postponed' | 'called off' | 'under way' | 'finished';
const stageTags: Record<Stage, string> = {
  planned: 'blue',
  postponed: 'yellow',
  'called off': 'grey',
  'under way': 'orange',
  finished: 'green',
};

export const stageOf = (planned: { readonly state: string }, made: VisitState | undefined): Stage =>
  made ? (made.finishedAt ? 'finished' : 'under way') : (planned.state as Stage);

export type Listed = VisitInPlan & { readonly stage: Stage };
export type Filter = { readonly state: string; readonly town: string; readonly day: string; readonly page: number };

/** Today's first, then what comes, then what has been, the latest first; what is to do before what is done. */
export function inOrder(visits: readonly Listed[], today: string): Listed[] {
  const rank = ({ day, stage }: Listed): number => {
    if (day === today) return stage === 'planned' || stage === 'under way' ? 0 : 1;
    return day > today ? 2 : 3;
  };
  const clock = ({ day, starts }: Listed): string => `${day} ${starts}`;
  return [...visits].sort(
    (a, b) =>
      rank(a) - rank(b) || (rank(a) === 3 ? -1 : 1) * clock(a).localeCompare(clock(b)) || a.id.localeCompare(b.id),
  );
}

/** What waits in this room for whoever has signed in. */
export function waitingVisits(
  listed: readonly Listed[],
  unscreened: readonly { readonly visitId: string; readonly count: number }[],
  today: string,
): Waiting[] {
  const ahead = listed.filter(({ day, stage }) => day === today && stage === 'planned').length;
  const open = listed.filter(({ stage }) => stage === 'under way').length;
  const arrests = unscreened.reduce((sum, { count }) => sum + count, 0);
  const waiting: Waiting[] = [
    {
      count: ahead,
      text: `${capital(countWord(ahead))} ${plural(ahead, 'visit')} today`,
      href: '/staff/visits?day=today&state=to+do',
    },
    {
      count: open,
      text: `${capital(countWord(open))} ${plural(open, 'visit')} not finished`,
      href: '/staff/visits?state=to+do',
    },
    {
      count: arrests,
      text: `${capital(countWord(arrests))} ${plural(arrests, 'person', 'people')} arrested and not yet screened for exploitation`,
      href: `/staff/visits/${unscreened[0]?.visitId}#arrests`,
    },
  ];
  return waiting.filter(({ count }) => count > 0);
}

const fits: Readonly<Record<string, (stage: Stage) => boolean>> = {
  'to do': (stage) => stage === 'planned' || stage === 'under way',
  finished: (stage) => stage === 'finished',
  'not made': (stage) => stage === 'postponed' || stage === 'called off',
};

export function visitsPage(all: readonly Listed[], filter: Filter, today: string): Model {
  const chosen = inOrder(
    all.filter(
      ({ stage, premises, day }) =>
        (fits[filter.state]?.(stage) ?? true) &&
        (filter.town === '' || premises.town === filter.town) &&
        (filter.day !== 'today' || day === today),
    ),
    today,
  );
  const { page, ...asked } = filter;
  const pages = pagesOf(page, pageSize, chosen.length, (to) => addressWith('/staff/visits', { ...asked, page: to }));
  const towns = [...new Set(all.map(({ premises }) => premises.town))].sort((a, b) => a.localeCompare(b));
  const choose = (
    name: string,
    label: string,
    value: string,
    options: readonly (readonly [string, string])[],
  ): Field => ({
    kind: 'select',
    name,
    label,
    value,
    options: options.map(([of, text]) => ({ value: of, text })),
  });
  return {
    title: 'Visits',
    lead: ['What your teams have before them and what they have done, today’s first.'],
    filter: [
      choose('day', 'Day', filter.day, [
        ['', 'Any day'],
        ['today', 'Today'],
      ]),
      choose('state', 'State', filter.state, [
        ['all', 'Any state'],
        ['to do', 'To do'],
        ['finished', 'Finished'],
        ['not made', 'Postponed or called off'],
      ]),
      choose('town', 'Town', filter.town, [['', 'Any town'], ...towns.map((town) => [town, town] as const)]),
    ],
    sections: [
      {
        kind: 'table',
        caption: filter.state === 'all' && filter.town === '' && filter.day === '' ? 'All visits' : 'Visits that fit',
        columns: ['Premises', 'State', 'When', 'Town', 'Team'].map((text) => ({ text })),
        rows: chosen
          .slice((page - 1) * pageSize, page * pageSize)
          .map((visit) => [
            { text: visit.premises.name, href: `/staff/visits/${visit.id}` },
            { text: visit.stage, tag: stageTags[visit.stage] },
            { text: `${visit.day === today ? 'Today' : shortDay(visit.day)}, ${visit.starts}` },
            { text: visit.premises.town },
            { text: visit.teamName },
          ]),
        empty:
          all.length === 0
            ? 'No visit is planned for your teams in the days round an operation. A planner puts you on a team.'
            : 'No visit fits. Change the filter.',
        pages,
      },
    ],
  };
}

const missingWords: Record<Missing, string> = {
  'the door': 'What happened at the door',
  'time of leaving': 'When you left',
  'a person spoken with': 'At least one person spoken with, since the door says that somebody was',
  screening: 'Whether everybody who was arrested was screened for exploitation',
};

const missingLinks = (id: string): Record<Missing, string> => ({
  'the door': `/staff/visits/${id}/door`,
  'time of leaving': `/staff/visits/${id}/leave`,
  'a person spoken with': `/staff/visits/${id}/encounters/new`,
  screening: '#arrests',
});

export const missingSection = (id: string, missing: readonly Missing[]): Model => ({
  kind: 'list',
  id: 'missing',
  title: 'Before this visit can be finished',
  items: missing.map((what) => ({ text: missingWords[what], href: missingLinks(id)[what] })),
});

export type Point = { readonly at: Date; readonly text: string };

/** Moments along a line, each a numbered point; those that would touch stand above each other. The table beside it says what they are. */
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
  readonly stage: Stage;
  readonly visit: Visit | undefined;
  readonly names: Names;
  readonly encounters: readonly Encounter[];
  readonly missing: readonly Missing[];
  readonly points: readonly Point[];
  readonly versions: readonly EarlierVersion[];
  /** Whether who asks may write here: on the team, and the visit not closed to her. */
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
      { kind: 'summary', title: 'The visit', rows: visit ? madeRows(shown, visit) : plannedRows(shown) },
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
      text: `Finished at ${momentOf(visit.finishedAt)}. Recorded by ${nameOf(names, visit.recordedBy)}.`,
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
    ...(visit.answer === null ? [to('door', 'What happened at the door', false)] : []),
    ...(visit.answer === 'nobody in' ? [] : [to('encounters/new', 'Add a person met', visit.answer === null)]),
    ...(enforcement
      ? [
          to('signs', 'Record a sign'),
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

const row = (key: string, text: string | null | undefined): Model[] =>
  text ? [{ key: { text: key }, value: { text } }] : [];

function plannedRows({ planned }: ShownVisit): Model[] {
  const { premises } = planned;
  return [
    ...row('Address', [premises.address, premises.town, premises.postcode].filter(Boolean).join(', ')),
    ...row('Kind of business', premises.business),
    ...row('Planned for', `${planned.starts} on ${longDay(planned.day)}`),
    ...row('Team', planned.teamName),
    ...row('Power', planned.basis ? powerName(planned.basis) : 'None is planned'),
    ...row('Risks', premises.risks),
    ...row('Languages', listOf(premises.languages)),
    ...row('Interpreter', premises.interpreter),
    ...row('Who can refer without telling enforcement', premises.referrerOnCall),
    ...row('Reach them by', premises.referrerContact),
  ];
}

/** Whether anybody may go in by it, as by consent: not a power of officers, which may tell what they came to do. */
export const openToAnybody = (basis: string, day: string): boolean =>
  ['consent', 'licence', 'other'].includes(findPower(basis, day)?.kind ?? '');

/** To a helper a power of officers that was not planned has no name. */
const powerWords = ({ planned, enforcement }: ShownVisit, basis: string): string =>
  enforcement || basis === planned.basis || openToAnybody(basis, planned.day)
    ? powerName(basis)
    : 'another than was planned';

function madeRows(shown: ShownVisit, visit: Visit): Model[] {
  const { planned, names, enforcement } = shown;
  const { premises } = planned;
  return [
    ...row('Address', [premises.address, premises.town, premises.postcode].filter(Boolean).join(', ')),
    ...row('Team', planned.teamName),
    ...row('Arrived', momentOf(visit.arrivedAt)),
    ...row('Power used', powerWords(shown, visit.basis)),
    ...(enforcement ? row('Why this power', visit.basisGround) : []),
    ...row('Who attended', listOf(visit.attendees.map((id) => nameOf(names, id)))),
    ...row('At the door', visit.answer ? capital(doorWords[visit.answer]) : 'Not recorded yet'),
    ...row('Who answered', visit.answeredBy),
    ...row('People there', visit.present === null ? null : String(visit.present)),
    ...row('Left', visit.leftAt ? momentOf(visit.leftAt) : 'Not recorded yet'),
    ...row('Who can refer without telling enforcement', premises.referrerOnCall),
    ...row('Reach them by', premises.referrerContact),
  ];
}

export const doorWords: Record<(typeof answers)[number], string> = {
  'nobody in': 'nobody was in',
  refused: 'entry was refused',
  'spoken with': 'people were spoken with',
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
    columns: ['Person', ...(writesNotes ? ['Help'] : []), 'What could be seen'].map((text) => ({ text })),
    rows: encounters.map((met) => [
      { text: `Person ${met.number}`, href: `/staff/encounters/${met.id}` },
      ...(writesNotes ? [noteLink(met)] : []),
      { text: onlookerWords(met) },
    ]),
    empty:
      visit?.answer === 'nobody in'
        ? 'Nobody was found. That is a result, and it is counted.'
        : 'Nobody has been recorded yet.',
    ...(writesNotes && {
      links: [{ href: `/staff/safeguarding?visit=${planned.id}`, text: 'The notes that you wrote at this visit' }],
    }),
  };
}

const visitFields = (shown: ShownVisit): ShownFields => ({
  arrived_at: instant('arrived'),
  left_at: instant('left'),
  basis: ['power', (basis) => powerWords(shown, String(basis))],
  ...(shown.enforcement && { basis_ground: plain('why this power') }),
  answer: plain('at the door'),
  answered_by: plain('who answered'),
  present: plain('people there'),
  attendees: ['who attended', (value) => listOf((value as string[]).map((id) => nameOf(shown.names, id)))],
  finished_at: instant('finished'),
});
