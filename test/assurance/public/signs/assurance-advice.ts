/** Proves that the self-check never adds up ticks, and that every reader sees danger first and an open service. Seeded. */

import { routeContacts } from '../../../../src/public/contacts/contact-router.ts';
import { type Guidance, guidanceFor } from '../../../../src/public/signs/guidance.ts';
import {
  allServices,
  bankHolidays,
  listGuidance,
  listSigns,
  proclaimedHolidays,
} from '../../../../src/public/signs/load.ts';
import {
  adviceBases,
  adviceBasisOf,
  exploitationOf,
  helpSeekerOf,
  kinds,
  readers,
  type SelfCheckReader,
  servicesFor,
  signsAsked,
} from '../../../../src/public/signs/self-check.ts';
import { isControlSign, type Sign } from '../../../../src/public/signs/signs.ts';
import { chance, count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { walkMinutes, watch } from '../../../oracles/opening-hours.ts';

const day = '2026-11-25';
const askers: readonly SelfCheckReader[] = readers.flatMap((reader) => kinds.map((kind) => ({ reader, kind })));

/** All advice and services that a reader is shown, as one text. */
function adviceOn(asker: SelfCheckReader, ticked: readonly Sign[], guidance: readonly Guidance[]): string {
  const footing = adviceBasisOf(ticked);
  const told = guidanceFor(guidance, asker, footing).map(({ id }) => id);
  const shown = servicesFor(asker, footing, allServices).map(({ id }) => id);
  return [...told, '|', ...shown].join('\n');
}

/** What the advice must be for these ticks, said another way: by the group of one sign, if there is any of control. */
function expected(asker: SelfCheckReader, ticked: readonly Sign[], guidance: readonly Guidance[]): string {
  if (asker.reader === 'it is happening to me') return adviceOn(asker, [], guidance);
  const [one] = ticked.filter(isControlSign);
  return adviceOn(asker, one ? [one] : [], guidance);
}

/** Every subset where there are few enough; where there are not, as many as were asked for, drawn by the seed. */
function* subsets(signs: readonly Sign[], most: number, random: () => number): Generator<readonly Sign[]> {
  const all = 2 ** signs.length;
  for (let turn = 0; turn < Math.min(all, most); turn++) {
    const mask = all <= most ? turn : Math.floor(random() * all);
    yield signs.filter((_, place) => Math.floor(mask / 2 ** place) % 2 === 1);
  }
}

export async function assureAdvice({ seed, quick }: Effort): Promise<readonly Row[]> {
  const random = chance(seed);
  const [signs, guidance] = [listSigns(day), listGuidance(day)];
  let [sets, judged, moved, whole] = [0, 0, 0, 0];
  for (const asker of askers) {
    const asked = signsAsked(asker, signs);
    const most = quick ? 4_000 : 600_000;
    whole += 2 ** asked.length <= most ? 1 : 0;
    const wanted = new Map<string, string>();
    for (const ticked of subsets(asked, most, random)) {
      const said = adviceOn(asker, ticked, guidance);
      const first = ticked.find(isControlSign)?.id ?? '';
      const want = wanted.get(first) ?? expected(asker, ticked, guidance);
      wanted.set(first, want);
      sets++;
      if (said !== want) judged++;
    }
    // All signs of control say the same: none weighs more than another.
    if (new Set([...wanted].flatMap(([first, want]) => (first === '' ? [] : [want]))).size > 1) moved++;
  }
  const rows: Row[] = [
    row(
      'Advice that changed with how many signs were ticked, or with one that means nothing alone',
      `${judged} in ${count(sets)} sets of ticks of ${askers.length} kinds of reader (every set of ${whole} of them), seed ${seed}`,
      judged === 0 && sets > 10_000,
    ),
    row('Readers whose advice depends on which sign of control was ticked', `${moved}`, moved === 0),
  ];
  return [...rows, ...(await assureOpen(quick, random))];
}

const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

/** Each reader, kind and footing, at minutes of two years: who is open is the oracle's word. */
async function assureOpen(quick: boolean, random: () => number): Promise<readonly Row[]> {
  const holidays = await bankHolidays();
  const walk = walkMinutes('2025-12-31', '2028-02-08');
  const services = allServices.map((service) => ({ ...service, validFrom: '2019-01-01' }));
  const open = new Map(services.map(({ id, hours }) => [id, watch(walk, hours, proclaimedHolidays).open]));
  const stride = quick ? 997 : 61;
  let [answers, wrong, unfit] = [0, 0, 0];
  for (let minute = 1440 + Math.floor(random() * stride); minute < 731 * 1440; minute += stride) {
    const at = new Date((walk.first + minute) * 60_000);
    const isOpen = (id: string): boolean => open.get(id)?.[minute] === 1;
    const day = Date.parse(londonDay.format(at));
    // What was checked more than 90 days ago vouches for nothing.
    const isSure = (checked: string): boolean => (day - Date.parse(checked)) / 86_400_000 <= 90;
    for (const asker of askers) {
      for (const footing of adviceBases) {
        const { routes, outsidePolice } = routeContacts(
          { danger: false, who: helpSeekerOf(asker), at, kind: exploitationOf(asker) },
          servicesFor(asker, footing, services),
          holidays,
        );
        const [first, ...rest] = routes;
        const outside = rest.some(
          ({ service }) => service.independentOfPolice && isOpen(service.id) && isSure(service.dateChecked),
        );
        const kept =
          first?.service.role === 'emergency' && isOpen(first.service.id) && outside === (outsidePolice === 'open');
        const { kind } = asker;
        const named = rest.some(({ service }) => kind !== 'not known' && service.kinds?.includes(kind));
        const foreign = rest.some(({ service }) => kind !== 'not known' && service.kinds?.includes(kind) === false);
        if (foreign || (kind !== 'not known' && !named)) unfit++;
        answers++;
        if (!kept || rest.length === 0) wrong++;
      }
    }
  }
  return [
    row(
      'Answers of the self-check that did not lead with danger, had nobody open, or were silent where nobody outside the police was',
      `${wrong} in ${count(answers)}`,
      wrong === 0 && answers > 10_000,
    ),
    row(
      'Answers of the self-check without a service for the kind that the reader named, or with one for other kinds',
      `${unfit} in ${count(answers)}`,
      unfit === 0 && answers > 10_000,
    ),
  ];
}
