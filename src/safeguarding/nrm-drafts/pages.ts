/** Pages of a concern: its state, what is missing, what may be sent, and who can submit it. */
import { stateWords } from '../../nrm/decision-words/index.ts';
import { missingAnswers, stateOf } from '../../nrm/index.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type {
  CasePage,
  PageAction,
  Section,
  SectionsPage,
  StateItem,
  SummaryRow,
} from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { capital, counted } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { charity, police } from '../first-responder-requests/first-responders.ts';
import {
  acceptedRequests,
  isDeclined,
  isSubmissionReported,
  reportedItem,
  requestLinkText,
  requestsSection,
  submitterAnswersWords,
} from '../first-responder-requests/pages.ts';
import { childrensServicesLinks } from '../notes/children-services.ts';
import { type Agencies, agencyOf, unconditionalHelpText } from '../notes/pages.ts';
import { decisionSections } from '../nrm-decisions/pages.ts';
import { missingWords } from '../nrm-form/pages.ts';
import { missingOf, type Part, partsOf } from '../nrm-form/parts.ts';
import type { Person } from '../people/person.ts';
import type { CaseDraft } from './draft.ts';
import { caseOf, type NrmReferral, type Question, routeOf } from './nrm-referral.ts';
import type { FirstResponderAgency, NrmReferralPageData } from './page-model.ts';
import { questionWords, routeAnswerRows } from './route-question-pages.ts';

type RequestLink = { readonly concernId: NrmReferral['id']; readonly to: readonly FirstResponderAgency[] };

/** Agencies that can submit it for a member who may not. The person’s yes comes first. */
export function firstRespondersSection(
  takers: readonly FirstResponderAgency[],
  personId: string,
  hand?: RequestLink,
): Section {
  const handed = new Set(hand?.to.map(({ id }) => id));
  return {
    kind: 'list',
    id: 'take-to',
    title: 'Your agency cannot submit it: choose a first responder',
    lead: [
      'Only members of first responder organisations can submit the form. Fill in the details you know, so the person need not repeat everything. Ask the person before you share who they are.',
      'If the person agrees, hand the draft to a first responder, here or on paper. The first responder copies the draft into the form.',
      'If an adult does not agree, give a first responder the details without a name. The first responder writes a notification.',
      'If the person is under 18, or may be, notify the council now.',
    ],
    items: [
      ...takers.map(({ id, name }) =>
        hand && handed.has(id)
          ? {
              text: `${name}, in Safelight: send them the draft`,
              href: withQuery(nrmPaths.firstResponder(hand.concernId), { to: id }),
            }
          : {
              text: `${name}, in Safelight: refer the person to them`,
              href: referralPaths.ofPerson(personId),
            },
      ),
      {
        text: 'The council’s adult safeguarding team, or its children’s services for anybody who is or may be under 18',
      },
      charity,
      police,
    ],
  };
}

/** A notification is never handed over with a record: a referral to support would identify the person who said no. */
const notifySection: Section = {
  kind: 'list',
  id: 'take-to',
  title: 'Your agency cannot notify: call a first responder, without a name',
  lead: [
    'A notification has no name, and only first responder organisations can send it. Call one of them. Do not give the name, or details that identify the person.',
    'They fill in the form. They need no more from the person.',
    'A referral in Safelight identifies the person. Use it only for other help.',
  ],
  items: [{ text: 'The council’s adult safeguarding team' }, charity, police],
};

