/** The run that looks for possible links among all entities: how long it takes, how many of the true pairs it finds, and how many of those it finds are true. Nothing but the rules: no database, no page. */
import { findPossibleLinks, type PossibleLink } from '../../src/intelligence/links/possible-links.ts';
import { type InventedEntity, inventEntities } from '../assurance/intelligence/invented-entities.ts';
import { count } from '../harness/assurance.ts';
import { by, type Effort, type Line } from './effort.ts';

const seed = 20_261_203;

type Tally = { readonly truePairs: number; readonly offered: number; readonly found: number };

/** Pairs in different items that are one and the same, those offered, and those that are both: all, or of one kind. */
export function tallyLinks(
  entities: readonly InventedEntity[],
  links: readonly PossibleLink[],
  kind?: InventedEntity['content']['kind'],
): Tally {
  const wanted = entities.filter(({ content }) => kind === undefined || content.kind === kind);
  const byId = new Map(wanted.map((one) => [one.id, one]));
  const truePairs = [...Map.groupBy(wanted, ({ truth }) => truth).values()].reduce((sum, same) => {
    const perItem = [...Map.groupBy(same, ({ itemId }) => itemId).values()].map(({ length }) => length);
    const pairs = (many: number): number => (many * (many - 1)) / 2;
    return sum + pairs(same.length) - perItem.reduce((inItem, many) => inItem + pairs(many), 0);
  }, 0);
  const offered = links.filter(({ one }) => byId.has(one));
  const found = offered.filter(({ one, other }) => byId.get(one)?.truth === byId.get(other)?.truth);
  return { truePairs, offered: offered.length, found: found.length };
}

const kinds = ['person', 'premises', 'vehicle', 'phone', 'account', 'organisation'] as const;
const share = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;

export function* measureLinking(effort: Effort): Generator<Line> {
  const many = by(effort, 100_000, 10_000, 2_000);
  const entities = inventEntities(seed, many);
  const began = performance.now();
  const before = process.cpuUsage();
  const links = findPossibleLinks(entities);
  const seconds = (performance.now() - began) / 1_000;
  const { user } = process.cpuUsage(before);
  const of = `among ${count(many)} records`;
  const all = tallyLinks(entities, links);
  const each = kinds.map((kind) => ({ kind, ...tallyLinks(entities, links, kind) }));
  yield {
    what: `possible links ${of}`,
    value: seconds,
    unit: 's',
    pass: 10,
    aim: 5,
    more: `${(user / 1e6).toFixed(1)} s of the processor`,
  };
  yield {
    what: `true pairs found ${of}`,
    value: all.found / all.truePairs,
    unit: '×',
    pass: 0.99,
    aim: 0.995,
    more: `${share(all.found, all.truePairs)} of ${count(all.truePairs)}; ${each.map((one) => `${one.kind} ${share(one.found, one.truePairs)}`).join(', ')}`,
  };
  yield {
    what: `pairs found that are true ${of}`,
    value: all.found / all.offered,
    unit: '×',
    pass: 0.95,
    aim: 0.98,
    more: `${share(all.found, all.offered)} of ${count(all.offered)}; ${each.map((one) => `${one.kind} ${share(one.found, one.offered)}`).join(', ')}`,
  };
}
