/** Returns of 40 countries with planted faults, judged and added by the product and by a model that shares no code with it. */

import { keyNamed } from '../../../../src/returns/exchange/document/examples.ts';
import { judgeArrival } from '../../../../src/returns/exchange/inbox/arrival.ts';
import { addBreakdowns } from '../../../../src/returns/exchange/inbox/breakdowns.ts';
import { judgeWeek, type Kept, type RegisteredKey } from '../../../../src/returns/exchange/inbox/inbox.ts';
import { listLikelyPairs, type PairAnswer } from '../../../../src/returns/exchange/inbox/joint-visits.ts';
import { addReturns, rollUp, splitIncluded, type Total } from '../../../../src/returns/exchange/inbox/roll-up.ts';
import { listTownLines } from '../../../../src/returns/exchange/map/week-map.ts';
import { chance, count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { countries, type Invented, inventWeek, week } from './invented.ts';
import { type Expected, expect } from './model.ts';

/** Documents as the routes keep them. */
const keep = ({ sent }: Invented): Kept[] =>
  sent.map(({ bytes, receivedAt }, index) => {
    const arrived = judgeArrival(bytes);
    if (!arrived) throw new Error('an invented return is too large');
    const document = arrived.publicKey === null ? null : JSON.parse(arrived.content);
    return { id: String(index).padStart(6, '0'), receivedAt, arrival: arrived.arrival, document };
  });

const register = ({ senders }: Invented): RegisteredKey[] =>
  senders.map(({ name, country, level, keyEndedAt }) => ({
    ...{ name, country, level, publicKey: keyNamed(name).publicKey, endedAt: keyEndedAt },
  }));

type Judged = ReturnType<typeof judgeWeek>;

/** A person decides as it was: the same visit, or two that look alike. Also how many true pairs were not on the list. */
function decide({ counted }: Judged, { unnamed }: Invented) {
  const { added } = splitIncluded(counted);
  const answers = new Map<string, PairAnswer>();
  for (const pair of listLikelyPairs(added)) {
    const names = new Set(pair.groups.map(({ from }) => from.reporter.name));
    const real = unnamed.find(
      ({ senders, visits: [visit] }) =>
        senders.every(({ name }) => names.has(name)) &&
        visit?.day === pair.day &&
        visit.town.toUpperCase() === pair.town.toUpperCase(),
    );
    answers.set(pair.key, real?.visits.length === 1 ? 'same' : 'different');
  }
  return answers;
}

const inMs = ({ user, system }: NodeJS.CpuUsage): number => Math.round((user + system) / 1_000);

type Compared = { wrong: string[]; faults: number; found: number };

function compareVerdicts(invented: Invented, judged: Judged, expected: Expected): Compared {
  const compared: Compared = { wrong: [], faults: 0, found: 0 };
  const harmless = ['counts', 'replaced'];
  for (const [index, wanted] of expected.verdicts.entries()) {
    const got = judged.verdicts.get(String(index).padStart(6, '0'));
    const isFault = !harmless.includes(wanted);
    compared.faults += Number(isFault);
    compared.found += Number(isFault && got === wanted);
    if (got !== wanted) compared.wrong.push(`${invented.sent[index]?.sender.name}: ${got}, not ${wanted}`);
  }
  return compared;
}

const compareStates = ({ lines }: Judged, { states }: Expected): string[] =>
  lines.flatMap(({ reporter, state }) =>
    state === states.get(reporter.name) ? [] : [`${reporter.name}: ${state}, not ${states.get(reporter.name)}`],
  );

/** Of people helped, any two forces of a visit may have helped the same: the floor is at most the sum. */
const isFloor = (total: Total | undefined, wanted: string): boolean =>
  total?.qualifier === 'at least' && total.value > 0 && total.value <= Number(wanted.split(' ').at(-1));

function compareTotals(rolled: ReturnType<typeof rollUp>, { totals, visitsByCountry }: Expected): string[] {
  const wrong: string[] = [];
  for (const [name, wanted] of totals) {
    const total = rolled.totals.get(name);
    const got = `${total?.qualifier} ${total?.value}`;
    if (wanted.startsWith('at least ') ? !isFloor(total, wanted) : got !== wanted)
      wrong.push(`${name}: ${got}, not ${wanted}`);
  }
  for (const [country, wanted] of visitsByCountry) {
    const got = rolled.byCountry.get(country)?.get('visits.made')?.value;
    if (got !== wanted) wrong.push(`visits in ${country}: ${got}, not ${wanted}`);
  }
  return wrong;
}

/** Each visit is in one town, and a joint visit once: as many as the model's total. */
function assureTowns(
  rolled: ReturnType<typeof rollUp>,
  decisions: ReturnType<typeof decide>,
  { totals }: Expected,
): Row {
  const towns = listTownLines(rolled.added, decisions);
  const visits = towns.reduce((sum, line) => sum + line.visits, 0);
  const wanted = Number(totals.get('visits.made')?.split(' ').at(-1));
  return row(
    'visits of the towns on the map, beside the model’s total',
    `${count(visits)} in ${count(towns.length)} towns, ${count(wanted)}`,
    visits === wanted && visits > 0,
  );
}

/** The parts agree with the totals; with any total one less than its parts, the check says so. */
function assureBreakdowns({ added, totals }: ReturnType<typeof rollUp>, decisions: ReturnType<typeof decide>): Row {
  const began = process.cpuUsage();
  const all = addBreakdowns(added, decisions, totals);
  const ms = inMs(process.cpuUsage(began));
  // Of one return alone nothing is “about”, and every sum can be compared.
  const planted = added.slice(0, 300).flatMap((one) => {
    const less = new Map(
      [...addReturns([one], new Map())].map(([name, total]) => [
        name,
        { ...total, value: total.value - 1, qualifier: 'exact' as const },
      ]),
    );
    return addBreakdowns([one], new Map(), less).filter(({ parts }) => parts.every(({ sum }) => sum.about === null));
  });
  const found = planted.filter(({ isWrong }) => isWrong);
  return row(
    'breakdowns that contradict their totals: as sent; with each total one less',
    `${all.filter(({ isWrong }) => isWrong).length} of ${all.length}; ${found.length} of ${planted.length}; ${ms} ms`,
    all.length > 0 && all.every(({ isWrong }) => !isWrong) && found.length === planted.length && planted.length > 0,
  );
}

export function assureExchange({ seed, quick }: Effort): Row[] {
  const invented = inventWeek(chance(seed), quick ? 300 : 2_000);
  const expected = expect(invented);
  const began = process.cpuUsage();
  const documents = keep(invented);
  const checked = process.cpuUsage(began);
  const asked = { ...week, definitions: ['2026-11'], reporters: invented.senders };
  const keys = register(invented);
  const judged = judgeWeek(asked, { keys, documents }, new Date('2026-09-30T12:00:00Z'));
  const decisions = decide(judged, invented);
  const rolled = rollUp(judged, decisions);
  const ended = process.cpuUsage(began);
  const verdicts = compareVerdicts(invented, judged, expected);
  const states = compareStates(judged, expected);
  const totals = compareTotals(rolled, expected);
  const shared = new Set(invented.sent.flatMap(({ visits }) => visits.flatMap(({ reference }) => reference ?? [])));
  const first = (wrong: readonly string[]): string => (wrong.length > 0 ? ` (${wrong.slice(0, 3).join('; ')})` : '');
  return [
    row(
      'documents judged as the model does (must be all)',
      `${count(documents.length - verdicts.wrong.length)} of ${count(documents.length)} from ${countries.length} countries${first(verdicts.wrong)}`,
      verdicts.wrong.length === 0 && documents.length >= (quick ? 300 : 2_000),
    ),
    row(
      'faults found: signatures, tampering, keys, windows, sums, contradictions, older versions',
      `${count(verdicts.found)} of ${count(verdicts.faults)}`,
      verdicts.found === verdicts.faults && verdicts.faults > 0,
    ),
    row(
      'reporters: received, late, missing, contradictory and nil as the model says',
      `${count(judged.lines.length - states.length)} of ${count(judged.lines.length)}${first(states)}`,
      states.length === 0,
    ),
    row(
      `totals equal the model’s, with ${count(shared.size)} visits under shared references and ${count(decisions.size)} decided pairs`,
      `${totals.length} wrong${first(totals)}; ${[...expected.totals].map(([name, total]) => `${name} ${total}`).join(', ')}`,
      totals.length === 0 && shared.size > 0 && decisions.size > 0,
    ),
    assureTowns(rolled, decisions, expected),
    assureBreakdowns(rolled, decisions),
    row(
      'processor time of reading and checking, and of judging and adding',
      `${inMs(checked)} ms; ${inMs(ended) - inMs(checked)} ms`,
      true,
    ),
  ];
}
