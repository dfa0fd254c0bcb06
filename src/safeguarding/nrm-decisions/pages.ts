/** The decisions on a referral: each with the test in force on its day, the clocks that follow, and what can be recorded next. */

import * as nrm from '../../nrm/index.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Section, StateItem, TimelineItem } from '../../platform/rendering/pages.ts';
import type { AgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { events } from '../nrm-drafts/forms.ts';
import { caseOf, type NrmReferral, type RecordedDecision } from '../nrm-drafts/nrm-referral.ts';
import type { NrmReferralPageData } from '../nrm-drafts/page-model.ts';

export const stateWords: Record<nrm.State, string> = {
  submitted: 'Referred; no decision yet',
  'in recovery': 'Reasonable grounds: positive. Recovery period',
  'conclusive positive': 'Conclusive grounds: positive',
  negative: 'Decided against; it can be asked to be reconsidered',
  suspended: 'Suspended',
  withdrawn: 'The person has left it',
};

const testWords = (testId: string): string => {
  const test = nrm.decisionTests.find(({ id }) => id === testId);
  return test?.test ?? 'the test was not read: read the guidance in force before advising on it';
};

function itemOf(
  concern: NrmReferral,
  decided: RecordedDecision,
  index: number,
  names: NrmReferralPageData['names'],
): TimelineItem {
  const held = caseOf(concern);
  const before = held && { ...held, decisions: held.decisions.slice(0, index) };
  const early = before !== undefined && nrm.withinRecovery(before, decided.day, nrm.periods);
  const recovery =
    decided.kind !== 'conclusive grounds' && decided.outcome === 'positive'
      ? nrm.recoveryAtLeastUntil(nrm.periods, decided.day)
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
function clockItems({ concern, aim, today }: Pick<NrmReferralPageData, 'concern' | 'aim' | 'today'>): StateItem[] {
  const held = caseOf(concern);
  if (!held) return [];
  const items: StateItem[] = [];
  if (held.decisions.length === 0 && aim)
    items.push({
      kind: today > aim ? 'unwise' : 'waiting',
      title: 'Reasonable grounds',
      text: `${nrm.periodOn(nrm.periods, 'reasonable grounds due', held.referredOn)?.says} That is ${longDay(aim)}. It is an aim: that it is late is no fault of the person.`,
    });
  if (nrm.stateOf(held) === 'in recovery') {
    const last = held.decisions.at(-1);
    const recovery = last && nrm.recoveryAtLeastUntil(nrm.periods, last.day);
    const rule = nrm.periods.find(({ id }) => id === recovery?.rule);
    if (recovery && rule)
      items.push({
        kind: 'waiting',
        title: 'Recovery period',
        text: `${rule.says} That is ${longDay(recovery.until)} at the earliest. ${nrm.periodOn(nrm.periods, 'conclusive grounds due', last.day)?.says ?? ''}`,
      });
  }
  return items;
}

export function decisionSections(shown: NrmReferralPageData): Section[] {
  const { concern, names } = shown;
  const { submission, decisions, suspendedOn, withdrawnOn, agreedToStay } = concern;
  const clocks = clockItems(shown);
  const days: [string, string | null][] = [
    ['Suspended', suspendedOn],
    ['The person left it', withdrawnOn],
    ['Agreed to stay, as an adult', agreedToStay?.on ?? null],
  ];
  return [
    ...(clocks.length > 0 ? [{ kind: 'states' as const, title: 'Clocks', items: clocks }] : []),
    ...(decisions.length > 0
      ? [
          {
            kind: 'timeline' as const,
            title: 'Decisions',
            items: decisions.map((one, index) => itemOf(concern, one, index, names)),
          },
        ]
      : []),
    {
      kind: 'summary',
      title: 'What was submitted',
      rows: [
        ['Number of the service', submission?.reference ?? 'none was written down'],
        ['Form', nrm.formVersions.find(({ id }) => id === submission?.formId)?.name ?? submission?.formId ?? ''],
        ['Why it went this way', capital(submission?.ground ?? '')],
        ['Digest of the draft', submission?.digest ?? ''],
        ...days.flatMap(([key, day]) => (day ? [[key, longDay(day)] as const] : [])),
      ].map(([key = '', text = '']) => ({ key: { text: key }, value: { text } })),
    },
  ];
}

/** Whether a person who was referred as a child must be asked now. */
export const mustAskToStay = (concern: NrmReferral, ageNow: AgeTreatment): boolean => {
  const held = caseOf(concern);
  if (!held || nrm.stateOf(held) === 'withdrawn') return false;
  const conclusive = held.decisions.some(({ kind }) => kind === 'conclusive grounds');
  return nrm.needsConsentToStay(held.referredAs, ageNow, conclusive, concern.agreedToStay !== null);
};

const eventWords: Record<(typeof events)[number], string> = {
  'reasonable grounds': 'A decision on reasonable grounds',
  'conclusive grounds': 'A decision on conclusive grounds',
  reconsideration: 'A decision when it was reconsidered',
  'agreed to stay': 'The person is an adult now, was asked, and agreed to stay in it',
  suspended: 'It was suspended',
  withdrawn: 'The person has left it',
};

export const eventPage = (concern: NrmReferral, called: string): FormPage => ({
  title: 'Record a decision',
  caption: `NRM referral of ${called}`,
  lead: [
    'Each decision is kept with the test that was in force on its own day, whatever the day on which it is written down.',
    'Tell the person in their language, with an interpreter where one is needed, and what can be done against it.',
  ],
  fields: (ask) => [
    ask.one(
      'what',
      'What came?',
      events.map((value) => ({ value, text: eventWords[value] })),
    ),
    ask.one('outcome', 'How was it decided?', ['positive', 'negative'], { hint: 'Of a decision alone.' }),
    ask.day('day', 'The day that stands on it'),
  ],
  button: 'Write it down',
  cancel: nrmPaths.referral(concern.id),
});

export type EventRefusal = nrm.DecisionRefusal | 'no referral' | 'nothing to agree to' | 'in the future';
export const eventRefusals: Record<EventRefusal, FormErrors> = {
  'before the referral': { day: 'It was referred after that day' },
  'before the last decision': { day: 'The last decision came after that day' },
  withdrawn: { what: 'The person has left it: nothing more is written down here' },
  'already decided': { what: 'That is decided already; a new look at it is a reconsideration' },
  'reasonable grounds first': { what: 'A positive decision on reasonable grounds comes first' },
  'nothing to reconsider': { what: 'There is no negative decision to reconsider' },
  'no rule for that day': { day: 'No rule is kept here for that day' },
  'no referral': { what: 'Of a notification nothing comes back' },
  'nothing to agree to': { what: 'The person was referred as an adult, or is none yet' },
  'in the future': { day: 'Enter a day that has been' },
};

export const isDecision = (what: (typeof events)[number]): what is nrm.DecisionKind =>
  nrm.decisionKinds.some((kind) => kind === what);
