/** The draft as rows to print or to save as PDF. Characters that a printer may lack are also described in plain letters. Pure. */
import type { Draft } from './draft.ts';
import { answerText } from './wording.ts';

/** Letters that a device may have no font for: it would print nothing in their place without a warning. */
export type ForeignScript = {
  readonly script: string /** The letters by number, so that none is lost where none is drawn. */;
  readonly codes: string;
};

export type Row = {
  readonly asks: string;
  readonly says: readonly string[];
  /** The text shown where there is no answer. */
  readonly blank: string | null;
  readonly foreign: ForeignScript | null;
};
export type PrintedForm = {
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

/** Every device draws Latin with all its marks; for other scripts the number of each letter is given. */
export function findForeignScript(text: string): ForeignScript | null {
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

/** For a long answer in another script the numbers would fill the page, so it only says which script. */
const mostCodes = 80;

function foreignOf(says: readonly string[]): ForeignScript | null {
  const text = says.join(' ');
  const foreign = findForeignScript(text);
  return foreign && text.length > mostCodes ? { ...foreign, codes: '' } : foreign;
}

/** For a draft that another agency submits: the facts about the submitter, and the text shown in their place. */
export type SubmitterFacts = { readonly facts: ReadonlySet<string>; readonly says: string };

/** How many answers are missing, and how many of those the submitter fills in. Every page with this figure uses it. */
export function missingAnswers(
  { sections }: Draft,
  left?: SubmitterFacts,
): { readonly missing: number; readonly left: number } {
  const missing = sections.flatMap(({ entries }) => entries).filter(({ fault }) => fault !== null);
  const theirs = missing.filter(({ field }) => left?.facts.has(field.from)).length;
  return { missing: missing.length - theirs, left: theirs };
}

const are = (count: number): string => `${count} ${count === 1 ? 'answer is' : 'answers are'}`;
function noteOf(draft: Draft, left?: SubmitterFacts): string {
  const counted = missingAnswers(draft, left);
  const known = counted.missing === 0 ? 'Nothing is missing.' : `${are(counted.missing)} missing.`;
  return counted.left === 0 ? known : `${known} Beside that, ${are(counted.left)} about whoever submits it.`;
}

/** First on the paper, so that anyone who contacts the person reads it before the answers. */
const safeContactSection = (says: string | null): PrintedForm['sections'] =>
  says === null
    ? []
    : [
        {
          title: 'Safe contact',
          rows: [{ asks: 'Reach the person only in this way', says: [says], blank: null, foreign: foreignOf([says]) }],
        },
      ];

export function toPrintedForm(draft: Draft, left?: SubmitterFacts): PrintedForm {
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
          const says = answerText(field, answer);
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
