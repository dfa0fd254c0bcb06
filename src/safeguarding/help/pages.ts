/** Pages on help: all offers side by side in the same size, the person’s answers, and what was done. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, SectionsPage, StateItem, SummaryRow } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment, isTreatedAsChild } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { type DisclosurePurpose, disclosurePurposes } from '../../vocabulary/information-shared.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import type { CaseFrame } from '../case/frame.ts';
import { summaryRows } from '../consent/pages.ts';
import { needKinds } from '../notes/note.ts';
import { type Agencies, agencyOf, unconditionalHelpText } from '../notes/pages.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import type { Person } from '../people/person.ts';
import type { ListedReferral } from '../referrals/store.ts';
import {
  answers,
  type ContactNote,
  type ContactNoteContent,
  deriveHelpStatus,
  findHelpReferrals,
  type HelpAnswer,
  type HelpRefusal,
  type HelpType,
  helpTypes,
} from './help.ts';

/** One or two sentences each, so that no offer is advertised above another. */
const helpDescriptions: Record<HelpType, string> = {
  'children’s services':
    'Run by the council. You must notify them about anybody who is or may be under 18. For an adult you need consent.',
  'adult safeguarding':
    'The council makes enquiries if an adult with care and support needs is at risk and cannot keep themselves safe (Care Act 2014 s.42).',
  health:
    'Help from a doctor, a clinic, a midwife or a counsellor. Some treatment works only within hours or days, so ask at once.',
  'a sexual assault referral centre':
    'Examination, treatment, samples and somebody to talk to after sexual violence. The person does not have to go to police.',
  'safe accommodation': 'For tonight and for later: a refuge, council housing, a bed through a charity.',
  'an immigration solicitor': 'A regulated adviser who works only for the person and keeps what they say confidential.',
  'legal advice': 'Advice on work and wages, crime, family or compensation, from somebody who works for the person.',
  'money and papers': 'Benefits, unpaid wages, a bank account, and documents that were taken.',
  'support led by sex workers':
    'Help from people who know sex work. These helpers do not ask anybody to stop or to explain.',
  'the National Referral Mechanism':
    'The government decides whether somebody is a victim, and offers support. The police are notified and record a crime, with the person as the victim. The person does not have to speak to the police.',
  'nothing now': 'The person may not want any help now. You can offer all the help on this page again later.',
};

const purposeByHelp: Partial<Record<HelpType, DisclosurePurpose>> = {
  'children’s services': 'childcare',
  health: 'examine and treat',
  'a sexual assault referral centre': 'examine and treat',
  'safe accommodation': 'safe place',
  'an immigration solicitor': 'specialist advice',
  'legal advice': 'specialist advice',
  'money and papers': 'specialist advice',
};
/** The purpose follows from the selected help and is not asked again. */
const consentFormPath = (id: PersonId, help: HelpType): string =>
  `${consentPaths.asking(id)}?${new URLSearchParams({ act: 'refer', purpose: purposeByHelp[help] ?? disclosurePurposes[0] })}`;

const answerLabels: Record<HelpAnswer, string> = {
  'offered, no answer yet': 'offered, no answer yet',
  accepted: 'the person said yes',
  declined: 'the person said no',
};
const answerStates: Record<HelpAnswer, StateItem['kind']> = {
  'offered, no answer yet': 'waiting',
  accepted: 'good',
  declined: 'sealed',
};

export type HelpPageData = {
  readonly frame: CaseFrame;
  readonly person: Person;
  readonly acts: readonly ContactNote[];
  /** Those that the reader may see. */
  readonly referrals: readonly ListedReferral[];
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly today: string;
  readonly writes: boolean;
  readonly asks: boolean;
  readonly raises: boolean;
  /** The NRM referral that is being written or was sent, for who may read it. */
  readonly nrm: Pick<NrmReferral, 'id' | 'submission'> | undefined;
};

type HelpCard = {
  readonly title: string;
  readonly text: string;
  readonly state: string;
  readonly kind: StateItem['kind'];
  readonly links: readonly { readonly href: string; readonly text: string; readonly hidden: string }[];
};
export type HelpPage = SectionsPage & {
  readonly needs: { readonly rows: readonly SummaryRow[]; readonly href: string | undefined };
  readonly cards: readonly HelpCard[];
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/help/help': HelpPage;
  }
}

type HelpOffer = Pick<ContactNote, 'at'> & { readonly done: { readonly answer: HelpAnswer } };

/** What is known of one kind of help: a referral for it, what the person said, both, or nothing. */
function cardState(
  help: HelpType,
  offer: HelpOffer | undefined,
  referral: ListedReferral | undefined,
  { person, today, agencies, nrm }: HelpPageData,
): Pick<HelpCard, 'state' | 'kind'> {
  if (nrm && help === 'the National Referral Mechanism')
    return nrm.submission
      ? { state: 'An NRM referral was sent', kind: 'good' }
      : { state: 'An NRM referral is being written', kind: 'waiting' };
  const answered = offer && `${capital(answerLabels[offer.done.answer])}, ${formatHour(offer.at)}`;
  if (referral) {
    const agency = agencyOf(agencies, referral.toAgency);
    const accepted = referral.state === 'accepted';
    const sent = accepted
      ? `${capital(agency)} accepted a referral of ${longDay(referral.day)}`
      : `Referral to ${agency} of ${longDay(referral.day)}: no answer yet`;
    return { state: answered ? `${sent}. ${answered}` : sent, kind: accepted ? 'good' : 'waiting' };
  }
  if (offer && answered) return { state: answered, kind: answerStates[offer.done.answer] };
  return help === 'children’s services' && isTreatedAsChild(determineAgeTreatment(person, today))
    ? { state: 'Notify them: the person is treated as a child', kind: 'unwise' }
    : { state: 'Not offered yet', kind: 'empty' };
}

