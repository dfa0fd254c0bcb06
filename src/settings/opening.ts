/** Whether the public site is open, and what is missing before two people can open it (promise 13). */
import { dayOf } from '../platform/clock.ts';
import type { AnyTables, Reader } from '../platform/database/database.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { requiredPartNames } from '../platform/partnership.ts';
import {
  isPublicSiteOpen,
  listApprovedVersions,
  listNewestVersions,
  type SettingVersion,
  stateOfVersion,
} from '../public/settings/index.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { stateOfContact } from './contact.ts';
import { type Contact, listContacts } from './contacts-of-today.ts';
import { partnershipPages } from './partnership-pages.ts';

/** One thing that is missing, and where to do it. */
export type Missing = { readonly says: string; readonly href: string };

export type Opening = {
  readonly open: boolean;
  readonly missing: readonly Missing[];
  /** The proposal to open it. */
  readonly waiting: SettingVersion | undefined;
};

const isConfirmed =
  (today: string) =>
  ({ service, byTwo }: Contact): boolean =>
    ['confirmed', 'hours not confirmed', 'withheld'].includes(stateOfContact(service, byTwo, today));

/** Every part of the partnership’s words that is required, and every contact confirmed by two people within 90 days, or hidden. */
export async function listMissing(db: Reader<AnyTables>, parts: AreaParts, now: Date): Promise<Missing[]> {
  const approved = new Set((await listApprovedVersions(db, 'partnership')).map(({ setting }) => setting.part));
  const unset = parts.siteSettings.file ? [] : requiredPartNames.filter((part) => !approved.has(part));
  const contacts = await listContacts(db, now);
  const shown = contacts.filter(({ service }) => service.withheld === null);
  const left = shown.filter((contact) => !isConfirmed(dayOf(now))(contact)).length;
  return [
    ...unset.map((part) => ({
      says: `${partnershipPages[part].title}: set and approved`,
      href: settingsPaths.settings(),
    })),
    ...(shown.length === 0 ? [{ says: 'Contacts: at least one service', href: settingsPaths.contacts() }] : []),
    ...(left > 0
      ? [
          {
            says: `Contacts and hours: ${left} of ${shown.length} not yet confirmed by two people`,
            href: settingsPaths.contacts(),
          },
        ]
      : []),
  ];
}

export async function findOpening(db: Reader<AnyTables>, parts: AreaParts, now: Date): Promise<Opening> {
  // By the database: another process may have approved it a moment ago.
  const open = parts.mode === 'demonstration' || (await isPublicSiteOpen(db));
  if (open) return { open: true, missing: [], waiting: undefined };
  const waiting = (await listNewestVersions(db, 'opening')).find((version) => stateOfVersion(version) === 'proposed');
  return { open: false, missing: await listMissing(db, parts, now), waiting };
}

/** How many services two people confirmed. */
export const countConfirmed = async (db: Reader<AnyTables>, now: Date): Promise<number> =>
  (await listContacts(db, now)).filter(({ service, byTwo }) => byTwo && service.withheld === null).length;
