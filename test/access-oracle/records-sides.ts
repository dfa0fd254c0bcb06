/** Both sides of one person in every state that a rule distinguishes: notices sent, received and passed on, who is on call, requests made, answered and decided. Also by members who could never have made them. */
import { sql } from 'kysely';
import { addCustodyNotice, addNotice, addOnCallShift } from '../../src/safeguarding/custody-notices/examples.ts';
import { addAnswer, addDecision, addRequest } from '../../src/safeguarding/information-requests/examples.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { type Cast, sometime } from './people.ts';

export async function addSides(application: TestApplication, cast: Cast): Promise<void> {
  await addNotices(application, cast);
  await addRequests(application, cast);
}

/** Notices about people whose records were opened, and notices that custodians on both sides of the wall received. */
async function addNotices({ db, safeguardingDb, keys }: TestApplication, { agencies, people }: Cast): Promise<void> {
  const { rows: known } = await sql<{ id: string; author: string; agency: string }>`
    select id, author_id as author, agency_id as agency from persons order by id`.execute(safeguardingDb);
  for (const [index, { id, author, agency }] of known.entries()) {
    const back = { withdrawnAt: sometime, withdrawnBy: author, withdrawalTransferId: newTimelessId() } as never;
    const child = { ground: 'child’s best interests', reasons: 'An invented reason of a sentence' } as const;
    const more = index % 3 === 0 ? child : index % 3 === 1 ? (back as object) : {};
    const by = { id: author, agencyId: agency };
    await addNotice(safeguardingDb, keys, { personId: id, to: agencies.force.id, by, at: sometime }, more);
  }
  for (const agency of [agencies.force, agencies.crimeUnit, agencies.otherForce, agencies.farForce, agencies.council]) {
    const custodian = people.find((one) => one.agency.id === agency.id && one.member.roles.includes('custodian'));
    const by = (custodian ?? people.find((one) => one.agency.id === agency.id))?.member.id ?? '';
    const at = sometime;
    await addCustodyNotice(db, keys, { to: agency.id, at });
    await addCustodyNotice(db, keys, { to: agency.id, at }, { rounds: 20, by });
    await addCustodyNotice(db, keys, { to: agency.id, at }, { rounds: 3, by, passedOn: 'custody officer' });
    await addOnCallShift(db, { id: by, agencyId: agency.id }, at);
  }
}

/** By everybody of some roles, police or not, to agencies of both sides. */
async function addRequests({ db, safeguardingDb, keys }: TestApplication, { agencies, people }: Cast): Promise<void> {
  const asked = [agencies.council, agencies.nurses, agencies.otherHelp, agencies.force];
  const near = people.filter(({ member }) =>
    member.roles.some((role) => ['enforcement', 'commander', 'safeguarding lead', 'custodian'].includes(role)),
  );
  const { rows: known } = await sql<{ id: string; agency: string }>`
    select id, agency_id as agency from persons order by id`.execute(safeguardingDb);
  for (const [index, { member }] of near.entries()) {
    const to = asked[index % asked.length] ?? agencies.council;
    const request = await addRequest(db, keys, { by: member, to: to.id, at: sometime });
    if (index % 2 === 0) await addAnswer(db, keys, request);
    const lead = people.find((one) => one.agency.id === to.id && one.member.roles.includes('safeguarding lead'));
    if (index % 4 === 3 || !lead) continue;
    const personId = index % 3 === 0 ? null : (known[index % known.length]?.id ?? null);
    await addDecision(safeguardingDb, keys, { request, by: lead.member, personId, at: sometime });
  }
  // Also in the name of those who decide nothing.
  for (const { member } of people.filter(({ agency }) => agency.id === agencies.council.id).slice(0, 6)) {
    const request = await addRequest(db, keys, { by: member, to: agencies.council.id, at: sometime });
    await addDecision(safeguardingDb, keys, { request, by: member, personId: null, at: sometime });
  }
}
