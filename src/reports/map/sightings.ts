/** Sightings, kept one after another like a diary: what, when and where of each, in the order in which they were written down. Pure. */

export type Sighting = { readonly what: string; readonly when: string; readonly where: string };

/** More than these are sent later, through the mailbox. */
export const mostSightings = 20;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** From the one answer that they are kept in; anything else is none. */
export function sightingsIn(answer: string | undefined): readonly Sighting[] {
  try {
    const list: unknown = JSON.parse(answer || '[]');
    return Array.isArray(list)
      ? list.map((one) => ({ what: textOf(one?.what), when: textOf(one?.when), where: textOf(one?.where) }))
      : [];
  } catch {
    return [];
  }
}

const kept = (list: readonly Sighting[]): string => (list.length === 0 ? '' : JSON.stringify(list));
const isEmpty = ({ what, when, where }: Sighting): boolean => what === '' && when === '' && where === '';

/** What is typed takes the place of the one that was being changed, or comes last; emptied, it is gone. Undefined where no more fit. */
export function withSighting(answer: string | undefined, typed: Sighting, at: number | undefined): string | undefined {
  const list = sightingsIn(answer);
  if (at !== undefined && list[at]) return kept(isEmpty(typed) ? list.toSpliced(at, 1) : list.toSpliced(at, 1, typed));
  if (isEmpty(typed)) return kept(list);
  return list.length >= mostSightings ? undefined : kept([...list, typed]);
}

export const withoutSighting = (answer: string | undefined, at: number): string =>
  kept(sightingsIn(answer).toSpliced(at, 1));

/** "Monday, behind the bakery: two men were shouting" */
export const sightingInWords = ({ what, when, where }: Sighting): string =>
  [[when, where].filter(Boolean).join(', '), what].filter(Boolean).join(': ');

/** One a line, numbered where there are several. */
export const sightingsInWords = (answer: string | undefined): string => {
  const list = sightingsIn(answer);
  return list.map((one, at) => `${list.length > 1 ? `${at + 1}. ` : ''}${sightingInWords(one)}`).join('\n');
};
