/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { dayOf, instantAt, timeOf } from '../../platform/clock.ts';
import {
  type Answers,
  CheckboxList,
  Day,
  OptionalDay,
  OptionalText,
  RequiredText,
} from '../../platform/forms/forms.ts';
import { findExceededLimit, releaseLimits } from '../../vocabulary/text-structure.ts';
import type { Quote } from '../drafting/draft.ts';
import type { FigureBrackets } from '../figure-brackets/brackets.ts';
import { unknownBracketsError } from '../figure-brackets/unknown-brackets.ts';
import type { Release } from './store.ts';

/** How many quotes a release may have. */
export const mostQuotes = 3;
const mostKeyPoints = 8;
const mostInPoint = 300;

/** Characters that nobody types: they would break a search, a feed, or the marks of the preview. */
const neverTyped = /[\p{Cc}\p{Co}\u2028\u2029\ufeff]/gu;
export const tidy = (text: unknown): unknown =>
  typeof text === 'string'
    ? text
        .normalize('NFC')
        .replace(/\r\n?/g, '\n')
        .replace(neverTyped, (character) => (/[\n\t]/.test(character) ? character : ''))
    : text;

export const line = (text: string): string => text.replace(/\s+/g, ' ').trim();
const Line = (missing: string, most: number) => z.preprocess(tidy, RequiredText(missing, most).transform(line));
const MaybeLine = (most: number) =>
  z.preprocess(
    tidy,
    OptionalText(most).transform((text) => (text === null ? '' : line(text))),
  );
const Text = (missing: string, most: number) => z.preprocess(tidy, RequiredText(missing, most));

/** A name beside the text is printed as it stands: nothing is filled in there. */
const braces = 'Take out the curly brackets: no figure can stand here';
const Name = (most: number) => MaybeLine(most).refine((text) => !/[{}]/.test(text), braces);

