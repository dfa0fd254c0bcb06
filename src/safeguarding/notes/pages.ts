/** Pages of notes: the advice given, and what a person needs and wants. */

import type { Agency } from '../../identity/agencies/index.ts';
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { editConflict, getMemberName, type MemberNames, versionsSection } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type {
  CasePage,
  Cell,
  PageAction,
  Section,
  SectionsPage,
  TableSection,
} from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { signTexts } from '../../public/signs/index.ts';
import { daysWithoutConcern } from '../../retention/index.ts';
import { type EncounterLabel, onCallItems, type SupportContacts } from '../../visits/index.ts';
import { isTreatedAsChild } from '../../vocabulary/age.ts';
import { addDays, longDay, shortDay } from '../../vocabulary/calendar/days.ts';
import { formatDeadline, formatHour } from '../../vocabulary/calendar/moments.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { capital, listOf, plural } from '../../vocabulary/languages/english.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import { summaryRows } from '../consent/pages.ts';
import { isLate, type ReferralEnding, type ReferralState } from '../referrals/referral.ts';
import type { ListedReferral } from '../referrals/store.ts';
import {
  childNotice,
  listSecondaryNoteActions,
  type NoteActions,
  noteActions,
  potentialVictimSection,
  takeUpSections,
} from './actions.ts';
import { type Note, type NoteRefusal, wantsHelpNow } from './note.ts';
import { authorSection, formatSpoken } from './reach.ts';
import type { ListedNote } from './store.ts';
import type { TakeUp } from './take-up-store.ts';
import type { TakenOnPerson } from './taken-on.ts';

export type Agencies = ReadonlyMap<string, Pick<Agency, 'name'> & Partial<Pick<Agency, 'kind'>>>;
export const agencyOf = (agencies: Agencies, id: string): string => agencies.get(id)?.name ?? 'an agency';

/** The store keeps only the hour. */

export const unconditionalHelpText =
  'Help does not depend on speaking to police, or on immigration status. Explain this to the person.';

/** Names exactly the members who can read the note. */
export const describeNoteReaders = ({ leads }: SupportContacts, memberId: string): string => {
  const others = leads.filter((lead) => lead.memberId !== memberId);
  if (others.length === 0)
    return 'Only you can read this, because the operation has no other safeguarding lead. Call the person on call.';
  const named = others.map(({ name, agencyName }) => `${name} of ${agencyName}`);
  return `You can read this. ${listOf(named)}, who ${plural(others.length, 'leads', 'lead')} safeguarding in this operation, can also read it. The rest of the team cannot.`;
};

const onCallReferralText =
  'The person on call can arrange help without telling police or immigration. An NRM referral always tells them. This page does not notify anybody.';
/** A child is referred in any case, so nothing may steer away from it. */
const onCallForChildText =
  'The person on call can arrange help, and the NRM referral that a child needs no consent for. This page does not notify anybody.';
/** Who took a note on is for safeguarding leads alone: the author may be a police officer. */
const calledAlreadyText =
  'If you have called already, call again only if something changes. This page does not show you whether a safeguarding lead has taken this on.';

/** Tasks, most urgent first. The page itself notifies nobody. */
const urgentHelpSection = (help: SupportContacts, memberId: string, urgent: boolean, child = false): Section => {
  const { onCall } = help;
  return {
    kind: 'list',
    id: 'now',
    title: urgent ? 'The person wants help now' : 'Who to call for help',
    lead: [describeNoteReaders(help, memberId)],
    items: [
      { text: 'In immediate danger: call 999 first', href: 'tel:999' },
      ...(onCall
        ? onCallItems(onCall, urgent)
        : [{ text: 'The plan has no on-call contact here. See who answers at this hour', href: '/help' }]),
      ...(onCall ? [{ text: child ? onCallForChildText : onCallReferralText }] : []),
      ...(urgent ? [{ text: calledAlreadyText }] : []),
    ],
  };
};

export type NotesPageData = {
  readonly notes: readonly ListedNote[];
  readonly pages: Pages;
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly visit: string | undefined;
  readonly help: SupportContacts | undefined;
  readonly memberId: string;
  /** Lists only people who wait for help. */
  readonly waiting: boolean;
  readonly readsOthers: boolean;
  readonly readsReferrals: boolean;
  readonly visits: boolean;
  /** The person’s number at the visit, for visits that the reader may see. */
  readonly met: ReadonlyMap<string, EncounterLabel>;
  /** People who want help now and whom a lead took on, without a referral. */
  readonly taken: ReadonlyMap<string, TakenOnPerson>;
  /** Lists only children about whom the council’s services were not told. */
  readonly children: boolean;
};

/** Distinguishes people met without identifying them: their number at the visit and, for readers who may see the visit, the place. */
export function describeEncounter(
  met: EncounterLabel | undefined,
  { town, metNumber, encounterId }: Pick<Note, 'town' | 'metNumber' | 'encounterId'>,
): string {
  const reference = referenceOf('encounter', encounterId);
  if (met) return `Person ${met.number}, ${met.premises} (${reference})`;
  return metNumber ? `Person ${metNumber}, met in ${town} (${reference})` : `A person met in ${town} (${reference})`;
}

