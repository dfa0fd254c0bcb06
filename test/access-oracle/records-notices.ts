/** Rows of notices: about records of each kind, to one and to many members, with and without access to the record; the addresses of members, and messages to them. */
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';
import type { NotificationKind } from '../../src/platform/notifications/index.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { type Cast, sometime } from './people.ts';

/** A finding has no record: the id of its rule, the same everywhere. */
const findingOfBackup = '5afe1197-0000-4000-8000-000000000001';

type To = { readonly member?: string; readonly agency?: string; readonly roles?: string };

export async function addNotices(db: Db, cast: Cast): Promise<void> {
  await addOfGlass(db);
  await addOfTeams(db, cast);
  await addOfIdentityRequests(db);
  await addOfRecords(db, cast);
  await addOfNoRecord(db, cast);
  await addToOne(db, cast);
}

async function tell(db: Db, kind: NotificationKind, subject: string | null, owner: string, to: To): Promise<string> {
  const id = newId();
  await sql`insert into notices values (${id}, ${kind}, ${subject}, ${owner}, ${to.member ?? null}, ${to.agency ?? null},
    ${to.roles ?? '{}'}, ${sometime})`.execute(db);
  return id;
}

async function addOfGlass(db: Db): Promise<void> {
  const glass = await db
    .selectFrom('breakGlass')
    .select(['id', 'memberId', 'ownerId', 'agencyId'])
    .limit(400)
    .execute();
  for (const [index, one] of (glass as Record<string, string>[]).entries()) {
    if (index % 5 !== 0) continue;
    const { id = '', ownerId = '', agencyId = '', memberId = '' } = one;
    const leads = { agency: ownerId, roles: '{planner,commander,data-protection lead}' };
    await tell(db, 'glass broken', id, ownerId, { member: memberId });
    await tell(db, 'glass broken', id, ownerId, leads);
    await tell(db, 'glass broken', id, ownerId, { agency: agencyId, roles: '{commander,data-protection lead}' });
  }
}

async function addOfTeams(db: Db, { agencies, here, elsewhere }: Cast): Promise<void> {
  for (const { teams, operation } of [here, elsewhere])
    for (const agency of [agencies.force, agencies.council, agencies.farHelp, agencies.crimeUnit]) {
      const to = { agency: agency.id, roles: '{field,planner,enforcement}' };
      await tell(db, 'briefing time set', teams[0].id, operation.agencyId, to);
    }
}

async function addOfIdentityRequests(db: Db): Promise<void> {
  const asked = await db
    .selectFrom('identityRequests')
    .select(['id', 'ownerId', 'askedBy'])
    .orderBy('askedBy')
    .execute();
  for (const [index, one] of (asked as Record<string, string>[]).entries()) {
    if (index % 4 !== 0) continue;
    const { id = '', ownerId = '', askedBy = '' } = one;
    const decide = { agency: ownerId, roles: '{custodian,planner,data-protection lead}' };
    await tell(db, 'opening asked', id, ownerId, decide);
    await tell(db, 'opening decided', id, ownerId, { member: askedBy });
  }
}

const ofEachAgency = (table: 'custody_urgent_pages' | 'nrm_referrals') =>
  sql<Subject>`select distinct on (agency_id) id, agency_id as owner from ${sql.table(table)} order by agency_id, id`;
type Subject = { readonly id: string; readonly owner: string };

/** One record of each agency or operation, told to several agencies: each sees its own record of the kind, and not the others. */
async function addOfRecords(db: Db, { agencies }: Cast): Promise<void> {
  const { force, crimeUnit, council, nurses, farForce, farHelp } = agencies;
  const owners: readonly string[] = [force, crimeUnit, council, nurses, farForce, farHelp].map(({ id }) => id);
  const kinds = [
    {
      told: ['glass reviewed'],
      roles: '{planner,commander,data-protection lead}',
      subjects: sql<Subject>`select distinct on (owner_id) id, owner_id as owner from break_glass order by owner_id, id`,
    },
    {
      told: ['custody notice'],
      roles: '{custodian,data-protection lead}',
      subjects: ofEachAgency('custody_urgent_pages'),
    },
    {
      told: ['information request', 'information answer', 'information deadline'],
      roles: '{enforcement,commander,safeguarding lead,data-protection lead}',
      subjects: sql<Subject>`select distinct on (recipient) id, recipient as owner from information_requests
        order by recipient, id`,
    },
    {
      told: ['child arrest'],
      roles: '{enforcement,planner,commander,safeguarding lead}',
      subjects: sql<Subject>`select distinct on (o.id) a.id, o.agency_id as owner
        from arrests a join visits v on v.id = a.visit_id join operations o on o.id = v.operation_id order by o.id, a.id`,
    },
    {
      told: ['referral taken over'],
      roles: '{field,enforcement,planner,commander}',
      subjects: ofEachAgency('nrm_referrals'),
    },
    {
      told: ['partner invited', 'invitation answered'],
      roles: '{field,planner,commander,coordinator}',
      subjects: sql<Subject>`select distinct on (o.id) i.id, o.agency_id as owner
        from partner_invitations i join operations o on o.id = i.operation_id order by o.id, i.id`,
    },
    {
      told: ['release to read'],
      roles: '{safeguarding lead,press}',
      subjects: sql<Subject>`select id, agency_id as owner from submitted_releases order by id`,
    },
  ] as const;
  for (const { told, roles, subjects } of kinds) {
    const found = (await subjects.execute(db)).rows.filter(({ owner }) => owners.includes(owner));
    for (const [index, { id, owner }] of found.entries())
      for (const agency of [force, council, farForce, ...(told[0] === 'release to read' ? [farHelp, nurses] : [])]) {
        const kind = told[index % told.length] as NotificationKind;
        await tell(db, kind, id, owner, { agency: agency.id, roles });
      }
  }
}

/** They say of no record which it is: everybody to whom they are addressed sees them. */
async function addOfNoRecord(db: Db, { agencies: { force, council } }: Cast): Promise<void> {
  await tell(db, 'urgent report', null, force.id, { agency: force.id, roles: '{triage,planner}' });
  await tell(db, 'case news', null, council.id, { agency: council.id, roles: '{safeguarding lead}' });
  for (const { id } of [force, council])
    await tell(db, 'system finding', findingOfBackup, id, { agency: id, roles: '{administrator}' });
}

async function addToOne(db: Db, { people, agencies, here }: Cast): Promise<void> {
  for (const [index, { member, standing }] of people.entries()) {
    if (index % 3 !== 0) continue;
    const id = await tell(db, 'briefing time set', here.teams[0].id, agencies.force.id, { member: member.id });
    // Of some members alone: each sees the own rows.
    await sql`insert into notification_channels (id, member_id, channel, address) values
      (${newId()}, ${member.id}, 'email', 'somebody@example.org')`.execute(db);
    await sql`insert into notification_messages (id, member_id, agency_id, channel, notices, urgent, due_at, made_at)
      values (${newId()}, ${member.id}, ${member.agencyId}, 'email', array[${id}]::uuid[], false, ${sometime}, ${sometime})`.execute(
      db,
    );
    if (standing === 'on the team' || standing === 'let in' || standing === 'let out')
      await sql`insert into notice_readings values (${id}, ${member.id}, ${sometime})`.execute(db);
  }
}
