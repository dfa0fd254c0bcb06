/** Referrals of officers in every state that a rule distinguishes: about an encounter or an arrest, taken over by an officer or by a member who directs, and rows that no officer of the agency could have written. */
import { sql } from 'kysely';
import type { Member } from '../../src/identity/agencies/index.ts';
import { setContext } from '../../src/platform/database/database.ts';
import { addArrest, addPersonMet } from '../../src/visits/examples.ts';
import { addReferralDraft } from '../../src/visits/nrm-referrals/examples.ts';
import type { Visit } from '../../src/visits/visit.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { markOf } from './marks.ts';
import { type Cast, type Person, type Staged, sometime } from './people.ts';

type Author = Pick<Member, 'id' | 'agencyId'>;
type At = { readonly application: TestApplication; readonly visit: Visit };

/** By each officer who was there, and by or for members of the team with only one role. */
export async function addOfficerReferrals(
  at: At,
  cast: Cast,
  { operation }: Staged,
  writers: readonly Person[],
): Promise<void> {
  const officers = writers.filter(({ side }) => side === 'enforcement').map(({ member }) => member);
  for (const member of officers) {
    await addReferral(at, member);
    const colleague = officers.find(({ id, agencyId }) => id !== member.id && agencyId === member.agencyId);
    if (colleague) await takeOver(at, await addReferral(at, colleague), member);
  }
  if (operation.id === cast.here.operation.id) await addOfTeam(at, cast);
}

async function addOfTeam(at: At, { agencies, people }: Cast): Promise<void> {
  const onTeam = people.filter(({ standing }) => standing === 'on the team');
  const one = (role: string, side: string) =>
    onTeam.find(({ member, side: own }) => own === side && member.roles.join() === role)?.member as Member;
  const officer = one('enforcement', 'enforcement');
  await addReferral(at, officer);
  for (const role of ['planner', 'commander'])
    await takeOver(at, await addReferral(at, officer), one(role, 'enforcement'));
  const { id: arrestId } = await addArrest(at.application.db, at.visit, officer);
  await addReferral(at, officer, { arrestId });
  // In the name of another agency, and by a member of a support agency: neither may be changed.
  await addReferral(at, { id: officer.id, agencyId: agencies.crimeUnit.id });
  await addReferral(at, one('field', 'help'));
}

/** About a person of its own, unless it is about an arrest. */
async function addReferral(
  { application: { db, keys }, visit }: At,
  by: Author,
  about?: { readonly arrestId: Awaited<ReturnType<typeof addArrest>>['id'] },
): Promise<string> {
  const id = newId<'officer referral'>();
  const of = about ?? { encounterId: (await addPersonMet(db, visit, by as Member)).id };
  const answers = { family: markOf('nrm_referral_contents', id) };
  await addReferralDraft(db, keys, visit, by, { id, ...of, content: { answers } });
  return id;
}

const takeOver = ({ application: { db } }: At, id: string, by: Author): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await setContext(tx, { now: sometime });
    await sql`update nrm_referrals set taken_over_by = ${by.id}, taken_over_at = ${sometime},
      taken_over_why = 'the officer is off duty' where id = ${id}`.execute(tx);
    await sql`update nrm_referral_contents set recorded_by = ${by.id} where id = ${id}`.execute(tx);
  });
