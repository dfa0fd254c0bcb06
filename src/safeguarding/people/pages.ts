/** Pages of a person’s record: what is known, corrections, and the state of help. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { getMemberName, type MemberNames, versionsSection } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, Link, Section, SummaryRow } from '../../platform/rendering/pages.ts';
import { type AgeTreatment, ageBases, ages, determineAgeTreatment } from '../../vocabulary/age.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';
import { interpreterGenders, interpreterNeeds } from '../../vocabulary/interpreting.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { actionPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { retentionPaths } from '../../vocabulary/paths/safeguarding/retention.ts';
import { summaryRows } from '../consent/pages.ts';
import type { HelpAnswer, HelpStatus } from '../help/help.ts';
import { type Council, childrensServicesLinks } from '../notes/children-services.ts';
import { correctionReasonField } from '../notes/form-pages.ts';
import { type Agencies, agencyOf, referralsTable } from '../notes/pages.ts';
import { formatSafeContact } from './known-facts.ts';
import { aids, contactWays, type Person, type PersonDetails, type PersonRefusal } from './person.ts';
import type { RecordLine, RecordSections } from './record-sections.ts';

export const yearWords = (year: number | null): string => (year === null ? 'not known' : String(year));

export const personDetailsFields = (ask: FieldBuilder, known: Partial<PersonDetails> = {}): Field[] => [
  ask.text('called', 'Preferred name', { value: known.called, spellcheck: false }),
  ask.words('others', 'Other names', {
    hint: 'One a line: in papers, in another script, as others call the person. If any.',
    rows: 3,
    value: known.others?.join('\n'),
  }),
  ask.count('yearOfBirth', 'Year of birth', { hint: 'If known', value: known.yearOfBirth }),
  ask.one('age', 'Age', ages, {
    hint: 'In doubt, “not known”: the person is then treated as a child until assessed.',
    value: known.age,
  }),
  ask.one('ageBasis', 'On what that is believed', ageBases, { value: known.ageBasis }),
  ask.heading('speaking', 'Speaking with the person'),
  ask.text('language', 'Language', { hint: 'Which the person speaks best, with the dialect', value: known.language }),
  ask.one('interpreter', 'Is an interpreter needed?', interpreterNeeds, {
    hint: 'Never somebody who came along with the person. Interpreter and person leave at different times.',
    value: known.interpreter,
  }),
  ask.one('interpreterGender', 'Which interpreter did the person ask for?', interpreterGenders, {
    value: known.interpreterGender ?? 'not asked yet',
  }),
  ask.many('aids', 'What helps to understand each other?', aids, { value: known.aids }),
  ask.heading('reaching', 'Reaching the person safely', 'Ask who else sees the phone, the post and the door.'),
  ask.one('contactWay', 'Which way is safe?', contactWays, { value: known.contactWay }),
  ask.text('contactAt', 'Number, address, or through whom', { value: known.contactAt, spellcheck: false }),
  ask.words('contactWhen', 'When it is safe', { rows: 2, most: 500, value: known.contactWhen }),
  ask.words('contactNever', 'Never do this', {
    hint: 'For example: leave no voice message, or do not say where you call from.',
    rows: 2,
    most: 500,
    value: known.contactNever,
  }),
];

export const correctPage = (person: Person, base: number): FormPage => ({
  title: 'Correct the record',
  fields: (ask) => [
    ...personDetailsFields(ask, person),
    ask.words('cameBy', 'Other important information', { most: 1_000, value: person.cameBy }),
    correctionReasonField(ask),
    ask.hidden('base', String(base)),
  ],
  button: 'Save the correction',
  cancel: recordPaths.record(person.id),
});

const ageTreatmentNotices: Record<AgeTreatment, string | undefined> = {
  adult: undefined,
  child: 'Under 18: the council’s children’s services are told in any case.',
  'not sure':
    'The age is not known or not sure: treat the person as a child until it is assessed. The council’s children’s services are told in any case.',
};

export type PersonPageData = {
  readonly person: Person;
  readonly today: string;
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[];
  readonly corrects: boolean;
  /** The reader may see the documents, kept by a later module. */
  readonly papers: boolean;
  readonly tasks: boolean;
  readonly numbers: boolean;
  /** Whether one sentence about the person may be sent to custody. */
  readonly warns: boolean;
  readonly now: Date;
  readonly referrals: Parameters<typeof referralsTable>[0];
  /** The reader may record needs. */
  readonly writesNeeds: boolean;
  /** Councils whose children’s services can be asked. Undefined if there is no need, or if the reader may not ask. */
  readonly councils: readonly Council[] | undefined;
  /** The reader may ask for consent; `refers` allows referrals. */
  readonly asks: boolean;
  readonly refers: boolean;
  /** Notice that the request behind the record was withdrawn. */
  readonly takenBack: readonly Section[];
  /** Links to the record’s source, for readers who may see it. */
  readonly came: readonly Link[];
  readonly takes: boolean;
  /** The reader may decide how long it is kept. */
  readonly keeps: boolean;
  /** The reader may raise a potential victim referral, in a later module. */
  readonly raises: boolean;
  /** What later modules show about the person. */
  readonly beside: Required<RecordSections>;
} & HelpStatus;

