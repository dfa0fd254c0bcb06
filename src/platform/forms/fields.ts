/** Fields of a form as pages.ts describes them: what is asked, what was typed, what is wrong. The form view shows them. */
import type { Answers, FormErrors } from './forms.ts';

export type Option = {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
  readonly divider?: string;
};

export type Field = {
  readonly kind: 'text' | 'textarea' | 'radios' | 'checkboxes' | 'select' | 'date' | 'hidden' | 'words' | 'file';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly options?: readonly Option[];
  readonly value?: unknown;
  readonly error?: string;
  readonly [more: string]: unknown;
};

type FieldOptions = Partial<Omit<Field, 'options' | 'value'>> & {
  readonly options?: readonly (string | Option)[];
  readonly value?: unknown;
};

const toOption = (option: string | Option): Option =>
  typeof option === 'string' ? { value: option, text: option.charAt(0).toUpperCase() + option.slice(1) } : option;

/** Asks for one thing: what was typed comes back first, else what is known already. */
export class FieldBuilder {
  readonly #typed: Answers;
  readonly #errors: FormErrors;

  constructor(typed: Answers = {}, errors: FormErrors = {}) {
    this.#typed = typed;
    this.#errors = errors;
  }

  text = (name: string, label: string, more: FieldOptions = {}): Field => this.#field('text', name, label, more);
  count = (name: string, label: string, more: FieldOptions = {}): Field =>
    this.#field('text', name, label, { inputmode: 'numeric', classes: 'govuk-input--width-4', ...more });
  time = (name: string, label: string, more: FieldOptions = {}): Field =>
    this.#field('text', name, label, { classes: 'govuk-input--width-5', hint: '24-hour clock, like 09:30', ...more });
  words = (name: string, label: string, more: FieldOptions = {}): Field => this.#field('textarea', name, label, more);
  one = (name: string, label: string, options: readonly (string | Option)[], more: FieldOptions = {}): Field =>
    this.#field('radios', name, label, { ...more, options });
  choose = (name: string, label: string, options: readonly (string | Option)[], more: FieldOptions = {}): Field =>
    this.#field('select', name, label, { ...more, options: [{ value: '', text: 'Select' }, ...options] });
  yesNo = (name: string, label: string, more: FieldOptions = {}): Field =>
    this.#field('radios', name, label, { classes: 'govuk-radios--inline', ...more, options: ['yes', 'no'] });
  many = (name: string, label: string, options: readonly (string | Option)[], more: FieldOptions = {}): Field => {
    const { value, ...field } = this.#field('checkboxes', name, label, { ...more, options });
    return { ...field, value: Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value] };
  };
  /** The last of its form: what is asked is read before it. */
  file = (name: string, label: string, more: FieldOptions = {}): Field => this.#field('file', name, label, more);
  hidden = (name: string, value: string): Field => ({ kind: 'hidden', name, label: '', value });
  heading = (name: string, label: string, text?: string): Field => ({ kind: 'words', name, label, text });

  day = (name: string, label: string, more: FieldOptions = {}): Field => {
    const known = typeof more.value === 'string' ? more.value.split('-').map((part) => part.replace(/^0/, '')) : [];
    const part = (suffix: string, index: number) => this.#typed[`${name}-${suffix}`] ?? known[index] ?? '';
    return {
      ...this.#field('date', name, label, more),
      day: part('day', 2),
      month: part('month', 1),
      year: part('year', 0),
    };
  };

  #field(kind: Field['kind'], name: string, label: string, { options, value, ...more }: FieldOptions): Field {
    const error = this.#errors[name];
    return {
      ...more,
      kind,
      name,
      label,
      value: this.#typed[name] ?? (Object.keys(this.#typed).length > 0 && kind === 'checkboxes' ? [] : value) ?? '',
      ...(options && { options: options.map(toOption) }),
      ...(error && { error }),
    };
  }
}
