/** Pages of a case: what comes next, everything that happened, its referrals and the NRM. */

import { getMemberName, versionsSection } from '../../platform/forms/correction.ts';
import type { CasePage, Link, PageAction, Section, SectionsPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment, isTreatedAsChild, isUnconfirmedAdult, type KnownAge } from '../../vocabulary/age.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { childPurpose, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { actionPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { retentionPaths } from '../../vocabulary/paths/safeguarding/retention.ts';
import { summaryRows } from '../consent/pages.ts';
import { childrensServicesLinks, notifiedPath, notifiedText } from '../notes/children-services.ts';
import { agreedToReferral, wantsHelpNow } from '../notes/note.ts';
import { type Agencies, agencyOf, referralsTable, unconditionalHelpText } from '../notes/pages.ts';
import { authorSection } from '../notes/reach.ts';
import { earlierFields, formatList, formatValue, yearWords } from '../people/pages.ts';
import type { Person } from '../people/person.ts';
import type { NrmSummary, RecordLine } from '../people/record-sections.ts';
import type { ListedReferral, PersonReferral } from '../referrals/store.ts';
import { type CaseFrame, caseFrame } from './frame.ts';
import { type CaseState, chooseNextAction, type NextAction } from './next-action.ts';
import type { CaseData } from './read-case.ts';
import { describeAgeDuties, describeAgeEvidence, findAgeChange } from './recorded-age.ts';
import { timelineSection } from './timeline.ts';

/** How many events the overview shows. */
const newestShown = 10;

/** A referral that failed: declined, withdrawn, or ended without help. */
const isFailed = ({ state, ended, outcome }: PersonReferral): boolean =>
  state === 'declined' ||
  ended === 'taken back' ||
  (ended !== null && outcome !== 'help given' && outcome !== 'passed on');

const isHelp = ({ purpose }: ListedReferral): boolean => purpose !== nrmPurpose;

/** A referral to children’s services, and not one to the same council for other help. */
const isForChild = (referral: PersonReferral): boolean =>
  isHelp(referral) && (referral.purpose === childPurpose || referral.ground === 'treated as child');

/** Councils whose children’s services were asked or notified. */
const listAskedCouncils = ({ councils, referrals, sections }: CaseData) => {
  const asked = new Set<string>([
    ...referrals.filter((one) => isForChild(one) && !isFailed(one)).map(({ toAgency }) => toAgency as string),
    ...sections.disclosedTo,
  ]);
  return (councils ?? []).filter(({ id }) => asked.has(id));
};

/** Consents of the reader’s agency that no referral rests on yet, for agencies that can be asked. */
const listUnusedConsents = ({ sections, own, reachable }: CaseData) =>
  sections.consents.filter(
    ({ used, agencyId, recipient, purpose }) =>
      !used && agencyId === own && purpose !== nrmPurpose && reachable.some(({ id }) => id === recipient),
  );

function wantsHelp({ needs, offers, notes }: CaseData): boolean {
  const accepted = [...offers.values()].some(
    ({ done }) =>
      done.answer === 'accepted' && done.help !== 'nothing now' && done.help !== 'the National Referral Mechanism',
  );
  if (accepted) return true;
  if (needs) return needs.kinds.length > 0 && !needs.kinds.includes('nothing now');
  return notes.some((note) => wantsHelpNow(note) || agreedToReferral(note));
}

/** What the next step depends on. */
export function caseStateOf(shown: CaseData): CaseState {
  const { person, today, referrals, sections, offers, contactNotes } = shown;
  const standing = referrals.filter((one) => isHelp(one) && !isFailed(one));
  const accepted = standing.filter(({ state }) => state === 'accepted');
  const since = Math.max(...accepted.map(({ decidedAt }) => decidedAt?.getTime() ?? 0));
  return {
    adultUnconfirmed: isUnconfirmedAdult(person, today),
    treatedAsChild: isTreatedAsChild(determineAgeTreatment(person, today)),
    childrensServicesAsked: listAskedCouncils(shown).length > 0,
    wantsHelp: wantsHelp(shown),
    unusedConsent: listUnusedConsents(shown).length > 0,
    referral: accepted.length > 0 ? 'accepted' : standing.length > 0 ? 'sent' : 'none',
    agreedToNrm:
      sections.consents.some(({ purpose }) => purpose === nrmPurpose) ||
      offers.get('the National Referral Mechanism')?.done.answer === 'accepted',
    nrmReferral: nrmStateOf(sections.nrm),
    recordedSince: contactNotes.some(({ at }) => at.getTime() > since),
  };
}