const nothingRecorded = 'nothing was written down';
const formatValue = (text: unknown): string => (text === null || text === '' ? nothingRecorded : String(text));
const formatList = (all: unknown): string => listOf(all as string[]) || 'none';

/** The state of help, one line each; the page of help shows more. */
const helpRows = ({ needs, offers }: HelpStatus): (readonly [string, string])[] => {
  const whatWas = (answer: HelpAnswer): string =>
    listOf([...offers.values()].flatMap(({ done }) => (done.answer === answer ? [done.help] : []))) || 'nothing yet';
  return [
    ['Needs', needs ? listOf(needs.kinds) || 'nothing was named' : 'nobody has asked yet'],
    ['Accepted', whatWas('accepted')],
    ['Declined', whatWas('declined')],
    ['Offered, no answer yet', whatWas('offered, no answer yet')],
  ];
};

const lineRow = ({ what, text, href }: RecordLine): SummaryRow => ({
  key: { text: what },
  value: { text },
  actions: { items: [{ href, text: 'Open', visuallyHiddenText: what }] },
});

/** Urgent items first: current tasks, the person’s wishes, and safe contact. */
function currentSection({ person, needs, tasks, beside }: PersonPageData): Section {
  return {
    kind: 'summary',
    id: 'now',
    title: 'Now',
    rows: [
      ...beside.now.map(lineRow),
      ...summaryRows([
        ...(tasks && beside.now.length === 0 ? ([['To be done', 'Nothing is written down']] as const) : []),
        ['Wants', needs?.words ?? (needs ? nothingRecorded : 'nobody has asked yet')],
        ['Reach safely', formatSafeContact(person)],
      ]),
    ],
    ...(tasks && { links: [{ href: actionPaths.ofPerson(person.id), text: 'All that is to be done' }] }),
  };
}

/** Open items at other agencies, with their state. */
const openSections = ({ beside, refers, referrals, agencies, now }: PersonPageData): Section[] => [
  ...(beside.open.length > 0
    ? [{ kind: 'summary' as const, id: 'open', title: 'Open', rows: beside.open.map(lineRow) }]
    : []),
  ...(refers || referrals.length > 0 ? [referralsTable(referrals, agencies, 'Requests for help', now)] : []),
];

function listRecordActions(shown: PersonPageData): Link[] {
  const { person, refers, asks, papers, numbers, raises, corrects, takes, warns, keeps, beside } = shown;
  const ways: [boolean, string, string][] = [
    [refers, referralPaths.ofPerson(person.id), 'Ask an agency to help'],
    [true, peoplePaths.help(person.id), 'Help that there is'],
    [asks, consentPaths.overview(person.id), 'Consent and disclosures'],
    [papers, documentPaths.list(person.id), 'Papers and photos'],
    [numbers, receptionPaths.linkWristband(person.id), 'Wristband'],
    [
      raises,
      beside.concern ?? nrmPaths.raise(person.id),
      beside.concern ? 'The concern that goes on' : 'Raise a concern',
    ],
    [corrects, peoplePaths.correction(person.id), 'Correct'],
    [takes, recordPaths.export(person.id), 'Take along'],
    [warns, custodyNoticePaths.send(person.id), 'In custody: send a notice'],
    [keeps, retentionPaths.record(person.id), 'How long it is kept'],
  ];
  return ways.flatMap(([is, href, text]) => (is ? [{ href, text }] : []));
}

/** The first notice, with a link to children’s services or the council that was already asked. */
function ageSection({ person, today, councils, referrals, agencies }: PersonPageData): Section[] {
  const treatment = ageTreatmentNotices[determineAgeTreatment(person, today)];
  if (!treatment) return [];
  // A draft for submission reaches a first responder, not children’s services.
  const standing = referrals.filter(
    ({ state, ended, purpose }) => state !== 'declined' && ended !== 'taken back' && purpose !== nrmPurpose,
  );
  const asked = (councils ?? []).filter(({ id }) => standing.some(({ toAgency }) => toAgency === id));
  const told =
    asked.length > 0 ? ` ${listOf(asked.map(({ id }) => agencyOf(agencies, id)))} was asked: see below.` : '';
  return [
    {
      kind: 'states',
      title: 'Age',
      items: [{ kind: 'unwise', title: 'Treat as a child', text: `${treatment}${told}` }],
      links: councils && asked.length === 0 ? childrensServicesLinks(referralPaths.ofPerson(person.id), councils) : [],
    },
  ];
}