/** Before a concern is raised: what it is, that it is one kind of help among others, and who can submit it. */
export function raisePage(
  person: { readonly id: string; readonly called: string },
  { submits, takers }: { readonly submits: boolean; readonly takers: readonly FirstResponderAgency[] },
): SectionsPage {
  return {
    title: 'Start the NRM referral',
    back: { href: nrmPaths.listOfPerson(person.id), text: 'NRM' },
    lead: [
      'Every support worker can start one. It sends nothing until it is submitted.',
      `The NRM is one kind of help. Other help does not wait for it. ${unconditionalHelpText}`,
    ],
    sections: [
      {
        kind: 'list' as const,
        title: 'What happens next',
        items: [
          'For a child, or a person who may be one: a referral. You must notify the council as well.',
          'For an adult who consents: a referral. The police are notified and record a crime, with the person as the victim. The person does not have to speak to the police.',
          'For an adult who does not consent: a Duty to Notify without a name, where the law requires it. The person gets the same help.',
          'For an adult who may not be able to decide: an assessment by a named person first.',
        ],
      },
      ...(submits
        ? [
            {
              kind: 'states' as const,
              title: 'Who submits it',
              items: [
                { kind: 'good' as const, text: 'Your agency is a first responder organisation: you can submit it.' },
              ],
            },
          ]
        : [firstRespondersSection(takers, person.id)]),
    ],
    actions: [{ post: nrmPaths.raise(person.id), text: 'Start the NRM referral' }],
  };
}

/** Answers from before it was clear that nobody here submits it: kept, and not counted as missing. */
function writtenSection(concern: NrmReferral, parts: readonly Part[]): Section[] {
  const written = parts.filter(({ entries }) => entries.some(({ answer }) => answer !== null));
  if (written.length === 0) return [];
  return [
    {
      kind: 'list',
      title: 'Answers recorded so far',
      lead: ['They are kept in case the person consents later. You need not add more.'],
      items: written.map(({ number, title }) => ({
        text: title,
        href: nrmPaths.part(concern.id, String(number)),
      })),
    },
  ];
}

const routeWords = {
  referral: 'A referral, with the person’s name if it is known',
  notification: 'A Duty to Notify, without a name',
} as const;

export function nrmReferralPage(shown: NrmReferralPageData): CasePage {
  const { concern, made, agencies, names, submits, takers, handable, handTo, councils } = shown;
  const { submission } = concern;
  const handing = { concernId: concern.id, to: handable ? handTo : [] };
  const parts = partsOf(made);
  return {
    title: `NRM referral ${referenceOf('NRM referral', concern.id)}`,
    caption: `Started by ${getMemberName(names, concern.authorId)} of ${agencyOf(agencies, concern.agencyId)}, ${formatHour(concern.raisedAt)}`,
    back: { href: nrmPaths.listOfPerson(concern.personId), text: 'NRM' },
    actions: actionsOf(shown, parts),
    sections: [
      { kind: 'states' as const, title: 'Status', items: [statusItem(shown)] },
      ...(isNotSubmittable(made) ? [notifySection] : []),
      ...requestsSection(shown),
      {
        kind: 'list' as const,
        title: 'Other help',
        items: [
          ...(councils && underAge(made) !== 'no'
            ? childrensServicesLinks(referralPaths.ofPerson(concern.personId), councils)
            : []),
          {
            text: 'Needs and support of this person',
            href: peoplePaths.help(concern.personId),
          },
          { text: unconditionalHelpText },
        ],
      },
      ...(submission
        ? []
        : isNotSubmittable(made)
          ? writtenSection(concern, parts)
          : [missingSection(made, parts), partsTable(concern, made, parts)]),
      {
        kind: 'summary' as const,
        title: 'Route: referral or Duty to Notify',
        rows: [...ageRows(made), ...routeAnswerRows(concern, names, submission === null)],
      },
      ...(submission ? decisionSections(shown) : []),
      ...(submission || submits || isNotSubmittable(made)
        ? []
        : [firstRespondersSection(takers, concern.personId, handing)]),
    ],
  };
}

const underAge = ({ known }: CaseDraft): string => String(known['under 18 now']?.value ?? 'not-sure');
const ageRows = (made: CaseDraft): SummaryRow[] => {
  const words: Record<string, string> = {
    no: 'An adult',
    yes: 'Under 18',
    'not-sure': 'Not confirmed: a child until assessed',
  };
  return [{ key: { text: 'Age' }, value: { text: `${words[underAge(made)]} (from the person’s record)` } }];
};

