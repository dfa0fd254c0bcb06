/** The questions of the form as fields of a page, and what is wrong with an answer. Pure. */
import type { FieldBuilder, Field as PageField, RecordedOffer } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { Draft, Entry } from '../draft.ts';
import type { Field } from '../form.ts';
import type { Finding } from '../identifying/check.ts';
import type { Misfit } from '../notification.ts';
import { countryOptions, optionText } from '../wording.ts';

export const askedOfWords: Readonly<Record<Field['askedOf'], string>> = {
  person: 'Ask the person.',
  'first responder': 'You know this.',
  record: '',
};

/** What a page adds to a question: the value of the field, and recorded words to offer. */
export type FieldDetails = {
  readonly hint: string;
  readonly value: unknown;
  /** The most characters of a long answer. */
  readonly most: number;
  readonly recorded?: readonly RecordedOffer[] | undefined;
};

/** One question as a field of its kind. */
export function formField(ask: FieldBuilder, field: Field, { hint, value, most, recorded }: FieldDetails): PageField {
  const { key, asks, kind, options } = field;
  const more = { ...(hint && { hint }), value };
  const listed = options.map((option) => ({ value: option, text: optionText(option) }));
  switch (kind) {
    case 'choice':
      return ask.one(key, asks, listed, more);
    case 'choices':
      return ask.many(key, asks, listed, more);
    case 'tick':
      return ask.many(key, asks, [{ value: 'yes', text: 'Yes' }], more);
    case 'country':
      return ask.choose(key, asks, countryOptions, more);
    case 'day':
      return ask.day(key, asks, more);
    case 'narrative':
      return ask.words(key, asks, { ...more, most, rows: 5, recorded });
    case 'number':
      return ask.count(key, asks, more);
    default:
      return ask.text(key, asks, { ...more, ...(kind === 'phone' && { inputmode: 'tel' }) });
  }
}

/** All findings of each field, with what to write instead. */
export function findingErrors(findings: readonly Finding[]): FormErrors {
  const said = new Map<string, Map<string, string[]>>();
  for (const { field, found, why, instead } of findings) {
    const here = said.get(field) ?? new Map<string, string[]>();
    said.set(field, here.set(`${why} ${instead}`, [...(here.get(`${why} ${instead}`) ?? []), `“${found}”`]));
  }
  return Object.fromEntries(
    [...said].map(([field, all]) => [
      field,
      [...all].map(([words, found]) => `${listOf([...new Set(found)])}: ${words}`).join(' '),
    ]),
  );
}

const faultWords = {
  'not an option': 'Select one of the list',
  'not a day': 'Enter a real day',
  'too long': 'Shorten it: the form takes no more',
  'not a number': 'Enter a number, like 0 or 3',
} as const;

/** Answers that do not fit the form. A missing answer is no error: the draft can be saved without it. */
export const faultErrors = (entries: readonly Entry[]): FormErrors =>
  Object.fromEntries(
    entries.flatMap(({ field, fault }) => (fault && fault !== 'missing' ? [[field.key, faultWords[fault]]] : [])),
  );

const misfitWords: Readonly<Record<Misfit['misfit'], string>> = {
  'not a phone number': 'Enter a phone number, in figures alone, like 01632 960 001',
  'not an email address': 'Enter an email address, like team@example.org, and nothing else',
  'not one short line': 'Shorten it to one line of at most 80 characters',
};

/** Answers about the sender that have the wrong shape. */
export const misfitErrors = (misfits: readonly Misfit[]): FormErrors =>
  Object.fromEntries(misfits.map(({ field, misfit }) => [field, misfitWords[misfit]]));

/** What was typed for one question: text, or a list where several can be ticked; null where nothing was. */
export function readFormAnswer(typed: unknown, { kind }: Pick<Field, 'kind'>): string | readonly string[] | null {
  const all = [typed ?? []].flat().flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
  if (kind === 'choices') return all.length > 0 ? all : null;
  return all[0] ?? null;
}

export const entriesOf = ({ sections }: Draft): readonly Entry[] => sections.flatMap(({ entries }) => entries);
