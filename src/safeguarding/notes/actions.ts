/** Actions on the page of a note. Every button is about the person of that note, and names which person. Pure. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Link, PageAction, Section, StateItem } from '../../platform/rendering/pages.ts';
import type { EncounterLabel } from '../../visits/index.ts';
import { isTreatedAsChild } from '../../vocabulary/age.ts';
import { formatHour, formatHoursAgo } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { retentionPaths } from '../../vocabulary/paths/safeguarding/retention.ts';
import { encounterPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import type { ListedReferral } from '../referrals/store.ts';
import { type Council, childrensServicesLinks, notifiedPath, notifiedText } from './children-services.ts';
import type { Note, NoteOutcome } from './note.ts';
import type { TakeUp } from './take-up-store.ts';
import type { TakenOnPerson } from './taken-on.ts';

export type NoteActions = {
  readonly note: Note;
  readonly referrals: readonly ListedReferral[] | undefined;
  readonly canTakeUp: boolean;
  readonly canCorrect: boolean;
  readonly canRefer: boolean;
  readonly canOpenRecord: boolean;
  /** Whether the reader may see the retention period. */
  readonly canSeeRetention: boolean;
  /** Whether the reader may see the visit and write to it. */
  readonly canSeeVisit: boolean;
  /** The person’s record, if the reader may see it. */
  readonly recordId: string | undefined;
  readonly encounter: EncounterLabel | undefined;
  /** Who took the person on, while no referral helps; undefined if nobody did, or the reader may not see it. */
  readonly taken: TakenOnPerson | undefined;
  /** Other safeguarding leads of the operation, who can read the note too. */
  readonly otherLeads: readonly string[];
  /** The person is treated as a child, and the council’s services were not told. */
  readonly councilNotNotified: boolean;
  /** Councils whose children’s services can be asked. Undefined if there is no need, or if the reader may not ask. */
  readonly councils: readonly Council[] | undefined;
};

/** Which person of the visit, in the middle of a sentence. */
const describePerson = ({ encounter, note }: NoteActions): string => {
  const number = encounter?.number ?? note.metNumber;
  return number ? `person ${number}` : 'this person';
};

const linkIf = (is: boolean, href: string, text: string): (Link & PageAction)[] =>
  is ? [{ href, text, secondary: true }] : [];

/** The one thing to do next: somebody takes the person on, then opens a record, then refers. Telling children’s services comes before all of them. */
type NextStep = 'children’s services' | 'take on' | 'record' | 'refer';
export function findNextStep({ councils, canTakeUp, canOpenRecord, recordId, taken }: NoteActions): NextStep {
  if (councils && councils.length > 0) return 'children’s services';
  if (canTakeUp) return 'take on';
  return taken?.unanswered && canOpenRecord && !recordId ? 'record' : 'refer';
}

/** Urgent actions, the next step first; the phone contacts follow right below. */
export function noteActions(shown: NoteActions): PageAction[] {
  const { note, canTakeUp, canCorrect, canRefer, canOpenRecord, canSeeVisit, recordId, councils } = shown;
  const who = describePerson(shown);
  const next = findNextStep(shown);
  const refer: PageAction[] = canRefer
    ? [{ href: referralPaths.ofNote(note.id), text: `Refer ${who} to an agency`, secondary: next !== 'refer' }]
    : [];
  const open: PageAction[] =
    canOpenRecord && !recordId
      ? [
          {
            href: `${peoplePaths.search()}?from=note:${note.id}`,
            text: `Open a record of ${who}`,
            secondary: next !== 'record',
          },
          {
            href: `${peoplePaths.opening()}?from=note:${note.id}&noName=yes`,
            text: `No name given: open a record for ${who}`,
            secondary: true,
          },
        ]
      : [];
  return [
    ...(councils ?? []).flatMap((council) => childrensServicesLinks(referralPaths.ofNote(note.id), [council], who)),
    ...(canTakeUp ? [{ post: notePaths.takingUp(note.id), text: 'Take this on', secondary: next !== 'take on' }] : []),
    ...(next === 'record' ? [...open, ...refer] : [...refer, ...open]),
    ...(recordId === undefined ? [] : linkIf(true, recordPaths.record(recordId), `Open the case of ${who}`)),
    ...linkIf(canSeeVisit, visitPaths.visit(note.visitId), 'Back to the visit'),
    ...linkIf(canSeeVisit && canCorrect, visitPaths.newEncounter(note.visitId), 'Add another person met'),
  ];
}

/** Less urgent actions, below the note. */
export const listSecondaryNoteActions = ({
  note,
  canRefer,
  canCorrect,
  canSeeRetention,
  recordId,
}: NoteActions): Section[] => {
  const items = [
    ...linkIf(canRefer, consentPaths.overview(note.encounterId), 'Consent and disclosures'),
    ...linkIf(canCorrect, notePaths.correction(note.id), 'Correct'),
    ...linkIf(canSeeRetention && !recordId, retentionPaths.record(note.encounterId), 'Retention'),
  ];
  return items.length > 0 ? [{ kind: 'buttons', items }] : [];
};

