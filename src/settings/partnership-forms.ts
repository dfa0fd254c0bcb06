/** The forms by which the partnership sets its own words: what each asks, and the content that its answers make. */
import { z } from 'zod';
import { Day, OptionalText, RequiredText } from '../platform/forms/forms.ts';
import type { PartnershipPart } from '../platform/partnership.ts';
import { jurisdictions, usualJurisdiction } from '../vocabulary/jurisdictions.ts';
import { isHonestLink } from '../vocabulary/web-address.ts';
import { LanguagesForm } from './languages.ts';

export type Content = Readonly<Record<string, unknown>>;

/** Long enough for every line of the partnership’s file. */
const line = 200;
const Line = (missing: string) => RequiredText(missing, line);
const OptionalLine = () => OptionalText(line);
/** Names stand at the top of pages and in titles: no name of ours has these. */
const Name = (missing: string, most = line) =>
  RequiredText(missing, most).refine((text) => !/[<>]/.test(text), 'Enter this without < and >');
const Email = (missing: string) =>
  RequiredText(missing, line).pipe(z.email('Enter an e-mail address in the correct format, like name@example.org'));

/** Takes out what was left empty: the file of a partnership leaves it out too. */
const withoutBlanks = <Value>(fields: Readonly<Record<string, Value | null>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, Value] => field[1] !== null));

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean);
const paragraphsOf = (text: string): string[] =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((one) => one.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);

/** A text whose lines or paragraphs become a list. */
const List = (
  missing: string,
  split: (text: string) => string[],
  { most, longest, tooMany, tooLong }: { most: number; longest: number; tooMany: string; tooLong: string },
) =>
  RequiredText(missing, 20_000)
    .transform(split)
    .refine((list) => list.length <= most, tooMany)
    .refine((list) => list.every((one) => one.length <= longest), tooLong);

const Paragraphs = List('Enter a description of the partnership', paragraphsOf, {
  most: 10,
  longest: 2_000,
  tooMany: 'Use 10 paragraphs or fewer',
  tooLong: 'Use 2,000 characters or fewer in each paragraph',
});
const Members = List('Enter the members of the partnership', linesOf, {
  most: 60,
  longest: line,
  tooMany: 'Enter 60 members or fewer',
  tooLong: 'Use 200 characters or fewer for each member',
}).refine((list) => !list.some((one) => /[<>]/.test(one)), 'Enter the names without < and >');

/** “Mastodon https://social.example/@us”: a name, then the address. */
const accountIn = (text: string): { name: string; url: string } | undefined => {
  const [, name, url] = /^(.{1,200}?)[\s:,]+(https:\/\/\S+)$/.exec(text) ?? [];
  return name && url && URL.canParse(url) ? { name, url } : undefined;
};
const Accounts = OptionalText(4_000)
  .transform((text) => (text === null ? [] : linesOf(text)))
  .refine((list) => list.length <= 10, 'Enter 10 accounts or fewer')
  .refine(
    (list) => list.every((one) => accountIn(one)),
    'Write each account on a line of its own: its name, then its address, which begins with https://',
  )
  .transform((list) => list.flatMap((one) => accountIn(one) ?? []))
  .refine(
    (list) => list.every(({ name, url }) => isHonestLink(name, url)),
    'Each address must open the site that its name says, and have no “@” before its site',
  );

const Faults = OptionalText(20_000)
  .transform((text) => (text === null ? [] : linesOf(text)))
  .refine((list) => list.length <= 20, 'Enter 20 faults or fewer')
  .refine((list) => list.every((one) => one.length <= 2_000), 'Use 2,000 characters or fewer for each fault');

/** Each makes the content of its part in the shape of the partnership’s file. */
export const partnershipForms = {
  name: z.object({
    name: Name('Enter the name of the partnership'),
    shortName: Name('Enter a short name', 40),
    area: Name('Enter the area of the partnership'),
    jurisdiction: z.enum(jurisdictions, 'Select the jurisdiction').default(usualJurisdiction),
  }),
  about: z.object({ about: Paragraphs, members: Members }),
  contact: z
    .object({
      email: Email('Enter the e-mail address of the partnership'),
      telephone: OptionalLine(),
      post: OptionalLine(),
      pressName: OptionalLine(),
      pressEmail: Email('Enter the e-mail address of the press office'),
      pressTelephone: OptionalLine(),
      pressHours: OptionalLine(),
      securityEmail: Email('Enter the e-mail address for faults in security'),
      securityExpires: Day('Enter the day until which this address holds'),
      social: Accounts,
    })
    .transform((typed) => ({
      contact: withoutBlanks({ email: typed.email, telephone: typed.telephone, post: typed.post }),
      press: withoutBlanks({
        name: typed.pressName,
        email: typed.pressEmail,
        telephone: typed.pressTelephone,
        hours: typed.pressHours,
      }),
      security: { email: typed.securityEmail, expires: typed.securityExpires },
      social: typed.social,
    })),
  privacy: z
    .object({
      controller: Line('Enter who is the controller'),
      officer: Line('Enter how people reach the data protection officer'),
      registration: Line('Enter the number in the register of the Information Commissioner'),
      changed: Day('Enter the day of the last change'),
    })
    .transform((privacy) => ({ privacy })),
  accessibility: z
    .object({
      email: Email('Enter an e-mail address for people who cannot use a page'),
      tested: Day('Enter the day of the last test'),
      testedBy: Line('Enter who tested the site'),
      faults: Faults,
    })
    .transform((accessibility) => ({ accessibility })),
  languages: LanguagesForm,
} as const satisfies Readonly<Record<PartnershipPart, z.ZodType<Content>>>;

type Part = Readonly<Record<string, unknown>>;
const partOf = (content: Content, name: string): Part => (content[name] ?? {}) as Part;
const asLines = (value: unknown, between = '\n'): string => (Array.isArray(value) ? value.join(between) : '');

/** What the form shows of a content: its fields by name. */
export function answersFrom(part: PartnershipPart, content: Content): Part {
  if (part === 'about') return { about: asLines(content.about, '\n\n'), members: asLines(content.members) };
  if (part === 'privacy') return partOf(content, 'privacy');
  if (part === 'accessibility') {
    const known = partOf(content, 'accessibility');
    return { ...known, faults: asLines(known.faults) };
  }
  if (part === 'name') return { ...content, jurisdiction: content.jurisdiction ?? usualJurisdiction };
  if (part === 'languages') return content;
  const [press, security] = [partOf(content, 'press'), partOf(content, 'security')];
  const social = (content.social ?? []) as readonly { readonly name: string; readonly url: string }[];
  return {
    ...partOf(content, 'contact'),
    ...{ pressName: press.name, pressEmail: press.email, pressTelephone: press.telephone, pressHours: press.hours },
    ...{ securityEmail: security.email, securityExpires: security.expires },
    social: asLines(social.map(({ name, url }) => `${name} ${url}`)),
  };
}
