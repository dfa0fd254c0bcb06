/** The check between agencies: random plans against an oracle that reads no address, and guesses that are stopped and counted: the figures of `assurance`. */
import type { TestContext } from 'node:test';
import { mostQuestions, weekOf } from '../../../src/intelligence/deconfliction/deconfliction.ts';
import { comparePlans } from '../../../src/intelligence/deconfliction/round.ts';
import { countQuestions, noteQuestions } from '../../../src/intelligence/deconfliction/round-store.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam } from '../../../src/operations/plan/examples.ts';
import { runChore } from '../../../src/platform/jobs/outbox.ts';
import { newId } from '../../../src/vocabulary/ids.ts';
import { openApplication, type TestApplication } from '../../fixtures/application.ts';
import { chance, count, createProgress, type Effort, type Row, row } from '../../harness/assurance.ts';
import { inServer } from '../whole/world.ts';

type Random = () => number;
const oneOf = <One>(all: readonly One[], random: Random): One => all[Math.floor(random() * all.length)] as One;

const streets = [
  ['Mill', 'Lane', 'Ln', 'WD17 1AA'],
  ['Meadow', 'Road', 'Rd', 'WD17 9QQ'],
  ['Long', 'Street', 'St', 'LU1 1AA'],
] as const;
const towns = ['Watford', 'Luton'] as const;

/** One house as the oracle knows it, and as somebody may write it. */
type Place = { readonly number: number; readonly street: number; readonly town: string; readonly hasCode: boolean };

function inventPlace(random: Random): Place {
  const street = Math.floor(random() * streets.length);
  return { number: 1 + Math.floor(random() * 6), street, town: oneOf(towns, random), hasCode: random() < 0.6 };
}

function write({ number, street, town, hasCode }: Place, random: Random) {
  const [name, long, short, code] = streets[street] as (typeof streets)[number];
  const flat = random() < 0.3 ? `Flat ${1 + Math.floor(random() * 4)}, ` : '';
  const written = `${flat}${number} ${name} ${random() < 0.5 ? long : short}`;
  return {
    address: random() < 0.2 ? written.toUpperCase() : written,
    town: random() < 0.2 ? town.toUpperCase() : town,
    postcode: hasCode ? (random() < 0.3 ? code.toLowerCase().replace(' ', '') : code) : null,
  };
}

/** By postcode and number, or by number, street and town. */
const isSame = (one: Place, other: Place): boolean =>
  one.number === other.number &&
  one.street === other.street &&
  ((one.hasCode && other.hasCode) || one.town === other.town);

type Visit = { readonly id: string; readonly agency: string; readonly place: Place; readonly hidden: boolean };

/** A world of agencies, each with an open and a hidden operation. */
async function inventWorld(application: TestApplication, random: Random): Promise<readonly Visit[]> {
  const { db } = application;
  const visits: Visit[] = [];
  for (let at = 0; at < 4; at += 1) {
    const agency = await application.agency('police force');
    const planner = await application.member(agency, ['planner']);
    const contact = { id: newId(), name: 'Inspector', telephone: '101', hours: 'always' };
    const set = { agencyId: agency.id, setBy: planner.id, setAt: application.clock.now() };
    if (at > 0 || random() < 0.8)
      await db
        .insertInto('deconflictionContacts')
        .values({ ...contact, ...set })
        .execute();
    for (const hidden of [false, true]) {
      const operation = await addOperation(db, agency, planner, { codeName: newId() });
      const team = await addTeam(db, operation);
      if (hidden)
        await db
          .insertInto('deconflictionHidden')
          .values({
            ...{ id: newId(), operationId: operation.id, agencyId: agency.id, reason: 'x', hiddenBy: planner.id },
            hiddenAt: application.clock.now(),
          })
          .execute();
      for (let place = 0; place < (hidden ? 2 : 5); place += 1) {
        const where = inventPlace(random);
        const premises = await addPremises(db, operation, write(where, random));
        const { id } = await addPlannedVisit(db, premises, team, { day: '2026-09-22', starts: '06:00' });
        visits.push({ id, agency: agency.id, place: where, hidden });
      }
    }
  }
  return visits;
}