/** Held to what the check and the parser read within some hundredths of a second. */
const InBounds = <Schema extends z.ZodType<string | null>>(schema: Schema) =>
  schema.superRefine((text, context) => {
    const message = findExceededLimit(text ?? '', releaseLimits);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** Characters of a field with figures in brackets, before these are read. */
const mostShown = 3 * releaseLimits.letters;

/**
 * What was typed with figures in brackets, as it is stored. Only the shorter of both is held to the limit: a figure
 * can print more than is stored, such as many towns, and less.
 */
const Stored = <Schema extends z.ZodType<string | null>>(schema: Schema, brackets: FigureBrackets, most: number) =>
  schema.transform((text, context): typeof text => {
    if (text === null) return text;
    const { stored, unknown } = brackets.read(text);
    const add = (message: string): void => context.addIssue({ code: 'custom', message });
    if (unknown.length > 0) add(unknownBracketsError(unknown));
    if (Math.min(text.length, stored.length) > most) add(`Use ${most.toLocaleString('en-GB')} characters or fewer`);
    return stored as typeof text;
  });

/** One a line; marks of a list that somebody pasted are taken off. */
const Lines = (most: number, longest: number, tooMany: string) =>
  z.preprocess(
    tidy,
    z
      .string()
      .default('')
      .transform((text) =>
        text
          .split('\n')
          .map((one) => line(one.replace(/^\s*[-*•]\s+/, '')))
          .filter((one) => one !== ''),
      )
      .refine((lines) => lines.length <= most, tooMany)
      .refine((lines) => lines.every((one) => one.length <= longest), `Keep each line to ${longest} characters`),
  );

const unreadable = 'The form did not arrive whole. Read the release, then send the form again';
const RevisionNumber = z.coerce.number(unreadable).int(unreadable).min(1, unreadable).max(1_000_000, unreadable);
/** The revision that the member saw when they decided. */
const SeenForm = z.object({ revision: RevisionNumber });
/** The same of a button; none, where no such number was sent. */
export const AnySeenForm = z.object({ revision: RevisionNumber.catch(0) });

const numbers = Array.from({ length: mostQuotes }, (_, index) => index + 1);
/** The place of each quote, as a form names it. */
const quotePlaces = ['0', '1', '2'] as const;
const quoteFields = (brackets: FigureBrackets) =>
  Object.fromEntries(
    numbers.flatMap((number) => [
      [`rank${number}`, Name(60)],
      [`name${number}`, Name(80)],
      [`unit${number}`, Name(120)],
      [`words${number}`, InBounds(Stored(z.preprocess(tidy, OptionalText(mostShown)), brackets, 3_000))],
    ]),
  ) as Record<never, never>;

const embargoFields = {
  embargo: OptionalDay(),
  embargoTime: z
    .string()
    .trim()
    .regex(/^(([01]?\d|2[0-3])[:.]?[0-5]\d)?$/, 'Enter a time on the 24-hour clock, like 09:30')
    .default(''),
};

type Embargoed = { readonly embargo: string | null; readonly embargoTime: string };
const bothOrNeither = ({ embargo, embargoTime }: Embargoed, context: z.RefinementCtx): void => {
  if (embargo && embargoTime === '')
    context.addIssue({ code: 'custom', path: ['embargoTime'], message: 'Enter the time at which the embargo ends' });
  if (!embargo && embargoTime !== '')
    context.addIssue({ code: 'custom', path: ['embargo'], message: 'Enter the day on which the embargo ends' });
};
const embargoUntil = ({ embargo, embargoTime }: Embargoed): Date | null =>
  embargo
    ? instantAt(
        embargo,
        embargoTime
          .replace(/[:.]/, '')
          .padStart(4, '0')
          .replace(/^(..)(..)$/, '$1:$2'),
      )
    : null;

/** An error where the embargo ends in the past. One that was saved before and has ended since may stay. */
export const findPastEmbargo = (
  until: Date | null,
  saved: Date | null,
  now: Date,
): Readonly<Record<string, string>> | undefined =>
  until && until <= now && until.getTime() !== saved?.getTime()
    ? { embargo: 'The embargo must end later than now. Enter a later time, or leave both empty' }
    : undefined;

/** The embargo of a form that may be unfinished otherwise; null where there is none. */
export const EmbargoForm = z.object(embargoFields).superRefine(bothOrNeither).transform(embargoUntil);

/** The revision that a text was opened on. */
export const BaseForm = z.object({ base: RevisionNumber });

const textFields = (brackets: FigureBrackets) => ({
  base: RevisionNumber,
  title: Stored(Line('Enter a title', mostShown), brackets, 300),
  area: Line('Enter the area', 80).refine((text) => !/[{}]/.test(text), braces),
  description: Stored(Line('Enter a description, a sentence or two', mostShown), brackets, 500),
  keyPoints: Lines(mostKeyPoints, mostShown, `Use ${mostKeyPoints} key points or fewer`).transform(
    (points, context) => {
      const read = points.map((point) => brackets.read(point));
      const add = (message: string): void => context.addIssue({ code: 'custom', message });
      const unknown = read.flatMap((point) => point.unknown);
      if (unknown.length > 0) add(unknownBracketsError(unknown));
      if (read.some(({ stored }, index) => Math.min(stored.length, points[index]?.length ?? 0) > mostInPoint))
        add(`Keep each line to ${mostInPoint} characters`);
      return read.map(({ stored }) => stored);
    },
  ),
  body: InBounds(Stored(Text('Enter the text of the release', mostShown), brackets, releaseLimits.letters)),
  correction: Stored(z.preprocess(tidy, OptionalText(mostShown)), brackets, 500),
  ...quoteFields(brackets),
  ...embargoFields,
});

/** What a writer typed, with figures in brackets; its output has placeholders, as it is stored. */
export const editForm = (brackets: FigureBrackets) =>
  z
    .object(textFields(brackets))
    .superRefine((form, context) => {
      bothOrNeither(form, context);
      for (const number of numbers) {
        const { name, words, rank, unit } = quoteIn(form, number);
        if (words !== '' && name === '')
          context.addIssue({ code: 'custom', path: [`name${number}`], message: 'Enter the name of who says this' });
        if (words === '' && `${name}${rank}${unit}` !== '')
          context.addIssue({
            code: 'custom',
            path: [`words${number}`],
            message: 'Enter what they say, or empty the other fields of this quote',
          });
      }
    })
    .transform(({ base, title, area, description, keyPoints, body, correction, ...form }) => ({
      base,
      correction,
      text: {
        title,
        area,
        description,
        keyPoints,
        body,
        quotes: numbers.map((number) => quoteIn(form, number)).filter(({ words }) => words !== ''),
        embargoUntil: embargoUntil(form),
      },
    }));

function quoteIn(form: Readonly<Record<string, unknown>>, number: number): Quote {
  const said = (name: string): string => String(form[`${name}${number}`] ?? '');
  return { rank: said('rank'), name: said('name'), unit: said('unit'), words: said('words') };
}

/** The editable parts of an imported release: our cautions and correction, and when it is shown. */
export const ImportedReleaseForm = z
  .object({
    base: RevisionNumber,
    cautions: Lines(20, 300, 'Use 20 cautions or fewer'),
    correction: z.preprocess(tidy, OptionalText(500)),
    ...embargoFields,
  })
  .superRefine(bothOrNeither)
  .transform(({ base, cautions, correction, ...form }) => ({
    base,
    correction,
    cautions,
    embargoUntil: embargoUntil(form),
  }));

export const DraftForm = z
  .object({
    named: z.enum(['yes', 'no'], 'Select whether they are named').optional(),
    by: MaybeLine(120),
    on: OptionalDay(),
    why: MaybeLine(500),
  })
  .superRefine(({ named, by, on, why }, context) => {
    if (named !== 'yes') return;
    for (const [path, value, message] of [
      ['by', by, 'Enter who decided'],
      ['on', on, 'Enter the day of the decision'],
      ['why', why, 'Enter why'],
    ] as const) {
      if (!value) context.addIssue({ code: 'custom', path: [path], message });
    }
  });

const Found = { typed: z.preprocess(tidy, z.string().max(2_000)), sentence: z.preprocess(tidy, z.string().max(4_000)) };

/** What takes the place of words that were found: a figure, the safer words that were offered, or nothing in place of their sentence. */
export const ReplaceForm = z.union([
  z.object({ ...Found, figure: z.string().regex(/^[\w.]{1,60}$/) }),
  z.object({ ...Found, wording: z.enum(['safer', 'without the sentence']) }),
]);

/** A reason must tell the approver something: "ok" does not, and neither does one word again and again. */
export const isTellingReason = (reason: string, { words = 3, letters = 15 } = {}): boolean => {
  const typed = reason.toLowerCase().match(/[\p{L}\p{N}’'-]*\p{L}[\p{L}\p{N}’'-]*/gu) ?? [];
  return reason.trim().length >= letters && new Set(typed).size >= words;
};

export const JustifyForm = z.object({
  ...Found,
  reason: Line('Enter why these words may stand', 500).refine(
    (reason) => reason.trim() === '' || isTellingReason(reason),
    'Say why in at least three words and 15 letters, so that the approver can judge it',
  ),
});

export const SourceForm = z.object({
  ...Found,
  reason: MaybeLine(500),
  source: Line('Enter what the source is called', 200),
  url: z
    .string()
    .trim()
    .max(500)
    .refine((text) => /^https:\/\//.test(text) && URL.canParse(text), 'Enter an address that begins with https://'),
  date: Day('Enter the date of the source'),
});

export const ApproveForm = SeenForm.extend({
  agreed: CheckboxList(quotePlaces),
  cleared: CheckboxList(['yes']),
  safe: CheckboxList(['yes']),
  note: MaybeLine(500),
});
export const SendBackForm = SeenForm.extend({ note: Line('Enter what should be changed', 1_000) });
/** Figures in brackets are read where the release has figures: an imported one has none. */
export const correctForm = (brackets: FigureBrackets | undefined) => {
  const missing = 'Enter the correction, as the public will read it';
  return z.object({ note: brackets ? Stored(Text(missing, mostShown), brackets, 500) : Text(missing, 500) });
};
export const withdrawForm = (wasPublished: boolean) =>
  z.object({ why: Line(wasPublished ? 'Enter why it is withdrawn' : 'Enter why the draft is discarded', 500) });

/** A release as the fields of the form would hold it. */
export function answersOf(release: Release): Record<string, string> {
  const answers: Record<string, string> = {
    correction: release.correction ?? '',
    ...embargoAnswers(release.embargoUntil),
  };
  if (release.importedReleaseId !== null) return { ...answers, cautions: release.cautions.join('\n') };
  const { title, area, description, keyPoints, body, quotes } = release;
  Object.assign(answers, { title, area, description, keyPoints: keyPoints.join('\n'), body });
  for (const [index, quote] of quotes.entries())
    for (const [name, value] of Object.entries(quote)) answers[`${name}${index + 1}`] = value;
  return answers;
}

function embargoAnswers(until: Date | null): Record<string, string> {
  const [year = '', month = '', day = ''] = until ? dayOf(until).split('-') : [];
  const plain = (part: string): string => part.replace(/^0/, '');
  return {
    'embargo-day': plain(day),
    'embargo-month': plain(month),
    'embargo-year': year,
    embargoTime: until ? timeOf(until) : '',
  };
}

/** What two people made of one text: `fields` to go on with, and, where both changed the same, what the other wrote. */
export type Merged = { readonly fields: Record<string, string>; readonly theirs: Record<string, string> };

/** A field that one of them left alone is the other's. Where both wrote, mine stays in the field and theirs is shown. */
export function merge(base: Record<string, string>, theirs: Record<string, string>, typed: Answers): Merged {
  const merged: Merged = { fields: {}, theirs: {} };
  for (const name of new Set([...Object.keys(base), ...Object.keys(theirs), ...Object.keys(typed)])) {
    const [was, now] = [base[name] ?? '', theirs[name] ?? ''];
    const mine = name in typed ? String(tidy(String(typed[name]))) : was;
    const same = (one: string, other: string): boolean => one.trim() === other.trim();
    merged.fields[name] = same(mine, was) ? now : mine;
    if (!same(mine, was) && !same(now, was) && !same(mine, now)) merged.theirs[name.replace(/-\w+$/, '')] = now;
  }
  return merged;
}
