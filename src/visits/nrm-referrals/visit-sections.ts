/** What of NRM referrals stands on the pages of a visit, an arrest and a person met: for the officer's own agency alone. */

import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import type { PageAction, Section } from '../../platform/rendering/pages.ts';
import { arrestPaths, officerReferralPaths } from '../../vocabulary/paths/visits.ts';
import type { ArrestWithScreening } from '../arrests/store.ts';
import { isTreatedAsChild } from '../child-arrests/child-notification.ts';
import type { Arrest, Encounter, Screening } from '../visit.ts';
import { findResponder } from './audited-reads.ts';
import { findReferralOf, type OfficerReferral } from './nrm-referral.ts';
import { referralAction } from './pages.ts';
import { listOfficerReferrals } from './store.ts';

/** Whether the member may begin one: an officer who records here, of an agency on the list of first responders. */
const mayBegin = async (db: AuditedReader<AnyTables>, request: Request, writes: boolean): Promise<boolean> =>
  writes &&
  request.can('officer referral.begin') &&
  (await findResponder(db, request.actor, request.today)).entry !== undefined;

/** The button on the page of an arrest. A concern raised, or a child, makes it the next step. */
export async function arrestReferralAction(
  db: AuditedReader<AnyTables>,
  request: Request,
  {
    arrest,
    screening,
    writes,
  }: { readonly arrest: Arrest; readonly screening: Screening | undefined; readonly writes: boolean },
): Promise<PageAction[]> {
  const known = findReferralOf(await listOfficerReferrals(db, arrest.visitId), {
    arrestId: arrest.id,
    encounterId: arrest.encounterId,
  });
  return referralAction(known, officerReferralPaths.beginFromArrest(arrest.id), {
    may: !known && (await mayBegin(db, request, writes)),
    prompted: screening?.outcome === 'concern raised',
  });
}

/** The button on the page of a person met, for officers. */
export async function encounterReferralAction(
  db: AuditedReader<AnyTables>,
  request: Request,
  { met, writes }: { readonly met: Encounter; readonly writes: boolean },
): Promise<PageAction[]> {
  const known = findReferralOf(await listOfficerReferrals(db, met.visitId), { arrestId: null, encounterId: met.id });
  return referralAction(known, officerReferralPaths.beginFromEncounter(met.id), {
    may: !known && (await mayBegin(db, request, writes)),
    prompted: false,
  });
}

/** Arrests whose screening raised a concern, and about which the officer's agency has begun no referral. */
export async function unreferredSection(
  db: AuditedReader<AnyTables>,
  request: Request,
  {
    arrests,
    referrals,
  }: { readonly arrests: readonly ArrestWithScreening[]; readonly referrals: readonly OfficerReferral[] },
): Promise<Section[]> {
  const open = arrests.filter(
    ({ id, encounterId, screening }) =>
      screening === 'concern raised' && !findReferralOf(referrals, { arrestId: id, encounterId }),
  );
  if (open.length === 0 || !(await mayBegin(db, request, true))) return [];
  return [
    {
      kind: 'list',
      id: 'concerns',
      title: 'A screening raised a concern',
      items: open.map((arrest) => ({
        text: `Begin an NRM referral of the ${isTreatedAsChild(arrest) ? 'person, perhaps a child,' : 'person'} arrested`,
        href: arrestPaths.arrest(arrest.id),
      })),
    },
  ];
}
