/** Shows the Markdown of a release safely and accessibly: key points as a plain list, headings from h2, no HTML of its own. */
import type { Element, ElementContent, Nodes as HtmlNode, Root as HtmlRoot } from 'hast';
import type { List, ListItem, Nodes as MarkNode, Parents, PhrasingContent, Root } from 'mdast';
import { showsAnotherHost } from '../../vocabulary/link-hosts.ts';
import { phoneAddress } from '../../vocabulary/phone-numbers.ts';
import { findExceededLimit, importedLimits } from '../../vocabulary/text-structure.ts';
import { countKeyPoints, readBlocks } from './sentences.ts';

export type KeyPoints = {
  readonly points: readonly { readonly text: string; readonly line: number }[];
  /** The Markdown after them, and the line of the given text on which it begins. */
  readonly body: string;
  readonly bodyLine: number;
};

/** The key points that open a release, headings inside bullets or not, and the rest of it. */
export function keyPointsOf(markdown: string): KeyPoints {
  if (findExceededLimit(markdown, importedLimits)) return { points: [], body: markdown, bodyLine: 1 };
  const blocks = readBlocks(markdown, 1);
  const points = blocks.slice(0, countKeyPoints(blocks));
  const lines = markdown.split(/\r\n|\r|\n/);
  let next = points.at(-1)?.lastLine ?? 0;
  while (next < lines.length && lines[next]?.trim() === '') next += 1;
  return {
    points: points.map(({ said, line }) => ({ text: said, line })),
    body: points.length > 0 ? lines.slice(next).join('\n') : markdown,
    bodyLine: points.length > 0 ? next + 1 : 1,
  };
}

const blankLine = /(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)/;

let loaded: Promise<(markdown: string) => string> | undefined;

/** Loads the libraries with the first release that is shown, so that the application starts faster. */
export async function renderMarkdown(markdown: string): Promise<string> {
  if (findExceededLimit(markdown, importedLimits)) return asPlainText(markdown);
  loaded ??= load();
  const render = await loaded;
  try {
    return render(markdown);
  } catch (error) {
    if (error instanceof RangeError) return asPlainText(markdown);
    throw error;
  }
}

