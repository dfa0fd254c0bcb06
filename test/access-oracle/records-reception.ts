/** Reception centres in every state that a rule tells apart: open, planned and stood down; volunteers of both sides on shift, before it, after it and taken off; wristbands of people who are there and who left. */
import { sql } from 'kysely';
import {
  addBand,
  addDebrief,
  addEntry,
  addNeed,
  addReception,
  addShift,
} from '../../src/safeguarding/reception/examples.ts';
import type { RotaEntry } from '../../src/safeguarding/reception/reception.ts';
import { newId, newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { markOf } from './marks.ts';
import { type Person, type Staged, sometime } from './people.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 8, 18, hour));
/** Now is eleven, by the clock of the store. */
const shifts: readonly Partial<RotaEntry>[] = [
  { startsAt: at(9), endsAt: at(15) },
  { startsAt: at(9), endsAt: at(15) },
  { startsAt: at(7), endsAt: at(11) },
  { startsAt: at(12), endsAt: at(18) },
  { startsAt: at(9), endsAt: at(15), endedAt: at(10) },
];

export async function addReceptions(
  application: TestApplication,
  { operation }: Staged,
  writers: readonly Person[],
  opened: readonly { readonly personId: string }[],
  partners: readonly Person[],
): Promise<void> {
  const { db, safeguardingDb, keys } = application;
  const helping = writers.filter(({ side }) => side === 'help').map(({ member }) => member);
  const [by] = helping;
  if (!by) throw new Error('nobody helps here');
  const open = await addReception(safeguardingDb, operation.id, by);
  await addReception(safeguardingDb, operation.id, by, { opensAt: at(20), closesAt: at(23) });
  const past = { opensAt: at(5), closesAt: at(8), stoodDownAt: at(8), stoodDownBy: by.id };
  const over = await addReception(safeguardingDb, operation.id, by, past);
  // Closed at its hour, and stood down before it.
  await addReception(safeguardingDb, operation.id, by, { opensAt: at(5), closesAt: at(8) });
  await addReception(safeguardingDb, operation.id, by, { ...past, closesAt: at(23) });
  for (const { member } of writers) await addEntry(safeguardingDb, open, member);
  const shelter = { work: 'first-night shelter', beds: 4, forWhom: 'anybody' } as const;
  const beds = await addEntry(safeguardingDb, open, by, shelter);
  // Of those with the role and of those without: also of police, so that a rule that opens to them is noticed.
  for (const [index, { member }] of writers.entries()) {
    await addShift(safeguardingDb, open, member, shifts[index % shifts.length]);
    if (index % 3 === 0) await addShift(safeguardingDb, over, member, { startsAt: at(5), endsAt: at(8) });
  }
  // A volunteer who sees the reception has one of these and no other.
  const volunteers = partners.filter(({ member, side }) => side === 'help' && member.roles.join() === 'volunteer');
  for (const [index, { member }] of volunteers.entries())
    await addShift(safeguardingDb, open, member, shifts[1 + (index % (shifts.length - 1))]);
  for (const [index, { personId }] of opened.entries()) {
    const band = await addBand(safeguardingDb, open, index + 1, index % 4 === 3 ? { leftAt: at(10) } : {});
    await addNeed(safeguardingDb, band);
    await addNeed(safeguardingDb, band, { kind: 'interpreter', detail: 'Romanian', metAt: at(10) });
    const author = writers[index % writers.length]?.member ?? by;
    await sql`insert into wristband_people values (${band.id}, ${personId}, ${author.id})`.execute(safeguardingDb);
    await sql`insert into first_nights values (${band.id}, ${beds.id}, ${author.id})`.execute(safeguardingDb);
  }
  for (const { member } of writers) {
    const id = newTimelessId();
    await addDebrief(safeguardingDb, keys, open, member, markOf('reception_debriefs', id), id);
    await sql`insert into capacity_reports (id, operation_id, agency_id, member_id, reported_at, places, interpreters, nurses, advisers, beds)
      values (${newId()}, ${operation.id}, ${member.agencyId}, ${member.id}, ${sometime}, 12, 1, 1, 1, 4)`.execute(db);
  }
}
