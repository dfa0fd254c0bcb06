/** The twenty pages that members open most, by the kind of member, each with a record of their own work. */
import pg from 'pg';
import { openSession } from '../../../src/identity/agencies/index.ts';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { referenceOf } from '../../../src/vocabulary/reference.ts';

export type Asked = { readonly name: string; readonly path: string; readonly sought?: string };
export type Member = { readonly token: string; readonly pages: readonly Asked[] };

type Found = Readonly<Record<string, string | null>>;

const teamsWork = `
  select m.id, tm.operation_id as operation,
    (select v.id from planned_visits v where v.team_id = tm.team_id and v.day = current_date order by v.starts limit 1) as visit,
    (select e.id from visits v join encounters e on e.visit_id = v.id where v.team_id = tm.team_id order by v.arrived_at desc limit 1) as met
  from members m join team_members tm on tm.member_id = m.id join operations o on o.id = tm.operation_id
  where m.name like 'Member %' and o.ends_on >= current_date order by m.id limit 36`;

const plannersWork = `
  select m.id, o.id as operation, p.id as premises, p.name
  from operations o join members m on m.id = o.planned_by
  cross join lateral (select id, name from premises where operation_id = o.id order by id limit 1) p
  where o.code_name like 'Operation Size %' and o.ends_on >= current_date order by o.id`;

const byName = (name: string): string => `select id from members where name = '${name}'`;

/** Fifty members: 36 of teams, eight that plan (four planners, at two places each), and six of other work. Addresses are a superuser's. */
export async function chooseMembers(
  addresses: { readonly main: string; readonly safeguarding: string },
  now: Date,
): Promise<readonly Member[]> {
  const [main, safeguarding] = [addresses.main, addresses.safeguarding].map(
    (connectionString) => new pg.Client({ connectionString }),
  );
  if (!main || !safeguarding) throw new Error('two databases');
  const db = openDatabase(addresses.main, { maxConnections: 1 });
  await main.connect();
  await safeguarding.connect();
  const rows = async (client: pg.Client, text: string): Promise<Found[]> => (await client.query<Found>(text)).rows;
  const member = async (id: string | null | undefined, pages: readonly Asked[]): Promise<Member> => ({
    token: await openSession(db, String(id), now, { method: 'password', sharedWorkstation: false }),
    pages,
  });
  try {
    const named = async (name: string) => (await rows(main, byName(name)))[0]?.id;
    const [lead, triage, auditor] = [await named('Ines Castell'), await named('Sam Okafor'), await named('Omar Reyes')];
    const [own] = await rows(main, `select agency_id as id from members where id = '${lead}'`);
    const cases = await rows(
      safeguarding,
      `select id from persons where agency_id = '${own?.id}' and author_id = '${lead}' order by id limit 40`,
    );
    const [met] = await rows(main, `select id from encounters order by id desc limit 1`);
    const fields = await Promise.all((await rows(main, teamsWork)).map((work) => member(work.id, fieldPages(work))));
    const plans = await rows(main, plannersWork);
    const planners = await Promise.all([...plans, ...plans].map((work) => member(work.id, plannerPages(work))));
    const others = await Promise.all([
      ...[0, 1, 2].map((number) => member(lead, casePages(cases.slice(number * 10, number * 10 + 10)))),
      member(triage, reportPages),
      member(triage, reportPages),
      member(auditor, [{ name: 'who has seen a record', path: `/staff/oversight/records/${met?.id}` }]),
    ]);
    return [...fields, ...planners, ...others];
  } finally {
    await db.destroy();
    await main.end();
    await safeguarding.end();
  }
}

const fieldPages = ({ operation, visit, met }: Found): Asked[] => [
  { name: 'Home of a team', path: '/staff' },
  { name: 'visits', path: '/staff/visits' },
  { name: 'a visit', path: `/staff/visits/${visit}` },
  { name: 'arrival', path: `/staff/visits/${visit}/arrive` },
  { name: 'a person met', path: `/staff/encounters/${met}` },
  { name: 'an operation, for a team', path: `/staff/operations/${operation}` },
  { name: 'notifications', path: '/staff/notifications' },
];

const plannerPages = ({ operation, premises, name }: Found): Asked[] => [
  { name: 'Home of a planner', path: '/staff' },
  { name: 'operations', path: '/staff/operations' },
  { name: 'an operation', path: `/staff/operations/${operation}` },
  { name: 'premises of a plan', path: `/staff/operations/${operation}/premises` },
  { name: 'schedule', path: `/staff/operations/${operation}/schedule` },
  { name: 'board', path: `/staff/operations/${operation}/board` },
  { name: 'one premises', path: `/staff/premises/${premises}` },
  { name: 'weeks', path: '/staff/weeks' },
  { name: 'search for a place', path: '/staff/search', sought: name ?? '' },
];

const casePages = (cases: readonly Found[]): Asked[] => [
  { name: 'Home of a caseworker', path: '/staff' },
  ...cases.flatMap(({ id }) => [
    { name: 'a case', path: `/staff/safeguarding/people/${id}` },
    { name: 'search for a person', path: '/staff/search', sought: referenceOf('case', String(id)) },
  ]),
];

const reportPages: readonly Asked[] = [{ name: 'reports', path: '/staff/reports' }];
