/** Pages of a concern: its state, what is missing, what may be sent, and who can submit it. */

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
import { capital, counted, listOf } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { charity, police } from '../first-responder-requests/first-responders.ts';
import {
  acceptedRequests,
  isDeclined,
  isSubmissionReported,
  requestLinkText,
  requestsSection,
  submitterAnswersWords,
} from '../first-responder-requests/pages.ts';
import { childrensServicesLinks } from '../notes/children-services.ts';
import { type Agencies, agencyOf, unconditionalHelpText } from '../notes/pages.ts';
import { decisionSections, stateWords } from '../nrm-decisions/pages.ts';
import { missingOf, missingWords, type Part, partsOf } from '../nrm-form/pages.ts';
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
    title: 'Your agency cannot submit it: take it to one that can',
    lead: [
      'Only members of first responder organisations submit. Fill in the details you know. Ask the person before you share who they are. Then hand the draft to a first responder, here or on paper. They type from it, so the person need not repeat it.',
      'The first responder writes a notification without a name. Give them the details you know, without a name.',
      'Of a child, tell the council at once.',
    ],
    items: [
      ...takers.map(({ id, name }) =>
        hand && handed.has(id)
          ? {
              text: `${name}, here in Safelight: hand them the draft`,
              href: withQuery(nrmPaths.firstResponder(hand.concernId), { to: id }),
            }
          : {
              text: `${name}, here in Safelight: ask them, with what the person agreed to`,
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
  title: 'Your agency cannot notify: tell one that can, without a name',
  lead: [
    'A notification names nobody, and only first responder organisations make it. Tell one of them by telephone what you know, without the name and without what could show who it is.',
    'They fill in the form. Nobody has to be asked anything more for it.',
    'A request for help in Safelight would say who the person is: ask for it for another help alone.',
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
      'Everybody who helps can raise one. It is written down here, behind the wall, and sends nothing to anybody.',
      `The National Referral Mechanism is one kind of help beside others, and none of the others waits for it. ${unconditionalHelpText}`,
    ],
    sections: [
      {
        kind: 'list' as const,
        title: 'What comes of it',
        items: [
          'A child, or somebody who may be one: a referral, and the council is told in any case.',
          'An adult who says yes: a referral. The police are notified and record a crime, with the person as the victim. The person need not speak to them.',
          'An adult who says no: where the law asks for it, a notification that names nobody. Help is the same.',
          'An adult of whom it is in doubt whether they can decide this: first an assessment by somebody named.',
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
      title: 'What was written here',
      lead: ['It stays here, and is there if the person says yes one day. Nothing more has to be filled in.'],
      items: written.map(({ number, title }) => ({
        text: title,
        href: nrmPaths.part(concern.id, String(number)),
      })),
    },
  ];
}

const routeWords = {
  referral: 'A referral, with the person’s name',
  notification: 'A Duty to Notify, which names nobody',
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
      { kind: 'states' as const, title: 'Where it stands', items: [statusItem(shown)] },
      ...(isNotSubmittable(made) ? [notifySection] : []),
      ...requestsSection(shown),
      {
        kind: 'list' as const,
        title: 'Other help, equally important',
        items: [
          ...(councils && underAge(made) !== 'no'
            ? childrensServicesLinks(referralPaths.ofPerson(concern.personId), councils)
            : []),
          {
            text: 'Every other help of this person: health, safety, shelter, law, money',
            href: peoplePaths.help(concern.personId),
          },
          { text: unconditionalHelpText },
        ],
      },
      ...(submission
        ? []
        : isNotSubmittable(made)
          ? writtenSection(concern, parts)
          : [missingSection(made, parts), partsTable(concern, parts)]),
      {
        kind: 'summary' as const,
        title: 'How it was decided which way it goes',
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
    'not-sure': 'Not known: a child until assessed',
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
    { href: nrmPaths.export(concern.id), text: 'Take the draft along', secondary: true },
  ];
  if (concern.submission)
    return [
      ...(made.leaving ? drafts : []),
      ...(concern.submission.way === 'referral'
        ? [{ href: nrmPaths.decision(concern.id), text: 'Write down what came' }]
        : []),
    ];
  if (made.question) return [{ href: nrmPaths.question(concern.id), text: 'Go on: the next question' }];
  if (isNotSubmittable(made))
    return [{ href: peoplePaths.help(concern.personId), text: 'Help of this person', secondary: true }];
  const next = parts.find((part) => missingOf(part) > 0);
  const gone = isSubmissionReported(handedOn);
  const back = isDeclined(handedOn);
  return [
    ...(acceptedRequests(handedOn).length > 0
      ? [{ href: nrmPaths.submitted(concern.id), text: 'Write down that they submitted it', secondary: !gone }]
      : []),
    ...(next
      ? [
          {
            href: nrmPaths.part(concern.id, String(next.number)),
            text: 'Go on: what is missing',
            secondary: gone || back,
          },
        ]
      : []),
    ...(made.leaving ? drafts : made.heldBack ? drafts.slice(0, 1) : []),
    ...(handable
      ? [
          {
            href: nrmPaths.firstResponder(concern.id),
            text: requestLinkText(handTo),
            secondary: gone || (next !== undefined && !back),
          },
        ]
      : []),
    ...(submits ? [{ href: nrmPaths.submit(concern.id), text: 'Submit', secondary: next !== undefined }] : []),
  ];
}

function statusItem({ concern, made, called, today, mustBeAsked, names, agencies }: NrmReferralPageData): StateItem {
  const { submission } = concern;
  if (submission) {
    const held = caseOf(concern);
    const { handedOn } = submission;
    const by = getMemberName(names, submission.by);
    const who = handedOn ? agencyOf(agencies, submission.agencyId) : by;
    const from = handedOn ? ` From the draft of ${longDay(handedOn)}, as ${by} wrote down.` : '';
    const words = `${routeWords[submission.way]}: submitted by ${who} on ${longDay(submission.on)}.${from}`;
    const asked = mustBeAsked ? ` ${called} is an adult now and must be asked whether to stay in it.` : '';
    return {
      kind: mustBeAsked ? 'unwise' : 'good',
      title: held ? stateWords[stateOf(held)] : 'Notified',
      text: `${words}${asked}`,
    };
  }
  if (made.question)
    return {
      kind: 'waiting',
      title: 'A question is open',
      text: `${questionWords[made.question as Question]} Nothing is sent before.`,
    };
  if (isNotSubmittable(made))
    return {
      kind: 'waiting',
      title: routeWords.notification,
      text: `Because: ${made.way?.ground ?? ''}. Your agency cannot send it, and nothing is left for you to fill in: what you can do stands below.`,
    };
  if (made.heldBack && made.heldBack.findings.length > 0)
    return {
      kind: 'unwise',
      title: 'Held back',
      text: `${counted(made.heldBack.findings.length, 'thing')} in the texts could tell who it is about. The draft says where, and what to write instead.`,
    };
  return {
    kind: 'waiting',
    title: made.way ? routeWords[made.way.kind] : '',
    text: `Because: ${made.way?.ground ?? ''}. Not submitted yet, on ${longDay(today)}.`,
  };
}

/** The same count as on the handover page. */
function missingSection({ draft, left }: CaseDraft, parts: readonly Part[]): Section {
  const all = parts.flatMap(({ entries }) => entries);
  const missing = all.filter(({ fault }) => fault !== null);
  const theirs = missingAnswers(draft, left).left;
  const of = (who: string) => missing.filter(({ field }) => field.askedOf === who).length;
  return {
    kind: 'figures',
    title: 'Missing details',
    lead: [
      `${draft.version.name}, compared with its source on ${longDay(draft.version.dateChecked)}.`,
      ...(theirs > 0 ? [submitterAnswersWords(theirs)] : []),
    ],
    items: [
      { label: 'Missing in all', value: String(missing.length), qualifier: `of ${all.length}` },
      { label: 'To be asked of the person', value: String(of('person')) },
      {
        label: left ? 'For you or the first responder' : 'For the first responder',
        value: String(of('first responder')),
      },
      { label: 'Not in the person’s record', value: String(of('record')) },
    ],
  };
}

const partsTable = (concern: NrmReferral, parts: readonly Part[]): Section => ({
  kind: 'table',
  caption: 'The parts of the form, in its own order',
  columns: [{ text: 'Part' }, { text: 'Known' }, { text: 'State' }],
  rows: parts.map((part) => {
    const missing = missingOf(part);
    return [
      { text: part.title, href: nrmPaths.part(concern.id, String(part.number)) },
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
    'NRM referrals of people whose records you may read. Start one on the NRM tab of a case.',
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
      empty: 'No NRM referrals yet. Start one on the NRM tab of a case.',
    },
  ],
});

export function nowWords(concern: NrmReferral, age: AgeTreatment): string {
  const held = caseOf(concern);
  if (held) return stateWords[stateOf(held)];
  if (concern.submission) return 'Notified, without a name';
  const way = routeOf(concern, age);
  return way ? `${capital(way.kind)}, not submitted` : 'A question is open';
}

export const whyNotWords = (takers: readonly FirstResponderAgency[]): string =>
  takers.length > 0
    ? `Your agency is on no list of first responders. Take it to ${listOf(takers.map(({ name }) => name))}`
    : 'Your agency is on no list of first responders. Take it to the council or to a charity on the list';