const nrmStateOf = (nrm: NrmSummary | undefined): CaseState['nrmReferral'] => {
  if (nrm?.ongoing) return nrm.ongoing.submitted ? 'submitted' : 'draft';
  return (nrm?.referrals.length ?? 0) > 0 ? 'submitted' : 'none';
};

const actionsOf = ({ corrects, refers, asks, raises, changesNrm, writesNeeds }: CaseData): ReadonlySet<NextAction> =>
  new Set<NextAction>([
    ...(corrects ? (['confirm the age'] as const) : []),
    ...(refers ? (['ask children’s services', 'refer to an agency'] as const) : []),
    ...(asks ? (['ask for consent'] as const) : []),
    ...(raises ? (['start the NRM referral'] as const) : []),
    ...(changesNrm ? (['go on with the NRM referral'] as const) : []),
    ...(writesNeeds ? (['record what was done', 'add a contact note'] as const) : []),
  ]);

function addressOf(action: NextAction, shown: CaseData): string {
  const { person, councils, sections } = shown;
  const [consent] = listUnusedConsents(shown);
  const [council, ...others] = councils ?? [];
  const to = council && others.length === 0 ? { to: council.id } : {};
  const addresses: Record<NextAction, string> = {
    'confirm the age': peoplePaths.correction(person.id),
    'ask children’s services': `${referralPaths.ofPerson(person.id)}?${new URLSearchParams({ ...to, purpose: 'childcare' })}`,
    'refer to an agency': `${referralPaths.ofPerson(person.id)}${consent ? `?consent=${consent.id}` : ''}`,
    'ask for consent': `${consentPaths.asking(person.id)}?act=refer`,
    'start the NRM referral': nrmPaths.raise(person.id),
    'go on with the NRM referral': sections.nrm?.ongoing?.href ?? nrmPaths.listOfPerson(person.id),
    'record what was done': peoplePaths.offer(person.id),
    'add a contact note': peoplePaths.offer(person.id),
  };
  return addresses[action];
}

/** The one button of the overview. */
export function primaryAction(shown: CaseData): PageAction[] {
  const action = chooseNextAction(caseStateOf(shown), actionsOf(shown));
  return action ? [{ href: addressOf(action, shown), text: capital(action) }] : [];
}

const lineRow = ({ what, text, href }: RecordLine): SummaryRow => ({
  key: { text: what },
  value: { text },
  actions: { items: [{ href, text: 'Open', visuallyHiddenText: what }] },
});

const isHelpGiven = (one: PersonReferral): boolean => isHelp(one) && one.ended === 'finished' && !isFailed(one);
const waitingWords: Record<CaseState['referral'], string> = {
  none: 'No agency has been asked to help yet.',
  sent: 'A referral waits for an answer. If help cannot wait, telephone the agency.',
  accepted: 'An agency accepted the referral. Read there what happens next, and record when help began.',
};

/** Until help is given: that the person wants help now, and how to reach the author of the note. */
function helpNowSections(shown: CaseData): Section[] {
  const { notes, names, agencies, offers } = shown;
  const note = notes.find(wantsHelpNow);
  const { referral } = caseStateOf(shown);
  const helped = [...offers.values()].some(({ done }) => done.answer === 'accepted' || done.answer === 'declined');
  if (!note || helped || shown.referrals.some(isHelpGiven)) return [];
  const author = getMemberName(names, note.authorId);
  return [
    {
      kind: 'states',
      title: 'Help',
      items: [
        {
          kind: 'unwise',
          title: 'This person wants help now',
          text: `${waitingWords[referral]} Written ${formatHour(note.writtenAt)}.`,
        },
      ],
    },
    authorSection(note, author, agencies.get(note.agencyId) ?? { name: 'another agency' }),
  ];
}

