/** Reads what each page of a case shows above its content. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Request } from '../../platform/http/server.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { bannerFields, type CaseFrame, type CasePart, caseFrame } from './frame.ts';
import { readNames } from './read-names.ts';

/** The person of a case, with what the banner shows. */
export const readCasePerson = (request: Request, keys: UnitKeys, id: PersonId): Promise<Person> =>
  getPerson(request.look('person.shown', id, { fields: bannerFields }), keys, id);

/** The banner and tabs of a person that was read before, from names of agencies that were read too. */
export const frameOf = (
  request: Request,
  person: Person,
  agencies: ReadonlyMap<string, { readonly name: string }>,
  current: CasePart,
): CaseFrame => caseFrame(person, agencies, { can: (action) => request.can(action), today: request.today }, current);

/** The same, with the names of the agencies and of these members read from the main store. */
export async function readCaseFrame(
  request: Request,
  person: Person,
  current: CasePart,
  memberIds: readonly (string | null)[] = [],
) {
  const { agencies, names } = await readNames(request, memberIds);
  return { agencies, names, frame: frameOf(request, person, agencies, current) };
}
