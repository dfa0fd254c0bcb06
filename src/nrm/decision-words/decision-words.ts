/** How decisions of the Home Office and their clocks are worded, for both sides of the wall. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { Section, StateItem, TimelineItem } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import {
  type Decision,
  type DecisionKind,
  type DecisionRefusal,
  type NrmCase,
  periodOn,
  recoveryAtLeastUntil,
  type State,
  stateOf,
  withinRecovery,
} from '../decisions.ts';
import { decisionTests, periods } from '../load.ts';

export const stateWords: Record<State, string> = {
  submitted: 'Referred; no decision yet',
  'in recovery': 'Reasonable grounds: positive. Recovery period',
  'conclusive positive': 'Conclusive grounds: positive',
  negative: 'Decided against; it can be asked to be reconsidered',
  suspended: 'Suspended',
  withdrawn: 'The person has left it',
};

export const decisionWords: Record<DecisionKind, string> = {
  'reasonable grounds': 'A decision on reasonable grounds',
  'conclusive grounds': 'A decision on conclusive grounds',
  reconsideration: 'A decision when it was reconsidered',
};

const testWords = (testId: string): string => {
  const test = decisionTests.find(({ id }) => id === testId);
  return test?.test ?? 'the test was not read: read the guidance in force before advising on it';
};

export type RecordedDecision = Decision & { readonly by: string };

function itemOf(held: NrmCase, decided: RecordedDecision, index: number, names: MemberNames): TimelineItem {
  const early = withinRecovery({ ...held, decisions: held.decisions.slice(0, index) }, decided.day, periods);
  const recovery =
    decided.kind !== 'conclusive grounds' && decided.outcome === 'positive'
      ? recoveryAtLeastUntil(periods, decided.day)
      : null;
  return {
    title: `${capital(decided.kind)}: ${decided.outcome}`,
    when: longDay(decided.day),
    by: getMemberName(names, decided.by),
    text: [
      `The test in force that day: ${testWords(decided.testId)}`,
      recovery ? `Recovery lasts at least until ${longDay(recovery.until)}.` : '',
      early ? 'It came before the recovery period had ended: ask why.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** The target dates, in the words of the rule that was in force. */
function clockItems(
  held: NrmCase,
  { aim, today }: { readonly aim: string | null; readonly today: string },
): StateItem[] {
  const items: StateItem[] = [];
  if (held.decisions.length === 0 && aim)
    items.push({
      kind: today > aim ? 'unwise' : 'waiting',
      title: 'Reasonable grounds',
      text: `${periodOn(periods, 'reasonable grounds due', held.referredOn)?.says} That is ${longDay(aim)}. It is an aim: that it is late is no fault of the person.`,
    });
  if (stateOf(held) === 'in recovery') {
    const last = held.decisions.at(-1);
    const recovery = last && recoveryAtLeastUntil(periods, last.day);
    const rule = periods.find(({ id }) => id === recovery?.rule);
    if (recovery && rule)
      items.push({
        kind: 'waiting',
        title: 'Recovery period',
        text: `${rule.says} That is ${longDay(recovery.until)} at the earliest. ${periodOn(periods, 'conclusive grounds due', last.day)?.says ?? ''}`,
      });
  }
  return items;
}

/** The clocks that run, and the decisions with the test in force on the day of each. */
export function decisionSections(
  held: NrmCase,
  decisions: readonly RecordedDecision[],
  around: { readonly aim: string | null; readonly today: string; readonly names: MemberNames },
): Section[] {
  const clocks = clockItems(held, around);
  return [
    ...(clocks.length > 0 ? [{ kind: 'states' as const, title: 'Clocks', items: clocks }] : []),
    ...(decisions.length > 0
      ? [
          {
            kind: 'timeline' as const,
            title: 'Decisions',
            items: decisions.map((one, index) => itemOf(held, one, index, around.names)),
          },
        ]
      : []),
  ];
}

export const decisionErrors: Record<DecisionRefusal, FormErrors> = {
  'before the referral': { day: 'It was referred after that day' },
  'before the last decision': { day: 'The last decision came after that day' },
  withdrawn: { what: 'The person has left it: nothing more is written down here' },
  'already decided': { what: 'That is decided already; a new look at it is a reconsideration' },
  'reasonable grounds first': { what: 'A positive decision on reasonable grounds comes first' },
  'nothing to reconsider': { what: 'There is no negative decision to reconsider' },
  'no rule for that day': { day: 'No rule is kept here for that day' },
};
