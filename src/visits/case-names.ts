/** Names and free words in the records of an operation, for comparison with a text. They are never shown. */
import { sql } from 'kysely';
import type { UnitKeys } from '../platform/crypto/crypto.ts';
import { KeyDestroyed } from '../platform/crypto/key-halves.ts';
import type { AnyTables, AuditedReader } from '../platform/database/database.ts';
import { Problem } from '../platform/http/problem.ts';
import { openReferralNames } from './nrm-referrals/store.ts';
import { openName } from './store.ts';

export type CaseName = {
  /** The premises, the person encountered, the referral or the other record that it is of. */
  readonly record: string;
  /** A note is free words; a reference is of custody or of an exhibit. */
  readonly kind: 'person' | 'business' | 'address' | 'postcode' | 'town' | 'note' | 'reference';
  readonly name: string;
};

type Row = Omit<CaseName, 'name' | 'kind'> & {
  /** “referral”: the names in an officer's NRM referral, sealed together. */
  readonly kind: CaseName['kind'] | 'referral';
  readonly name: string | null;
  readonly sealedName: Buffer | null;
  readonly wrappedKey: Buffer | null;
};

/** Names of premises, streets and people of one operation, its references and free words, current and before corrections. Throws if the actor is not a press officer of a partner, or if a sealed name does not decrypt. */
export async function readCaseNames(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  operationId: string,
): Promise<CaseName[]> {
  const { rows } = await sql<Row>`
    select kind, record, name, sealed_name, wrapped_key from ctx.case_names(${operationId})`
    .execute(db)
    .catch((error) => {
      if ((error as { code?: string }).code === '42501') throw new Problem('forbidden', 'release.check');
      throw error;
    });
  return rows.flatMap(({ kind, record, name, sealedName, wrappedKey }) => {
    const open = kind === 'referral' ? openReferralNames : openName;
    const said = sealedName && wrappedKey ? openUnlessErased(() => open(keys, record, sealedName, wrappedKey)) : name;
    const of = kind === 'referral' ? 'person' : kind;
    return [said ?? []].flat().map((one) => ({ kind: of, record, name: one }));
  });
}

/** An erased name is no longer compared. */
function openUnlessErased<Opened>(open: () => Opened): Opened | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof KeyDestroyed) return undefined;
    throw new Problem('unavailable', 'a name of the case does not open, so that nothing can be compared');
  }
}
