/** Where the nodes of a link chart stand: forces of d3-force, run in one go, then moved off lines and off each other. The same input gives the same places. Pure. */
import { type Force, forceLink, forceManyBody, forceX, forceY, type SimulationNodeDatum } from 'd3-force';

/** The room of one node with its words, in pixels. */
export const nodeWidth = 124;
export const nodeHeight = 64;

export type Place = { readonly x: number; readonly y: number };
type Movable = { x: number; y: number };
/** By its `index` a link weighs less where its ends have many. */
type Moving = SimulationNodeDatum & { index: number; x: number; y: number; vx: number; vy: number };

/** As d3-force has it, in fewer rounds: from 1 to 0.001, and four tenths of the speed lost in each. */
const rounds = 180;
/** Between the middle of a node with its words and a line that is not its own. */
const clearance = 34;
const wordsBelow = 8;
const coolingRate = 1 - 0.001 ** (1 / rounds);
const speedKept = 0.6;
/** A node is so much wider than it is high: forces work as if it were round. */
const stretch = nodeWidth / nodeHeight;

/** Numbers that look random and are the same in every run (Numerical Recipes, a generator modulo 2^32). */
function repeatable(): () => number {
  let state = 1;
  return () => {
    state = (1_664_525 * state + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** On a spiral from the middle, the first node innermost. */
const begin = (count: number): Moving[] =>
  Array.from({ length: count }, (_, at) => {
    const [radius, angle] = [30 * Math.sqrt(at), at * Math.PI * (3 - Math.sqrt(5))];
    return { index: at, x: radius * Math.cos(angle), y: radius * Math.sin(angle), vx: 0, vy: 0 };
  });

type Line = { readonly from: number; readonly to: number };

/** The simulation of d3-force would start a timer, so its forces are applied here. */
function settle(nodes: Moving[], lines: readonly Line[]): void {
  const links = lines.map(({ from, to }) => ({ source: nodes[from] as Moving, target: nodes[to] as Moving }));
  const forces: Force<Moving, undefined>[] = [
    forceLink<Moving, (typeof links)[number]>(links).distance(nodeHeight * 1.1) as Force<Moving, undefined>,
    forceManyBody<Moving>().strength(-170),
    forceX<Moving>().strength(0.06),
    forceY<Moving>().strength(0.06),
  ];
  const random = repeatable();
  for (const force of forces) force.initialize?.(nodes, random);
  let heat = 1;
  for (let round = 0; round < rounds; round += 1) {
    heat -= heat * coolingRate;
    for (const force of forces) force(heat);
    for (const node of nodes) {
      node.vx *= speedKept;
      node.vy *= speedKept;
      node.x += node.vx;
      node.y += node.vy;
    }
  }
}

/** A line that runs through a node looks as if it ended there. Moves nodes off the lines of others, where there is room for that. */
function clearLines(places: readonly Movable[], lines: readonly Line[]): void {
  const times = Math.min(60, Math.ceil(1_200 / places.length));
  for (let round = 0; round < times; round += 1) {
    for (const { from, to } of lines) {
      const [one, other] = [places[from], places[to]];
      if (one && other && one !== other) clearLine(one, other, places);
    }
    pushAllApart(places);
  }
}

function clearLine(one: Movable, other: Movable, places: readonly Movable[]): void {
  const [right, down] = [other.x - one.x, other.y - one.y];
  const length = Math.hypot(right, down) || 1;
  for (const node of places) {
    const [east, south] = [node.x - one.x, node.y + wordsBelow - one.y];
    const along = (east * right + south * down) / length;
    if (along < 0 || along > length || node === one || node === other) continue;
    const off = (south * right - east * down) / length;
    const missing = clearance - Math.abs(off);
    if (missing <= 0) continue;
    const step = (off < 0 ? -missing : missing) / 2;
    node.x -= (step * down) / length;
    node.y += (step * right) / length;
  }
}

/** Until no two lie over each other. */
function separate(places: readonly Movable[]): void {
  for (let round = 0; round < 1_000 && pushAllApart(places); round += 1);
}

/** False where no two lay over each other. */
function pushAllApart(places: readonly Movable[]): boolean {
  let moved = false;
  for (const [at, one] of places.entries())
    for (let next = at + 1; next < places.length; next += 1) moved = pushApart(one, places[next] ?? one) || moved;
  return moved;
}

/** The shorter way; false where there was no need. */
function pushApart(one: Movable, other: Movable): boolean {
  const [right, down] = [other.x - one.x, other.y - one.y];
  const wide = nodeWidth - Math.abs(right);
  const high = nodeHeight - Math.abs(down);
  if (wide <= 0 || high <= 0) return false;
  const along = wide / stretch < high ? 'x' : 'y';
  const way = (along === 'x' ? right : down) < 0 ? -1 : 1;
  const step = way * ((along === 'x' ? wide : high) / 2 + 0.5);
  one[along] -= step;
  other[along] += step;
  return true;
}

/** One place for each node, in whole pixels from the left and the top, with room for its words; the first began in the middle. */
export function layOut(count: number, lines: readonly Line[]): readonly Place[] {
  const nodes = begin(count);
  settle(nodes, lines);
  const places = nodes.map(({ x, y }) => ({ x: x * stretch, y }));
  clearLines(places, lines);
  separate(places);
  const left = Math.min(...places.map(({ x }) => x)) - nodeWidth / 2;
  const top = Math.min(...places.map(({ y }) => y)) - nodeHeight / 2;
  return places.map(({ x, y }) => ({ x: Math.round(x - left), y: Math.round(y - top) }));
}
