/** Pages of the support side: choose a notice, record consent, send it, withdraw it, and see its delivery state. */

import {
  describeWords,
  digestOfWording,
  foldedWords,
  interpretingOptions,
  languageField,
  type ShownWords,
  type WordingPage,
} from '../../nrm/consent-words/index.ts';
import { namedOptions } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import {
  backTo,
  type CasePage,
  type Cell,
  type FormPage,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import type { LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { wordsOf as valueWords } from '../../vocabulary/value-words.ts';
import { sharedItemRows } from '../consent/pages.ts';
import { type DeliveryStatus, minutesToAnswer } from '../custody-notices-received/urgent-page.ts';
import type { Disclosure, DisclosurePlan } from '../disclosures/disclosure.ts';
import { unconditionalHelpText } from '../notes/pages.ts';
import { immediateDisclosureFields } from '../referrals/form-pages.ts';
import { answers, type Ground, type Notice, notReached, type SendRefusal, type WithdrawalRefusal } from './notice.ts';
import { type Sentence, type SentenceName, sentenceOn } from './sentence.ts';

const text = (words: string): { readonly text: string } => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });

export const sendRefusals: Record<SendRefusal, FormErrors> = {
  'not agreed': { answer: 'Without the person’s yes nothing is sent' },
  'no reasons': { reasons: 'Enter why it is best for the child, and the child’s wishes' },
};
/** What the record already shows. */
export const interpreterMissing: FormErrors = {
  interpreted:
    'Select who interpreted: the record says that the person needs an interpreter. Correct the record first, if it is wrong',
};
export const withdrawalRefusals: Record<WithdrawalRefusal, FormErrors> = {
  'taken back already': { '': 'This notice is already withdrawn.' },
};

export type Authority = { readonly id: string; readonly name: string };

export const choicePage = (
  of: {
    readonly personId: string;
    readonly called: string;
    readonly id: string;
    readonly ground: Ground;
    readonly speaks: LanguageNeeds;
  },
  authorities: readonly Authority[],
  sentences: readonly Sentence[],
): FormPage => ({
  title: 'Send a custody safeguarding notice',
  caption: of.called,
  ...backTo(recordPaths.record(of.personId), of.called),
  lead: [
    'You send one short message and the custody reference to a custodian of police or immigration. The custodian passes the message on, and does not learn the name, your agency or the reason.',
    of.ground === 'the person agreed'
      ? 'The person must agree to the words that you read out on the next page.'
      : 'The person is treated as a child. Ask the child, and decide in their best interests. A colleague must approve the notice.',
    'In immediate danger, call 999 as well. Safelight does not call anybody.',
  ],
  action: custodyNoticePaths.send(of.personId),
  button: 'Continue to the consent words',
  closed: authorities.length === 0,
  ...(authorities.length === 0 && {
    warning:
      'No police or immigration custodian can receive it here. Ask an administrator. Until then, call custody if the person agrees.',
  }),
  fields: (ask) => [
    ask.one('to', 'Custody authority', namedOptions(authorities)),
    ask.one(
      'sentence',
      'The message',
      sentences.map(({ name, words }) => ({ value: name, text: words })),
    ),
    ask.text('reference', 'Custody reference', {
      hint: 'Enter the reference that the person, a solicitor or custody gave you. It is a custody number, or a port or case reference from immigration. Safelight does not check the reference, and deletes it after sending.',
      classes: 'govuk-input--width-20',
      spellcheck: false,
    }),
    languageField(ask, of.speaks),
    ask.hidden('id', of.id),
    ask.hidden('step', 'show'),
  ],
});

