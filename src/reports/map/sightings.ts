/** Sightings, kept one after another like a diary: what, when and where of each, in the order in which they were written down. Pure. */

export type Sighting = { readonly what: string; readonly when: string; readonly where: string };

/** More than these are sent later, through the mailbox. */
export const maxSightings = 20;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** From the one answer that they are kept in; anything else is none. */
export function readSightings(answer: string | undefined): readonly Sighting[] {
  try {
    const list: unknown = JSON.parse(answer || '[]');
    return Array.isArray(list)
      ? list.map((one) => ({ what: textOf(one?.what), when: textOf(one?.when), where: textOf(one?.where) }))
      : [];
  } catch {
    return [];
  }
}

const writeSightings = (list: readonly Sighting[]): string => (list.length === 0 ? '' : JSON.stringify(list));
const isEmpty = ({ what, when, where }: Sighting): boolean => what === '' && when === '' && where === '';

/** What is typed takes the place of the one that was being changed, or comes last; emptied, it is gone. Undefined where no more fit. */
export function withSighting(answer: string | undefined, typed: Sighting, at: number | undefined): string | undefined {
  const list = readSightings(answer);
  if (at !== undefined && list[at])
    return writeSightings(isEmpty(typed) ? list.toSpliced(at, 1) : list.toSpliced(at, 1, typed));
  if (isEmpty(typed)) return writeSightings(list);
  return list.length >= maxSightings ? undefined : writeSightings([...list, typed]);
}

export const withoutSighting = (answer: string | undefined, at: number): string =>
  writeSightings(readSightings(answer).toSpliced(at, 1));

/** "Monday, behind the bakery: two men were shouting" */
export const formatSighting = ({ what, when, where }: Sighting): string =>
  [[when, where].filter(Boolean).join(', '), what].filter(Boolean).join(': ');

/** One a line, numbered where there are several. */
export const formatSightings = (answer: string | undefined): string => {
  const list = readSightings(answer);
  return list.map((one, at) => `${list.length > 1 ? `${at + 1}. ` : ''}${formatSighting(one)}`).join('\n');
};
