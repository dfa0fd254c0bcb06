/** Pure: checks how the rendered pages are worded: riddles, long sentences, reading grade, terms that the glossary forbids. */
import { linesOfPage, sentencesOf, wordsIn } from './page-text.ts';
import { median, readingGrade } from './reading-grade.ts';
import { riddles } from './writing.ts';

/** A page as somebody saw it. Its kind is its address without ids. */
export type RenderedPage = { readonly kind: string; readonly html: string };
export type PageFault = 'riddle' | 'term' | 'long';
export type PageFinding = {
  readonly fault: PageFault;
  readonly found: string;
  readonly sentence: string;
  /** The kinds of page that have it. */
  readonly kinds: readonly string[];
};
export type PageFigures = {
  readonly kinds: number;
  readonly sentences: number;
  /** In a hundred sentences. */
  readonly riddles: number;
  readonly terms: number;
  readonly long: number;
  /** The median of the kinds of page, each read as one text. */
  readonly grade: number;
  /** The median of whole sentences, each read alone. */
  readonly sentenceGrade: number;
};

/** Kinds of page whose words are not ours to choose, each with the reason. */
export const exemptKinds: readonly { readonly kind: RegExp; readonly why: string }[] = [
  { kind: /^\/staff\/powers$/, why: 'quotes the law on powers of entry' },
  { kind: /^\/staff\/safeguarding\/nrm-referrals\/:id\/parts\//, why: 'has the questions of the Home Office form' },
  { kind: /^\/staff\/safeguarding\/people\/:id\/consents\/ask$/, why: 'has the versioned words of a consent' },
  { kind: /^\/signs\/(card|poster|sheet)$/, why: 'is a printed form' },
];

/** Turns of phrase that make a reader start again. Those of the sources hold on pages too. */
export const pageRiddles: readonly RegExp[] = [
  ...riddles.filter((pattern) => !pattern.source.includes('nobody')), // The next line replaces that one: an empty rota is a fact that pages state.
  /\bnobody (that|who|else|is(?! on call))\b/i,
  // A clause where a noun belongs. A question ends with its mark.
  /^(That|Whose|Whom|(What|Who)(?! (to|happens|happened)\b)) [^?]*$/,
  /\bwhat (is|was|has|had|waits)\b[^?]*$/i,
  /\bwhat (it|they|you|somebody|people|police|one|a|the)\b[^?]*\b(by|of|with|for|to|in|on|under|from)[.,;:]/i,
  /\b(of|to|by|for|from|than|with|as|and|only) who\b/i,
  /\b(of|by|to|from|in|under|on|for|with) (which|whom|whose)\b[^?]*$/i,
  // Doubled denials.
  /\bnothing (that|of|by|which)\b/i,
  /\bno(body|thing)\b.*\b(not|no|nothing|nobody|never)\b/i,
  /, and (nothing|nobody|none)\b/i,
  // Words of another time, and pictures.
  /\b(anew|lest|meanwhile|thereof|thereby)\b/i,
  /\b(is|are|was|were|be|been) told\b|\btold (it|of|that|as|to|about)\b|\bto tell\b/i,
  /\bstands? (in|open|beside|there|here|so)\b/i,
  /\b(lets?|letting) (go|in|into|it go|\w+ in)\b/i,
  /\bbehind the wall\b|\bbroken? (the )?glass\b|\bthe glass\b/i,
  /\brings\b/i,
  /\b(is|are) (theirs|yours) to\b/i,
  /\b(other than|none that)\b/i,
];

const mostWords = 25;

/** Words that are forbidden for parts of the program. Premises have them. */
const aboutPremises = /rooms?\b/i;

/** The distinct sentences of the pages, numbers aside, with the kinds of page that have them. */
export function sentencesOfPages(pages: readonly RenderedPage[]): Map<string, Set<string>> {
  const sentences = new Map<string, Set<string>>();
  for (const { kind, html } of pages) {
    if (exemptKinds.some((exempt) => exempt.kind.test(kind))) continue;
    for (const sentence of linesOfPage(html).flatMap(sentencesOf)) {
      if (wordsIn(sentence).length < 3) continue;
      const key = sentence.replace(/\d+/g, '#');
      sentences.set(key, (sentences.get(key) ?? new Set()).add(kind));
    }
  }
  return sentences;
}

/** A whole sentence ends with a stop; headings and labels do not. */
const isWhole = (sentence: string): boolean => /[.?!][”"’)]?$/.test(sentence) && wordsIn(sentence).length > 3;

export function checkPages(
  pages: readonly RenderedPage[],
  terms: readonly RegExp[],
): { readonly figures: PageFigures; readonly findings: readonly PageFinding[] } {
  const sentences = sentencesOfPages(pages);
  const ofPages = terms.filter(({ source }) => !aboutPremises.test(source));
  const findings = [...sentences].flatMap(([sentence, kinds]) =>
    faultsOf(sentence, ofPages).map(([fault, found]) => ({ fault, found, sentence, kinds: [...kinds].sort() })),
  );
  const texts = Map.groupBy(
    [...sentences].flatMap(([sentence, kinds]) =>
      isWhole(sentence) ? [...kinds].map((kind) => ({ kind, sentence })) : [],
    ),
    ({ kind }) => kind,
  );
  const whole = [...sentences.keys()].filter(isWhole);
  const grades = [...texts.values()].map((text) => readingGrade(text.map(({ sentence }) => sentence)));
  const inHundred = (fault: PageFault): number =>
    sentences.size === 0 ? 0 : (100 * findings.filter((one) => one.fault === fault).length) / sentences.size;
  return {
    findings,
    figures: {
      kinds: new Set([...sentences.values()].flatMap((kinds) => [...kinds])).size,
      sentences: sentences.size,
      riddles: inHundred('riddle'),
      terms: inHundred('term'),
      long: inHundred('long'),
      grade: median(grades),
      sentenceGrade: median(whole.map((sentence) => readingGrade([sentence]))),
    },
  };
}

function faultsOf(sentence: string, terms: readonly RegExp[]): [PageFault, string][] {
  const first = (patterns: readonly RegExp[]): string | undefined =>
    patterns.map((pattern) => pattern.exec(sentence)?.[0]).find(Boolean);
  const [riddle, term, count] = [first(pageRiddles), first(terms), wordsIn(sentence).length];
  return [
    ...(riddle ? [['riddle', riddle] as [PageFault, string]] : []),
    ...(term ? [['term', term] as [PageFault, string]] : []),
    ...(count > mostWords ? [['long', `${count} words`] as [PageFault, string]] : []),
  ];
}

export type Bounds = Pick<PageFigures, 'riddles' | 'terms' | 'long' | 'grade' | 'sentenceGrade'>;

/** The bounds that we want. */
export const wantedBounds: Bounds = { riddles: 1, terms: 0, long: 1, grade: 6, sentenceGrade: 6 };

/** The bounds that the pages keep today. Lower them whenever the pages get better; never raise them. */
export const todaysBounds: Bounds = { riddles: 0.1, terms: 0, long: 0.1, grade: 5.6, sentenceGrade: 5.9 };

/** What exceeds the bounds, one line each. */
export function excesses(figures: PageFigures, bounds: Bounds): string[] {
  return (['riddles', 'terms', 'long', 'grade', 'sentenceGrade'] as const)
    .filter((name) => figures[name] > bounds[name])
    .map((name) => `${name}: ${figures[name].toFixed(2)} is more than ${bounds[name]}`);
}

/** The totals, for people. */
export const totalsOf = ({ kinds, sentences, riddles, terms, long, grade, sentenceGrade }: PageFigures): string =>
  [
    `${sentences} sentences on ${kinds} kinds of page`,
    `${riddles.toFixed(2)} % match a riddle pattern (wanted: ${wantedBounds.riddles})`,
    `${terms.toFixed(2)} % have a forbidden term (wanted: ${wantedBounds.terms})`,
    `${long.toFixed(2)} % have more than ${mostWords} words (wanted: ${wantedBounds.long})`,
    `median reading grade ${grade.toFixed(1)} of the pages, ${sentenceGrade.toFixed(1)} of the sentences (wanted: ${wantedBounds.grade})`,
  ].join('; ');
