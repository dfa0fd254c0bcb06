/** Reads the access logs of a restored database. */
import { formatFinding, verifyAddress } from '../../../audit/verify/index.ts';
import type { VerifyLog } from '../../../platform/backup/index.ts';

/** With the keys that the database names: this finds what was broken. Who may have forged it, audit verify finds with keys kept elsewhere. */
export const verifyLog: VerifyLog = async (address) => {
  const { size, findings } = await verifyAddress(address, { keys: [], trusting: true });
  return { leaves: size, findings: findings.map(formatFinding) };
};
