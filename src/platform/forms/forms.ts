/** How forms are read: dates come in three fields, boxes as lists, and errors are shown at the field. */
import { z } from 'zod';
import { isDay, longDay, readMonth } from '../../vocabulary/calendar/days.ts';
import { isSkippedTime } from '../../vocabulary/calendar/wall-clock.ts';
import { type Id, newId, newTimelessId } from '../../vocabulary/ids.ts';

/** Field name → its error. The empty name means the whole form. */
export type FormErrors = Readonly<Record<string, string>>;
export type Answers = Readonly<Record<string, unknown>>;
/** What was typed in a form, and what is wrong with it, where it is shown again. */
export type Typed = readonly [typed?: Answers, errors?: FormErrors];

export type FormResult<Values> =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly errors: FormErrors };

/** The reason why a form is refused before it is read, kept with the typed values. */
const refusalReason = Symbol('refused');

/** Has `readForm` refuse what was sent, so that the page shows why, with what was typed. */
export function refuseForm(body: unknown, why: string): void {
  if (typeof body === 'object' && body !== null) Object.assign(body, { [refusalReason]: why });
}

/** Whether a form was refused before it was read. Then nothing that it asks for is carried out. */
export const isRefused = (body: unknown): boolean => refusalReason in answersOf(body);

export function readForm<Schema extends z.ZodType>(schema: Schema, body: unknown): FormResult<z.output<Schema>> {
  const answers = answersOf(body) as Answers & { readonly [refusalReason]?: string };
  const joined = emptyBlanks(joinDays(answers));
  const parsed = schema.safeParse(joined);
  const why = answers[refusalReason];
  const errors: Record<string, string> = { ...findSkippedTimes(joined), ...(why !== undefined && { '': why }) };
  if (parsed.success && Object.keys(errors).length === 0) return { ok: true, values: parsed.data };
  if (parsed.success) return { ok: false, errors };
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message;
  return { ok: false, errors };
}

/** What was typed, whatever it was. */
export const answersOf = (body: unknown): Answers =>
  typeof body === 'object' && body !== null ? (body as Answers) : {};

