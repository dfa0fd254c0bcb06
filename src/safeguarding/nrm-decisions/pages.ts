/** The decisions on a referral: each with the test in force on its day, the clocks that follow, and what can be recorded next. */

import {
  decisionErrors,
  decisionWords,
  decisionSections as sectionsOfDecisions,
} from '../../nrm/decision-words/index.ts';
import * as nrm from '../../nrm/index.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Section } from '../../platform/rendering/pages.ts';
import type { AgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { events } from '../nrm-drafts/forms.ts';
import { caseOf, type NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import type { NrmReferralPageData } from '../nrm-drafts/page-model.ts';

export function decisionSections(shown: NrmReferralPageData): Section[] {
  const { concern } = shown;
  const { submission, decisions, suspendedOn, withdrawnOn, agreedToStay } = concern;
  const held = caseOf(concern);
  const days: [string, string | null][] = [
    ['Suspended', suspendedOn],
    ['The person left it', withdrawnOn],
    ['Agreed to stay, as an adult', agreedToStay?.on ?? null],
  ];
  return [
    ...(held ? sectionsOfDecisions(held, decisions, shown) : []),
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
  ...decisionWords,
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
  ...decisionErrors,
  'no referral': { what: 'Of a notification nothing comes back' },
  'nothing to agree to': { what: 'The person was referred as an adult, or is none yet' },
  'in the future': { day: 'Enter a day that has been' },
};

export const isDecision = (what: (typeof events)[number]): what is nrm.DecisionKind =>
  nrm.decisionKinds.some((kind) => kind === what);
