/** A link chart as a picture: places, short names and lines, for the template. Pure. */
import { kindWords } from '../entities/words.ts';
import type { Chart, ChartNode, NodeKind } from './chart.ts';
import { layOut, nodeHeight, nodeWidth, type Place } from './layout.ts';

export const nodeKindWords: Record<NodeKind, string> = { item: 'Item of intelligence', ...kindWords };

type DrawnNode = Place & {
  readonly kind: NodeKind;
  readonly href: string;
  /** Read aloud, and shown under the pointer. */
  readonly title: string;
  readonly label: string;
};
export type LinkPicture = {
  readonly width: number;
  readonly height: number;
  readonly alternative: string;
  readonly nodes: readonly DrawnNode[];
  /** Lines as the data of one path each. */
  readonly solid: string;
  readonly dashed: string;
};

const labelUnits = 17;
const titleUnits = 80;
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Letters of Chinese, Japanese and Korean take the room of two. */
const roomOf = (character: string): number => ((character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1);

/** The beginning that has room; a number that tells it apart stays. */
function shorten(text: string, units: number): string {
  const number = / \(\d+\)$/.exec(text)?.[0] ?? '';
  const parts = [...characters.segment(text)].map(({ segment }) => segment);
  if (parts.reduce((sum, part) => sum + roomOf(part), 0) <= units) return text;
  let room = units - number.length - 1;
  let beginning = '';
  for (const part of parts) {
    room -= roomOf(part);
    if (room < 0) break;
    beginning += part;
  }
  return `${beginning.trimEnd()}…${number}`;
}

const titleOf = ({ kind, name }: ChartNode): string => `${nodeKindWords[kind]}: ${shorten(name, titleUnits)}`;

function pathOf(lines: Chart['lines'], places: readonly Place[]): string {
  return lines
    .map(({ from, to }) => {
      const [one, other] = [places[from], places[to]];
      return one && other ? `M${one.x} ${one.y}L${other.x} ${other.y}` : '';
    })
    .join('');
}

export function drawChart({ nodes, lines }: Chart): LinkPicture {
  const places = layOut(nodes.length, lines);
  const far = (along: 'x' | 'y'): number => Math.max(...places.map((place) => place[along]));
  return {
    width: far('x') + nodeWidth / 2,
    height: far('y') + nodeHeight / 2,
    alternative: `Link chart of ${nodes[0]?.name ?? 'nothing'}`,
    nodes: nodes.map((node, at) => ({
      ...{ x: 0, y: 0, ...places[at] },
      kind: node.kind,
      href: node.href,
      title: titleOf(node),
      label: shorten(node.name, labelUnits),
    })),
    solid: pathOf(
      lines.filter(({ possible }) => !possible),
      places,
    ),
    dashed: pathOf(
      lines.filter(({ possible }) => possible),
      places,
    ),
  };
}
