/** Every field of a release that is printed. What checks a release asks this list, and no list of its own. */

import type { Quote } from '../drafting/draft.ts';
import type { PublicText } from '../releases/text.ts';
import type { Source } from './finding.ts';
import type { Form } from './reader.ts';

export type Field = {
  /** As the preview and the findings name it. */
  readonly name: string;
  readonly label: string;
  readonly source: string;
  readonly form: Form;
  /** Whether a figure of the return may be put into it. */
  readonly takesFigures: boolean;
  /** An address that the writer gave as a source: it is compared with names alone. */
  readonly isAddress?: true;
};

const field = (name: string, label: string, source: string, more: Partial<Field> = {}): Field => ({
  name,
  label,
  source,
  form: 'plain',
  takesFigures: true,
  ...more,
});

const ofQuote: { readonly [Key in keyof Quote]: readonly [name: string, label: string] } = {
  words: ['quote', 'Quote'],
  rank: ['rank', 'Rank of quote'],
  name: ['speaker', 'Name of quote'],
  unit: ['unit', 'Unit of quote'],
};

/** A part of the text that is missing here does not compile: each is printed. */
const parts: { readonly [Key in keyof PublicText]: (text: PublicText) => Field[] } = {
  title: ({ title }) => [field('title', 'Title', title)],
  area: ({ area }) => [field('area', 'Area', area)],
  description: ({ description }) => [field('description', 'Description', description)],
  keyPoints: ({ keyPoints }) =>
    keyPoints.map((source, index) => field(`point-${index}`, `Key point ${index + 1}`, source)),
  body: ({ body }) => [field('body', 'Text', body, { form: 'markdown' })],
  quotes: ({ quotes }) =>
    quotes.flatMap((quote, index) =>
      (Object.keys(ofQuote) as (keyof Quote)[]).map((key) => {
        const [name, label] = ofQuote[key];
        return field(`${name}-${index}`, `${label} ${index + 1}`, quote[key], { takesFigures: key === 'words' });
      }),
    ),
  picture: ({ picture }) =>
    !picture
      ? []
      : [
          field('alternative', 'Alternative text of the picture', picture.alternative, { takesFigures: false }),
          ...(picture.caption
            ? [field('caption', 'Caption of the picture', picture.caption, { takesFigures: false })]
            : []),
          field('credit', 'Who took the picture', picture.credit, { takesFigures: false }),
        ],
  correction: ({ correction }) => (correction ? [field('correction', 'What was corrected', correction)] : []),
};

/** Whether a field of the picture: it has a form of its own. */
export const isPictureField = (name: string): boolean => ['alternative', 'caption', 'credit'].includes(name);

/** In the order of the page. `sources` are those that bear out a claim: they are printed below the text. */
export const printedFields = (text: PublicText, sources: readonly Source[] = []): Field[] => [
  ...Object.values(parts).flatMap((read) => read(text)),
  ...sources.flatMap(({ text: called, url }, index) => [
    field(`source-${index}`, `Source ${index + 1}`, called, { takesFigures: false }),
    field(`address-${index}`, `Address of source ${index + 1}`, url, { takesFigures: false, isAddress: true }),
  ]),
];

/** The text with one of its fields changed. Refuses, by throwing, a field that takes no figure. */
export function withField<Text extends PublicText>(text: Text, name: string, source: string): Text {
  const [kind = '', number] = name.split('-');
  const at = Number(number);
  if (kind === 'point') return { ...text, keyPoints: text.keyPoints.with(at, source) };
  if (kind === 'quote')
    return { ...text, quotes: text.quotes.map((quote, i) => (i === at ? { ...quote, words: source } : quote)) };
  if (!(kind in parts)) throw new RangeError(`no figure can stand in ${name}`);
  return { ...text, [name]: source };
}
