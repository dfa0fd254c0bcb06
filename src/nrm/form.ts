/** The referral form as data: which version is in force, and which of its questions this case meets. Pure. */
import { type Dated, inForce } from './dated-rules.ts';
import type { FactName } from './facts.ts';

export const fieldKinds = [
  'choice',
  'choices',
  'tick',
  'country',
  'list',
  'text',
  'narrative',
  'number',
  'day',
  'phone',
  'email',
  'files',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export const needs = ['always', 'shown', 'adult', 'referral', 'adult referral', 'no'] as const;
export type Need = (typeof needs)[number];

/** Who supplies the answer. A fact from the record is read, not asked. */
export const answerSources = ['person', 'first responder', 'record'] as const;

/** What a Duty to Notify does with an answer. */
export const notificationUses = ['sent', 'checked', 'never'] as const;

export type Field = {
  readonly key: string;
  readonly asks: string;
  readonly kind: FieldKind;
  readonly options: readonly string[];
  readonly needed: Need;
  readonly when: { readonly field: string; readonly is: readonly string[] } | null;
  readonly askedOf: (typeof answerSources)[number];
  readonly from: FactName;
  readonly notify: (typeof notificationUses)[number];
};
export type Section = { readonly title: string; readonly fields: readonly Field[] };

export type FormVersion = Dated & {
  readonly id: string;
  readonly name: string;
  readonly narrativeMost: number;
  readonly sections: readonly Section[];
};

export const formOn = (versions: readonly FormVersion[], day: string): FormVersion | undefined =>
  inForce(versions, day)[0];

export const fieldsOf = ({ sections }: FormVersion): readonly Field[] => sections.flatMap(({ fields }) => fields);

/** How a case is sent: a referral with the person’s name, or a notification without it. */
export const branches = ['referral', 'notification'] as const;
export type Branch = (typeof branches)[number];

export type Answer = string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

const givenAnswers = (answers: Answers, field: string): readonly string[] => {
  const answer = answers[field];
  return answer === undefined ? [] : typeof answer === 'string' ? [answer] : answer;
};

/** Whether this case includes this question. A notification leaves out questions that it never sends. */
export function isFieldIncluded(field: Field, branch: Branch, answers: Answers): boolean {
  if (branch === 'notification' && field.notify === 'never') return false;
  if (field.needed.endsWith('referral') && branch !== 'referral') return false;
  if (field.needed.startsWith('adult') && !givenAnswers(answers, 'pv-under-age').includes('no')) return false;
  return field.when === null || givenAnswers(answers, field.when.field).some((one) => field.when?.is.includes(one));
}

export const isNeeded = ({ needed }: Field): boolean => needed !== 'no';