/** Letters that show nothing: joiners, fillers, blank Braille and all that Unicode lets a program leave out. */
const unseen = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}\u2800`;
const seen = new RegExp(`[^${unseen}\\s]`, 'u');
const allUnseen = new RegExp(`[${unseen}]`, 'gu');
const emptyBlank = (value: unknown): unknown => (typeof value === 'string' && !seen.test(value) ? '' : value);

/** Text of which a reader sees nothing is no text. */
const emptyBlanks = (answers: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(emptyBlank) : emptyBlank(value),
    ]),
  );

/** `from-day`, `from-month`, `from-year` become `from`: a day where they make one, what was typed where not. */
function joinDays(answers: Answers): Record<string, unknown> {
  const joined: Record<string, unknown> = { ...answers };
  for (const name of Object.keys(answers)) {
    const field = name.match(/^(.+)-year$/)?.[1];
    if (!field) continue;
    const part = (suffix: string): string => String(answers[`${field}-${suffix}`] ?? '').trim();
    const [day, month, year] = [part('day'), part('month'), part('year')];
    const written = [day, month, year].every((text) => text === '');
    joined[field] = written ? '' : `${year}-${readMonth(month)}-${day.padStart(2, '0')}`;
  }
  return joined;
}

/** The id created with the form, so that a repeat is stored once; created here for a form without one. */
export const FormId = <Made extends string>() =>
  z
    .uuid()
    .toLowerCase()
    .catch(() => newTimelessId())
    .transform((id) => id as Made);

/** The id in what was sent, kept where the form is shown again; a new one where there is none. */
export const formIdIn = <Made extends string = string>(body: unknown): Made => FormId<Made>().parse(answersOf(body).id);

/** The same for a record whose id tells the time at which its form was opened. */
export const keptId = <Made extends string>(body: unknown): Id<Made> =>
  z
    .uuid()
    .toLowerCase()
    .transform((id) => id as Id<Made>)
    .catch(() => newId<Made>())
    .parse(answersOf(body).id);

/** The id of a record that a path or a form names. `missing` is said where it is none. */
export const IdOf = <Named extends string>(missing?: string) =>
  z
    .uuid(missing)
    .toLowerCase()
    .transform((id) => id as Named);

/** Whether one of the further buttons was pressed. “Save and add another” opens the form again for the next. */
export const Another = z
  .literal('yes')
  .optional()
  .catch(undefined)
  .transform((pressed) => pressed === 'yes');

/** For a form that only asks whether to go on. */
export const NothingAsked = z.object({});

/** The names that forms give a time of day, each with those of its day. */
const dayOfTime: Readonly<Record<string, readonly string[]>> = {
  time: ['day', 'on'],
  starts: ['startDay', 'day'],
  from: ['day'],
  ends: ['endDay'],
  fromTime: ['fromDay'],
  untilTime: ['untilDay'],
  leftTime: ['leftDay'],
  executedTime: ['executedOn'],
  embargoTime: ['embargo'],
  deadlineTime: ['deadline'],
};

export const skippedTime = (day: string, time: string): string =>
  `There is no ${time} on ${longDay(day)}: the clocks go forward from 01:00 to 02:00. Check the time`;

/** Times that do not exist because clocks go forward. Without this they would be saved an hour later than typed. */
function findSkippedTimes(answers: Readonly<Record<string, unknown>>): FormErrors {
  const found: Record<string, string> = {};
  for (const [name, days] of Object.entries(dayOfTime)) {
    const day = days.map((field) => answers[field]).find((one) => typeof one === 'string' && isDay(one));
    const time = timeOfDay.safeParse(answers[name]);
    if (typeof day === 'string' && time.success && isSkippedTime(day, time.data))
      found[name] = skippedTime(day, time.data);
  }
  return found;
}

/** Fields of up to so many characters are one line on the page. Longer ones are text areas, unless they are read as a line. */
const mostOfLine = 200;

/** A browser sends no line ends from a field of one line. What comes otherwise could add lines to a paper or a calendar. */
const joinLines = (text: string): string =>
  text
    .split(/[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

const textOf = (text: z.ZodString, most: number) =>
  (most > mostOfLine ? text.trim() : text.overwrite(joinLines)).max(
    most,
    `Use ${most.toLocaleString('en-GB')} characters or fewer`,
  );

/** Text that must be given. Up to 200 characters it is one line. */
export const RequiredText = (missing: string, most = 2_000) => textOf(z.string(missing), most).min(1, missing);

/** One line that must be given. */
export const RequiredLine = (missing: string, most: number) =>
  z.string(missing).overwrite(joinLines).pipe(RequiredText(missing, most));
/** One line that may be left empty; null when it is. */
export const OptionalLine = (most: number) =>
  OptionalText(most).transform((text) => (text === null ? null : joinLines(text)));

/** Text by which somebody else can judge; the database asks the same: three words, twenty letters. */
export const Sentence = (missing: string) =>
  RequiredText(missing, 1_000).refine(
    (text) => text.replace(allUnseen, '').length >= 20 && text.split(/\s+/).length >= 3,
    'Write at least a sentence, so that somebody else can judge it',
  );

/** Text that may be left empty; null when it is. Up to 200 characters it is one line. */
export const OptionalText = (most = 2_000) =>
  textOf(z.string(), most)
    .transform((text) => (text === '' ? null : text))
    .nullish()
    .transform((text) => text ?? null);

/** Said of every date that is none; `FieldBuilder.day` then names the field and the part that is wrong. */
export const realDate = 'Enter a real date with all four figures of the year, like 27 3 2026 or 27 March 2026';

/** A day from three fields, `YYYY-MM-DD`. */
export const Day = (missing: string) => z.string(missing).min(1, missing).refine(isDay, realDate);

export const OptionalDay = () =>
  z
    .string()
    .refine((text) => text === '' || isDay(text), realDate)
    .transform((text) => (text === '' ? null : text))
    .nullish()
    .transform((day) => day ?? null);

/** A time of day as people type it ("9:30", "0930", "9.30"), as `HH:MM`. */
export const Time = (missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .regex(/^([01]?\d|2[0-3])[:.]?[0-5]\d$/, 'Enter a time on the 24-hour clock, like 09:30')
    .transform((text) =>
      text
        .replace(/[:.]/, '')
        .padStart(4, '0')
        .replace(/^(..)(..)$/, '$1:$2'),
    );

/** Made once: making one takes longer than asking it. */
const timeOfDay = Time('');

/** A count. A blank is not a nought. */
export const Count = (missing = 'Enter a number', most = 9_999) =>
  z
    .string(missing)
    .trim()
    .regex(/^\d{1,6}$/, `${missing}, like 0 or 3`)
    .transform(Number)
    .refine((count) => count <= most, `Enter ${most.toLocaleString('en-GB')} or less`);

export const OptionalCount = (most = 9_999) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,6}$/, 'Enter a number, like 0 or 3, or leave it empty')
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((count) => count === null || count <= most, `Enter ${most.toLocaleString('en-GB')} or less`)
    .nullish()
    .transform((count) => count ?? null);

/** Ticked boxes, as a list; nothing ticked is an empty list. */
export const CheckboxList = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.enum(options)),
  );

export const YesNo = (missing: string) => z.enum(['yes', 'no'], missing).transform((answer) => answer === 'yes');