async function load(): Promise<(markdown: string) => string> {
  const [{ unified }, parse, toHtml, sanitize, stringify] = await Promise.all([
    import('unified'),
    import('remark-parse'),
    import('remark-rehype'),
    import('rehype-sanitize'),
    import('rehype-stringify'),
  ]);
  const schema = {
    tagNames: [
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'p',
      'ul',
      'ol',
      'li',
      'a',
      'strong',
      'em',
      'blockquote',
      'br',
      'hr',
      'code',
      'pre',
    ],
    attributes: { a: ['href'], ol: ['start'] },
    protocols: { href: ['http', 'https', 'mailto', 'tel'] },
    strip: ['script', 'style'],
  };
  const processor = unified()
    // Four spaces before a bullet are an uneven list, never a listing of code.
    .data('micromarkExtensions', [{ disable: { null: ['codeIndented'] } }])
    .use(parse.default)
    .use(() => (tree: Root) => {
      flattenItemHeadings(tree);
      normaliseLists(tree);
      levelHeadings(tree);
    })
    .use(toHtml.default)
    .use(() => (tree: HtmlRoot) => safeLinks(tree))
    .use(sanitize.default, schema)
    .use(stringify.default)
    .freeze();
  return (markdown) => String(processor.processSync(markdown));
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What cannot be shown as Markdown in reasonable time is shown as its words. */
const asPlainText = (markdown: string): string =>
  markdown
    .split(blankLine)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escaped(paragraph.trim())}</p>`)
    .join('\n');

const isParent = (node: MarkNode): node is Parents => 'children' in node;

/** A heading inside a bullet is a key point in large type: as a heading it would be announced out of any order. */
function flattenItemHeadings(node: MarkNode, inItem = false, inLink = false): void {
  if (!isParent(node)) return;
  const children = node.children as MarkNode[];
  node.children = children.flatMap((child): MarkNode[] => {
    if (child.type === 'image') return imageAsLink(child.alt, child.url, inLink);
    if (child.type === 'imageReference') return child.alt ? [{ type: 'text', value: child.alt }] : [];
    if (child.type === 'heading' && inItem) return [{ type: 'paragraph', children: child.children }];
    return [child];
  }) as typeof node.children;
  for (const child of node.children)
    flattenItemHeadings(child, inItem || child.type === 'listItem', inLink || child.type === 'link');
}

/** A picture is its words and a link: loading it would tell another site who is reading. Without words it is nothing. */
function imageAsLink(alt: string | null | undefined, url: string, inLink: boolean): PhrasingContent[] {
  if (!alt?.trim()) return [];
  const words: PhrasingContent = { type: 'text', value: alt };
  return inLink ? [words] : [{ type: 'link', url, children: [words] }];
}

/** Bullets at uneven indents, or with uneven marks, are one list to a reader. */
function normaliseLists(node: MarkNode): void {
  if (!isParent(node)) return;
  for (const child of node.children) normaliseLists(child);
  const merged: MarkNode[] = [];
  for (const child of node.children as MarkNode[]) {
    const last = merged.at(-1);
    if (child.type === 'list' && last?.type === 'list' && !child.ordered && !last.ordered)
      last.children.push(...child.children);
    else merged.push(child);
  }
  node.children = merged as typeof node.children;
  for (const child of node.children) {
    if (child.type !== 'list') continue;
    child.children = child.children.flatMap((item) => liftNestedItems(item));
    child.spread = false;
    for (const item of child.children) item.spread = false;
  }
}

/** Items that only slipped to the right of the one before are its neighbours; those after "…:" are its own. */
function liftNestedItems(item: ListItem): ListItem[] {
  const column = item.position?.start.column ?? 0;
  const slipped = item.children.filter(
    (child): child is List =>
      child.type === 'list' && !child.ordered && (child.position?.start.column ?? 0) - column <= 3,
  );
  if (slipped.length === 0 || wordsOf(item.children[0]).trimEnd().endsWith(':')) return [item];
  const own = item.children.filter((child) => !slipped.includes(child as List));
  return [{ ...item, children: own }, ...slipped.flatMap((list) => list.children)];
}

function wordsOf(node: MarkNode | undefined): string {
  if (!node) return '';
  if ('value' in node) return node.value;
  return isParent(node) ? (node.children as MarkNode[]).map(wordsOf).join('') : '';
}

/** The page has its h1; headings of the text follow from h2 without a gap. */
function levelHeadings(tree: MarkNode): void {
  const above: number[] = [];
  const level = (node: MarkNode): void => {
    if (node.type === 'heading') {
      while ((above.at(-1) ?? 0) >= node.depth) above.pop();
      above.push(node.depth);
      node.depth = Math.min(above.length + 1, 6) as typeof node.depth;
    } else if (isParent(node)) for (const child of node.children) level(child);
  };
  level(tree);
}

/** A link that leads neither to a page, a letter nor a telephone is only its words; so is one that would dial another number, or lead to another site, than it shows. */
function safeLinks(node: HtmlNode): void {
  if (!('children' in node)) return;
  const children = node.children as ElementContent[];
  for (const child of children) safeLinks(child);
  node.children = children.flatMap((child): ElementContent[] =>
    isUnsafe(child) ? child.children : [child],
  ) as typeof node.children;
}

const isUnsafe = (node: ElementContent): node is Element => {
  if (node.type !== 'element' || node.tagName !== 'a') return false;
  const address = String(node.properties['href'] ?? '');
  if (/^tel:/i.test(address)) {
    const shown = phoneAddress(visibleText(node));
    return !shown || shown !== phoneAddress(address.slice('tel:'.length));
  }
  return !/^(?:https?:\/\/|mailto:)/i.test(address) || showsAnotherHost(visibleText(node), address);
};

const visibleText = (node: HtmlNode): string => {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(visibleText).join('') : '';
};
