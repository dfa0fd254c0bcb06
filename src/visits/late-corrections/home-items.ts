/** Late corrections on the home page of those who plan or command the operation, until they open the record. */
import { memberNames } from '../../identity/agencies/index.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { HomeItem } from '../../platform/http/home.ts';
import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';
import { arrestPaths, encounterPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { formatLateCorrection } from './late-correction.ts';
import { listUnreadCorrections, type UnreadCorrection } from './store.ts';

const describeRecord = ({ kind, number }: UnreadCorrection): string =>
  ({
    person: `person ${number}`,
    arrest: 'an arrest',
    screening: 'a screening',
    'child notification': 'who was told about an arrested child',
    search: 'the search record',
  })[kind];

const addressOf = ({ kind, id }: UnreadCorrection): string =>
  ({
    person: `${encounterPaths.encounter(id)}#earlier`,
    arrest: `${arrestPaths.arrest(id)}#earlier`,
    screening: `${arrestPaths.arrest(id)}#earlier-screening`,
    'child notification': `${arrestPaths.arrest(id)}#earlier-child`,
    search: `${visitPaths.visit(id)}#earlier-search`,
  })[kind];

export async function listLateCorrectionItems(
  db: Reader<AnyTables>,
  request: Request,
  look: Look,
): Promise<HomeItem[]> {
  const { operations, memberId } = request.actor;
  if (!request.can('target.read') || !request.can('arrest.read') || operations.length === 0) return [];
  const read = look('late corrections.listed', null, { fields: ['reason'] });
  const corrections = await listUnreadCorrections(read, memberId, operations);
  if (corrections.length === 0) return [];
  request.returned(corrections.map(({ id }) => id));
  const names = await memberNames(
    db,
    corrections.map(({ replacedBy }) => replacedBy),
  );
  return corrections.map((correction) => ({
    what: `${correction.adultNow ? 'Age changed to adult' : 'Corrected after the visit'}: ${describeRecord(correction)}, ${referenceOf('visit', correction.visitId)}`,
    for: correction.codeName,
    detail: formatLateCorrection(correction, names),
    status: 'needs attention',
    href: addressOf(correction),
    count: 1,
  }));
}
