/** Photos at an open and at a finished visit, by members of each side, and the leaders of both teams. */
import { sql } from 'kysely';
import { addPlannedVisit, addPower, addPremises } from '../../src/operations/plan/examples.ts';
import { addVisit } from '../../src/visits/examples.ts';
import { addPhoto } from '../../src/visits/photos/examples.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { type Person, type Staged, sometime } from './people.ts';

/** All who take photos here are on the first team. One of them leads it; a colleague leads the second team. */
export async function addPhotos(
  { db, keys }: TestApplication,
  { operation, planner, teams }: Staged,
  people: readonly Person[],
): Promise<void> {
  const photographers = people.filter(({ member }) => member.roles.includes('field'));
  const officers = photographers.filter(({ side, standing }) => side === 'enforcement' && standing !== 'let out');
  for (const [index, team] of teams.entries())
    await sql`update teams set lead_id = ${officers[index]?.member.id ?? null} where id = ${team.id}`.execute(db);
  for (const finishedAt of [null, sometime]) {
    const premises = await addPremises(db, operation, { name: finishedAt ? 'Finished Door' : 'Open Door' });
    const { id: powerId } = await addPower(db, premises);
    const planned = await addPlannedVisit(db, premises, teams[0], { powerId });
    const visit = await addVisit(db, planned, planner, { leftAt: finishedAt, finishedAt });
    for (const { member } of [{ member: planner }, ...photographers]) await addPhoto(db, keys, visit, member);
  }
}