/** A referral can still wait for its answer, and a take-up is no help yet: the state says no more than what was recorded. */
const stateOf = (note: ListedNote, taken: TakenOnPerson | undefined, readsReferrals: boolean): Cell => {
  if (note.waits) return { text: 'Wants help now', tag: 'orange' };
  if (taken) {
    const by = `Taken on by ${taken.taker}`;
    return taken.unanswered ? { text: `${by}, nothing recorded yet`, tag: 'orange' } : { text: by, tag: 'blue' };
  }
  if (note.child) return { text: 'Treat as a child', tag: 'orange' };
  if (note.wantsHelp || note.referred) return { text: 'Referral made', tag: 'blue' };
  // To an author who sees no referrals, the page cannot say that one is missing.
  if (note.toRefer && readsReferrals) return { text: 'Referral to make', tag: 'orange' };
  return { text: 'Recorded', tag: 'grey' };
};

const captionOf = ({ waiting, children, visit }: NotesPageData): string => {
  if (children) return 'People to treat as a child: children’s services not notified yet';
  if (waiting) return 'People who want help now';
  return visit ? 'Notes of this visit' : 'Notes';
};

export function notesPage(shown: NotesPageData): SectionsPage {
  const { notes, pages, agencies, names, visit, help, memberId, waiting, readsOthers, readsReferrals } = shown;
  const { visits, met, taken } = shown;
  const to = (href: string, text: string): PageAction => ({ href, text, secondary: true });
  return {
    title: 'Contact notes',
    lead: [
      readsOthers
        ? 'Notes about people encountered at visits of your operations: needs, wishes and advice.'
        : 'The notes that you wrote. You cannot see notes by other members. The team of the visit cannot see your notes.',
    ],
    actions: [
      ...(visit && visits ? [to(visitPaths.visit(visit), 'Back to the visit')] : []),
      ...(visit && visits ? [to(visitPaths.newEncounter(visit), 'Add another person met')] : []),
      ...(readsReferrals ? [to(referralPaths.list(), 'Referrals')] : []),
    ],
    sections: [
      ...(help ? [urgentHelpSection(help, memberId, notes.some(wantsHelpNow))] : []),
      {
        kind: 'table',
        stack: true,
        caption: captionOf(shown),
        columns: [
          'Who',
          'State',
          'Age',
          'Language',
          'Outcome',
          'Advice',
          'Day',
          ...(readsOthers ? ['Written by'] : []),
        ].map((text) => ({ text })),
        rows: notes.map((note) => [
          { text: describeEncounter(met.get(note.encounterId), note), href: notePaths.note(note.id) },
          stateOf(note, taken.get(note.encounterId), readsReferrals),
          { text: formatAge(note) },
          { text: formatSpoken(note) },
          { text: listOf(wordsOfAll(note.outcomes)) },
          { text: listOf(wordsOfAll(note.advice)) || 'none' },
          { text: `${shortDay(note.day)}, ${note.town}` },
          ...(readsOthers
            ? [{ text: `${getMemberName(names, note.authorId)}, ${agencyOf(agencies, note.agencyId)}` }]
            : []),
        ]),
        empty:
          waiting || shown.children ? 'No one is waiting for help.' : 'No notes yet. Notes from visits appear here.',
        pages,
      },
    ],
  };
}

const formatAge = ({ age }: Pick<ListedNote, 'age'>): string =>
  capital(age === 'not known' ? 'age not known' : (age ?? 'not written down'));

const stateTags: Record<ReferralState | ReferralEnding | 'late', string> = {
  sent: 'blue',
  accepted: 'green',
  declined: 'orange',
  late: 'red',
  finished: 'grey',
  'taken back': 'orange',
};

export const referralsTable = (
  referrals: readonly ListedReferral[],
  agencies: Agencies,
  caption: string,
  now: Date,
): TableSection & Section => ({
  kind: 'table',
  stack: true,
  id: 'referrals',
  caption,
  columns: ['Reference', 'Person met', 'From', 'To', 'Help needed', 'State'].map((text) => ({ text })),
  rows: referrals.map((referral) => {
    const { id, day, fromAgency, toAgency, needs, state, ended, answerBy } = referral;
    const stands = ended ?? (isLate(referral, now) ? 'late' : state);
    return [
      { text: referenceOf('referral', id), href: referralPaths.referral(id) },
      { text: longDay(day) },
      { text: agencyOf(agencies, fromAgency) },
      { text: agencyOf(agencies, toAgency) },
      { text: listOf(needs) },
      {
        text:
          stands === 'sent' && answerBy
            ? `sent, answer due by ${formatDeadline(answerBy)}`
            : stands === 'taken back'
              ? 'withdrawn'
              : stands,
        tag: stateTags[stands],
      },
    ];
  }),
  empty: 'No referrals yet.',
});

export type NoteDetailsPageData = NoteActions & {
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[];
  readonly openEarlier: (record: EarlierVersion['record']) => string | null;
  readonly help: SupportContacts | undefined;
  readonly memberId: string;
  /** An officer writes an NRM referral of their own, on the page of the person met. */
  readonly isOfficer: boolean;
  readonly takenUp: TakeUp | undefined;
  readonly now: Date;
};

