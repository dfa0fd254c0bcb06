/** How what intelligence names, and decisions about it, read on pages. Pure. */
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Verdict } from '../../vocabulary/judgements.ts';
import { type EntityContent, type EntityKind, entityName } from './entity.ts';

export const kindWords: Record<EntityKind, string> = {
  person: 'Person',
  premises: 'Premises',
  vehicle: 'Vehicle',
  phone: 'Telephone',
  account: 'Account',
  organisation: 'Organisation',
};
/** After “Add”. */
export const oneOfKind: Record<EntityKind, string> = {
  person: 'a person',
  premises: 'premises',
  vehicle: 'a vehicle',
  phone: 'a telephone',
  account: 'an account',
  organisation: 'an organisation',
};

export const verdictWords: Record<Verdict, string> = {
  same: 'The same',
  apart: 'Not the same',
  open: 'Left open',
};

/** “1984”, “March 1984”, “9 March 1984” */
function formatBirth(born: string): string {
  const [year = '', month, day] = born.split('-');
  if (day !== undefined) return longDay(born);
  return month === undefined ? year : longDay(`${born}-01`).replace(/^1 /, '');
}

/** “Marta Bell; born 1984” */
export const nameWithMore = (content: EntityContent): string =>
  [entityName(content), describeEntity(content)].filter((part) => part !== '').join('; ');

/** What is said of it besides its name; empty where nothing is. */
export function describeEntity(content: EntityContent): string {
  switch (content.kind) {
    case 'person': {
      const known = content.aliases.length > 0 ? [`also known as ${content.aliases.join(', ')}`] : [];
      return [...known, ...(content.born === null ? [] : [`born ${formatBirth(content.born)}`])].join('; ');
    }
    case 'organisation': {
      const known = content.aliases.length > 0 ? [`also known as ${content.aliases.join(', ')}`] : [];
      return [...known, ...(content.number === null ? [] : [`number ${content.number}`])].join('; ');
    }
    case 'vehicle':
      return content.description ?? '';
    default:
      return '';
  }
}