async function assureMatches(t: Pick<TestContext, 'after'>, random: Random, worlds: number): Promise<Row> {
  const progress = createProgress('random plans');
  const application = await openApplication(t);
  const { db, databases, clock, keys } = application;
  let [wrong, matched, apart] = [0, 0, 0];
  for (let world = 0; world < worlds; world += 1) {
    const visits = await inventWorld(application, random);
    const chore = { name: 'x', everySeconds: 1, run: (tx: never, now: Date) => comparePlans(tx, keys, now) };
    while (await runChore(databases, clock, chore as Parameters<typeof runChore>[2]));
    const contacts = await db.selectFrom('deconflictionContacts').select('agencyId').execute();
    const takesPart = new Set(contacts.map(({ agencyId }) => String(agencyId)));
    const found = await db.selectFrom('deconflictionMatches').select(['target', 'party']).execute();
    const said = new Set(found.map(({ target, party }) => `${target} ${party}`));
    for (const visit of visits)
      for (const party of takesPart) {
        if (party === visit.agency) continue;
        const there = visits.some(
          (other) => other.agency === party && !other.hidden && isSame(visit.place, other.place),
        );
        const expected = takesPart.has(visit.agency) && there;
        matched += Number(expected);
        apart += Number(!expected);
        wrong += Number(said.has(`${visit.id} ${party}`) !== expected);
      }
    for (const table of ['Contacts', 'Matches', 'Tags'] as const)
      await db.deleteFrom(`deconfliction${table}`).execute();
    await db.deleteFrom('notices').execute();
    progress(world + 1, worlds);
  }
  return row(
    `of ${count(worlds)} random plans of four agencies: matches other than those of an oracle that reads no address (0)`,
    `${wrong}; ${count(matched)} matches, ${count(apart)} visits that another agency does not plan`,
    wrong === 0 && matched > worlds && apart > worlds,
  );
}

async function assureGuesses(t: Pick<TestContext, 'after'>, guesses: number): Promise<Row> {
  const application = await openApplication(t);
  const { db, databases, clock } = application;
  const [holder, asker] = [await application.agency('police force'), await application.agency('police force')];
  const week = weekOf(clock.now());
  const dozens = Math.ceil(guesses / 12);
  let allowed = 0;
  await runChore(databases, clock, {
    ...{ name: 'x', everySeconds: 1 },
    run: async (tx, now) => {
      const counted = { week, questions: 12, now };
      for (let at = 0; at < dozens; at += 1) {
        const isAllowed = await countQuestions(tx, holder.id, asker.id, { ...counted, name: 'Asker' }, mostQuestions);
        await noteQuestions(tx, asker.id, holder.id, { ...counted, name: 'Holder' }, isAllowed);
        allowed += 12 * Number(isAllowed);
      }
    },
  });
  const rows = await db.selectFrom('deconflictionQuestions').select(['agencyId', 'questions', 'refused']).execute();
  const seen = [holder, asker].map(({ id }) => rows.find(({ agencyId }) => agencyId === id));
  const bothSee = seen.every((one) => one?.questions === mostQuestions && one.refused === 12 * dozens - mostQuestions);
  return row(
    `of ${count(12 * dozens)} guesses of one agency in a week: answered (${mostQuestions}), and counted for both`,
    `${allowed}; ${bothSee ? 'both see all' : 'not seen by both'}`,
    allowed === mostQuestions && bothSee,
  );
}

export const assureChecks = ({ seed, quick }: Effort): Promise<readonly Row[]> =>
  inServer(async (ends) => {
    const random = chance(seed);
    return [await assureMatches(ends, random, quick ? 6 : 60), await assureGuesses(ends, quick ? 6_000 : 100_000)];
  });
