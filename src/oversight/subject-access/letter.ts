/** Log entries in the words of a letter to the person they concern: who by their role, never by name; and what was done with which record. Pure. */
import type { LogKind } from '../../platform/audit-hook/audit.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import type { Role } from '../../vocabulary/people.ts';

const roleDescriptions: Record<Role, string> = {
  triage: 'somebody who weighs reports from the public',
  planner: 'somebody who plans visits',
  field: 'a member of staff who goes on visits',
  enforcement: 'an enforcement officer',
  'safeguarding lead': 'somebody who sees to help for people',
  'partner caseworker': 'somebody who gives help to people',
  volunteer: 'a volunteer',
  custodian: 'somebody who decides whether a sealed name may be read',
  analyst: 'somebody who counts what came of visits',
  press: 'a press officer',
  commander: 'somebody who directs or supervises visits',
  'data-protection lead': 'somebody who answers for how records are used',
  coordinator: 'somebody who collects the results of several areas',
  auditor: 'somebody who checks how records are used',
  administrator: 'somebody who runs the accounts of those who work here',
};

const logKindVerbs: Record<LogKind, string> = {
  collection: 'wrote down',
  alteration: 'changed',
  consultation: 'looked at',
  disclosure: 'passed on',
  combination: 'put together with other records',
  erasure: 'erased',
  refusal: 'asked for, and was refused,',
};

/** By the first word of the event. */
const recordDescriptions: Readonly<Record<string, string>> = {
  encounter: 'the record of the meeting with you',
  meeting: 'the record of the meeting with you',
  encounters: 'the list of people who were met',
  visit: 'the record of the visit',
  visits: 'the list of visits',
  name: 'your name, which is kept under seal',
  sign: 'something that was noticed about you',
  arrest: 'the record of the arrest',
  arrests: 'the list of arrests',
  screening: 'the questions about exploitation that follow an arrest',
  'child notification': 'the notification about the arrest of a child',
  'officer referral':
    'the referral of you to the National Referral Mechanism, or the notification about you, by an officer',
  'officer referrals': 'the list of referrals to the National Referral Mechanism by officers',
  search: 'the record of the search',
  seizure: 'the record of something that was taken at the visit',
  note: 'what you said, and what you were told',
  notes: 'the list of people who were given advice',
  referral: 'the request for help for you',
  referrals: 'the list of requests for help',
  person: 'the record of you',
  people: 'the list of people who are helped',
  'kept person': 'how long the record of you is kept',
  'kept people': 'the list of how long records are kept',
  'keeping fact': 'why the record of you is kept',
  request: 'a request like this one',
  help: 'what help you were offered',
  task: 'something that was to be done for you',
  tasks: 'what was to be done for you',
  letter: 'a letter to another agency about you',
  'nrm referral': 'the NRM referral about you',
  'nrm referrals': 'the list of NRM referrals',
  consent: 'what you agreed to',
  consents: 'what you agreed to',
  disclosure: 'that something was told without your agreement',
  // As events were named before 28 November 2026.
  concern: 'the NRM referral about you',
  concerns: 'the list of NRM referrals',
  'protective notice': 'a notice that was sent to protect you',
  'custody safeguarding notice': 'a notice that was sent to protect you',
  wristband: 'your number at a reception centre',
};

/** Where a verb and a thing would say it wrongly. */
const eventDescriptions: Readonly<Record<string, string>> = {
  // Events as they were named before 28 November 2026.
  'name.opening asked': 'asked to read your name, which is kept under seal',
  'name.opened': 'allowed somebody to read your name, which is kept under seal',
  'name.opening refused': 'refused to let somebody read your name, which is kept under seal',
  'name.closed again': 'ended that somebody could read your name, which is kept under seal',
  'seen while glass was broken': 'looked at the plan of the visit in an emergency',
  'name.requested': 'asked to read your name, which is kept under seal',
  'name.disclosed': 'allowed somebody to read your name, which is kept under seal',
  'name.request refused': 'refused to let somebody read your name, which is kept under seal',
  'name.disclosure ended': 'ended that somebody could read your name, which is kept under seal',
  'name.like own shown': 'looked at your name, and has a family name like it',
  'note.taken up': 'said that they look after what you asked for',
  'referral.decided': 'answered the request for help for you',
  'arrest.closed': 'closed the record of the arrest',
  'visit.finished': 'closed the record of the visit',
  'visit.opened again': 'opened the record of the visit again, to complete it',
  'viewed under break-glass': 'looked at the plan of the visit in an emergency',
};

const fieldDescriptions: Readonly<Record<string, string>> = {
  number: 'your number at the visit',
  place: 'your place at the premises',
  spokenTo: 'whether somebody spoke with you',
  age: 'your age, if known',
  sex: 'your sex',
  language: 'your language',
  interpreter: 'whether there was an interpreter',
  name: 'your name',
  indicatorId: 'the sign that was noticed',
  context: 'the circumstances',
  explanation: 'another explanation for it',
  matter: 'the reason for the arrest',
  status: 'the outcome',
  custodyRef: 'the custody reference',
  residence: 'the town you live in',
  premises: 'the place',
  encounters: 'the people met there',
  observations: 'the signs that we noticed',
  arrests: 'the arrests',
  seizures: 'the things taken',
  searches: 'the searches',
  needs: 'your needs',
  wants: 'your wishes',
  outcomes: 'the outcomes',
  advice: 'the advice you were given',
  fromAgency: 'who asked',
  toAgency: 'who was asked',
  arrivedAt: 'when it began',
  leftAt: 'when it ended',
  attendees: 'who was there',
  reason: 'the reason that was given',
  recordedAt: 'when it was written down',
  recordedBy: 'who wrote it down',
};
const splitCamelCase = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export type LetterLogEntry = {
  readonly event: string;
  readonly kind: LogKind;
  readonly roles: readonly Role[];
  readonly fields: readonly string[];
};

/** “A member of staff who goes on visits looked at the record of the meeting with you. This included: your language” */
export function formatLetterLine({ event, kind, roles, fields }: LetterLogEntry): string {
  const who = listOf(roles.map((role) => roleDescriptions[role])) || 'nobody who had signed in';
  const same = roles.length > 1 ? ', who is one person,' : '';
  const what =
    eventDescriptions[event] ??
    `${logKindVerbs[kind]} ${recordDescriptions[event.split('.')[0] ?? ''] ?? 'a record that concerns you'}`;
  const which = fields.map((field) => fieldDescriptions[field] ?? splitCamelCase(field)).join(', ');
  return `${capital(who)}${same} ${what}${which && `. This included: ${which}`}`;
}
