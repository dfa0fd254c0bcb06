/** Forms for asking a person’s consent: to what, for which agency, and in which words. */

import type { Agency } from '../../identity/agencies/index.ts';
import { namedOptions } from '../../platform/forms/fields.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { backTo, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { requiredForReferral, type ShareableItem } from '../../vocabulary/information-shared.ts';
import type { LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import type { CaseFrame } from '../case/frame.ts';
import { explanationFields } from '../interpreting/pages.ts';
import { type Act, acts, itemsByAct, purposesByAct } from './consent.ts';
import { dayCounts } from './forms.ts';
import { actLabels, consentSourceOptions, workersWord } from './pages.ts';

const actHints: Record<Act, string> = {
  examine: 'Nobody is told what is found by that.',
  share: 'They are told, and asked to do nothing.',
  refer: 'They are asked to help, and told what they need for it.',
};

const dayCountLabels: Record<(typeof dayCounts)[number], string> = {
  '7': 'One week',
  '28': 'Four weeks',
  '90': 'Three months',
  '180': 'Six months',
};

type Recipient = Pick<Agency, 'id' | 'name'>;

const noRecipientText =
  'No other agency here that helps can be asked: none has a caseworker on Safelight who reads it, and none takes it on paper. Whoever looks after the agencies of this partnership can add one.';

export const actPage = (personId: PersonId, frame?: CaseFrame): SectionsPage => ({
  ...frame,
  title: 'What is the person asked?',
  caption: 'One thing at a time',
  back: { href: consentPaths.overview(personId), text: 'Consent and disclosures' },
  lead: ['Each is asked for by itself, and none of them implies another. A no costs the person nothing.'],
  sections: [
    {
      kind: 'list',
      items: acts.map((act) => ({
        text: `${actLabels[act]}. ${actHints[act]}`,
        href: `${consentPaths.asking(personId)}?act=${act}`,
      })),
    },
  ],
});

type QuestionPageData = {
  readonly frame?: CaseFrame | undefined;
  readonly personId: PersonId;
  readonly act: Act;
  readonly id: string;
  readonly purpose?: string | undefined;
  readonly to?: string | undefined;
  readonly item?: ShareableItem | undefined;
};

/** Selects what to ask; the wording follows from it. If no agency can be asked, shows other actions. */
export const questionPage = (
  { personId, act, frame, id, purpose = '', to = '', item }: QuestionPageData,
  recipients: readonly Recipient[],
): FormPage => ({
  ...frame,
  title: actLabels[act],
  caption: 'What the person is asked to agree to',
  closed: recipients.length === 0,
  lead:
    recipients.length > 0
      ? [actHints[act], 'Next you see the words, to show or to read out.']
      : [noRecipientText, 'Help goes on: what the person needs can be written down, and agencies can be rung.'],
  more:
    recipients.length === 0 ? { href: consentPaths.overview(personId), text: 'Consent and disclosures' } : undefined,
  button: 'Show the words',
  cancel: consentPaths.overview(personId),
  fields: (ask) => [
    ask.one('to', act === 'examine' ? 'Who examines?' : 'Who is it for?', namedOptions(recipients), { value: to }),
    ask.choose('purpose', 'What is it for?', purposesByAct[act], { value: purpose }),
    ask.many('items', act === 'examine' ? 'What will be done?' : 'What may we share?', itemsByAct[act], {
      value: [...(act === 'refer' ? requiredForReferral : []), ...(item ? [item] : [])],
      ...(act === 'refer' && {
        hint: `Nobody can be asked to help without ${listOf(wordsOfAll(requiredForReferral))}.`,
      }),
    }),
    ask.choose(
      'days',
      'For how long?',
      dayCounts.map((value) => ({ value, text: dayCountLabels[value] })),
      { value: '28' },
    ),
    ask.hidden('act', act),
    ask.hidden('id', id),
    ask.hidden('step', 'show'),
  ],
});

/** The words, as they are shown or read out, above what the person answers. */
export type WordingPage = FormPage & { readonly words: readonly string[] };
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/consent/wording': WordingPage;
  }
}

type WordingPageData = { readonly personId: PersonId; readonly words: string; readonly digest: string };

/** Shows the wording and records the person’s answer. */
export function consentWordingPage(
  {
    personId,
    words,
    digest,
    speaks,
    before,
  }: WordingPageData & { readonly speaks: LanguageNeeds; readonly before: string | undefined },
  body: unknown,
): WordingPage {
  const { items } = answersOf(body);
  return {
    title: 'Show this, or read it out',
    frame: 'platform/plain.njk',
    ...backTo(consentPaths.overview(personId), 'Consent and disclosures'),
    words: words.split('\n'),
    lead: ['These words are kept exactly as they stand here, with who explained them.'],
    button: 'The person agrees: keep this',
    more: {
      href: consentPaths.overview(personId),
      text: 'The person does not agree: nothing is kept, and help stays open',
    },
    fields: (ask) => [
      ask.one('how', 'Who said yes?', consentSourceOptions(workersWord)),
      ...explanationFields(ask, speaks, before),
      ...['id', 'act', 'to', 'purpose', 'days'].map((name) => ask.kept(name, '')),
      ...[items].flat().map((item) => ask.hidden('items', String(item))),
      ask.hidden('digest', digest),
      ask.hidden('step', 'save'),
    ],
  };
}
