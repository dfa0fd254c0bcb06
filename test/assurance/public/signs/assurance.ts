/** Proves the opening hours and the routing minute by minute against the oracle. Seeded: the same seed asks the same. */

import { type RoutedContacts, routeContacts, type Situation } from '../../../../src/public/contacts/contact-router.ts';
import { areas, helpSeekers, isStale, type Service } from '../../../../src/public/contacts/contacts.ts';
import {
  type Hours,
  type HoursState,
  hoursAt,
  nations,
  type Week,
  weekdays,
} from '../../../../src/public/contacts/hours.ts';
import { exampleHours, interval } from '../../../../src/public/signs/examples.ts';
import { allServices, bankHolidays, proclaimedHolidays } from '../../../../src/public/signs/load.ts';
import { exploitations } from '../../../../src/vocabulary/exploitation.ts';
import { chance, count, type Effort, type Row } from '../../../harness/assurance.ts';
import { reckonHolidays, type Seen, type Walk, walkMinutes, watch } from '../../../oracles/opening-hours.ts';

const lookAhead = 35 * 1440;
/** The two years asked about, with a day before and enough after to look ahead. */
const [walkFrom, firstDay, endDay, walkTo] = ['2025-12-31', '2026-01-01', '2028-01-01', '2028-02-08'] as const;
const knownState = { open: 'open', shut: 'closed', unsure: 'not confirmed' } as const;

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function inventHours(random: () => number): Hours {
  const pick = (count: number): number => Math.floor(random() * count);
  const some = () =>
    Array.from({ length: pick(3) }, () => interval(`${clockText(pick(1440))}-${clockText(pick(1440))}`));
  const week = Object.fromEntries(weekdays.flatMap((day) => (random() < 0.7 ? [[day, some()]] : []))) as Week;
  const kept = (['as usual', 'closed', 'not known', some()] as const)[pick(4)] ?? 'closed';
  const days = new Set(['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'].filter(() => random() < 0.5));
  for (let count = pick(20); count > 0; count--)
    days.add(new Date(Date.UTC(2026, 0, 1 + pick(730))).toISOString().slice(0, 10));
  return {
    usual: random() < 0.1 ? '24 hours' : random() < 0.1 ? 'not confirmed' : week,
    says: 'invented',
    nation: nations[pick(3)] ?? 'Scotland',
    bankHolidays: kept,
    exceptions: [...days].map((day) => ({ day, intervals: some(), why: 'invented' })),
  };
}

const minuteOf = (date: Date | null): number => (date === null ? -1 : date.getTime() / 60_000);

/** Whether the rules say at this minute just what the oracle saw. */
function agrees(said: HoursState, seen: Seen, walk: Walk, minute: number): boolean {
  const today = walk.dayAt[minute] ?? 0;
  const change = seen.change[minute] ?? -1;
  const near = change >= 0 && change - minute <= lookAhead;
  const expected = near ? change + walk.first : -1;
  if (seen.open[minute] === 1) {
    const special = seen.own[minute] === 1 && seen.special[today] === true;
    return said.state === knownState.open && minuteOf(said.until) === expected && (said.today !== null) === special;
  }
  if (!seen.sure[today]) {
    return (
      said.state === knownState.unsure &&
      minuteOf(said.opens) === expected &&
      (said.today !== null) === seen.special[today]
    );
  }
  const dayOfOpening = near ? (walk.dayAt[change] ?? today) : today;
  const doubts = (seen.unsureUpTo[dayOfOpening] ?? 0) - (seen.unsureUpTo[today] ?? 0);
  return (
    said.state === knownState.shut &&
    minuteOf(said.opens) === expected &&
    (said.today !== null) === seen.special[today] &&
    said.allDay === seen.blank[today] &&
    said.doubts.length === doubts
  );
}