const laterDay = (one: string, other: string): string => (one > other ? one : other);

/** Tells the author at once until when the note is kept: counted from the later of the meeting and the writing. */
const formatRetention = ({ day, writtenAt }: Note): string =>
  `until ${longDay(addDays(laterDay(day, dayOf(writtenAt)), daysWithoutConcern))} unless the person consents or a record is opened`;

/** Once an agency has accepted, the page no longer says to call somebody at once. */
const hasAcceptedReferral = (referrals: readonly ListedReferral[] | undefined): boolean =>
  referrals?.some(({ state, ended }) => state === 'accepted' && ended !== 'taken back') ?? false;

const listWords = (values: unknown): string => listOf(wordsOfAll((values as string[] | undefined) ?? [])) || 'none';

const noteSection = ({ note, agencies, names, recordId }: NoteDetailsPageData): Section => ({
  kind: 'summary',
  rows: summaryRows([
    ['Age', formatAge(note)],
    ['Language', formatSpoken(note)],
    ['Advised about', listWords(note.advice)],
    ['Understood', note.understood ?? 'No advice given'],
    ['Needs', listWords(note.needs)],
    ['Outcome', listWords(note.outcomes)],
    ['Disclosed', signTexts(note.disclosed) || 'Nothing recorded'],
    ['Wants', note.wants ?? 'Nothing recorded'],
    [
      'Written',
      `by ${getMemberName(names, note.authorId)}, ${agencyOf(agencies, note.agencyId)}, ${formatHour(note.writtenAt)}`,
    ],
    ...(recordId ? [] : ([['Kept', formatRetention(note)]] as const)),
  ]),
});

const earlierNotesSection = ({ versions, names, openEarlier }: NoteDetailsPageData): Section[] =>
  versionsSection(
    versions,
    names,
    {
      age: ['age', (value) => String(value ?? 'not written down')],
      language: ['language', (value) => String(value ?? 'Not recorded')],
      interpreter: ['interpreter', (value) => String(value ?? 'Not recorded')],
      author_phone: ['phone number of the author', (value) => String(value ?? 'None given')],
      advice: ['advised about', listWords],
      understood: ['understood', (value) => String(value ?? 'No advice given')],
      needs: ['needs', listWords],
      outcomes: ['outcome', listWords],
      disclosed: ['disclosed', (ids) => signTexts((ids ?? []) as string[]) || 'Nothing recorded'],
      sealed_wants: ['wants', (_sealed, record) => openEarlier(record) ?? 'Nothing recorded'],
    },
    formatHour,
  );

export function noteDetailsPage(shown: NoteDetailsPageData): CasePage {
  const { note, agencies, names, referrals, help, memberId, takenUp, canTakeUp, encounter, now } = shown;
  const author = getMemberName(names, note.authorId);
  const agency = agencies.get(note.agencyId) ?? { name: agencyOf(agencies, note.agencyId) };
  return {
    title: describeEncounter(encounter, note),
    caption: encounter ? `Met in ${note.town}, ${longDay(note.day)}` : longDay(note.day),
    back: { href: notePaths.list(), text: 'Notes' },
    actions: noteActions(shown),
    sections: [
      ...(isTreatedAsChild(note.age) ? [childNotice(shown)] : []),
      ...(note.authorId === memberId ? potentialVictimSection(shown, shown.isOfficer) : []),
      ...(canTakeUp || takenUp ? takeUpSections(shown) : []),
      ...(help
        ? [
            urgentHelpSection(
              help,
              memberId,
              wantsHelpNow(note) && !takenUp && !hasAcceptedReferral(referrals),
              isTreatedAsChild(note.age),
            ),
          ]
        : []),
      ...(note.authorId === memberId ? [] : [authorSection(note, author, agency)]),
      noteSection(shown),
      ...listSecondaryNoteActions(shown),
      ...(referrals ? [referralsTable(referrals, agencies, 'Referrals', now)] : []),
      ...earlierNotesSection(shown),
    ],
  };
}

export const noOpenRequestError: FormErrors = {
  why: 'The person has no open request with your agency. Your data-protection lead can open one after checking who asks',
};

export const noteRefusals: Record<NoteRefusal | 'changed meanwhile' | 'not asked', FormErrors> = {
  'not asked': noOpenRequestError,
  'nothing said': { outcomes: 'Select at least one outcome or one piece of advice' },
  'understood missing': { understood: 'Select whether the advice was understood' },
  'given and declined': {
    outcomes: 'Advice was given, so “advice declined” does not hold. Take out one of the two',
  },
  'wants something and nothing': { outcomes: 'Select either that the person wants help or that nothing is wanted now' },
  'needs and none': { needs: 'Select either needs or “nothing now”' },
  'offered and not offered': {
    outcomes: 'Select either “no referral offered” or what the person said to a referral',
  },
  both: { outcomes: 'Select either “no indicators” or “indicators seen”' },
  'changed meanwhile': editConflict,
};
