/** Pages about briefings: those of a team, and one briefing on screen and in print. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { CasePage, Link, Section, SummaryRow, TableSection } from '../../platform/rendering/pages.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { briefingPaths, operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { findPhone } from '../../vocabulary/phone-numbers.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type AdviceItem, adviceModel, adviceWords } from '../plan-check/advice-model.ts';
import type { Advice } from '../plan-check/entry-check.ts';
import type { BriefingTime } from '../premises-restriction/briefing-time.ts';
import { formatShortBriefingTime } from '../premises-restriction/pages.ts';
import type { OperationInWeek, Team, TeamMember } from '../weeks/operation.ts';
import type { BriefedPower, BriefedVisit, Briefing, BriefingReading } from './briefing.ts';
import { briefingReminders, formatRecord } from './iimarch.ts';
import type { BriefingSummary, LatestBriefing } from './store.ts';

const text = (words: string) => ({ text: words });
const row = (key: string, value: string) => ({ key: text(key), value: text(value) });
const multilineRow = (key: string, value: string) => ({ key: text(key), value: withLineBreaks(value) });

export type TeamInBriefings = {
  readonly team: Team;
  readonly time: BriefingTime;
  readonly members: readonly TeamMember[];
  readonly latest: LatestBriefing | undefined;
  /** Whether the reader may open the briefings of this team. */
  readonly opens: boolean;
};

/** The tab of briefings: one row for each team. */
export const briefingsPage = (
  { operation, teams }: { readonly operation: OperationInWeek; readonly teams: readonly TeamInBriefings[] },
  reader: {
    readonly all: boolean;
    readonly sets: boolean;
    readonly papers: boolean;
    readonly self: string;
  },
): CasePage => ({
  title: 'Briefings',
  caption: operation.codeName,
  lead: [
    'A team can see its visits from its briefing time. Each member confirms that they have read the latest version.',
  ],
  actions: reader.sets
    ? [
        {
          href: operationPaths.briefingTime(operation.id),
          text: 'Briefing time of all teams',
          secondary: true,
        },
      ]
    : [],
  sections: [
    {
      kind: 'table',
      id: 'teams',
      caption: 'Teams',
      stack: true,
      columns: ['Team', 'Opens to the team', 'Latest version', reader.all ? 'Read by' : 'You', 'Briefing'].map(text),
      rows: teams.map(({ team, time, members, latest, opens }) => [
        text(team.name),
        { text: formatShortBriefingTime(time), hidden: `, ${team.name}`, href: teamPaths.briefingTime(team.id) },
        text(latest ? `Version ${latest.version}, made ${formatMoment(latest.madeAt)}` : 'none yet'),
        text(formatReaders(latest, members, reader)),
        opens
          ? { text: 'Briefing', hidden: `of ${team.name}`, href: teamPaths.briefing(team.id) }
          : text('for its team'),
      ]),
      empty: 'No teams yet. A planner adds them under “Teams and partners”.',
    },
    ...papersSection(operation.id, teams, reader.papers),
  ],
});

/** The papers of the briefings that the reader may open, and the debrief for who plans or commands. */
function papersSection(operationId: string, teams: readonly TeamInBriefings[], debriefs: boolean): Section[] {
  const items: Link[] = [
    ...teams.flatMap(({ team, latest, opens }) =>
      opens && latest
        ? [{ href: briefingPaths.iimarch(latest.id), text: `IIMARCH briefing with risk assessment, ${team.name}` }]
        : [],
    ),
    ...(debriefs ? [{ href: operationPaths.debrief(operationId), text: 'Debrief and evaluation' }] : []),
  ];
  return items.length > 0 ? [{ kind: 'list', id: 'papers', title: 'Papers to print', items }] : [];
}

function formatReaders(
  latest: LatestBriefing | undefined,
  members: readonly TeamMember[],
  { all, self }: { readonly all: boolean; readonly self: string },
): string {
  if (!latest) return 'nothing to read';
  const has = (memberId: string) => latest.readBy.some((reader) => reader === memberId);
  if (!all)
    return members.some(({ memberId }) => memberId === self) ? (has(self) ? 'read' : 'not read') : 'not on this team';
  return `${members.filter(({ memberId }) => has(memberId)).length} of ${members.length}`;
}

export type TeamBriefingsPageData = {
  readonly operation: OperationInWeek;
  readonly team: Team;
  readonly members: readonly TeamMember[];
  readonly briefings: readonly BriefingSummary[];
  readonly readings: readonly BriefingReading[];
  readonly names: MemberNames;
  /** Whether the planner asked for a new version that would have been the same. */
  readonly unchanged: boolean;
};

/** A team's briefings, with what a new version would be told, and where it is made. */
export type TeamBriefingsPage = CasePage & {
  readonly advice: readonly AdviceItem[] | undefined;
  readonly make: string | undefined;
};

