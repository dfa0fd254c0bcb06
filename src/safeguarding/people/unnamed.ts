/** Pure. The label of a person who gave no name. The stored name is empty, so that no search, form or export takes the label for a name. */

import { referenceOf } from '../../vocabulary/reference.ts';
import type { Person } from './person.ts';

type Known = Pick<Person, 'id' | 'origin' | 'originId'>;

/** "No name given, E-8N5-RC2": by the encounter where there is one, so that it reads like the person’s notes. */
export const unnamedLabel = ({ id, origin, originId }: Known): string =>
  `No name given, ${origin === 'met at visit' && originId ? referenceOf('encounter', originId) : referenceOf('case', id)}`;

/** The name that the person gave; empty if they gave none. */
export const givenName = (person: Known & Pick<Person, 'called'>): string =>
  person.called === unnamedLabel(person) ? '' : person.called;
