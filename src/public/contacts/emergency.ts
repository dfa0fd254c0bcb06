/** The emergency entry (999): what nobody can change in it, because every page of help shows it first. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Channel, Service } from './contacts.ts';

/** What a version would change. */
export type EmergencyFault = 'hidden' | 'identity' | 'hours' | 'ways' | 'second emergency entry';

const waysOf = ({ channels }: Service) =>
  channels.map(({ kind, number, address, printed, validFrom }: Channel) => ({
    ...{ kind, number, address, printed, validFrom },
  }));
const identityOf = ({ name, role, independentOfPolice, area, kinds, validFrom, validTo }: Service) => ({
  ...{ name, role, independentOfPolice, area, kinds, validFrom, validTo },
});

/**
 * Takes a version of a service and the entry that comes with Safelight under the same id.
 * Gives what the version would change in the emergency entry; undefined where it changes nothing of that.
 * No other service takes the role of the emergency entry, because pages of help show that role first.
 */
export function faultOfEmergency(version: Service, ours: Service | undefined): EmergencyFault | undefined {
  if (ours?.role !== 'emergency') return version.role === 'emergency' ? 'second emergency entry' : undefined;
  if (version.withheld !== null) return 'hidden';
  if (!isDeepStrictEqual(identityOf(version), identityOf(ours))) return 'identity';
  if (!isDeepStrictEqual(version.hours, ours.hours)) return 'hours';
  return isDeepStrictEqual(waysOf(version), waysOf(ours)) ? undefined : 'ways';
}