/** Which of the promises an answer breaks, as the oracle sees the services at that minute. */
function broken(
  answer: RoutedContacts,
  situation: Situation,
  isOpen: (service: Service) => boolean,
): string | undefined {
  const { routes } = answer;
  const place = { open: 0, closed: 1, 'not confirmed': 2 } as const;
  const [first, ...rest] = routes;
  if (first?.service.role !== 'emergency' || !isOpen(first.service)) return 'the emergency route is not first and open';
  if (rest.some(({ service }) => service.role === 'emergency')) return 'the emergency route stands twice';
  if (new Set(routes.map(({ service }) => service.id)).size !== routes.length) return 'a service stands twice';
  if (routes.some(({ service, hours }) => (hours.state === 'open') !== isOpen(service)))
    return 'a route is open or shut against what is';
  const { kind, who } = situation;
  const child = who === 'child or worried about a child';
  if (kind && rest.some(({ service }) => service.kinds && !service.kinds.includes(kind)))
    return 'a service for another kind is shown';
  const forOne = ({ service }: (typeof rest)[number]): boolean => !kind && !child && service.kinds !== null;
  const general = rest.filter((route) => !forOne(route));
  if (rest.slice(0, general.length).some(forOne)) return 'a service for one kind stands before one for every kind';
  /** Within each of the two parts. */
  const afterShut = ({ hours }: (typeof rest)[number], before: (typeof rest)[number] | undefined): boolean =>
    before !== undefined && place[hours.state] < place[before.hours.state];
  // For a child, all who support come before those who only take reports.
  const supports = ({ service }: (typeof rest)[number]): boolean => service.role === 'support';
  if (child && rest.some((route, index) => supports(route) && index > 0 && !supports(rest[index - 1] ?? route)))
    return 'a child is sent to reports before help';
  const parts = child
    ? [rest.filter(supports), rest.filter((route) => !supports(route))]
    : [general, rest.filter(forOne)];
  for (const part of parts)
    if (part.some((route, index) => afterShut(route, part[index - 1]))) return 'closed stands before open';
  const outside = rest.some(({ service, stale }) => service.independentOfPolice && !stale && isOpen(service));
  if (outside !== (answer.outsidePolice === 'open')) return 'what is said of routes outside the police is not so';
  if (situation.who !== 'it is happening to me') return undefined;
  const wrong = general.some(
    (route, index) =>
      route.service.role !== 'support' &&
      general
        .slice(index)
        .some(({ service, hours }) => service.role === 'support' && hours.state === route.hours.state),
  );
  return wrong ? 'support does not stand before police' : undefined;
}

