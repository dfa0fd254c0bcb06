/** The parts that the NRM form is filled in by: its sections, short ones together on one page. Pure: no clock, no database. */
import type { Draft } from '../../nrm/index.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { type CaseDraft, isAsked } from '../nrm-drafts/draft.ts';

export type Part = {
  /** Of its first section in the form. */
  readonly number: number;
  /** Of all its sections. */
  readonly numbers: readonly number[];
  readonly title: string;
  readonly entries: Draft['sections'][number]['entries'];
};
/** So many questions of the form share a page at most, unless one section has more. */
const mostTogether = 15;

/** Numbers of the form’s sections that share a page: short ones with their neighbours. The same for every case, so that a page keeps its address. */
function groupSections(form: CaseDraft['form']): readonly (readonly number[])[] {
  const groups: { numbers: number[]; count: number }[] = [];
  for (const [number, { fields }] of form.sections.entries()) {
    const last = groups.at(-1);
    if (last && last.count + fields.length <= mostTogether) {
      last.numbers.push(number);
      last.count += fields.length;
    } else groups.push({ numbers: [number], count: fields.length });
  }
  return groups.map(({ numbers }) => numbers);
}

/** The parts of the form that apply to this case, with their numbers in the whole form. */
export const partsOf = ({ form, draft, way, left }: CaseDraft): readonly Part[] =>
  groupSections(form).flatMap((numbers) => {
    const sections = numbers.flatMap((number) => {
      const title = form.sections[number]?.title ?? '';
      const entries = (draft.sections.find((one) => one.title === title)?.entries ?? []).filter(({ field }) =>
        isAsked(field.from, way?.kind, left),
      );
      return entries.length > 0 ? [{ title, entries }] : [];
    });
    if (sections.length === 0) return [];
    const [first, ...others] = sections.map(({ title }) => title);
    const title = listOf([first ?? '', ...others.map(uncapitalised)]);
    return [{ number: numbers[0] ?? 0, numbers, title, entries: sections.flatMap(({ entries }) => entries) }];
  });

const uncapitalised = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** The first part after this one that lacks an answer. */
export const findNextPart = (made: CaseDraft, after = -1): Part | undefined =>
  partsOf(made).find((part) => part.number > after && missingOf(part) > 0);

export const missingOf = ({ entries }: Part): number => entries.filter(({ fault }) => fault !== null).length;
