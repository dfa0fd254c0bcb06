/** Pages about briefing times, and the wording of refusals. */

import { dayOf, timeOf } from '../../platform/clock.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type FormPage } from '../../platform/rendering/pages.ts';
import { longDay, shortDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import type { OperationInWeek, Team } from '../weeks/operation.ts';
import { type BriefingTime, getAccessState, type SetBriefingTime, type TimeRefusal } from './briefing-time.ts';

export const briefingTimeErrors: Record<TimeRefusal, FormErrors> = {
  'no such time': { time: 'The clocks go forward over this time on that day. Enter a time that there is.' },
  'after the operation': { day: 'The briefing must be on or before the last day of the operation' },
};

const text = (words: string) => ({ text: words });
const row = (key: string, value: string) => ({ key: text(key), value: text(value) });

/** "16:00 on 15 September 2026, at the station" */
export const formatBriefingTime = ({ opensAt, place }: BriefingTime): string =>
  `${formatMoment(opensAt)}${place ? `, ${place}` : ''}`;

/** For a table: the same, shorter. */
export const formatShortBriefingTime = ({ opensAt, place }: BriefingTime): string =>
  `${shortDay(dayOf(opensAt))}, ${timeOf(opensAt)}${place ? `, ${place}` : ''}`;

const timeSourceLabels: Record<BriefingTime['from'], string> = {
  'the team': 'for this team',
  'the operation': 'for all teams of the operation',
  'nobody yet': 'nobody yet: without it, it is 16:00 on the day before the first day',
};

export type BriefingTimePageData = {
  readonly operation: OperationInWeek;
  /** Undefined where it is the time of all teams that have none of their own. */
  readonly team: Team | undefined;
  readonly now: BriefingTime;
  readonly closes: Date;
};

/** Where the time is read, and where it is set. */
export const getBriefingTimePaths = ({ operation, team }: Pick<BriefingTimePageData, 'operation' | 'team'>) =>
  team
    ? { time: teamPaths.briefingTime(team.id), set: teamPaths.setBriefingTime(team.id) }
    : { time: operationPaths.briefingTime(operation.id), set: operationPaths.setBriefingTime(operation.id) };
const formatTitle = (team: Team | undefined): string =>
  team ? `Briefing time of ${team.name}` : 'Briefing time of all teams';

export function briefingTimePage(
  around: BriefingTimePageData & {
    readonly days: readonly string[];
    readonly history: readonly SetBriefingTime[];
    readonly names: MemberNames;
  },
  may: { readonly set: boolean },
  at: Date,
): CasePage {
  const { operation, team, now, closes, days, history, names } = around;
  return {
    title: formatTitle(team),
    caption: operation.codeName,
    back: { href: operationPaths.briefings(operation.id), text: 'Briefings' },
    lead: [
      'Before its briefing time, a team cannot see the premises that it will visit. From then on it sees its own visits, until the operation is over and its records are finished. It does not wait for a briefing to be written, or for a decision to proceed.',
      ...(getAccessState(now.opensAt, closes, at) === 'open'
        ? ['This time is over. The team sees each address as soon as you add it.']
        : []),
    ],
    actions: may.set ? [{ href: getBriefingTimePaths(around).set, text: 'Set the time' }] : [],
    sections: [
      {
        kind: 'summary',
        rows: [
          row('Opens to the team', formatMoment(now.opensAt)),
          row('Where', now.place ?? 'Not said yet'),
          row('Set', capital(timeSourceLabels[now.from])),
          row('Targets are', getAccessState(now.opensAt, closes, at)),
          row('They close', formatMoment(closes)),
          ...(days.length > 0 ? [row('Goes out on', listOf(days.map(longDay)))] : []),
        ],
      },
      {
        kind: 'table',
        caption: 'Briefing times set so far, the latest first',
        columns: ['Opens to the team', 'Where', 'Why', 'Set by', 'When'].map(text),
        rows: history.map((set) => [
          text(formatMoment(set.opensAt)),
          text(set.place ?? 'not said'),
          text(set.reason),
          text(getMemberName(names, set.setBy)),
          text(formatMoment(set.setAt)),
        ]),
        empty: 'Nobody has set a briefing time yet.',
      },
    ],
  };
}

export function setBriefingTimePage(around: BriefingTimePageData): FormPage {
  const { operation, team, now } = around;
  return {
    title: team ? `When is ${team.name} briefed?` : 'When are the teams briefed?',
    caption: operation.codeName,
    ...backTo(getBriefingTimePaths(around).time),
    lead: [
      team
        ? 'Before this time, the team cannot see the premises that it will visit. If you set a later time, the team loses access until then.'
        : 'This time applies to every team that has no briefing time of its own.',
      `The briefing time is now ${formatBriefingTime(now)}.`,
    ],
    action: getBriefingTimePaths(around).set,
    button: 'Set the time',
    fields: (ask) => [
      ask.day('day', 'Day', { value: now.day }),
      ask.time('time', 'Time', { value: now.time, hint: 'Local time, on the 24-hour clock, like 16:00' }),
      ask.text('place', 'Where', {
        value: now.place ?? '',
        hint: 'Name a place that does not reveal the operation. Leave the answer empty if you do not know.',
      }),
      ask.words('reason', 'Reason for this time', {
        hint: 'Safelight keeps this reason, and everybody in the operation can read it. Do not enter the address or name of a place to visit.',
      }),
    ],
  };
}