export function wordingPage(
  of: {
    readonly personId: string;
    readonly called: string;
    readonly ground: Ground;
    readonly words: ShownWords;
    readonly speaks: LanguageNeeds;
    /** Who else can approve it, in words; and whether this member could approve it for a colleague. */
    readonly seconds: string;
    readonly approves: boolean;
  },
  chosen: {
    readonly id: string;
    readonly to: string;
    readonly sentence: SentenceName;
    readonly reference: string;
    readonly shown: string;
  },
): WordingPage {
  const agreed = of.ground === 'the person agreed';
  const offered = interpretingOptions(of.words.shownLanguage);
  return {
    frame: 'platform/plain.njk',
    title: agreed ? 'Show or read these words to the person' : 'Show or read these words to the child, and decide',
    caption: of.called,
    back: { href: custodyNoticePaths.send(of.personId), text: 'Choose again' },
    ...describeWords(of.words, of.speaks),
    lead: [`Custody reference: ${chosen.reference}`],
    action: custodyNoticePaths.send(of.personId),
    cancel: recordPaths.record(of.personId),
    button: agreed ? 'Go on' : of.approves ? 'Ask for approval, or send it at once' : 'Ask for approval',
    fields: (ask) => [
      ask.one('interpreted', 'Interpreter', agreed ? offered : [...offered, notReached], {
        hint: 'Do not ask anybody who came with the person to interpret.',
      }),
      agreed
        ? ask.one('answer', 'Answer of the person', answers, { hint: unconditionalHelpText })
        : ask.words('reasons', 'Why it is best for the child, and the child’s wishes', {
            hint: `A colleague must approve this before anything is sent. Your colleague reads your reason and decides. ${of.seconds} The reasons are encrypted and stay in the safeguarding record.`,
            most: 1_000,
          }),
      ...(!agreed && of.approves ? immediateDisclosureFields(ask) : []),
      ...Object.entries(chosen).map(([name, value]) => ask.hidden(name, value)),
      ask.hidden('digest', digestOfWording(of.words)),
      ask.hidden('step', 'send'),
    ],
  };
}

/** As approved; nothing is typed again. */
export const approvedPage = ({ id, plan }: ApprovedDisclosure, authority: string) => ({
  title: `What a custodian of ${authority} will see`,
  caption: 'Approved by a second person',
  address: custodyNoticePaths.sendApproved(id),
  back: { href: disclosurePaths.disclosure(id), text: 'Why, and who approved it' },
  to: 'custody',
  rows: sharedItemRows(plan.shown),
  papers: [],
  kept: [],
  fixed: true,
});
type ApprovedDisclosure = Pick<Disclosure, 'id'> & { readonly plan: DisclosurePlan };

export const approvedRefusals = {
  'treated as an adult': { '': 'Nothing was sent: by the record it is an adult now, who decides alone. Ask for a yes' },
  'no custodian': { '': 'Nothing was sent: nobody there can receive it any more. Tell custody by telephone' },
} as const satisfies Record<string, FormErrors>;

/** A refusal is not stored. */
export const notSentPage = (personId: string, called: string): CasePage => ({
  title: 'Nothing was sent',
  caption: called,
  back: { href: recordPaths.record(personId), text: called },
  sections: [
    {
      kind: 'states' as const,
      items: [
        {
          kind: 'empty' as const,
          text: `Nothing is sent without a yes, and nothing of this is kept. ${unconditionalHelpText}`,
        },
      ],
    },
  ],
});

const deliveryStatusWords: Record<DeliveryStatus, readonly [text: string, tag: string]> = {
  'on its way': ['On its way', 'yellow'],
  rings: ['Paging a custodian', 'yellow'],
  'rings on': ['Paging every custodian', 'red'],
  'a custodian has it': ['A custodian has it', 'green'],
};
const deliveryStatusTag = (standing: DeliveryStatus): Cell => ({
  text: deliveryStatusWords[standing][0],
  tag: deliveryStatusWords[standing][1],
});

export type NoticeWithStatus = {
  readonly notice: Notice;
  readonly standing: DeliveryStatus;
  readonly backStanding: DeliveryStatus | undefined;
};

const dayOfHour = (at: Date): string => at.toISOString().slice(0, 10);
const wordsOf = ({ sentence, givenAt }: Notice): string => sentenceOn(sentence, dayOfHour(givenAt)).words;
const stateOf = ({ notice, standing, backStanding }: NoticeWithStatus): Cell =>
  notice.withdrawnAt
    ? { text: `Withdrawn; ${deliveryStatusWords[backStanding ?? 'on its way'][0]}`, tag: 'grey' }
    : deliveryStatusTag(standing);

