/** A release as blocks and sentences, each with its line: what the rules of extraction read, without Markdown. */
import type { ParsedRelease, Part } from './parsed-release.ts';

export type Sentence = {
  /** As written, Markdown apart: what a claim cites. */
  readonly said: string;
  /** The same length, with plain quotes, hyphens and spaces: what the rules read. */
  readonly text: string;
  readonly line: number;
  readonly part: Part;
};

/** A sentence longer than this is no sentence: a table, a dump, an attack on the rules. */
export const longestSentence = 1500;

export type Block = {
  readonly kind: 'paragraph' | 'item' | 'heading';
  readonly line: number;
  readonly lastLine: number;
  /** Whether the Markdown makes a heading of it: `### …`, alone or inside a bullet. */
  readonly headed: boolean;
  readonly part: Part;
  /** Whether its first words are bold: "**Isolation:** …". */
  readonly boldLead: boolean;
  readonly said: string;
  readonly text: string;
  readonly sentences: readonly Sentence[];
};

type Raw = { kind: Block['kind']; headed: boolean; lines: { line: number; said: string }[]; lastLine: number };

const bullet = /^(?:[*+\-•·▪‣–]|\d{1,2}[.)])[ \t]+(?=\S)/;
const heading = /^(#{1,6})[ \t]+(.*?)[ \t#]*$/;

/** The blocks of some Markdown, by lines: lists may be indented as unevenly as they like. */
export function readBlocks(markdown: string, firstLine: number, part: Part = 'body'): Block[] {
  const raws: Raw[] = [];
  let open: Raw | undefined;
  const close = () => {
    open = undefined;
  };
  const start = (kind: Raw['kind'], line: number, said: string, headed = false) => {
    open = { kind, headed, lines: [{ line, said }], lastLine: line };
    raws.push(open);
  };

  for (const [index, whole] of markdown.split(/\r\n|\r|\n/).entries()) {
    const line = firstLine + index;
    const content = whole.replace(/^[\s>]+/, '').trimEnd();
    if (content === '' || /^(?:`{3,}|~{3,})/.test(content) || /^(?:[-*_][ \t]*){3,}$/.test(content)) close();
    else if (/^(?:=+|-{2,})$/.test(content)) {
      if (open?.kind === 'paragraph') Object.assign(open, { kind: 'heading', headed: true });
      close();
    } else if (bullet.test(content)) {
      const inner = content.replace(bullet, '');
      const title = heading.exec(inner)?.[2];
      start('item', line, title ?? inner, title !== undefined);
    } else if (content.startsWith('|')) {
      if (/[^|:\s-]/.test(content)) start('paragraph', line, content.replaceAll('|', ' '));
      close();
    } else if (heading.test(content)) {
      start('heading', line, heading.exec(content)?.[2] ?? '', true);
      close();
    } else if (open) {
      open.lines.push({ line, said: content });
      open.lastLine = line;
    } else start('paragraph', line, content);
  }
  return raws.flatMap((raw) => toBlock(raw, part));
}

/** A bullet list before the first paragraph is the key points of a release, headings inside or not. */
export function countKeyPoints(blocks: readonly Block[]): number {
  const first = blocks.findIndex(({ kind }) => kind !== 'item');
  if (first > 0) return first;
  return blocks.every(({ headed }) => headed) ? blocks.length : 0;
}

/** Everything that a release says, in the order of the file: title, description, key points, body. */
export function readReleaseBlocks({ title, description, lineOf, body, bodyLine }: ParsedRelease): Block[] {
  const blocks = readBlocks(body, bodyLine);
  const points = countKeyPoints(blocks);
  return [
    ...front(title, lineOf.title, 'title'),
    ...front(description, lineOf['og.description'], 'description'),
    ...blocks.map((block, index) => (index < points ? inPart(block, 'key points') : block)),
  ];
}

const front = (said: string | null, line: number | undefined, part: Part): Block[] =>
  said
    ? toBlock({ kind: 'heading', headed: false, lines: [{ line: line ?? 1, said }], lastLine: line ?? 1 }, part)
    : [];

const inPart = (block: Block, part: Part): Block => ({
  ...block,
  part,
  sentences: block.sentences.map((sentence) => ({ ...sentence, part })),
});

function toBlock({ kind, headed, lines, lastLine }: Raw, part: Part): Block[] {
  let said = '';
  const starts: { at: number; line: number }[] = [];
  for (const { line, said: marked } of lines) {
    const plain = withoutMarkdown(marked).trim();
    if (plain === '') continue;
    if (said !== '') said += ' ';
    starts.push({ at: said.length, line });
    said += plain;
  }
  const [first] = starts;
  if (!first) return [];
  const text = plainCharacters(said);
  const lineAt = (offset: number) => starts.findLast(({ at }) => at <= offset)?.line ?? first.line;
  const sentences = sentenceSpans(text).map(([from, to]) => ({
    said: said.slice(from, to),
    text: text.slice(from, to),
    line: lineAt(from),
    part,
  }));
  const boldLead = /^(?:\*\*|__)[^*_]{2,60}(?:\*\*|__)/.test(lines[0]?.said ?? '');
  return [{ kind, headed, boldLead, line: first.line, lastLine, part, said, text, sentences }];
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  nbsp: ' ',
  quot: '"',
  apos: "'",
  '#39': "'",
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  pound: '£',
};

/** The words of a line without the marks around them; the address of a link is kept beside its words. */
function withoutMarkdown(line: string): string {
  if (!/[*_`[\]<>\\&]/.test(line)) return line;
  return line
    .replace(/!\[([^[\]\n]{0,500})\]\([^)\s[]{0,2000}(?:\s[^)[]{0,200})?\)/g, '$1')
    .replace(
      /\[([^[\]\n]{1,500})\]\(<?([^)\s>[]{0,2000})>?(?:\s[^)[]{0,200})?\)/g,
      (_, words: string, address: string) => {
        const plain = address.replace(/^(?:mailto|tel):/, '');
        return /^(?:https?:|mailto:)/.test(address) && !words.includes(plain) ? `${words} (${plain})` : words;
      },
    )
    .replace(/<((?:https?:\/\/|mailto:|[\w.+-]+@)[^<>\s]+)>/g, '$1')
    .replace(/<\/?[a-zA-Z!][^<>]{0,500}>/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\*+|`+|__+/g, '')
    .replace(/(^|[\s("'“‘])_(?=\S)/g, '$1')
    .replace(/(\S)_(?=[\s.,;:)"'”’]|$)/g, '$1')
    .replace(/&([a-z]{2,6}|#39);/g, (whole, name: string) => entities[name] ?? whole);
}

const plainCharacter: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\t': ' ',
};

const plainCharacters = (said: string): string =>
  said.replace(/[‘’“”–—‑\u00a0\u2009\u202f\t]/g, (character) => plainCharacter[character] ?? character);

const abbreviation = new RegExp(
  `(?:^|[\\s("'])(?:St|Mr|Mrs|Ms|Dr|Prof|Adv|Engr|Capt|Lt|Col|Gen|Maj|Cpl|Hon|Dept|Rev|Det|Sgt|Insp|Supt|Ch|Cllr|Tel|No|approx|(?:[A-Z]\\.){0,3}[A-Z]|e\\.g|i\\.e|Mon|Tues?|` +
    `Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\\.$`,
);

/** Where each sentence begins and ends: at a full stop, unless the word before it is one that bears a full stop. */
function sentenceSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  let from = 0;
  for (const match of text.matchAll(/[.!?]["')\]]{0,3} +(?=["'([]{0,2}[A-Z0-9@£])/g)) {
    const stop = match.index + 1;
    if (text[match.index] === '.' && abbreviation.test(text.slice(Math.max(0, stop - 12), stop))) continue;
    const to = match.index + match[0].trimEnd().length;
    spans.push([from, to]);
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push([from, text.length]);
  return spans;
}

const anyOf = (patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'i');

const anotherTime = anyOf([
  '\\b(?:last|previous|past) (?:year|month|autumn|spring|summer|winter)s?\\b',
  '\\b(?:year|month) before\\b',
  '\\b(?:operations?|weeks?|raids?|visits?) before (?:it|this|that)\\b',
  '\\b(?:year|month|week)s? ago\\b',
  '\\b(?:in|over|during) the (?:\\w+ )?(?:months?|year) (?:to|ending|up to|since)\\b',
  '\\bearlier (?:this|in the) (?:year|month)\\b',
  '\\b(?:previous|earlier|similar|separate) (?:operations?|weeks?|raids?|investigations?|visits?|years?|cases?|phases?)\\b',
  '\\bpreviously\\b',
  // "So far 22 have been found" is of this operation, unless it counts a year.
  '\\b(?:so far|to date)\\b(?=[^.;]{0,60}\\b(?:year|month|since)\\b)|\\b(?:year|month|since)\\b[^.;]{0,60}\\b(?:so far|to date)\\b|\\bto date\\b',
  '\\bsince (?:its|the (?:start|beginning|launch)|it was|\\d{4}|January|February|March|April|May|June|July|' +
    'August|September|October|November|December)\\b',
  '\\bover the (?:past|last) (?:\\w+ )?(?:years?|months?)\\b',
  '\\b(?:jailed|sentenced|convicted|found guilty|imprisoned)\\b',
  '\\b(?:is|are|was|were) (?:thought|estimated|expected) to\\b(?! (?:be|have been) (?:potential |possible |the )?(?:victims?|trafficked|exploited|held|slaves|under|aged|an? (?:minor|child|adult)|minors|children|adults)\\b)',
  '\\bexample\\b',
  '\\b(?:each|every) (?:year|month|week|day)\\b',
  "\\bthis year\\b(?!')",
  // What others count, or say in court.
  '\\b(?:court|jury|trial|tribunal|inquest) (?:was |has |had |were )?(?:heard|hears|told)\\b',
  '\\baccording to\\b(?! (?:[^,.;]{0,40}(?:[Pp]olice|[Cc]onstabulary)|officers|detectives|gardaí|the force|(?:the )?(?:organi[sz]ation|agency|ministry|department|unit|release|statement))\\b)',
  '\\b(?:figures|statistics|data|estimates|research|surveys?) (?:show|suggest|reveal|indicate|from|by|published|released|compiled)',
  '\\b(?:helpline|hotline|charit(?:y|ies)) (?:has |have |had )?(?:supported|helped|identified|received|took|answered|handled|dealt|assisted|rescued)\\b',
  '\\bbetween them\\b(?! (?:the )?(?:teams?|officers|police|detectives))',
  '^(?:Those|These) (?:two|three|four|five|six|countries|forces)\\b',
]);

const anotherPlace = anyOf([
  '\\b(?:nationally|nationwide|worldwide|globally|up and down the country)\\b',
  '\\b(?:across|throughout|around) (?:the (?:UK|United Kingdom|country|nation|world|continent|EU)|Europe|' +
    'Britain|England|Scotland|Wales)\\b',
  '\\bin (?:the (?:UK|United Kingdom|EU)|Europe|Britain|England|Scotland|Wales)\\b',
  '\\b(?:countries|nations)\\b',
  '\\b(?:all|43|other|[1-9]\\d|most|many) (?:UK |police |British )*forces\\b',
  '\\bforces (?:across|throughout|around|from|in) (?:the (?:UK|country|region|area)|England|Britain)\\b',
  '\\bEuropol\\b',
]);

/** In small letters alone: a May and a Will are neither doubtful nor to come. */
const uncertain =
  /^(?:If|Should)\b|\b(?:plan(?:ning)? to|due to be|set to|expects? to|want to|will|would|could|may|might|if|hopes?|plans|(?<!pre-|\bhad been )planned(?! the (?:operation|raids?|action|week|day)\b| beforehand)|expected|aims|intends?)\b/;

/** Whether a sentence tells of another time, or of what might be: last year's arrests, a plan. Not this release's days. */
export const saysOtherTime = (text: string, published: string | null): boolean =>
  isUncertain(text) || isOfOtherTime(text, published);

/** Whether something in these words might be, or is still to come. */
export const isUncertain = (text: string): boolean =>
  uncertain.test(
    text
      .replace(/\b(?:would|will|want to) (?:also )?(?:like to )?thank\b/, 'thank')
      // "people who may be victims" were found all the same.
      .replace(
        /\b(?:may|might|could) (?:well )?(?:be|have been|become) (?:(?:a|an|the|potential|possible) )?(?:victims?|trafficked|exploited|at risk|in need|vulnerable|slaves|held)\b/g,
        'are victims',
      ),
  );

/** Whether a sentence tells of another year or another operation. */
export function isOfOtherTime(text: string, published: string | null): boolean {
  if (anotherTime.test(text)) return true;
  const ownYear = published?.slice(0, 4);
  return [...text.matchAll(/\b(?:in|during|of|by) ((?:19|20)\d\d)\b/gi)].some(([, year]) => year !== ownYear);
}

/** Whether a sentence tells of a whole nation, or of forces elsewhere. */
export const isOfOtherPlace = (text: string): boolean => anotherPlace.test(text.replace(statusHere, ''));

/** "no right to work in the UK": of people, not of what was done elsewhere. */
const statusHere =
  /\b(?:rights?|permission|leave|entitle\w+|status|visas?|illegally|unlawfully|legally|living|working|work|remain|stay|stayed|arrived)(?: [a-z]+){0,3} in (?:the )?(?:UK|United Kingdom|Britain|England|EU)\b/g;

/** Whether its figures are not this release's, being of another time or of the whole nation: they are left out. */
export const isAboutAnotherTimeOrPlace = (text: string, published: string | null): boolean =>
  saysOtherTime(text, published) || anotherPlace.test(text);

/** "One died in 2019, but five were arrested": without the clause of another year. */
export const withoutOtherYear = (text: string, published: string | null): string =>
  text.replace(
    /^[^,;.]{3,90}\b(?:in|during|since) ((?:19|20)\d\d), but (?=the other|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b)/i,
    (clause, year: string) => (year === published?.slice(0, 4) ? clause : ''),
  );

/** The part of a sentence before it compares: "eight were visited, compared with five last year". */
export const beforeComparing = (text: string): string =>
  text.replace(
    /,? (?:\(?compared (?:with|to)|(?<!\b(?:set|put|made|built|picked|turned|stood|follow\w*|back\w*|sign\w*) )(?:up|down) (?:from|on)|(?:[\w-]+ )?(?:more|fewer) than (?:in|last|the previous)) .*$/i,
    '',
  );

/** Whether anything is quoted in or right behind a paragraph: words that are told indirectly are no quote. */
export const quotes = ({ text }: Block): boolean =>
  /["]|(?:^|[\s:,])'[A-Z]|:$|\b(?:said|says|added)\.?$|, (?:said|says|added|adds|explained|explains) (?:the )?[A-Z]/.test(
    text,
  );