/** Nobody here can submit it, so it cannot be viewed as a draft or downloaded. */
const isNotSubmittable = ({ heldBack }: CaseDraft): boolean => heldBack?.refusal === 'not a first responder';

function actionsOf(
  { concern, made, submits, handable, handTo, handedOn }: NrmReferralPageData,
  parts: readonly Part[],
): PageAction[] {
  const drafts = [
    { href: nrmPaths.draft(concern.id), text: 'Read the draft', secondary: true },
    { href: nrmPaths.export(concern.id), text: 'Export the draft', secondary: true },
  ];
  if (concern.submission)
    return [
      ...(made.leaving ? drafts : []),
      ...(concern.submission.way === 'referral'
        ? [{ href: nrmPaths.decision(concern.id), text: 'Record a decision' }]
        : []),
    ];
  if (made.question) return [{ href: nrmPaths.question(concern.id), text: 'Answer the next question' }];
  if (isNotSubmittable(made))
    return [{ href: peoplePaths.help(concern.personId), text: 'Needs and support', secondary: true }];
  const next = parts.find((part) => missingOf(part) > 0);
  const record = { href: nrmPaths.submitted(concern.id), text: 'Record that they submitted it' };
  // Handed over again, it could be submitted twice.
  if (isSubmissionReported(handedOn)) return [record, ...(made.leaving ? drafts : [])];
  const back = isDeclined(handedOn);
  return [
    ...(acceptedRequests(handedOn).length > 0 ? [{ ...record, secondary: true }] : []),
    ...(next
      ? [
          {
            href: nrmPaths.part(concern.id, String(next.number)),
            text: 'Add missing answers',
            secondary: back,
          },
        ]
      : []),
    ...(made.leaving ? drafts : made.heldBack ? drafts.slice(0, 1) : []),
    ...(handable
      ? [
          {
            href: nrmPaths.firstResponder(concern.id),
            text: requestLinkText(handTo),
            secondary: next !== undefined && !back,
          },
        ]
      : []),
    ...(submits ? [{ href: nrmPaths.submit(concern.id), text: 'Submit', secondary: next !== undefined }] : []),
  ];
}

function statusItem(shown: NrmReferralPageData): StateItem {
  const { concern, made, called, today, mustBeAsked, names, agencies } = shown;
  const { submission } = concern;
  if (submission) {
    const held = caseOf(concern);
    const { handedOn } = submission;
    const by = getMemberName(names, submission.by);
    const who = handedOn ? agencyOf(agencies, submission.agencyId) : by;
    const from = handedOn ? ` From the draft of ${longDay(handedOn)}, as ${by} wrote down.` : '';
    const words = `${routeWords[submission.way]}: submitted by ${who} on ${longDay(submission.on)}.${from}`;
    const asked = mustBeAsked ? ` ${called} is an adult now. Ask whether they want to stay in the NRM.` : '';
    return {
      kind: mustBeAsked ? 'unwise' : 'good',
      title: held ? stateWords[stateOf(held)] : 'Notified',
      text: `${words}${asked}`,
    };
  }
  const reported = reportedItem(shown);
  if (reported) return reported;
  if (made.question)
    return {
      kind: 'waiting',
      title: 'One question to answer',
      text: `${questionWords[made.question as Question]} Nothing is sent before you answer this question.`,
    };
  if (isNotSubmittable(made))
    return {
      kind: 'waiting',
      title: routeWords.notification,
      text: `Because: ${made.way?.ground ?? ''}. Your agency cannot send it. See below what you can do.`,
    };
  if (made.heldBack && made.heldBack.findings.length > 0)
    return {
      kind: 'unwise',
      title: 'Held back',
      text: `${counted(made.heldBack.findings.length, 'thing')} in the text could identify the person. The draft shows where, and what to write instead.`,
    };
  return {
    kind: 'waiting',
    title: made.way ? routeWords[made.way.kind] : '',
    text: `Because: ${made.way?.ground ?? ''}. Not submitted yet, on ${longDay(today)}.`,
  };
}

