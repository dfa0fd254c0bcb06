/** What a link chart shows: items of intelligence, what they name, and the lines between them, the nearest first up to a limit. Pure. */
import type { EntityKind } from '../entities/entity.ts';

export const mostNodes = 200;
export const mostLines = 1_000;
export const mostPossible = 1_000;

export type NodeKind = EntityKind | 'item';

export type ChartNode = {
  readonly kind: NodeKind;
  /** In full; no other in the chart has it. */
  readonly name: string;
  /** What else is known of it: other names, grade and days; empty where nothing is. */
  readonly more: string;
  readonly href: string;
};
/** By their places among the nodes. A solid line leads from an item to what it names. */
export type ChartLine = { readonly from: number; readonly to: number; readonly possible: boolean };
/** The first node is the one in the middle. */
export type Chart = { readonly nodes: readonly ChartNode[]; readonly lines: readonly ChartLine[] };

export type Naming = { readonly item: string; readonly named: string };

/** The first of these ids, the nearest to the middle first, until there are too many or too many lines between them. */
export function takeNearest(order: readonly string[], namings: readonly Naming[]): ReadonlySet<string> {
  const joined = new Map<string, string[]>();
  for (const { item, named } of namings)
    for (const [end, other] of [
      [item, named],
      [named, item],
    ] as const)
      joined.set(end, [...(joined.get(end) ?? []), other]);
  const taken = new Set<string>();
  let lines = 0;
  for (const id of order) {
    lines += (joined.get(id) ?? []).filter((other) => taken.has(other)).length;
    if (taken.size >= mostNodes || lines > mostLines) break;
    taken.add(id);
  }
  return taken;
}

/** Those of one name are told apart by a number: “Marta Bell (1)” and “Marta Bell (2)”. */
export function tellApart(nodes: readonly ChartNode[]): readonly ChartNode[] {
  const groups = Map.groupBy(nodes, ({ name }) => name);
  if (groups.size === nodes.length) return nodes;
  const told = nodes.map((node) => {
    const alike = groups.get(node.name) ?? [];
    return alike.length > 1 ? { ...node, name: `${node.name} (${alike.indexOf(node) + 1})` } : node;
  });
  return tellApart(told); // Somebody may have typed a name that ends so.
}