/** The first notice on the page, with a way to tell children’s services. */
export const childNotice = ({
  note,
  councilNotNotified,
  canRefer,
  referrals,
  canCorrect,
  councils,
}: NoteActions): Section => ({
  kind: 'states',
  title: 'Age',
  items: [
    councilNotNotified
      ? {
          kind: 'unwise',
          title: 'Treat as a child: notify children’s services now',
          text: `${note.age === 'under 18' ? 'The person is under 18.' : 'The age is not known: treat the person as a child until their age is assessed.'} You must notify the council’s children’s services. You do not need consent. Explain this to the person.`,
        }
      : {
          kind: 'good',
          title: 'Treat as a child',
          text: referrals
            ? 'The council’s children’s services were notified.'
            : 'You recorded that the council’s children’s services were notified.',
        },
  ],
  links:
    councilNotNotified && canRefer
      ? [
          // Where there are councils, asking them is a button.
          ...(councils?.length === 0 ? childrensServicesLinks(referralPaths.ofNote(note.id), councils) : []),
          { href: notifiedPath(referralPaths.ofNote(note.id)), text: notifiedText },
        ]
      : councilNotNotified && canCorrect
        ? [{ href: notePaths.correction(note.id), text: 'Record in your note that they were notified' }]
        : [],
});

/** Where anybody finds the number of the children's services of a council. */
const councilNumbers: Link = {
  href: 'https://www.gov.uk/report-child-abuse-to-local-council',
  text: 'Find the telephone number of the council’s children’s services (GOV.UK)',
};

const childReferral = (declined: boolean): string[] => [
  ...(declined
    ? [
        'The note says “referral declined”. For a child, a no does not stop the referral. Write down what the child wants.',
      ]
    : []),
  'A child who may be a victim is referred to the NRM without consent. Telephone children’s services first.',
];
const adultReferral = (bound: boolean): string[] => [
  bound
    ? 'Your force has a duty under section 52 of the Modern Slavery Act 2015, in England and Wales.'
    : 'A first responder can refer an adult to the NRM.',
  'An adult who agrees is referred to the NRM. Ask first, and explain that police and immigration read the referral.',
  bound
    ? 'If the adult does not agree, send a Duty to Notify without a name.'
    : 'Without agreement there is no referral. Police and councils then send a Duty to Notify without a name.',
];

/** The NRM or the Duty to Notify, after a note on somebody who may be a victim. `isOfficer` writes their own referral at the visit. */
export function potentialVictimSection(
  shown: Pick<NoteActions, 'note' | 'encounter' | 'canSeeVisit' | 'canOpenRecord' | 'councilNotNotified'>,
  isOfficer: boolean,
): Section[] {
  const { note, canSeeVisit, canOpenRecord, councilNotNotified } = shown;
  const has = (outcome: NoteOutcome): boolean => note.outcomes.includes(outcome);
  const child = isTreatedAsChild(note.age);
  if (!child && !has('indicators seen') && !has('referral agreed') && note.disclosed.length === 0) return [];
  const who = describePerson(shown as NoteActions);
  const how =
    isOfficer && canSeeVisit
      ? { href: encounterPaths.encounter(note.encounterId), text: `Begin the NRM referral on the page of ${who}` }
      : {
          text: `${canOpenRecord ? `Open a record of ${who}, and prepare the NRM draft there. ` : ''}The first responder on call can refer.`,
        };
  return [
    {
      kind: 'list',
      id: 'nrm',
      title: child ? 'Next: children’s services, then the NRM' : 'Next: the NRM or a Duty to Notify',
      lead: child ? childReferral(has('referral declined')) : adultReferral(isOfficer),
      items: [...(child && councilNotNotified ? [councilNumbers] : []), how],
    },
  ];
}

const nextSteps = (who: string, recordId: string | undefined): string =>
  recordId
    ? `Open the case of ${who} and add an action, or refer ${who} to an agency.`
    : `Open a record of ${who}. Then add an action there, or refer ${who} to an agency.`;

/** A take-up itself cannot be passed on, but an action can. */
const handOverText = (otherLeads: readonly string[]): string =>
  `To hand this to a colleague of your agency, add an action to the record and tell your colleague. They can take the action on. ${
    otherLeads.length > 0
      ? `${listOf(otherLeads)} can also read this note.`
      : 'No other safeguarding lead of this operation can read this note.'
  }`;

type TakeUpWords = {
  readonly takenUp: TakeUp | undefined;
  readonly names: MemberNames;
  readonly memberId: string;
  readonly now: Date;
};

/** Whether somebody helps, since when, and what to do next. */
export function takeUpSections(shown: NoteActions & TakeUpWords): Section[] {
  const { canTakeUp, taken, recordId, otherLeads, note, takenUp, names, now, memberId } = shown;
  const status = (item: StateItem): Section => ({ kind: 'states', title: 'Status', items: [item] });
  const author = getMemberName(names, note.authorId);
  const next = (...lead: string[]): Section => ({ kind: 'words', title: 'Next step', lead });
  if (canTakeUp || !takenUp)
    return [
      status({
        kind: 'waiting',
        title: 'This person wants help now',
        text: `No one is dealing with it, and there is no open referral. ${note.authorId === memberId ? 'You wrote the note.' : `${author} wrote the note and may know where the person is.`}`,
      }),
      next(
        `Take this on. Other leads see your name and the time.${note.authorId === memberId ? '' : ` Then call ${author}.`}`,
      ),
    ];
  const text = `Taken on by ${getMemberName(names, takenUp.memberId)}, ${formatHour(takenUp.takenAt)}, ${formatHoursAgo(takenUp.takenAt, now)}.`;
  if (!taken?.unanswered) return [status({ kind: 'good', text })];
  return [
    status({ kind: 'waiting', title: 'This person wants help now. Nothing is recorded yet', text }),
    next(nextSteps(describePerson(shown), recordId), handOverText(otherLeads)),
  ];
}
