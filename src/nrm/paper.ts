/** The draft as rows for a page to print or to save as PDF, with what a machine may be unable to draw said in plain letters beside it. Pure. */
import type { Draft } from './draft.ts';
import { saidOf } from './said.ts';

/** Letters that a machine may have no font for: it would print nothing in their place, and not say so. */
export type Foreign = {
  readonly script: string /** The letters by number, so that none is lost where none is drawn. */;
  readonly codes: string;
};

export type Row = {
  readonly asks: string;
  readonly says: readonly string[];
  /** What stands where no answer is. */
  readonly blank: string | null;
  readonly foreign: Foreign | null;
};
export type Paper = {
  readonly title: string;
  readonly note: string;
  readonly sections: readonly { readonly title: string; readonly rows: readonly Row[] }[];
};

const scripts = [
  'Arabic',
  'Ethiopic',
  'Han',
  'Hangul',
  'Hiragana',
  'Katakana',
  'Devanagari',
  'Bengali',
  'Gujarati',
  'Gurmukhi',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Georgian',
  'Armenian',
  'Hebrew',
  'Cyrillic',
  'Greek',
  'Mongolian',
].map((name) => ({ name: name === 'Han' ? 'Chinese' : name, of: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Latin is drawn everywhere, with all its marks; of the rest the number of each letter is told. */
export function foreignIn(text: string): Foreign | null {
  const letters = [...text.normalize('NFC')].filter((sign) =>
    /[^\p{Script=Latin}\P{L}]|[\u{10000}-\u{10ffff}]/u.test(sign),
  );
  if (letters.length === 0) return null;
  const names = new Set(letters.map((sign) => scripts.find(({ of }) => of.test(sign))?.name ?? 'other'));
  const whole = [...text.normalize('NFC')].filter((sign) => !/\p{Cf}/u.test(sign));
  return {
    script: [...names].join(', '),
    codes: whole.map((sign) => (sign === ' ' ? '·' : (sign.codePointAt(0) ?? 0).toString(16).toUpperCase())).join(' '),
  };
}

/** Of a long answer in other letters the numbers would fill the page: that it is so is said all the same. */
const mostCodes = 80;

function foreignOf(says: readonly string[]): Foreign | null {
  const text = says.join(' ');
  const foreign = foreignIn(text);
  return foreign && text.length > mostCodes ? { ...foreign, codes: '' } : foreign;
}

/** Of a draft that somebody else submits: the facts about them, and what stands in their place. */
export type Left = { readonly facts: ReadonlySet<string>; readonly says: string };

/** What is not known, and what of that is left to whoever submits it: each page that counts counts so. */
export function missingAnswers({ sections }: Draft, left?: Left): { readonly missing: number; readonly left: number } {
  const missing = sections.flatMap(({ entries }) => entries).filter(({ fault }) => fault !== null);
  const theirs = missing.filter(({ field }) => left?.facts.has(field.from)).length;
  return { missing: missing.length - theirs, left: theirs };
}

const are = (count: number): string => `${count} ${count === 1 ? 'answer is' : 'answers are'}`;
function noteOf(draft: Draft, left?: Left): string {
  const counted = missingAnswers(draft, left);
  const known = counted.missing === 0 ? 'Nothing is missing.' : `${are(counted.missing)} missing.`;
  return counted.left === 0 ? known : `${known} Beside that, ${are(counted.left)} about whoever submits it.`;
}

/** First on the paper: whoever tries to reach the person reads it before the answers. */
const safeContactSection = (says: string | null): Paper['sections'] =>
  says === null
    ? []
    : [
        {
          title: 'Safe contact',
          rows: [{ asks: 'Reach the person only in this way', says: [says], blank: null, foreign: foreignOf([says]) }],
        },
      ];

export function paperOf(draft: Draft, left?: Left): Paper {
  const { version, branch, safeContact, sections } = draft;
  return {
    title:
      branch === 'referral' ? 'Draft of a referral to the National Referral Mechanism' : 'Draft of a Duty to Notify',
    note: `${version.name}, in its order. ${noteOf(draft, left)}`,
    sections: [
      ...safeContactSection(safeContact),
      ...sections.map(({ title, entries }) => ({
        title,
        rows: entries.map(({ field, answer }) => {
          const says = saidOf(field, answer);
          return {
            asks: field.asks,
            says,
            blank: answer === null ? (left?.facts.has(field.from) ? left.says : 'Not known yet') : null,
            foreign: foreignOf(says),
          };
        }),
      })),
    ],
  };
}