export function teamBriefingsPage(
  around: TeamBriefingsPageData,
  sight: { readonly make: boolean; readonly all: boolean },
  advice: readonly Advice[],
  memberId: string,
): TeamBriefingsPage {
  const { operation, team, briefings, unchanged } = around;
  const latest = briefings[0];
  return {
    title: `Briefing of ${team.name}`,
    caption: operation.codeName,
    done:
      unchanged && latest
        ? `Nothing has changed since version ${latest.version}, so no new version was made.`
        : undefined,
    back: { href: operationPaths.briefings(operation.id), text: 'Briefings' },
    lead: ['A briefing is a copy of the team’s part of the plan. If the plan changes, make a new version.'],
    advice: sight.make ? adviceModel(advice) : undefined,
    make: sight.make ? teamPaths.briefing(team.id) : undefined,
    sections: [
      {
        kind: 'table',
        caption: 'Versions',
        columns: ['Version', 'Made', 'What changed', sight.all ? 'Read by' : 'You'].map(text),
        rows: briefings.map((briefing) => [
          { text: `Version ${briefing.version}`, href: briefingPaths.briefing(briefing.id) },
          text(`${formatMoment(briefing.madeAt)} by ${getMemberName(around.names, briefing.madeBy)}`),
          text(formatChanges(briefing)),
          text(sight.all ? countReaders(briefing, around) : formatOwnReading(briefing, memberId, around)),
        ]),
        empty: sight.make
          ? 'No briefing yet. Make the first version of the briefing when the plan is ready for the team.'
          : 'No briefing yet. The planner makes the briefing.',
      },
      ...(sight.all && latest ? [readersTable(latest, around)] : []),
    ],
  };
}

type Readings = Pick<TeamBriefingsPageData, 'members' | 'readings'>;

const findReading = ({ id }: BriefingSummary, member: string, readings: readonly BriefingReading[]) =>
  readings.find(({ briefingId, memberId }) => briefingId === id && memberId === member);

function countReaders(briefing: BriefingSummary, { members, readings }: Readings): string {
  const count = members.filter(({ memberId }) => findReading(briefing, memberId, readings)).length;
  return count === 0 ? 'nobody yet' : `${countWord(count)} of ${countWord(members.length)}`;
}

const formatOwnReading = (briefing: BriefingSummary, memberId: string, { readings }: Readings): string =>
  findReading(briefing, memberId, readings) ? 'have read it' : 'have not read it';

const readersTable = (latest: BriefingSummary, { members, readings }: Readings): Section => ({
  kind: 'table',
  caption: `Read receipts for version ${latest.version}`,
  columns: ['Name', 'Comes with', 'Read'].map(text),
  rows: members.map((member) => {
    const at = findReading(latest, member.memberId, readings)?.readAt;
    return [
      text(`${member.title} ${member.name}`),
      text(member.printedName ?? member.agencyName),
      at ? { text: formatMoment(at), tag: 'green' } : { text: 'not read', tag: 'yellow' },
    ];
  }),
  empty: 'Nobody is on this team.',
});

const formatChanges = ({ version, changes }: Pick<BriefingSummary, 'version' | 'changes'>): string =>
  version === 1 ? 'the first version' : changes.join('; ');

type VisitModel = { readonly title: string; readonly state: string | null; readonly rows: readonly SummaryRow[] };

const visitModel = (visit: BriefedVisit): VisitModel => ({
  title: `${weekdayOf(visit.day)} ${longDay(visit.day)}, ${visit.hours}: ${visit.place}`,
  state: visit.state === 'planned' ? null : `${capital(visit.state)}: ${visit.reason ?? ''}`,
  rows:
    visit.state === 'called off'
      ? []
      : [
          row('Visit', visit.reference),
          row('Address', [visit.address, visit.town, visit.postcode].filter(Boolean).join(', ')),
          row('Business', capital(visit.business)),
          multilineRow('Why', visit.why),
          multilineRow('Risks', visit.risks ?? 'Not recorded'),
          ...(visit.dwelling ? [row('Somebody lives or sleeps there', capital(visit.dwelling))] : []),
          row('Languages', visit.languages.length > 0 ? listOf(visit.languages) : 'Not known'),
          interpreterRow(visit.interpreter),
          row('On-call first responder', visit.referrer ?? 'Nobody named'),
          row('Immigration officers', visit.immigration ? capital(wordsOf(visit.immigration)) : 'Not decided'),
          ...(visit.turn !== null ? [row('Sequence', `${visit.turn}: 1 goes in first`)] : []),
          ...(visit.others.length > 0 ? [row('Also there', listOf(visit.others))] : []),
          row(
            'Power of entry',
            visit.power
              ? formatPower(visit.power)
              : 'None chosen. Nobody enters until the senior officer says under which power.',
          ),
          ...(visit.power
            ? [
                row(
                  'People allowed to enter',
                  visit.power.namesCompany
                    ? `The warrant names these partners: ${listOf(visit.power.names) || 'nobody yet'}. ${visit.power.company}`
                    : visit.power.company,
                ),
                row('Record', formatRecord(visit.power)),
              ]
            : []),
        ],
});