/** All that the record says of the person, and what helps. */
const detailsSections = (shown: PersonPageData): Section[] => {
  const { person, names, came, writesNeeds } = shown;
  return [
    {
      kind: 'summary',
      title: 'The person',
      rows: summaryRows([
        ['Also called', formatList(person.others)],
        ['Year of birth', yearWords(person.yearOfBirth)],
        ['Age', `${capital(person.age)}: ${person.ageBasis}`],
        ['Other important information', formatValue(person.cameBy)],
        ['Opened', `by ${getMemberName(names, person.authorId)}, ${formatHour(person.openedAt)}`],
      ]),
    },
    {
      kind: 'summary',
      title: 'Speaking with the person',
      rows: summaryRows([
        ['Language', formatValue(person.language)],
        ['Interpreter', formatInterpreterNeed(person)],
        ['What helps', formatList(person.aids)],
      ]),
    },
    {
      kind: 'summary',
      title: 'Reaching the person safely',
      rows: summaryRows([
        ['Which way', capital(person.contactWay)],
        ['Never', formatValue(person.contactNever)],
        ['When', formatValue(person.contactWhen)],
        ['Number, address, or through whom', formatValue(person.contactAt)],
      ]),
    },
    {
      kind: 'summary',
      title: 'Help',
      rows: summaryRows(helpRows(shown)),
      links: [
        ...(writesNeeds ? [{ href: peoplePaths.needs(person.id), text: 'Write down what the person needs' }] : []),
        ...came,
      ],
    },
  ];
};

export function personPage(shown: PersonPageData): CasePage {
  const { person, agencies, names, versions } = shown;
  return {
    title: person.called,
    caption: `${capital(person.origin)}; kept by ${agencyOf(agencies, person.agencyId)}`,
    back: { href: peoplePaths.search(), text: 'Person search' },
    sections: [
      ...shown.takenBack,
      ...ageSection(shown),
      currentSection(shown),
      ...openSections(shown),
      { kind: 'buttons', title: 'Next steps', items: listRecordActions(shown) },
      ...detailsSections(shown),
      ...versionsSection(versions, names, earlierFields, formatHour),
    ],
  };
}

/** Links to the source of the record, for readers who may see it. */
export const sourceLinks = {
  note: (id: string): Link => ({ href: notePaths.note(id), text: 'The note of the meeting' }),
  report: (id: string): Link => ({ href: reportPaths.help.report(id), text: 'The report' }),
  request: (id: string): Link => ({
    href: referralPaths.referral(id),
    text: 'The request for help that brought the person',
  }),
};

const formatInterpreterNeed = ({ interpreter, interpreterGender }: PersonDetails): string =>
  interpreter === 'needed'
    ? `Needed; ${interpreterGender === 'not asked yet' ? 'which gender: nobody has asked yet' : interpreterGender}. Never somebody who came along. Interpreter and person leave at different times.`
    : capital(interpreter);

const earlierFields = {
  called: ['called', formatValue],
  others: ['also called', formatList],
  yearOfBirth: ['year of birth', (year: unknown) => yearWords(year as number | null)],
  age: ['age', formatValue],
  ageBasis: ['on what that is believed', formatValue],
  language: ['language', formatValue],
  interpreter: ['interpreter', formatValue],
  interpreterGender: ['interpreter asked for', formatValue],
  aids: ['what helps', formatList],
  contactWay: ['safe way', formatValue],
  contactAt: ['number, address, or through whom', formatValue],
  contactWhen: ['when', formatValue],
  contactNever: ['never', formatValue],
  cameBy: ['what else must be known', formatValue],
} as const;

export const personRefusals: Record<PersonRefusal | 'unknown origin', FormErrors> = {
  'looks make no adult': {
    ageBasis: 'How a person looks makes nobody an adult. Select another reason, or “Not known” as the age',
  },
  'adult by no year': { age: 'By the year of birth the person is under 18. Select “Under 18”, or correct the year' },
  'child by no year': { age: 'By the year of birth the person is an adult. Select “Adult”, or correct the year' },
  'not born yet': { yearOfBirth: 'Enter a year that has been' },
  'safe and unsafe': { contactAt: 'No way is safe, so nothing is written here. Take it out, or select a way' },
  'contact missing': {
    contactAt: 'Write the number or address, or through whom. If there is none, select that no way is safe',
  },
  'language missing': { language: 'An interpreter is needed: write for which language' },
  'unknown origin': { origin: 'Select how you know of the person' },
};
