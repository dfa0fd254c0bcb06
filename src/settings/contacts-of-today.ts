/** The contacts of the public site today, each with who confirmed it and the proposal that waits. */
import { dayOf } from '../platform/clock.ts';
import type { AnyTables, Reader } from '../platform/database/database.ts';
import type { Service } from '../public/contacts/index.ts';
import {
  listApprovedVersions,
  listNewestVersions,
  type SettingVersion,
  stateOfVersion,
} from '../public/settings/index.ts';
import { serviceOfVersion, servicesWith } from '../public/signs/index.ts';

/** One contact: what the public reads, who confirmed it, and the proposal that waits. */
export type Contact = {
  readonly service: Service;
  /** One member checked it and another approved that. */
  readonly byTwo: boolean;
  readonly waiting: SettingVersion | undefined;
};

/** Every service of today with its versions, those that the public sees first. */
export async function listContacts(db: Reader<AnyTables>, now: Date): Promise<Contact[]> {
  const approved = await listApprovedVersions(db, 'contacts');
  const newest = await listNewestVersions(db, 'contacts');
  return contactsOf(approved, newest, dayOf(now));
}

function contactsOf(approved: readonly SettingVersion[], newest: readonly SettingVersion[], today: string): Contact[] {
  const contents = new Map(approved.map(({ setting }) => [setting.part, setting.content]));
  const waitingFor = (id: string) =>
    newest.find((version) => version.setting.part === id && stateOfVersion(version) === 'proposed');
  const known = servicesWith({ approved: () => contents })
    .filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || today <= validTo))
    .map((service) => ({
      service,
      byTwo: serviceOfVersion(contents.get(service.id)) !== undefined,
      waiting: waitingFor(service.id),
    }));
  return known.toSorted(
    (one, other) => Number(one.service.withheld !== null) - Number(other.service.withheld !== null),
  );
}
