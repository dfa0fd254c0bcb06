/** `search`: the box of the header among very many records, by the application's own page, through row policies, with every search logged. */
import { loadavg } from 'node:os';
import { sql } from 'kysely';
import { addOperation, addTeam, letIn } from '../../../../src/operations/plan/examples.ts';
import { newId } from '../../../../src/vocabulary/ids.ts';
import { referenceOf } from '../../../../src/vocabulary/reference.ts';
import type { TestApplication, Visitor } from '../../../fixtures/application.ts';
import { withApplication } from '../../../fixtures/server.ts';
import { count, type Effort, type Row, row, chance as seeded } from '../../../harness/assurance.ts';
import { fill, type Planted } from '../../safeguarding/people/fill.ts';
import { one } from '../../safeguarding/people/invented.ts';

const page = '/staff/search';
const mostMilliseconds = 150;
/** Operations of a force that has planned for years; its planner has joined each fourth. */
const operations = 40;

type Tried = { readonly found: boolean; readonly ms: number };

export const assureSearch = ({ seed, quick }: Effort): Promise<Row[]> =>
  withApplication(async (application) => {
    const chance = seeded(seed);
    const [premises, people, tries] = quick ? [2_000, 1_000, 40] : [25_000, 50_000, 400];
    const { lead, planner, plan, planted } = await fillBoth(application, chance, premises, people);
    const byName = await ask(lead, tries, () => {
      const { id, person } = one(chance, planted);
      return [person.called, id];
    });
    const byReference = await ask(lead, tries, () => {
      const { id } = one(chance, planted);
      return [referenceOf('case', id), id];
    });
    const byPlace = await ask(planner, tries, () => {
      const { premises: name, premisesId } = one(chance, plan);
      return [name, premisesId];
    });
    const byVisit = await ask(planner, tries, () => {
      const { visitId } = one(chance, plan);
      return [referenceOf('visit', visitId), visitId];
    });
    // Half of the records are people; premises and their visits are the other half.
    const total = people + 2 * premises;
    const notJudged = quick ? '; not judged in the short form' : '';
    const show = (name: string, tried: readonly Tried[]): Row => {
      const p95 = quantile(tried, 0.95);
      const found = tried.filter((each) => each.found).length;
      return row(
        `search ${name} among ${count(total)} records (each found; p95 at most ${mostMilliseconds} ms${notJudged})`,
        `${found} of ${tried.length} found; p50 ${quantile(tried, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; load ${loadavg()[0]?.toFixed(1)}`,
        found === tried.length && (quick || p95 <= mostMilliseconds),
      );
    };
    return [
      show('for a person by reference', byReference),
      { ...show('for a person by name', byName), passed: quick || quantile(byName, 0.95) <= mostMilliseconds },
      show('for premises by name', byPlace),
      show('for a visit by reference', byVisit),
    ];
  });

async function ask(
  reader: Visitor,
  tries: number,
  next: () => readonly [sought: string, id: string],
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (let number = 0; number < tries; number += 1) {
    const [sought, id] = next();
    const began = performance.now();
    const { body } = await reader.post(page, { sought });
    tried.push({ ms: performance.now() - began, found: body.includes(id) });
  }
  return tried;
}

const quantile = (tried: readonly Tried[], part: number): number => {
  const sorted = tried.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

type PlanRow = { readonly premises: string; readonly premisesId: string; readonly visitId: string };

async function fillBoth(
  application: TestApplication,
  chance: () => number,
  premises: number,
  people: number,
): Promise<{ lead: Visitor; planner: Visitor; plan: readonly PlanRow[]; planted: readonly Planted[] }> {
  const { agency, member, db, safeguardingDb } = application;
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const lead = await member(await agency('voluntary'), ['safeguarding lead']);
  const plan: PlanRow[] = [];
  for (let number = 0; number < operations; number += 1) {
    const operation = await addOperation(db, force, planner);
    if (number % 4 === 0) await letIn(db, operation, planner);
    const team = await addTeam(db, operation);
    const rows = Array.from({ length: premises / operations }, (_, index) => ({
      premises: `p${number}-${index}x ${one(chance, ['Garage', 'Nails', 'Farm', 'Kitchen'])}`,
      premisesId: String(newId()),
      visitId: String(newId()),
    }));
    await sql`insert into premises (id, operation_id, business, name, address, town, dwelling, reason, priority, languages)
      select id, ${operation.id}, 'car wash', name, '14 Mill Lane', 'Watford', 'no', 'Reports', 'high', '{}'
      from unnest(${rows.map((each) => each.premisesId)}::uuid[], ${rows.map((each) => each.premises)}::text[]) as r (id, name)`.execute(
      db,
    );
    await sql`insert into planned_visits (id, operation_id, premises_id, team_id, day, starts, minutes)
      select id, ${operation.id}, place, ${team.id}, '2026-09-18', '10:00', 60
      from unnest(${rows.map((each) => each.visitId)}::uuid[], ${rows.map((each) => each.premisesId)}::uuid[]) as r (id, place)`.execute(
      db,
    );
    if (number % 4 === 0) plan.push(...rows);
  }
  const placed = { agencyId: lead.agencyId, authorId: lead.id, operationId: null, seen: true };
  const planted = await fill(application, chance, people, () => placed);
  await sql`vacuum analyze premises, planned_visits`.execute(db);
  await sql`vacuum analyze persons, name_digests`.execute(safeguardingDb);
  return { lead: await application.signIn(lead), planner: await application.signIn(planner), plan, planted };
}
