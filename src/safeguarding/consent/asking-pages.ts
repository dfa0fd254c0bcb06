/** Forms for asking a person’s consent: to what, for which agency, and in which words. */

import type { Agency } from '../../identity/agencies/index.ts';
import { describeWords, digestOfWording, languageField, type WordingPage } from '../../nrm/consent-words/index.ts';
import { namedOptions } from '../../platform/forms/fields.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { FormPage, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment, isTreatedAsChild, isUnconfirmedAdult } from '../../vocabulary/age.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { requiredForReferral, type ShareableItem } from '../../vocabulary/information-shared.ts';
import type { LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import type { CaseFrame } from '../case/frame.ts';
import { type AskedAge, ageWarnings } from '../consent-words/asked-age.ts';
import { explanationFields } from '../interpreting/pages.ts';
import type { Person } from '../people/person.ts';
import { type Act, acts, type Consent, itemsByAct, purposesByAct } from './consent.ts';
import { dayCounts } from './forms.ts';
import { actLabels, consentSourceOptions, workersWord } from './pages.ts';

const actHints: Record<Act, string> = {
  examine: 'The findings are not shared.',
  share: 'The agency gets the information. It is not asked to act.',
  refer: 'The agency is asked to help, and gets the information it needs.',
};

const dayCountLabels: Record<(typeof dayCounts)[number], string> = {
  '7': 'One week',
  '28': 'Four weeks',
  '90': 'Three months',
  '180': 'Six months',
};

type Recipient = Pick<Agency, 'id' | 'name'>;

const noRecipientText = 'No other support agency receives referrals here. An administrator can add one.';

function nrmConsentRule(record: Person, today: string): string {
  if (isUnconfirmedAdult(record, today))
    return 'Confirm the person’s age first. An adult must consent; a child is not asked.';
  return isTreatedAsChild(determineAgeTreatment(record, today))
    ? 'A child is not asked for consent, nor is a person who may be one. The NRM page says what to do.'
    : 'An adult must consent. The NRM page has the words for this.';
}

/** The NRM has words and a page of its own. `record`: of the person, where the member may read it. */
const nrmItem = (record: Person | undefined, today: string) => {
  const what = 'Referral to the National Referral Mechanism (NRM).';
  if (!record) return { text: `${what} An adult must consent. Open a record first, then ask on its NRM page.` };
  const rule = nrmConsentRule(record, today);
  return { text: `${what} ${rule}`, href: nrmPaths.listOfPerson(record.id) };
};

export const actPage = (
  personId: PersonId,
  refused: readonly string[],
  today: string,
  frame?: CaseFrame,
  record?: Person,
): SectionsPage => ({
  ...frame,
  title: 'Ask for consent',
  back: { href: consentPaths.overview(personId), text: 'Consent and disclosures' },
  lead: ['Ask for each one separately. Saying no has no consequences.'],
  sections: [
    ...refusalNotices(refused),
    {
      kind: 'list',
      items: [
        ...acts.map((act) => ({
          text: `${actLabels[act]}. ${actHints[act]}`,
          href: `${consentPaths.asking(personId)}?act=${act}`,
        })),
        nrmItem(record, today),
      ],
    },
  ],
});

/** What the person said no to, before anybody asks again. */
const refusalNotices = (refused: readonly string[]): Section[] =>
  refused.length > 0
    ? [{ kind: 'states', title: 'The person said no', items: refused.map((text) => ({ kind: 'waiting', text })) }]
    : [];

type QuestionPageData = {
  /** What the person said no to, in words. */
  readonly refused: readonly string[];
  readonly frame?: CaseFrame | undefined;
  readonly personId: PersonId;
  readonly act: Act;
  readonly id: string;
  readonly purpose?: string | undefined;
  readonly to?: string | undefined;
  readonly item?: ShareableItem | undefined;
  /** What the record says of the person’s language. */
  readonly speaks: LanguageNeeds;
  readonly age: AskedAge;
};

/** Selects what to ask; the wording follows from it. If no agency can be asked, shows other actions. */
export const questionPage = (
  { personId, act, refused, frame, id, purpose = '', to = '', item, speaks, age }: QuestionPageData,
  recipients: readonly Recipient[],
): FormPage => ({
  ...frame,
  title: actLabels[act],
  caption: 'Ask for consent',
  closed: recipients.length === 0,
  warning: ageWarnings[age],
  lead:
    recipients.length > 0
      ? [...refused, actHints[act], 'Next, you see the words to show or read out.']
      : [noRecipientText, 'You can still record needs, and call agencies.'],
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
        hint: `A referral needs ${listOf(wordsOfAll(requiredForReferral))}. It always says too whether the person is or may be under 18, and whether the person wants help now.`,
      }),
    }),
    ask.choose(
      'days',
      'For how long?',
      dayCounts.map((value) => ({ value, text: dayCountLabels[value] })),
      { value: '28' },
    ),
    languageField(ask, speaks),
    ask.hidden('act', act),
    ask.hidden('id', id),
    ask.hidden('step', 'show'),
  ],
});

/** The question again, for its words in large type. It is posted: an address stays in the history of the browser. */
const largeTypeForm = (personId: PersonId, body: unknown): Exclude<WordingPage['largeType'], string | undefined> => ({
  address: consentPaths.asking(personId),
  kept: ['id', 'act', 'to', 'purpose', 'items', 'days', 'shown'].flatMap((name) =>
    [answersOf(body)[name] ?? []].flat().map((value): [string, string] => [name, String(value)]),
  ),
});

type WordingPageData = {
  readonly personId: PersonId;
  readonly consent: Consent;
  readonly speaks: LanguageNeeds;
  readonly age: AskedAge;
  /** The interpreter for this person in the same hour. */
  readonly before: string | undefined;
  readonly agreedBefore: boolean;
};

/** Shows the wording and records the person’s answer. */
export function consentWordingPage(
  { personId, consent, speaks, age, before, agreedBefore }: WordingPageData,
  body: unknown,
): WordingPage {
  const { items } = answersOf(body);
  return {
    title: 'Show this, or read it out',
    frame: 'platform/plain.njk',
    // “No answer yet” below leads back; a second link “Cancel” would do the same.
    back: { href: consentPaths.overview(personId), text: 'Consent and disclosures' },
    ...describeWords(consent, speaks, before),
    largeType: largeTypeForm(personId, body),
    enter: 'nothing',
    equalButtons: true,
    lead: [
      ...(ageWarnings[age] ? [ageWarnings[age]] : []),
      'Safelight keeps these exact words and your name.',
      ...(agreedBefore ? ['The person agreed to this before. A no withdraws that consent.'] : []),
    ],
    button: 'The person agrees',
    sends: { name: 'answer', value: 'yes' },
    // Kept so that the next helper does not ask again. It has no consequences, and no reason is asked for.
    further: [{ name: 'answer', value: 'no', text: 'The person says no' }],
    more: {
      href: consentPaths.overview(personId),
      text: 'No answer yet: go back without saving',
    },
    fields: (ask) => [
      ask.one('how', 'Who gave the answer?', consentSourceOptions(workersWord)),
      ...explanationFields(ask, speaks, before, consent.shownLanguage ?? undefined),
      ...['id', 'act', 'to', 'purpose', 'days', 'shown'].map((name) => ask.kept(name, '')),
      ...[items].flat().map((item) => ask.hidden('items', String(item))),
      ask.hidden('digest', digestOfWording(consent)),
      ask.hidden('step', 'save'),
    ],
  };
}
