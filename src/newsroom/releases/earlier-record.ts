/** A release as it was kept when it was changed. Pure. */
import type { Release } from './store.ts';

const toCamelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const instants = new Set(['embargoUntil', 'editedAt']);

/** An earlier version is kept with the names that the database has for its columns, and instants as text. */
export function fromRecord(record: Readonly<Record<string, unknown>>): Release {
  const entries = Object.entries(record).map(([column, value]) => {
    const name = toCamelCase(column);
    return [name, instants.has(name) && value !== null ? new Date(String(value)) : value];
  });
  // Texts from before writers could choose have no such column.
  return Object.fromEntries([['figuresLeftOut', []], ...entries]) as Release;
}
