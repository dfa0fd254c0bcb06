/** Fields of a form as pages.ts describes them: what is asked, what was typed, what is wrong. The form view shows them. */

import { isDay, readMonth } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type Answers, type FormErrors, realDate } from './forms.ts';

export type Option = {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string } | undefined;
  readonly divider?: string | undefined;
  /** Attributes of the input; see `revealing`. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
};

/** For the one option of a form that brings its `revealed` fields into sight. The style sheet does it, so it needs no script. */
export const revealing = { attributes: { 'data-reveals': 'yes' } } as const;

type FieldBase = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly classes?: string | undefined;
  readonly labelClasses?: string | undefined;
  /** Out of sight until the `revealing` option is chosen; “open” stays in sight. Either way it is sent with the form. */
  readonly revealed?: 'when chosen' | 'open' | undefined;
};

export type TextField = FieldBase & {
  readonly kind: 'text';
  readonly value: unknown;
  readonly type?: string | undefined;
  readonly inputmode?: string | undefined;
  readonly autocomplete?: string | undefined;
  readonly spellcheck?: boolean | undefined;
};
export type TextareaField = FieldBase & {
  readonly kind: 'textarea';
  readonly value: unknown;
  readonly rows?: number | undefined;
  /** Characters; 2,000 where nothing is said. */
  readonly most?: number | undefined;
  /** Words that stand elsewhere already, each with a button that sends `use` and puts them into this field. */
  readonly recorded?: readonly RecordedOffer[] | undefined;
};
export type RecordedOffer = { readonly from: string; readonly words: string; readonly use: string };
export type ChoiceField = FieldBase & {
  readonly kind: 'radios' | 'select';
  readonly options: readonly Option[];
  readonly value: unknown;
};
export type CheckboxesField = FieldBase & {
  readonly kind: 'checkboxes';
  readonly options: readonly Option[];
  readonly value: readonly unknown[];
};
type DatePart = 'day' | 'month' | 'year';
export type DateField = FieldBase & {
  readonly kind: 'date';
  /** The one part that is wrong; undefined where all are asked. */
  readonly wrong?: DatePart | undefined;
  readonly day: unknown;
  readonly month: unknown;
  readonly year: unknown;
};
export type FileField = FieldBase & {
  readonly kind: 'file';
  readonly accept?: string | undefined;
  /** Several files can be selected at once. */
  readonly multiple?: boolean | undefined;
  /** On a phone: the camera that opens, the one at the back. */
  readonly capture?: 'environment' | undefined;
};
export type HiddenField = FieldBase & { readonly kind: 'hidden'; readonly value: string };
/** A heading and words between fields: nothing is asked. */
export type WordsField = FieldBase & { readonly kind: 'words'; readonly text?: string | undefined };
/** Fields that belong together, under a legend where there is a label. */
export type GroupField = FieldBase & {
  readonly kind: 'group';
  readonly fields: readonly Field[];
  /** The words that open the fields. Without them the fields are always in sight. */
  readonly fold?: string | undefined;
  readonly open: boolean;
};

/** What is asked, what was typed, what is wrong. */
export type Field =
  | TextField
  | TextareaField
  | ChoiceField
  | CheckboxesField
  | DateField
  | FileField
  | HiddenField
  | WordsField
  | GroupField;

/** What a caller may say of a field beside its name and label. */
type More<Kind extends Field> = Partial<Omit<Kind, 'kind' | 'name' | 'label' | 'error' | 'options' | 'value'>> & {
  readonly value?: unknown;
};

/** The first part that no real date has. */
function findWrongPart({ day, month, year }: Record<DatePart, unknown>): DatePart | undefined {
  if (!isDay(`2024-01-${String(day).trim().padStart(2, '0')}`)) return 'day';
  if (!isDay(`2024-${readMonth(String(month).trim())}-01`)) return 'month';
  return isDay(`${String(year).trim()}-01-01`) ? undefined : 'year';
}

/** Names the field and what is wrong with it. */
const describeDateError = (label: string, wrong: DatePart | undefined): string =>
  wrong === 'year'
    ? `Enter the year with four figures for “${label}”, like 2026`
    : `Enter a real date for “${label}”, like 27 3 2026 or 27 March 2026`;

const toOption = (option: string | Option): Option =>
  typeof option === 'string' ? { value: option, text: capital(wordsOf(option)) } : option;

const isWrongOrFilled = (field: Field): boolean =>
  field.error !== undefined ||
  ('value' in field && String(field.value) !== '') ||
  (field.kind === 'date' && `${field.day}${field.month}${field.year}` !== '');

