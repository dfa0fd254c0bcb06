/** Writes what is kept of a submission for returns to count: the operation, the kind of first responder and the way. Neither the person, the draft nor the day. */
import { createHmac } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import type { Submission } from '../nrm-drafts/nrm-referral.ts';
import type { NrmReferralTables } from '../nrm-drafts/store.ts';
import type { Person } from '../people/person.ts';
import { keyOfPerson } from '../people/store.ts';
import { nameResponderKind } from './counted-submission.ts';

/** Keeps what a return counts, with the submission. A person whose record did not begin with a visit belongs to no operation, and is in no return. */
export async function addCountedSubmission(
  tx: Writer<NrmReferralTables>,
  keys: UnitKeys,
  { id, operationId }: Pick<Person, 'id' | 'operationId'>,
  {
    way,
    recordedBy: agencyId,
    responder,
  }: {
    readonly way: Submission['way'];
    /** The agency of the member who records it. */
    readonly recordedBy: string;
    /** The kind of the agency that submitted it. */
    readonly responder: AgencyKind | undefined;
  },
): Promise<void> {
  if (operationId === null) return;
  const person = derivePseudonym(await keyOfPerson(tx, keys, id));
  await tx
    .insertInto('submittedNrmReferrals')
    .values({
      id: newTimelessId(),
      person,
      operationId,
      agencyId,
      responder: nameResponderKind(responder),
      outcome: way,
    })
    .execute();
}

/** One for all submissions about a person. When the person is erased, their key is destroyed, and nobody can make it again. */
function derivePseudonym(key: Buffer): string {
  const hex = createHmac('sha256', key).update('counted submissions').digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