/** The same count as on the handover page. */
function missingSection({ draft, left, way }: CaseDraft, parts: readonly Part[]): Section {
  const all = parts.flatMap(({ entries }) => entries);
  const missing = all.filter(({ fault }) => fault !== null);
  const theirs = missingAnswers(draft, left).left;
  const of = (who: string) => missing.filter(({ field }) => field.askedOf === who).length;
  // Which questions the form asks depends on the route, so a count before it would change afterwards.
  if (!way)
    return {
      kind: 'words',
      title: 'Missing details',
      lead: [
        'Safelight counts the missing answers once you have answered the question above: until then the form can change.',
      ],
    };
  return {
    kind: 'figures',
    title: 'Missing details',
    lead: [
      `${draft.version.name} applies. Somebody last compared Safelight’s copy of the form with the original on ${longDay(draft.version.dateChecked)}.`,
      'An answer can lead to one more question, so the number can rise.',
      ...(theirs > 0 ? [submitterAnswersWords(theirs)] : []),
    ],
    items: [
      { label: 'Missing answers', value: String(missing.length), qualifier: `of ${all.length}` },
      { label: 'Answers from the person', value: String(of('person')) },
      {
        label: 'Answers that you know',
        value: String(of('first responder')),
      },
      { label: 'Not in the person’s record', value: String(of('record')) },
    ],
  };
}

/** Without counts while the route is open. */
const partsTable = (concern: NrmReferral, { way }: CaseDraft, parts: readonly Part[]): Section => ({
  kind: 'table',
  caption: 'Parts of the form',
  columns: [{ text: 'Part' }, ...(way ? [{ text: 'Known' }, { text: 'State' }] : [])],
  rows: parts.map((part) => {
    const missing = missingOf(part);
    const link = { text: part.title, href: nrmPaths.part(concern.id, String(part.number)) };
    if (!way) return [link];
    return [
      link,
      { text: `${part.entries.length - missing} of ${part.entries.length}` },
      { text: missingWords(missing), tag: missing === 0 ? 'green' : 'orange' },
    ];
  }),
});

export const listPage = (
  concerns: readonly NrmReferral[],
  people: ReadonlyMap<string, Person>,
  agencies: Agencies,
  { today, most }: { readonly today: string; readonly most: number },
): SectionsPage => ({
  title: 'NRM referrals',
  back: { href: peoplePaths.search(), text: 'Person search' },
  lead: [
    'NRM referrals of people whose records you may read. Start a referral on the NRM tab of a case.',
    ...(concerns.length === most ? [`The latest ${most} are shown.`] : []),
  ],
  actions: [{ href: nrmPaths.counts(), text: 'Count them', secondary: true }],
  sections: [
    {
      kind: 'table' as const,
      caption: 'The latest first',
      stack: true,
      columns: [{ text: 'Reference' }, { text: 'Person' }, { text: 'Status' }, { text: 'Started' }],
      rows: concerns.map((concern) => {
        const person = people.get(concern.personId);
        return [
          { text: referenceOf('NRM referral', concern.id), href: nrmPaths.referral(concern.id) },
          { text: person?.called ?? 'A person' },
          { text: person ? nowWords(concern, determineAgeTreatment(person, today)) : '' },
          { text: `${capital(formatHour(concern.raisedAt))}, by ${agencyOf(agencies, concern.agencyId)}` },
        ];
      }),
      empty: 'No NRM referrals yet. Start a referral on the NRM tab of a case.',
    },
  ],
});

export function nowWords(concern: NrmReferral, age: AgeTreatment): string {
  const held = caseOf(concern);
  if (held) return stateWords[stateOf(held)];
  if (concern.submission) return 'Notified, without a name';
  const way = routeOf(concern, age);
  const state = concern.handed.length > 0 ? 'draft made for a first responder' : 'not submitted';
  return way ? `${capital(way.kind)}, ${state}` : 'One question to answer';
}