/** Options that are chosen by their ids and shown by their names. */
export const namedOptions = (all: readonly { readonly id: string; readonly name: string }[]): Option[] =>
  all.map(({ id, name }) => ({ value: id, text: name }));

/** Asks for one thing: what was typed comes back first, else what is known already. */
export class FieldBuilder {
  readonly #typed: Answers;
  readonly errors: FormErrors;

  constructor(typed: Answers = {}, errors: FormErrors = {}) {
    this.#typed = typed;
    this.errors = errors;
  }

  text = (name: string, label: string, more: More<TextField> = {}): TextField => ({
    ...this.#asked(name, label, more),
    kind: 'text',
    value: this.#value(name, more.value),
  });
  count = (name: string, label: string, more: More<TextField> = {}): TextField =>
    this.text(name, label, { inputmode: 'numeric', classes: 'govuk-input--width-4', ...more });
  time = (name: string, label: string, more: More<TextField> = {}): TextField =>
    this.text(name, label, { classes: 'govuk-input--width-5', hint: '24-hour clock, like 09:30', ...more });
  words = (name: string, label: string, more: More<TextareaField> = {}): TextareaField => ({
    ...this.#asked(name, label, more),
    kind: 'textarea',
    value: this.#value(name, more.value),
  });
  one = (
    name: string,
    label: string,
    options: readonly (string | Option)[],
    more: More<ChoiceField> = {},
  ): ChoiceField => ({
    ...this.#asked(name, label, more),
    kind: 'radios',
    options: options.map(toOption),
    value: this.#value(name, more.value),
  });
  choose = (
    name: string,
    label: string,
    options: readonly (string | Option)[],
    more: More<ChoiceField> = {},
  ): ChoiceField => ({
    ...this.one(name, label, [{ value: '', text: 'Select' }, ...options], more),
    kind: 'select',
  });
  yesNo = (name: string, label: string, more: More<ChoiceField> = {}): ChoiceField =>
    this.one(name, label, ['yes', 'no'], { classes: 'govuk-radios--inline', ...more });
  many = (
    name: string,
    label: string,
    options: readonly (string | Option)[],
    more: More<CheckboxesField> = {},
  ): CheckboxesField => {
    // A form that was sent with nothing ticked does not name the field at all.
    const sent = Object.keys(this.#typed).length > 0;
    const value = this.#value(name, sent ? [] : more.value);
    return {
      ...this.#asked(name, label, more),
      kind: 'checkboxes',
      options: options.map(toOption),
      value: Array.isArray(value) ? value : value === '' ? [] : [value],
    };
  };
  /** The last of its form: what is asked is read before it. */
  file = (name: string, label: string, more: More<FileField> = {}): FileField => ({
    ...this.#asked(name, label, more),
    kind: 'file',
  });
  /** The id under which a new form is kept: the same where the form is shown again. */
  formId = (id: string): HiddenField => this.hidden('id', String(this.#typed.id ?? id));
  hidden = (name: string, value: string): HiddenField => ({ kind: 'hidden', name, label: '', value });
  /** Hidden; what was sent stays when the form is shown again. */
  kept = (name: string, value: string): HiddenField => this.hidden(name, String(this.#value(name, value)));
  heading = (name: string, label: string, text?: string): WordsField => ({ kind: 'words', name, label, text });

  /** With `fold`, the fields are folded until something in them is wrong or filled in. */
  group = (
    name: string,
    label: string,
    fields: readonly Field[],
    { fold, classes }: Pick<GroupField, 'fold' | 'classes'> = {},
  ): GroupField => ({ kind: 'group', name, label, fields, fold, classes, open: fields.some(isWrongOrFilled) });

  day = (name: string, label: string, more: More<DateField> = {}): DateField => {
    const known = typeof more.value === 'string' ? more.value.split('-').map((part) => part.replace(/^0/, '')) : [];
    const part = (suffix: string, index: number) => this.#typed[`${name}-${suffix}`] ?? known[index] ?? '';
    const parts = { day: part('day', 2), month: part('month', 1), year: part('year', 0) };
    const asked = { ...this.#asked(name, label, more), kind: 'date' as const, ...parts };
    if (this.errors[name] !== realDate) return asked;
    const wrong = findWrongPart(parts);
    return { ...asked, wrong, error: describeDateError(label, wrong) };
  };

  #value(name: string, known: unknown): unknown {
    return this.#typed[name] ?? known ?? '';
  }

  #asked<Asked extends { readonly value?: unknown }>(name: string, label: string, more: Asked) {
    const { value: _, ...rest } = more;
    const error = this.errors[name];
    return { ...rest, name, label, ...(error !== undefined && error !== '' && { error }) };
  }
}
