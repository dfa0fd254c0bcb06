/** Makes the signed document of a return for its download. */
import { getAgency } from '../../../identity/agencies/index.ts';
import { getOperation } from '../../../operations/plan/index.ts';
import { openExchangeKey } from '../../../platform/crypto/exchange-key.ts';
import type { Request } from '../../../platform/http/server.ts';
import type { AreaParts } from '../../../platform/http/sites.ts';
import type { Return } from '../../return.ts';
import { buildSignedReturn } from '../document/build.ts';
import { listCountedVisits, listRecordsOfTotals } from './sending-store.ts';

export type SenderParts = Pick<AreaParts, 'keys' | 'country' | 'siteSettings'>;

/** For a return that is signed, and a member who may see behind it. */
export async function writeSignedReturn(
  { db, now }: Request,
  signed: Return,
  { keys, country, siteSettings }: SenderParts,
): Promise<string> {
  const { agencyId, agencyName } = await getOperation(db, signed.operationId);
  const agency = await getAgency(db, agencyId);
  const records = await listRecordsOfTotals(db, signed.id);
  const visits = await listCountedVisits(db, signed.operationId);
  const document = buildSignedReturn(
    { signed, visits, records },
    {
      key: openExchangeKey(keys),
      partnershipName: siteSettings.partnership?.name ?? agencyName,
      country,
      leadAgencyKind: agency.kind,
      issuedAt: now,
      digestKey: keys.derive('digest of returns for coordinators'),
    },
  );
  if (!document) throw new Error('an unsigned return was to be sent');
  return `${JSON.stringify(document, null, 2)}\n`;
}