/** Urgent items first: current actions, then the person’s wishes. */
function currentSection({ person, needs, tasks, sections }: CaseData): Section {
  const nothing = needs ? 'Nothing recorded' : 'Not asked yet';
  return {
    kind: 'summary',
    id: 'now',
    title: 'Next actions',
    rows: [
      ...sections.now.map(lineRow),
      ...summaryRows([
        ...(tasks && sections.now.length === 0 ? ([['Actions', 'No actions yet']] as const) : []),
        ['Needs', needs ? listOf(needs.kinds) || 'None named' : 'Not asked yet'],
        ['Wishes', needs?.words ?? nothing],
      ]),
    ],
    ...(tasks && { links: [{ href: actionPaths.ofPerson(person.id), text: 'See all actions' }] }),
  };
}

/** Open items at other agencies, with their state. */
const openSections = ({ sections, referrals, agencies, now }: CaseData): Section[] => {
  const open = referrals.filter(({ state, ended }) => state !== 'declined' && ended === null);
  return [
    ...(sections.open.length > 0
      ? [{ kind: 'summary' as const, id: 'open', title: 'In progress', rows: sections.open.map(lineRow) }]
      : []),
    ...(open.length > 0 ? [referralsTable(open, agencies, 'Open referrals', now)] : []),
  ];
};

/** The first notice, with a link to each children’s services, or the council that was already asked. */
function ageSection(shown: CaseData): Section[] {
  const { person, versions, names, today, councils, agencies } = shown;
  const duties = describeAgeDuties(person, findAgeChange(versions), names, today);
  if (!duties) return [];
  const asked = listAskedCouncils(shown);
  const done = asked.length > 0 ? ` Asked: ${listOf(asked.map(({ id }) => agencyOf(agencies, id)))}.` : '';
  return [
    {
      kind: 'states',
      title: 'Age',
      items: [{ ...duties, text: `${duties.text}${done}` }],
      links:
        councils && asked.length === 0
          ? [
              ...childrensServicesLinks(referralPaths.ofPerson(person.id), councils),
              { href: notifiedPath(referralPaths.ofPerson(person.id)), text: notifiedText },
            ]
          : [],
    },
  ];
}

/** What the banner does not say of the person. */
const detailsSection = ({ person, versions, names, came }: CaseData): Section => ({
  kind: 'summary',
  title: 'Details',
  rows: summaryRows([
    ['Other names', formatList(person.others)],
    ['Year of birth', yearWords(person.yearOfBirth)],
    ['Evidence of age', describeAgeEvidence(person, findAgeChange(versions), names)],
    ['Interpreter', describeInterpreter(person)],
    ['Communication aids', formatList(person.aids)],
    ['Other important information', formatValue(person.cameBy)],
  ]),
  links: came,
});

const describeInterpreter = ({ interpreter, interpreterGender }: Person): string => {
  if (interpreter !== 'needed') return capital(interpreter);
  const gender = interpreterGender === 'not asked yet' ? 'gender not asked yet' : interpreterGender;
  return `Needed, ${gender}. Do not ask anybody who came with the person to interpret. Let the interpreter and the person leave at different times.`;
};

function otherActions({ person, corrects, numbers, warns, takes }: CaseData): Section[] {
  const links: readonly (readonly [boolean, string, string])[] = [
    [corrects, peoplePaths.correction(person.id), 'Correct the record'],
    [numbers, receptionPaths.linkWristband(person.id), 'Link a wristband'],
    [warns, custodyNoticePaths.send(person.id), 'Send a custody safeguarding notice'],
    [takes, recordPaths.export(person.id), 'Export the record'],
  ];
  const items = links.flatMap(([is, href, text]): Link[] => (is ? [{ href, text }] : []));
  return items.length > 0 ? [{ kind: 'list', title: 'Other actions', items }] : [];
}

const agencyNameIn =
  ({ agencies }: CaseData) =>
  (id: string): string =>
    agencyOf(agencies, id);

/** Overview: what comes next, then what happened. */
export function overviewPage(shown: CaseData): CasePage {
  const { person, names, events } = shown;
  return {
    ...caseFrame(person, shown.agencies, shown, 'overview'),
    title: 'Overview',
    caption: capital(person.origin),
    back: { href: peoplePaths.search(), text: 'Person search' },
    actions: primaryAction(shown),
    sections: [
      ...shown.takenBack,
      ...helpNowSections(shown),
      ...ageSection(shown),
      currentSection(shown),
      ...openSections(shown),
      timelineSection(
        events,
        { names, agencyName: agencyNameIn(shown) },
        { most: newestShown, all: peoplePaths.history(person.id) },
      ),
      detailsSection(shown),
      ...otherActions(shown),
    ],
  };
}

