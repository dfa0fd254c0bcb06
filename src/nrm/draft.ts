/** A complete draft of the form in force, from what is known: in official order, with what is missing. Pure. */
import { isDay } from '../vocabulary/calendar/days.ts';
import type { Facts, FactValue } from './facts.ts';
import {
  type Answer,
  type Branch,
  type Field,
  type FormVersion,
  isFieldIncluded,
  isNeeded,
  type Section,
} from './form.ts';

export const faults = ['missing', 'not an option', 'not a day', 'too long', 'not a number'] as const;
export type FaultKind = (typeof faults)[number];

export type Entry = {
  readonly field: Field;
  readonly answer: Answer | null;
  readonly fault: FaultKind | null;
};

export type Draft = {
  readonly version: Pick<FormVersion, 'id' | 'name' | 'validFrom' | 'dateChecked'>;
  readonly branch: Branch;
  /** The record's safe-contact instructions, for readers of the draft. Null for a notification, which identifies no person. */
  readonly safeContact: string | null;
  readonly sections: readonly { readonly title: Section['title']; readonly entries: readonly Entry[] }[];
  readonly asked: number;
  readonly filled: number;
  readonly missing: readonly {
    readonly key: string;
    readonly asks: string;
    readonly askedOf: Field['askedOf'];
    readonly fault: FaultKind;
  }[];
};

const empty = (value: FactValue | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);

/** Countries are given as two-letter codes of ISO 3166. */
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames(['en'], { type: 'region' }).of(code) !== code;

function faultOf({ kind, options }: Field, answer: Answer, most: number): FaultKind | null {
  const all = typeof answer === 'string' ? [answer] : answer;
  const one = typeof answer === 'string' ? answer : null;
  switch (kind) {
    case 'choice':
      return one !== null && options.includes(one) ? null : 'not an option';
    case 'choices':
      return all.every((each) => options.includes(each)) ? null : 'not an option';
    case 'tick':
      return all.length === 1 && all[0] === 'yes' ? null : 'not an option';
    case 'country':
      return one !== null && isCountry(one) ? null : 'not an option';
    case 'day':
      return one !== null && isDay(one) ? null : 'not a day';
    case 'number':
      return one !== null && /^\d{1,2}$/.test(one) ? null : 'not a number';
    case 'narrative':
      return one !== null && one.length <= most ? null : 'too long';
    default:
      return all.every((each) => each.length <= 250) ? null : 'too long';
  }
}

/** The draft sets these facts itself: nobody types which way the case goes. */
const withBranchFacts = (branch: Branch, facts: Facts): Facts => ({
  ...facts,
  agrees: branch === 'referral' ? 'yes' : 'no',
});

export function buildDraft(form: FormVersion, branch: Branch, facts: Facts): Draft {
  const known = withBranchFacts(branch, facts);
  const answers: Record<string, Answer> = {};
  const fill = (field: Field): Entry => {
    const value = known[field.from];
    if (value === undefined || empty(value)) return { field, answer: null, fault: isNeeded(field) ? 'missing' : null };
    const fault = faultOf(field, value, form.narrativeMost);
    if (fault !== 'not an option') answers[field.key] = value;
    return { field, answer: value, fault };
  };
  const sections = form.sections
    .map(({ title, fields }) => ({
      title,
      entries: fields.flatMap((field) => (isFieldIncluded(field, branch, answers) ? [fill(field)] : [])),
    }))
    .filter(({ entries }) => entries.length > 0);
  const entries = sections.flatMap((section) => section.entries);
  return {
    version: { id: form.id, name: form.name, validFrom: form.validFrom, dateChecked: form.dateChecked },
    branch,
    safeContact: branch === 'referral' && typeof facts['safe contact'] === 'string' ? facts['safe contact'] : null,
    sections,
    asked: entries.length,
    filled: entries.filter(({ answer, fault }) => answer !== null && fault === null).length,
    missing: entries.flatMap(({ field: { key, asks, askedOf }, fault }) =>
      fault ? [{ key, asks, askedOf, fault }] : [],
    ),
  };
}

/** The draft as JSON, byte for byte the same for the same answers: fields in official order, null where there is no answer. */
export function draftJson({ version, branch, safeContact, sections, asked, filled, missing }: Draft): string {
  return `${JSON.stringify(
    {
      form: version.id,
      formName: version.name,
      formValidFrom: version.validFrom,
      formDateChecked: version.dateChecked,
      branch,
      // Left out when empty, so that drafts frozen before this field existed keep their digest.
      ...(safeContact !== null && { safeContact }),
      asked,
      filled,
      missing: missing.map(({ key, fault }) => ({ key, fault })),
      sections: sections.map(({ title, entries }) => ({
        title,
        fields: entries.map(({ field, answer }) => ({ key: field.key, asks: field.asks, answer })),
      })),
    },
    null,
    2,
  )}\n`;
}