/** Read on a phone: the number that the plan gives can be dialled. */
function interpreterRow(interpreter: string | null): SummaryRow {
  const phone = findPhone(interpreter ?? '');
  return {
    ...row('Interpreter', interpreter ?? 'Nobody named'),
    ...(phone && { actions: { items: [{ href: phone.address, text: `Ring ${phone.shown}` }] } }),
  };
}

const formatPower = ({ name, state, reference, lastDay, lasts, purposes, note }: BriefedPower): string =>
  [
    `${name}: ${state}.`,
    purposes.length > 0 && `Purpose: ${purposes.join(', ')}.`,
    reference && `Reference ${reference}.`,
    lastDay ? `The last day of this power is ${longDay(lastDay)}.` : lasts,
    note && `Note: ${note}`,
  ]
    .filter(Boolean)
    .join(' ');

export type BriefingPage = {
  readonly title: string;
  readonly caption: string;
  /** Printed at the head of every sheet. */
  readonly running: string;
  readonly back: Link;
  readonly newer: Link | undefined;
  readonly changes: readonly string[];
  readonly before: number;
  readonly read: string | undefined;
  /** Where the reader says that they have read it. */
  readonly acknowledge: string | undefined;
  readonly iimarch: Link;
  readonly who: readonly SummaryRow[];
  readonly members: TableSection;
  readonly advice: readonly (Briefing['content']['advice'][number] & { readonly word: string })[];
  readonly visits: readonly VisitModel[];
  readonly visitsTitle: string;
  /** What the list of visits leaves out for this reader. */
  readonly leftOut: string | undefined;
  readonly reminders: readonly string[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/briefings/team': TeamBriefingsPage;
    'operations/briefings/briefing': BriefingPage;
  }
}

/** Every reader of an immigration agency gets the same words, so that they do not tell whether a visit was left out. */
export const leftOutForImmigration =
  'Briefings for immigration officers leave out visits at which they are not present. Check Home before you go: go only to visits that it shows you.';

/** One version, as it was made. */
export function briefingPage(
  { id, version, madeAt, madeBy, teamId, content }: Briefing,
  around: {
    readonly names: MemberNames;
    readonly latest: BriefingSummary | undefined;
    readonly readAt: Date | undefined;
    readonly member: boolean;
    readonly ofImmigration: boolean;
  },
): BriefingPage {
  const { latest, readAt, names, member, ofImmigration } = around;
  const made = `${formatMoment(madeAt)} by ${getMemberName(names, madeBy)}`;
  return {
    title: `${content.operation}: briefing of ${content.team}`,
    caption: `Version ${version}, made ${made}`,
    running: `OFFICIAL-SENSITIVE: OPERATIONAL. ${content.operation}, ${content.team}, version ${version}, ${formatMoment(madeAt)}`,
    back: { href: teamPaths.briefing(teamId), text: `Briefing of ${content.team}` },
    newer:
      latest && latest.version > version
        ? { href: briefingPaths.briefing(latest.id), text: `Version ${latest.version}` }
        : undefined,
    changes: version > 1 ? content.changes : [],
    before: version - 1,
    read: readAt && `You said at ${formatMoment(readAt)} that you have read this version.`,
    acknowledge: member && !readAt ? briefingPaths.read(id) : undefined,
    iimarch: { href: briefingPaths.iimarch(id), text: 'IIMARCH briefing with risk assessment' },
    who: [
      row('Led by', `${content.unit}, ${content.agency}`),
      row('Dates', content.dates),
      ...(content.codeB ? [row('Code for searches', content.codeB)] : []),
      row('Reception', content.reception.length > 0 ? listOf(content.reception) : 'No reception is planned'),
    ],
    members: {
      kind: 'table',
      caption: 'The team',
      columns: ['Name', 'Partner', 'Duty'].map(text),
      rows: content.members.map(({ name, from, duty, leads }) => [
        text(leads ? `${name}, leads` : name),
        text(from),
        text(duty),
      ]),
      empty: 'Nobody was on the team when this was made.',
    },
    advice: content.advice.map(({ kind, cure, acknowledged, ...told }) => ({
      kind,
      word: acknowledged ? 'Acknowledged warning' : adviceWords[kind],
      cure: acknowledged ? 'A commander or planner has acknowledged this.' : cure,
      ...told,
    })),
    visits: content.visits.map(visitModel),
    visitsTitle:
      ofImmigration && content.visits.length === 0
        ? 'Visits'
        : `${capital(countWord(content.visits.length))} ${plural(content.visits.length, 'visit')}`,
    leftOut: ofImmigration ? leftOutForImmigration : undefined,
    reminders: briefingReminders,
  };
}
