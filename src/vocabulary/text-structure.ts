/** How a Markdown text is built, measured without parsing it. A parser takes far longer for many small parts than for many words. */

export type TextStructure = {
  readonly letters: number;
  /** Paragraphs, headings, and items of lists and quotes. */
  readonly blocks: number;
  /** Letters of the longest of them. */
  readonly longestBlock: number;
  readonly longestWord: number;
  /** Letters that are marks of Markdown. */
  readonly marks: number;
  /** How many of them one block has at most. */
  readonly marksInBlock: number;
  /** How deep a line goes into quotes and lists. */
  readonly depth: number;
  readonly placeholders: number;
  readonly sentences: number;
  /** Numbers in figures. */
  readonly numbers: number;
};

const markOfBlock =
  /^[ \t]*(?:>|#{1,6}(?=\s|$)|[-*+](?=\s|$)|\d{1,9}[.)](?=\s|$)|```|~~~|\[[^\]]*\]:|[=_*-]{3,}\s*$|<)/;
const leading = /^(?:[ \t]*(?:>|[-*+](?=\s|$)|\d{1,9}[.)](?=\s|$)))*[ \t]*/;
const marker = />|[-*+]|\d+[.)]/g;
const notMarks = /[^*_`[\]<>!&\\~^|]+/g;

/** Takes time in proportion to the length of the text. */
export function structureOf(text: string): TextStructure {
  const found = {
    letters: text.length,
    blocks: 0,
    longestBlock: 0,
    longestWord: 0,
    marks: 0,
    marksInBlock: 0,
    depth: 0,
  };
  let [block, marks, blank] = [0, 0, true];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') {
      blank = true;
      continue;
    }
    if (blank || markOfBlock.test(line)) {
      found.blocks += 1;
      [block, marks] = [0, 0];
    }
    blank = false;
    const before = leading.exec(line)?.[0] ?? '';
    const indent = before.replaceAll('\t', '    ').replace(/[^ ]/g, '').length;
    const [depth, marksHere] = [
      (before.match(marker)?.length ?? 0) + Math.floor(indent / 4),
      line.replace(notMarks, '').length,
    ];
    block += line.length + 1;
    marks += marksHere;
    found.marks += marksHere;
    found.longestBlock = Math.max(found.longestBlock, block);
    found.marksInBlock = Math.max(found.marksInBlock, marks);
    found.depth = Math.max(found.depth, depth);
    for (const word of line.split(/\s+/)) found.longestWord = Math.max(found.longestWord, word.length);
  }
  return {
    ...found,
    placeholders: text.split('{{').length - 1,
    sentences: text.match(/[.!?]+["”’)]*(?=\s|$)/g)?.length ?? 0,
    numbers: text.match(/\d+/g)?.length ?? 0,
  };
}

export type StructureLimits = TextStructure;

const words: Readonly<Record<keyof StructureLimits, (most: string) => string>> = {
  letters: (most) => `Use ${most} characters or fewer`,
  blocks: (most) => `Use ${most} paragraphs, headings and list items or fewer`,
  longestBlock: (most) => `Keep each paragraph and list item to ${most} characters: divide the longest one`,
  longestWord: (most) => `Keep each word and each address to ${most} characters`,
  marks: (most) => `Use ${most} marks of Markdown, like * and [, or fewer`,
  marksInBlock: (most) => `Use ${most} marks of Markdown, like * and [, or fewer in one paragraph`,
  depth: (most) => `Put lists and quotes at most ${most} levels deep inside each other`,
  placeholders: (most) => `Use ${most} figures in brackets or fewer`,
  sentences: (most) => `Use ${most} sentences or fewer`,
  numbers: (most) => `Use ${most} numbers or fewer`,
};

/** Three times what a long release holds, and what is checked within some hundredths of a second. */
export const releaseLimits: StructureLimits = {
  letters: 20_000,
  blocks: 150,
  longestBlock: 1_500,
  longestWord: 200,
  marks: 400,
  marksInBlock: 100,
  depth: 4,
  placeholders: 100,
  sentences: 400,
  numbers: 200,
};

/** Of what others published, which nobody here can make shorter: beyond these it is shown as plain words. */
export const importedLimits: StructureLimits = {
  ...releaseLimits,
  letters: 40_000,
  blocks: 200,
  longestBlock: 10_000,
  longestWord: 2_000,
  marks: 800,
  marksInBlock: 400,
  depth: 5,
  sentences: 800,
  numbers: 600,
};

/** What there is too much of, as a sentence that says what to do; undefined where the text keeps to the limits. */
export function findExceededLimit(text: string, limits: StructureLimits): string | undefined {
  const found = structureOf(text);
  const over = (Object.keys(words) as (keyof StructureLimits)[]).find((part) => found[part] > limits[part]);
  return over && words[over](limits[over].toLocaleString('en-GB'));
}
