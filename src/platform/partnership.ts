/** The partnership's own face: its name and what its public pages must state. Read from a file at the start, until a version is approved on the staff site. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay } from '../vocabulary/calendar/days.ts';
import { type Jurisdiction, jurisdictions, usualJurisdiction } from '../vocabulary/jurisdictions.ts';
import { isHonestLink } from '../vocabulary/web-address.ts';
import { LanguageChoice } from './offered-languages.ts';

const Text = z.string('must be words').trim().min(1, 'must not be empty').max(2_000, 'must have at most 2,000 letters');
const Line = Text.max(200, 'must have at most 200 letters');
const Email = z.email('must be an e-mail address').max(200);
const Day = z.string().refine(isDay, 'must be a day like 2026-11-25');
const Link = z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' });

export const PartnershipFile = z.strictObject({
  name: Line,
  /** For narrow places. */
  shortName: Line.max(40, 'must have at most 40 letters'),
  /** In which it works. */
  area: Line,
  /** By whose law it publishes; England and Wales where nothing is said. */
  jurisdiction: z.enum(jurisdictions).optional(),
  /** What it is and who answers for it, a paragraph each. */
  about: z.array(Text).min(1, 'must have a paragraph').max(10),
  members: z.array(Line).min(1, 'must name the members').max(60),
  contact: z.strictObject({ email: Email, telephone: Line.optional(), post: Line.optional() }),
  press: z.strictObject({ name: Line.optional(), email: Email, telephone: Line.optional(), hours: Line.optional() }),
  /** Where a fault in the security of this site is reported (RFC 9116). */
  security: z.strictObject({ email: Email, expires: Day }),
  social: z
    .array(
      z
        .strictObject({ name: Line, url: Link })
        .refine(({ name, url }) => isHonestLink(name, url), 'must open the site that its name says'),
    )
    .max(10)
    .default([]),
  /** What article 13 of the UK GDPR asks a public body to state. */
  privacy: z.strictObject({
    controller: Line,
    /** How the data protection officer is reached. */
    officer: Line,
    /** In the register of the Information Commissioner's Office. */
    registration: Line,
    changed: Day,
  }),
  /** For the statement that the accessibility regulations of 2018 (SI 2018/952) ask for. */
  accessibility: z.strictObject({
    email: Email,
    tested: Day,
    testedBy: Line,
    faults: z.array(Text).max(20).default([]),
  }),
  /** Which languages the public pages offer. */
  languages: LanguageChoice.default('all'),
});

export type Partnership = z.infer<typeof PartnershipFile>;

/** The parts that are set and approved one by one, each with its fields. */
export const partnershipParts = {
  name: PartnershipFile.pick({ name: true, shortName: true, area: true, jurisdiction: true }),
  about: PartnershipFile.pick({ about: true, members: true }),
  contact: PartnershipFile.pick({ contact: true, press: true, security: true, social: true }),
  privacy: PartnershipFile.pick({ privacy: true }),
  accessibility: PartnershipFile.pick({ accessibility: true }),
  languages: PartnershipFile.pick({ languages: true }),
} as const;
export type PartnershipPart = keyof typeof partnershipParts;
export const partnershipPartNames = Object.keys(partnershipParts) as readonly PartnershipPart[];
/** A live site does not open before these are set. */
export const requiredPartNames = partnershipPartNames.filter((part) => part !== 'languages');

/** Leaves out accounts that an earlier version of Safelight let pass, so that the rest stays public. */
function withoutFalseAccounts(part: object): object {
  if (!('social' in part) || !Array.isArray(part.social)) return part;
  return { ...part, social: part.social.filter(({ name, url }) => isHonestLink(String(name), String(url))) };
}

/** Takes the file of the start and the approved parts; gives the partnership, or undefined while a part is missing. */
export function composePartnership(
  file: Partnership | undefined,
  approved: ReadonlyMap<string, unknown>,
): Partnership | undefined {
  const parts = partnershipPartNames.map((part) => withoutFalseAccounts(approved.get(part) ?? {}));
  const parsed = PartnershipFile.safeParse(Object.assign({}, file, ...parts));
  return parsed.success ? parsed.data : undefined;
}

/** Takes the same; gives the languages that the public is offered: all where nobody chose. */
export const composeLanguages = (
  file: Partnership | undefined,
  approved: ReadonlyMap<string, unknown>,
): LanguageChoice =>
  partnershipParts.languages.safeParse(approved.get('languages')).data?.languages ?? file?.languages ?? 'all';

/** Takes the same; gives by whose law the partnership publishes, whatever else is missing. */
export const composeJurisdiction = (
  file: Partnership | undefined,
  approved: ReadonlyMap<string, unknown>,
): Jurisdiction =>
  partnershipParts.name.safeParse(approved.get('name')).data?.jurisdiction ?? file?.jurisdiction ?? usualJurisdiction;

/** What a demonstration says: an invented partnership. */
export const inventedPartnership: Partnership = {
  name: 'Lea Vale Partnership',
  shortName: 'Lea Vale',
  area: 'Lea Vale',
  about: [
    'Lea Vale Partnership works against modern slavery. Police, nurses, advisers, councils and charities plan visits together and help the people whom they meet.',
    'Lea Vale Constabulary answers for this site.',
  ],
  members: [
    'Lea Vale Constabulary',
    'Lea Vale Community Health safeguarding nurses',
    'Harbour Sexual Violence Advisers',
    'Lea Vale County Council',
    'Open Door Relief',
  ],
  contact: { email: 'partnership@lea-vale.example', post: '1 Example Way, Lea Vale' },
  press: { name: 'Lea Vale press office', email: 'press@lea-vale.example', hours: 'Monday to Friday, 9am to 5pm' },
  security: { email: 'security@lea-vale.example', expires: '2027-06-30' },
  social: [],
  privacy: {
    controller: 'Lea Vale Constabulary',
    officer: 'data-protection@lea-vale.example',
    registration: 'Z0000000 (invented)',
    changed: '2026-11-01',
  },
  accessibility: {
    email: 'accessibility@lea-vale.example',
    tested: '2026-11-29',
    testedBy: 'the developers of Safelight, with axe in Chromium',
    faults: [],
  },
  languages: 'all',
};

/** Reads the file of a partnership, JSON; refuses one with a mistake by its place and what it must be. */
export function readPartnership(path: string): Partnership {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`names a file that cannot be read: ${path}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`names a file that is not JSON: ${path}`);
  }
  const parsed = PartnershipFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`names a file with a mistake: ${issue?.path.join('.') || 'the whole'} ${issue?.message}`);
}
