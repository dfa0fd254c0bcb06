/** How a request to open a name is made, shown and decided, and how a refusal is worded. */

import { decisionErrorsFor, hoursField, requestStateOf, stateCell } from '../../access/custodian-decisions/index.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { notifiedState, type Standing } from '../../platform/notifications/index.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type PageAction,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { encounterPaths, identityRequestPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { decisions } from './forms.ts';
import {
  type EndRefusal,
  type IdentityDecisionRefusal,
  identityRequestPurposes,
  requestableHours,
} from './identity-request.ts';
import type { IdentityRequestDetails } from './store.ts';

export const identityRequestErrors: Record<'already' | 'no custodian', FormErrors> = {
  already: {
    '': 'You have asked for this name already. Wait for the answer; if it is open to you, read it from the page of the person.',
  },
  'no custodian': {
    '': 'Nobody who could decide works at the agency that leads the operation. Ask its administrator to name a custodian.',
  },
};

export const decisionErrors: Record<IdentityDecisionRefusal, FormErrors> = {
  ...decisionErrorsFor('the name'),
  'another agency’s': { '': 'A custodian of the agency that leads the operation decides.' },
};

export const endErrors: Record<EndRefusal, FormErrors> = {
  'another agency’s': { '': 'A custodian of the agency that leads the operation ends it.' },
  'not open': { '': 'It does not stand open any more. There is nothing to end.' },
};

const text = (words: string) => ({ text: words });
const row = (key: string, value: string) => ({ key: text(key), value: text(value) });

const formatRecord = ({ encounterId }: IdentityRequestDetails): string => referenceOf('encounter', encounterId);

const formatState = (opening: IdentityRequestDetails, now: Date) =>
  stateCell(requestStateOf(opening, opening.decision, now, opening.end));

export const identityRequestsPage = (all: readonly IdentityRequestDetails[], now: Date): SectionsPage => ({
  title: 'Identity requests',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'Names of people met at visits are encrypted. The team that made the visit can read the names. Other members of the operation must ask a custodian to open a name. The custodian decides and gives reasons.',
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Requests, the latest first',
      stack: true,
      columns: ['Request', 'Encounter', 'Asked by', 'Agency', 'Purpose', 'Asked', 'Until', 'State'].map(text),
      rows: all.map((opening) => [
        { text: referenceOf('request', opening.id), href: identityRequestPaths.request(opening.id) },
        text(formatRecord(opening)),
        text(opening.askerName),
        text(opening.agencyName),
        text(capital(wordsOf(opening.purpose))),
        text(formatMoment(opening.askedAt)),
        text(formatMoment(opening.until)),
        formatState(opening, now),
      ]),
      empty: 'You have no identity requests.',
    },
  ],
});

export const identityRequestFormPage = (
  person: { readonly id: string; readonly number: number },
  owner: string,
  closed: boolean,
): FormPage => ({
  title: 'Ask a custodian to open the name',
  caption: `Person ${person.number}`,
  ...backTo(encounterPaths.encounter(person.id), `Person ${person.number}`),
  lead: [
    `A custodian of ${owner} reads your reasons, but not the record. The custodian gives you access to the name or refuses.`,
    'Only you can read the name of this person, for a limited time. The access log records your request, the decision and each time you read the name. The data-protection lead can read these entries.',
  ],
  action: identityRequestPaths.newRequest(person.id),
  button: 'Ask',
  closed,
  fields: (ask) => [
    ask.one('purpose', 'Purpose', identityRequestPurposes),
    ask.words('reason', 'Why you need the name, and why now', {
      hint: 'Write at least a sentence. Do not give names or what the person said.',
      most: 1_000,
    }),
    hoursField(ask, requestableHours),
  ],
});

type RequestAround = {
  readonly names: MemberNames;
  readonly own: boolean;
  readonly decides: boolean;
  readonly ends: boolean;
  /** Whether custodians were notified, for the member who asked. */
  readonly standing: Standing | undefined | false;
  readonly now: Date;
};