/** History: every event, earlier versions of the record, and how long it is kept. */
export function historyPage(shown: CaseData): SectionsPage {
  const { person, names, events, versions, keeps } = shown;
  return {
    ...caseFrame(person, shown.agencies, shown, 'history'),
    title: 'History',
    back: { href: recordPaths.record(person.id), text: 'Overview' },
    lead: ['You see the events that your role may see.'],
    sections: [
      ...(keeps
        ? [
            {
              kind: 'list' as const,
              title: 'Retention',
              items: [{ href: retentionPaths.record(person.id), text: 'Retention of this record' }],
            },
          ]
        : []),
      timelineSection(events, { names, agencyName: agencyNameIn(shown) }),
      ...versionsSection(versions, names, earlierFields, formatHour),
    ],
  };
}

export type ReferralsPageData = {
  readonly frame: CaseFrame;
  readonly person: Person;
  readonly referrals: readonly ListedReferral[];
  readonly agencies: Agencies;
  readonly refers: boolean;
  readonly now: Date;
};

export const caseReferralsPage = (shown: ReferralsPageData): SectionsPage => ({
  ...shown.frame,
  title: 'Referrals',
  back: { href: recordPaths.record(shown.person.id), text: 'Overview' },
  actions: shown.refers ? [{ href: referralPaths.ofPerson(shown.person.id), text: 'Refer to an agency' }] : [],
  sections: [
    {
      ...referralsTable(shown.referrals, shown.agencies, 'Referrals of this person', shown.now),
      empty: 'No referrals yet. To send the first referral, choose “Refer to an agency”.',
    },
  ],
});

export type NrmPageData = {
  readonly frame: CaseFrame;
  readonly person: Person;
  readonly nrm: NrmSummary | undefined;
  readonly raises: boolean;
  readonly today: string;
};

const nrmLead = (person: KnownAge, today: string): string[] => {
  if (isUnconfirmedAdult(person, today))
    return [
      'The NRM decides whether somebody is a victim of modern slavery, and offers support.',
      'Confirm the person’s age first. An adult must consent to the NRM; a child is not asked.',
    ];
  return isTreatedAsChild(determineAgeTreatment(person, today))
    ? [
        'The NRM decides whether somebody is a victim of modern slavery, and offers support.',
        'Do not ask for consent: a child needs none, nor does a person who may be one. Explain the referral.',
        'You must also notify the council’s children’s services.',
      ]
    : [
        'The NRM decides whether somebody is a victim of modern slavery, and offers support. An adult must consent to it.',
        'The NRM referral asks the person for this consent, in words of its own, before anything is sent.',
      ];
};

export const caseNrmPage = ({ frame, person, nrm, raises, today }: NrmPageData): SectionsPage => ({
  ...frame,
  title: 'National Referral Mechanism (NRM)',
  back: { href: recordPaths.record(person.id), text: 'Overview' },
  lead: [...nrmLead(person, today), unconditionalHelpText],
  actions: nrm?.ongoing
    ? [
        {
          href: nrm.ongoing.href,
          text: nrm.ongoing.submitted ? 'Open the NRM referral' : 'Go on with the NRM referral',
        },
      ]
    : raises
      ? [{ href: nrmPaths.raise(person.id), text: 'Start the NRM referral' }]
      : [],
  sections: [
    {
      kind: 'table',
      stack: true,
      caption: 'NRM referrals of this person',
      columns: ['Reference', 'Status', 'Started'].map((text) => ({ text })),
      rows: (nrm?.referrals ?? []).map(({ reference, state, raisedAt, href }) => [
        { text: reference, href },
        { text: state },
        { text: capital(formatHour(raisedAt)) },
      ]),
      empty: 'No NRM referrals yet. Help does not wait for one.',
      links: [{ href: consentPaths.asking(person.id), text: 'Ask for another consent' }],
    },
  ],
});