export async function assureRouting({ seed, quick }: Effort): Promise<readonly Row[]> {
  const random = chance(seed);
  const holidays = await bankHolidays();
  const walk = walkMinutes(walkFrom, walkTo);
  const from = Date.parse(`${firstDay}T00:00:00Z`) / 60_000 - walk.first;
  const to = Date.parse(`${endDay}T00:00:00Z`) / 60_000 - walk.first;
  /** A quick run takes one minute in so many, beginning at a place that the seed chooses. */
  const stride = quick ? 11 : 1;
  const start = from + Math.floor(random() * stride);
  const changeDays = new Set(
    ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'].map((day) => walk.days.indexOf(day)),
  );
  /** On the days when clocks change, no minute is left out. */
  const next = (minute: number, step: number): number => minute + (changeDays.has(walk.dayAt[minute] ?? 0) ? 1 : step);
  const instant = (minute: number): Date => new Date((walk.first + minute) * 60_000);

  function compare(hours: Hours, step: number): { decisions: number; differences: number } {
    const seen = watch(walk, hours, proclaimedHolidays);
    let [decisions, differences] = [0, 0];
    for (let minute = start; minute < to; minute = next(minute, step)) {
      decisions++;
      if (!agrees(hoursAt(hours, instant(minute), holidays), seen, walk, minute)) differences++;
    }
    return { decisions, differences };
  }

  const rows: Row[] = [];
  const compareAll = (what: string, all: readonly Hours[], step: number, atLeast: number): void => {
    const results = all.map((hours) => compare(hours, step));
    const decisions = results.reduce((sum, result) => sum + result.decisions, 0);
    const differences = results.reduce((sum, result) => sum + result.differences, 0);
    const figure = `${count(differences)} differences in ${count(decisions)} decisions on ${all.length} services, seed ${seed}`;
    rows.push({ what, figure, passed: differences === 0 && decisions >= atLeast });
  };

  const invented = Array.from({ length: quick ? 12 : 60 }, () => inventHours(random));
  const real = allServices.map(({ hours }) => hours);
  compareAll('Hours of our services, each minute of 2026 and 2027', real, stride, 1_000_000);
  compareAll('Hours of the example services', Object.values(exampleHours), stride, 1_000_000);
  compareAll('Hours invented at random', invented, quick ? 97 : 7, quick ? 100_000 : 1_000_000);

  let holidayDifferences = 0;
  const holidayYears = Array.from({ length: 27 }, (_, index) => 2024 + index);
  for (const nation of nations) {
    for (const year of holidayYears) {
      const reckoned = reckonHolidays(nation, year);
      for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 86_400_000) {
        const date = new Date(day).toISOString().slice(0, 10);
        const proclaimed = proclaimedHolidays.some((one) => one.nation === nation && one.day === date);
        if ((holidays(nation, date) !== undefined) !== (reckoned.has(date) || proclaimed)) holidayDifferences++;
      }
    }
  }
  rows.push({
    what: 'Bank holidays of three nations, each day of 2024 to 2050, against the law',
    figure: `${holidayDifferences} differences`,
    passed: holidayDifferences === 0,
  });

  const seenById = new Map(allServices.map(({ id, hours }) => [id, watch(walk, hours, proclaimedHolidays)]));
  const situations = helpSeekers.flatMap((who) => [true, false].map((danger) => ({ who, danger })));
  const wrongs = new Map<string, number>();
  let [answers, quiet] = [0, 0];
  /** The sources vouch for most services from 2026 on; the minutes are asked about as if they did all along. */
  const services = allServices.map((service) => ({ ...service, validFrom: '2019-01-01' }));
  const began = performance.now();
  const askStep = quick ? 61 : 1;
  for (let minute = start, turn = 0; minute < to; minute = next(minute, askStep), turn++) {
    const isOpen = (service: Service): boolean => seenById.get(service.id)?.open[minute] === 1;
    const at = instant(minute);
    for (const { who, danger } of situations) {
      /** The area at hand at every minute, each other area at one minute in sixteen. */
      const area = turn % 4 === 0 ? (areas[(turn / 4) % areas.length] ?? 'Hertfordshire') : 'Hertfordshire';
      /** No kind at every other minute, then each kind in its turn. */
      const kind = turn % 2 === 0 ? undefined : exploitations[((turn - 1) / 2) % exploitations.length];
      const situation: Situation = { danger, who, at, area, kind };
      const answer = routeContacts(situation, services, holidays);
      const wrong = broken(answer, situation, isOpen);
      answers++;
      if (answer.outsidePolice === 'none open') quiet++;
      if (wrong) wrongs.set(wrong, (wrongs.get(wrong) ?? 0) + 1);
    }
  }
  const each = ((performance.now() - began) * 1000) / answers;
  const brokenCount = [...wrongs.values()].reduce((sum, one) => sum + one, 0);
  rows.push({
    what: 'Promises of the routing: emergency first, one route open, order, and what is said of routes outside the police',
    figure: `${count(brokenCount)} broken in ${count(answers)} answers${[...wrongs.keys()].map((wrong) => ` (${wrong})`).join('')}`,
    passed: brokenCount === 0,
  });
  rows.push({
    what: 'Answers in which nobody outside the police was sure to be open, and which said so',
    figure: `${count(quiet)} of ${count(answers)}`,
    passed: brokenCount === 0,
  });
  rows.push({ what: 'Time for one answer, with its check', figure: `${each.toFixed(1)} µs`, passed: each < 1000 });

  const stale = services.filter((service) => isStale(service, '2026-11-24'));
  const flagged = helpSeekers.flatMap((who) =>
    areas.flatMap((area) =>
      routeContacts(
        { who, area, danger: false, at: new Date('2026-11-24T12:00:00Z') },
        services,
        holidays,
      ).routes.filter((route) => route.stale !== stale.includes(route.service as (typeof services)[number])),
    ),
  );
  rows.push({
    what: 'Entries checked more than 90 days before 24 November 2026, each shown with its day and a warning',
    figure: `${stale.length} of ${services.length}, ${flagged.length} not flagged`,
    passed: flagged.length === 0,
  });
  return rows;
}
