/** How the person can be reached, in the fields of the form: never more than their record allows. Pure. */
import type { FactName, Facts, FactValue } from '../../nrm/index.ts';
import { formatSafeContact } from '../people/known-facts.ts';
import type { Person } from '../people/person.ts';
import { findEmail, findUnconditionalEmail, findUnconditionalPhone } from '../people/safe-contact.ts';

/** Facts about reaching the person. The form has no field for conditions, so a yes needs a record without any. */
export function contactFacts(person: Person): Facts {
  const words = formatSafeContact(person);
  const telephone = findUnconditionalPhone(person);
  const email = findEmail(person);
  return {
    'safe contact': words,
    ...(telephone
      ? { 'telephone allowed': 'yes', telephone }
      : { 'telephone allowed': 'no', 'without a telephone': withoutTelephone(person, words) }),
    ...(email !== null && { email }),
    ...(findUnconditionalEmail(person) !== null && {
      'whom to write to': 'potential-victim',
      'how to write': ['email'],
      'safe to e-mail': 'yes',
    }),
  };
}

const withoutTelephone = ({ contactWay }: Person, words: string): string =>
  contactWay === 'no way is safe' ? words : `Only in the way that the person said is safe. ${words}`;

type Rule = (person: Person, answers: readonly string[]) => boolean;

const acceptsWriting = ({ contactWay }: Person): boolean => contactWay === 'an e-mail' || contactWay === 'a letter';

/** For each field, whether an answer keeps to the record. A stricter answer always does. */
const contactRules: { readonly [Name in FactName]?: Rule } = {
  'telephone allowed': (person, answers) =>
    (!answers.includes('yes') || findUnconditionalPhone(person) !== null) &&
    (!answers.includes('pv-alternative-number') || person.contactWay === 'through somebody the person trusts'),
  telephone: (person, [answer]) => answer === findUnconditionalPhone(person),
  'whom to write to': (person, answers) => !answers.includes('potential-victim') || acceptsWriting(person),
  'how to write': (person, answers) =>
    (!answers.includes('email') || person.contactWay === 'an e-mail') &&
    (!answers.includes('post') || person.contactWay === 'a letter'),
  email: (person, [answer]) => answer === findEmail(person),
  'safe to e-mail': ({ contactWay }) => contactWay === 'an e-mail',
  'safe to post': ({ contactWay }) => contactWay === 'a letter',
};

/** Facts next to which the page shows the record's safe contact. */
export const isAboutContact = (name: string): boolean => name in contactRules || name === 'without a telephone';

/** Whether an answer allows more contact than the record. Such an answer is refused: the record must be corrected first. */
export const exceedsRecordedContact = (name: string, value: FactValue, person: Person): boolean =>
  contactRules[name as FactName]?.(person, [value].flat()) === false;
