/** Whether a hidden id can be distinguished from one that never existed: by status, by bytes, by time; on every path that takes an id, in forms that name another's record, in lists and counts beside hidden rows. */
import type { Row } from '../../harness/assurance.ts';
import { hideRecords, outsiders, pick } from './alike-hidden.ts';
import { listsBesideHidden, namingFields } from './alike-lists.ts';
import { type Timing, timeAll } from './alike-times.ts';
import { absentOf, type OpenWay, tryOpen, tryWays, type Way } from './alike-ways.ts';
import { inWorld } from './world.ts';

/** Answers leave on the beat, as they do for users: what is timed is what they can time. */
const inUse = { realTiming: true };

const few = (names: readonly string[]): string =>
  names.length === 0 ? '' : `: ${names.slice(0, 80).join('; ')}${names.length > 8 ? '; …' : ''}`;

export function assureAlike({
  seed,
  quick,
}: {
  readonly seed: number;
  readonly quick: boolean;
}): Promise<readonly Row[]> {
  return inWorld(async (world) => {
    const hidden = await hideRecords(world, seed);
    const strangers = await outsiders(world);
    const open = await tryOpen(world, hidden, strangers, { most: quick ? 6 : hidden.size, seed });
    const closed = await tryWays(world, hidden, strangers);
    const fields = await namingFields(world, hidden, strangers, { most: quick ? 3 : 6, seed });
    const lists = await listsBesideHidden(world, strangers, quick ? 2 : 4);
    const times = await timeSome(closed.ways, open.ways, { quick, seed });
    return [
      {
        what: `paths with an id: hidden and absent are refused in the same status and bytes (${closed.offered} offered with an id, ${open.routes} of them open by nature, ${closed.missed.length} not tried${few(closed.missed)})`,
        figure: `${closed.closed} paths, ${closed.ways.length} pairs, ${closed.differing.length} differ${few(closed.differing)}`,
        passed:
          closed.differing.length === 0 &&
          closed.missed.length === 0 &&
          closed.closed > 150 &&
          closed.closed + open.routes === closed.offered,
      },
      {
        what: `paths open by nature (${open.why.join('; ')}): whoever that does not reach is told the same of hidden and absent`,
        figure: `${open.routes} paths, ${open.tried} pairs, ${open.differing.length} differ${few(open.differing)}`,
        passed: open.differing.length === 0 && open.tried > 0,
      },
      {
        what: 'fields of forms that name another record: hidden and absent answer alike',
        figure: `${fields.tried} tried, ${fields.differing.length} differ${few(fields.differing)}`,
        passed: fields.differing.length === 0 && fields.tried > 0,
      },
      {
        what: 'lists, searches, counts and filters of who may not see: the same bytes before and after hidden rows are added and looked at; what differs from itself before that names none of them',
        figure: `${lists.tried} pages, ${lists.compared} compared by bytes, ${lists.searched.length} searched${few(lists.searched)}; ${lists.differing.length} differ${few(lists.differing)}`,
        passed: lists.differing.length === 0 && lists.compared > (quick ? 200 : 400),
      },
      times,
    ];
  }, inUse);
}

/** By the seed: among all that are refused as not there, each route once, and one in eight among those that are answered for any id. */
async function timeSome(
  ways: readonly Way[],
  open: readonly OpenWay[],
  { quick, seed }: { readonly quick: boolean; readonly seed: number },
): Promise<Row> {
  const [paths, tries] = quick ? [8, 100] : [16, 2_000];
  const oncePerRoute = <One extends { readonly name: string }>(all: readonly One[]): One[] => [
    ...new Map(pick(all, all.length, seed).map((one) => [one.name, one])).values(),
  ];
  const absent = oncePerRoute(ways.filter(({ status }) => status === 404));
  const answered = oncePerRoute(open);
  // One that is answered finds its own looks the next time: many ids, so that no page grows long.
  const chosen: Timing[] = [
    ...answered.slice(0, paths / 8),
    ...absent.slice(0, paths - paths / 8).map(({ url, ...way }) => ({ ...way, urls: [url] })),
  ].map(({ urls, ...way }) => ({ ...way, pairs: urls.map((url) => [url, absentOf(url)] as const) }));
  const timed = await timeAll(chosen, { tries, seed });
  const bound = 0.05 / timed.length;
  // One run of twenty falls below by chance. The short form repeats such a path with three times as many tries, and only those count.
  const below = quick ? timed.filter(({ p }) => p <= bound) : [];
  for (const one of below) {
    const [anew] = await timeAll([chosen[timed.indexOf(one)] as Timing], { tries: 3 * tries, seed: seed + 1 });
    if (anew) timed[timed.indexOf(one)] = anew;
  }
  const least = timed.reduce((one, other) => (other.p < one.p ? other : one));
  return {
    what: `time of hidden beside absent, ${tries.toLocaleString('en-GB')} tries each, mixed at random, none left out, by the seed ${paths - paths / 8} of ${absent.length} paths that are refused and ${paths / 8} of ${answered.length} that answer for any id; Kolmogorov-Smirnov, p above 0.05 divided by the number of paths (Bonferroni)`,
    figure: `${timed.length} paths, least p ${least.p.toFixed(4)} (${least.name}), bound ${bound.toFixed(5)}, ${timed.filter(({ p }) => p < 0.05).length} below 0.05 uncorrected${below.length > 0 ? `, ${below.length} tried anew with ${3 * tries} (${below.map(({ name, p }) => `${name} was ${p.toFixed(5)}`).join('; ')})` : ''}`,
    passed: timed.length === paths && least.p > bound,
  };
}