const listActions = (
  { id, encounterId }: IdentityRequestDetails,
  { own, decides, ends }: RequestAround,
): PageAction[] => [
  ...(own ? [{ href: encounterPaths.encounter(encounterId), text: 'The person met', secondary: true }] : []),
  ...(decides ? [{ href: identityRequestPaths.decision(id), text: 'Decide' }] : []),
  ...(ends ? [{ href: identityRequestPaths.end(id), text: 'End it now', secondary: true }] : []),
];

function outcomeRows({ decision, end, ownerName }: IdentityRequestDetails, names: MemberNames): SummaryRow[] {
  const by = (member: string, at: Date): string => `${getMemberName(names, member)} at ${formatMoment(at)}`;
  return [
    ...(decision
      ? [
          row('Decided', decision.granted ? 'Opened' : 'Refused'),
          row('Because', decision.reasons),
          row('By', by(decision.decidedBy, decision.decidedAt)),
        ]
      : [row('Decided', `Not yet: a custodian of ${ownerName} decides`)]),
    ...(end ? [row('Ended early', `by ${by(end.endedBy, end.endedAt)}`), row('Because then', end.reasons)] : []),
  ];
}

export const identityRequestPage = (identityRequest: IdentityRequestDetails, around: RequestAround): CasePage => ({
  title: `Identity request ${referenceOf('request', identityRequest.id)}`,
  caption: `${identityRequest.askerName}, ${identityRequest.agencyName}`,
  back: { href: identityRequestPaths.list(), text: 'Identity requests' },
  actions: listActions(identityRequest, around),
  sections: [
    ...(around.standing
      ? [
          {
            kind: 'states' as const,
            title: 'Notification',
            items: [
              notifiedState({
                agency: `the custodians of ${identityRequest.ownerName}`,
                what: 'the request',
                standing: around.standing,
              }),
            ],
          },
        ]
      : []),
    {
      kind: 'summary',
      rows: [
        row('State', formatState(identityRequest, around.now).text),
        row('Purpose', capital(wordsOf(identityRequest.purpose))),
        row('Why', identityRequest.reason),
        ...(identityRequest.codeName ? [row('Operation', identityRequest.codeName)] : []),
        row('Encounter', formatRecord(identityRequest)),
        row('Asked', formatMoment(identityRequest.askedAt)),
        row('Until', formatMoment(identityRequest.until)),
        ...outcomeRows(identityRequest, around.names),
      ],
    },
  ],
});

export const decisionFormPage = (identityRequest: IdentityRequestDetails): FormPage => ({
  title: 'Decide whether to disclose the name',
  caption: `${identityRequest.askerName}, ${identityRequest.agencyName}`,
  ...backTo(identityRequestPaths.request(identityRequest.id), 'The request'),
  lead: [
    `Purpose: ${wordsOf(identityRequest.purpose)}.`,
    `Why: ${identityRequest.reason}`,
    `Until: ${formatMoment(identityRequest.until)}.`,
    'You see the request and its reasons, not the record. If you agree, only the member who asked can read the name.',
    'You cannot change your decision later. You or another custodian can end the member’s access to the name early.',
  ],
  action: identityRequestPaths.decision(identityRequest.id),
  button: 'Write it down',
  fields: (ask) => [
    ask.one('decision', 'Decision', decisions),
    ask.words('reasons', 'Why', {
      hint: 'Write at least a sentence. The member who asked and the data-protection lead can read it.',
      most: 1_000,
    }),
  ],
});

export const earlyEndPage = (identityRequest: IdentityRequestDetails): FormPage => ({
  title: 'End it before its time',
  caption: `${identityRequest.askerName}, ${identityRequest.agencyName}`,
  ...backTo(identityRequestPaths.request(identityRequest.id), 'The request'),
  lead: [
    `It was opened until ${formatMoment(identityRequest.until)}. Once you end it, the name is closed to ${identityRequest.askerName} at once. What was read before stays read.`,
    'The member who asked gets a notification, and can ask again.',
  ],
  action: identityRequestPaths.end(identityRequest.id),
  button: 'End it now',
  dangerous: true,
  fields: (ask) => [
    ask.words('reasons', 'Why it ends now', {
      hint: 'Write at least a sentence. The member who asked and the data-protection lead can read it.',
      most: 1_000,
    }),
  ],
});