function nrmLinks({ person, nrm, raises }: HelpPageData): HelpCard['links'] {
  const hidden = 'the National Referral Mechanism';
  if (nrm) return [{ href: nrmPaths.referral(nrm.id), text: 'Open the NRM referral', hidden }];
  return raises ? [{ href: nrmPaths.raise(person.id), text: 'Start the NRM referral', hidden }] : [];
}

function helpCard(
  help: HelpType,
  offer: HelpOffer | undefined,
  referral: ListedReferral | undefined,
  shown: HelpPageData,
): HelpCard {
  const { person, writes, asks } = shown;
  const isNrm = help === 'the National Referral Mechanism';
  return {
    title: capital(help),
    text: helpDescriptions[help],
    ...cardState(help, offer, referral, shown),
    links: [
      ...(writes
        ? [
            {
              href: `${peoplePaths.offer(person.id)}?help=${encodeURIComponent(help)}`,
              text: 'Record an offer',
              hidden: help,
            },
          ]
        : []),
      ...(isNrm ? nrmLinks(shown) : []),
      ...(asks && help !== 'nothing now' && !isNrm
        ? [{ href: consentFormPath(person.id, help), text: 'Ask for consent to refer', hidden: help }]
        : []),
    ],
  };
}

export function helpPage(shown: HelpPageData): HelpPage {
  const { person, acts, names, writes } = shown;
  const { needs, offers } = deriveHelpStatus(acts);
  const referrals = findHelpReferrals(shown.referrals);
  return {
    ...shown.frame,
    title: 'Needs and support',
    back: { href: recordPaths.record(person.id), text: 'Overview' },
    lead: [
      'Offer each kind of help separately. The person can accept some kinds of help, none, or more later.',
      unconditionalHelpText,
    ],
    needs: {
      rows: summaryRows([
        ['Needs', needs ? listOf(needs.kinds) || 'None named' : 'Not asked yet'],
        ['In the person’s words', needs?.words ?? 'Nothing recorded'],
      ]),
      href: writes ? peoplePaths.needs(person.id) : undefined,
    },
    cards: helpTypes.map((help) => helpCard(help, offers.get(help), referrals.get(help), shown)),
    sections:
      acts.length === 0
        ? []
        : [
            {
              kind: 'timeline',
              title: 'Contact notes',
              items: [...acts].reverse().map(({ done, authorId, at: when }) => ({
                title: describeContactNote(done),
                by: getMemberName(names, authorId),
                when: formatHour(when),
                text: done.words ?? undefined,
              })),
            },
          ],
  };
}

export const describeContactNote = (done: ContactNoteContent): string =>
  done.what === 'needs'
    ? `Needs: ${listOf(done.needs) || 'none named'}`
    : `${capital(done.help)}: ${answerLabels[done.answer]}`;

export function needsPage({
  person,
  frame,
  acts,
  id,
}: {
  readonly person: Person;
  readonly frame: CaseFrame;
  readonly acts: readonly ContactNote[];
  readonly id: string;
}): FormPage {
  const { needs } = deriveHelpStatus(acts);
  return {
    ...frame,
    title: 'What does the person need?',
    lead: ['Enter the needs as they are now. Earlier versions stay readable.', unconditionalHelpText],
    button: 'Save what the person needs',
    cancel: peoplePaths.help(person.id),
    fields: (ask) => [
      ask.many('needs', 'What does the person need?', needKinds, { value: needs?.kinds ?? [] }),
      ask.words('words', 'The person’s wishes, in their own words', {
        hint: 'Your text is encrypted. Leave empty if the person said nothing.',
        most: 2_000,
        value: needs?.words ?? '',
      }),
      ask.hidden('id', id),
    ],
  };
}

export const offerPage = ({
  person,
  frame,
  help,
  id,
}: {
  readonly person: Person;
  readonly frame: CaseFrame;
  readonly help: HelpType | undefined;
  readonly id: string;
}): FormPage => ({
  ...frame,
  title: 'Record an offer of help',
  lead: [
    'Saying no has no consequences. You can make any offer again.',
    'If the person says yes, your agency must check twice whether the help arrived: after 28 days and after 90 days. Contact the person only in the way that is safe for them.',
  ],
  cancel: peoplePaths.help(person.id),
  fields: (ask) => [
    ask.choose('help', 'Kind of help', helpTypes, { value: help ?? '' }),
    ask.one(
      'answer',
      'What did the person say?',
      answers.map((value) => ({ value, text: capital(answerLabels[value]) })),
      { value: help === 'nothing now' ? 'accepted' : '' },
    ),
    ask.words('words', 'Next step, if anything was agreed', {
      hint: 'It is encrypted.',
      most: 1_000,
    }),
    ask.hidden('id', id),
  ],
});

export const helpRefusals: Record<HelpRefusal, FormErrors> = {
  'needs and none': { needs: 'Select either needs or “nothing now”' },
  'nothing to offer': {
    answer: 'For “nothing now”, select that the person said yes',
  },
};
