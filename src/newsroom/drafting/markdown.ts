/** Markdown as a reader sees it: blocks of plain text, with the source position of each letter. */
import remarkParse from 'remark-parse';
import { unified } from 'unified';

export type Block = {
  /** Prose holds placeholders; code and raw HTML do not belong in a release and are only looked at. */
  readonly kind: 'prose' | 'code' | 'html';
  readonly text: string;
  /** For each letter of the text, its place in the source. */
  readonly places: readonly number[];
  readonly end: number;
};

const parser = unified().use(remarkParse).freeze();
type Node = {
  readonly type: string;
  readonly value?: string;
  readonly alt?: string | null;
  readonly url?: string;
  readonly title?: string | null;
  readonly ordered?: boolean | null;
  /** The number that the first item of a list has. */
  readonly start?: number | null;
  readonly children?: readonly Node[];
  readonly position?:
    | { readonly start: { readonly offset?: number }; readonly end: { readonly offset?: number } }
    | undefined;
};

/** Asked for its blocks and for its links, a text is parsed once: the last tree is kept. */
const treeOf = (() => {
  let last: { readonly source: string; readonly tree: Node } | undefined;
  return (source: string): Node => {
    if (last?.source !== source) last = { source, tree: parser.parse(source) as Node };
    return last.tree;
  };
})();

export function blocksOf(source: string): Block[] {
  const blocks: Block[] = [];
  walk(treeOf(source), source, blocks);
  return blocks;
}

export type Link = {
  readonly address: string;
  readonly start: number;
  readonly end: number;
  /** It brings words that no reader of the page sees, and a reader of the Markdown does. */
  readonly isHidden: boolean;
};

/** Where a text leads without saying so: an address behind other words. */
export function linksOf(source: string): Link[] {
  const links: Link[] = [];
  const look = (node: Node): void => {
    const saysSo = source[start(node)] === '<';
    const unseen = node.type === 'definition' || Boolean(node.title);
    if (unseen || (node.url && !saysSo && node.type !== 'image'))
      links.push({ address: node.url ?? '', start: start(node), end: end(node), isHidden: unseen });
    for (const child of node.children ?? []) look(child);
  };
  look(treeOf(source));
  return links;
}

/** Where a list begins with another number than 1. The page prints it, and no text of a block holds it. */
export function listNumbersOf(source: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const look = (node: Node): void => {
    if (node.type === 'list' && node.ordered && node.start !== 1)
      found.push({ start: start(node), end: start(node) + (/^\d+/.exec(source.slice(start(node)))?.[0].length ?? 0) });
    for (const child of node.children ?? []) look(child);
  };
  look(treeOf(source));
  return found;
}

const start = (node: Node): number => node.position?.start.offset ?? 0;
const end = (node: Node): number => node.position?.end.offset ?? 0;

function walk(node: Node, source: string, blocks: Block[]): void {
  if (node.type === 'paragraph' || node.type === 'heading') {
    const letters: string[] = [];
    const places: number[] = [];
    collectText(node, source, letters, places, blocks);
    blocks.push({ kind: 'prose', text: letters.join(''), places, end: end(node) });
  } else if (node.type === 'code' || node.type === 'html') blocks.push(opaqueBlock(node, node.type));
  else for (const child of node.children ?? []) walk(child, source, blocks);
}

/** A block that is only looked at: every letter of it stands where the block begins. */
function opaqueBlock(node: Node, kind: 'code' | 'html'): Block {
  const text = node.value ?? '';
  return { kind, text, places: Array.from(text, () => start(node)), end: end(node) };
}

function collectText(node: Node, source: string, letters: string[], places: number[], blocks: Block[]): void {
  for (const child of node.children ?? []) {
    if (child.type === 'text') align(child, source, letters, places);
    else if (child.type === 'break') push(' ', start(child), letters, places);
    else if (child.type === 'image') for (const letter of child.alt ?? '') push(letter, start(child), letters, places);
    else if (child.type === 'inlineCode') blocks.push(opaqueBlock(child, 'code'));
    else if (child.type === 'html') blocks.push(opaqueBlock(child, 'html'));
    else collectText(child, source, letters, places, blocks);
  }
}

function push(letter: string, place: number, letters: string[], places: number[]): void {
  for (const unit of letter.split('')) {
    letters.push(unit === '\n' ? ' ' : unit);
    places.push(place);
  }
}

/** Escapes, character references and the indents of continued lines make the source longer than its text. */
function align(node: Node, source: string, letters: string[], places: number[]): void {
  const value = node.value ?? '';
  let at = start(node);
  const stop = end(node);
  for (let index = 0; index < value.length; index += 1) {
    const letter = value[index] ?? '';
    const reference =
      source[at] === '&' ? /^&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i.exec(source.slice(at, at + 40))?.[0] : undefined;
    if (reference && !value.startsWith(reference, index)) {
      push(letter, at, letters, places);
      at += reference.length;
      continue;
    }
    while (at < stop && source[at] !== letter) at += 1;
    push(letter, Math.min(at, stop), letters, places);
    at += 1;
  }
}