/** Each notice counts as a disclosure; the totals are at the top. */
export function noticesPage(all: readonly NoticeWithStatus[], authorities: ReadonlyMap<string, string>): SectionsPage {
  const counted = Map.groupBy(all, ({ notice }) => notice.sentence);
  return {
    title: 'Custody safeguarding notices',
    back: { href: staffSite, text: 'Your work' },
    lead: [
      'A notice is one short message about a person. Your agency sends the notice to custody or immigration staff. Each notice is a disclosure. To send one, open the person’s record.',
    ],
    sections: [
      ...(all.length > 0
        ? [
            {
              kind: 'figures' as const,
              items: [
                { label: 'Sent', value: String(all.length) },
                ...[...counted].map(([sentence, some]) => ({ label: capital(sentence), value: String(some.length) })),
              ],
            },
          ]
        : []),
      {
        kind: 'table',
        caption: 'Sent so far, the latest first',
        stack: true,
        columns: ['Sentence', 'To', 'Ground', 'Sent', 'Progress'].map(text),
        rows: all.map((told) => [
          { text: wordsOf(told.notice), href: custodyNoticePaths.notice(told.notice.id) },
          text(authorities.get(told.notice.recipient) ?? 'an agency that has left'),
          text(capital(told.notice.ground)),
          text(formatHour(told.notice.givenAt)),
          stateOf(told),
        ]),
        empty: 'Notices that you or your agency sent appear here. No notice has been sent yet.',
      },
    ],
  };
}

export function noticePage(
  item: NoticeWithStatus,
  context: {
    readonly authority: string;
    readonly author: string;
    readonly mayTakeBack: boolean;
    readonly person: { readonly href: string; readonly called: string } | undefined;
  },
): CasePage {
  const { notice } = item;
  const late = !notice.withdrawnAt && item.standing === 'rings on';
  return {
    title: wordsOf(notice),
    caption: 'Protective notice',
    back: { href: custodyNoticePaths.notices(), text: 'Custody safeguarding notices' },
    actions: context.mayTakeBack
      ? [{ href: custodyNoticePaths.withdraw(notice.id), text: 'Withdraw it', secondary: true }]
      : [],
    sections: [
      ...(late
        ? [
            {
              kind: 'states' as const,
              title: 'Not acknowledged yet',
              items: [
                {
                  kind: 'unwise' as const,
                  title: `Not acknowledged for ${minutesToAnswer} minutes`,
                  text: `Every custodian of ${context.authority} is paged now. Call custody yourself, within the consent of the person.`,
                },
              ],
            },
          ]
        : []),
      {
        kind: 'summary',
        rows: [
          { key: text('Progress'), value: text(String(stateOf(item).text)) },
          row('To', `A custodian of ${context.authority}`),
          row('Ground', capital(notice.ground)),
          ...(notice.reasons ? [row('Why it is best', notice.reasons)] : []),
          row('Interpreted', capital(valueWords(notice.interpreted))),
          row('Sent', `by ${context.author}, ${formatHour(notice.givenAt)}`),
          ...(notice.withdrawnAt ? [row('Taken back', formatHour(notice.withdrawnAt))] : []),
        ],
        more: foldedWords('Words of the question', notice),
        links: context.person ? [{ href: context.person.href, text: `The record of ${context.person.called}` }] : [],
      },
    ],
  };
}

export const withdrawNoticePage = (notice: Notice, authority: string): FormPage => ({
  title: 'Withdraw the notice',
  caption: wordsOf(notice),
  ...backTo(custodyNoticePaths.notice(notice.id), 'The notice'),
  lead: [
    `The custodians of ${authority} get a notification. They should tell the officers who had the notice. The officers could still remember it. The reason is not shared.`,
  ],
  action: custodyNoticePaths.withdraw(notice.id),
  button: 'Withdraw it',
  dangerous: true,
  closed: notice.withdrawnAt !== null,
});
