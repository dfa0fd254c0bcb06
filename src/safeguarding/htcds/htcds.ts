/** Converts a person's record to the Human Trafficking Case Data Standard 2.0 and back. Pure. Data without a field in the standard goes into an extra section, and the file names each gap. */
import { findLanguageByCode, findLanguageIn } from '../../vocabulary/languages/language-codes.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { PersonDetails } from '../people/person.ts';
import { findUnconditionalEmail, findUnconditionalPhone, isMail } from '../people/safe-contact.ts';

export const standard = {
  name: 'HTCDS',
  version: '2.0',
  of: '2021-12-24',
  /** CC BY 4.0 requires naming the authors; they do not endorse this product. */
  by: 'International Organization for Migration, CC BY 4.0; not endorsed by it',
} as const;

/** The fields that we fill. All others are left out, because no form here asks for them. */
export const supportedFields = [
  'prs_FirstName',
  'prs_PrimaryLanguage',
  'prs_MobilePhone',
  'prs_Email',
  'cas_CaseOwner',
] as const;
type SupportedField = (typeof supportedFields)[number];

/** Differences between the standard and our records, by field. */
export const gaps: Readonly<Record<string, string>> = {
  prs_FirstName: 'It holds the whole of what the person wishes to be called. We do not divide names.',
  prs_SecondName: 'Left out: we do not divide names. The standard has no field for other names; they stand beside it.',
  prs_Email: 'Where an e-mail is the safe way at any time. Its conditions have no field: they stand beside it.',
  prs_Birthdate:
    'Left out: we hold a year at the most, and what is believed of the age, and why. Both stand beside it.',
  prs_PrimaryLanguage: 'A code of ISO 639-2 where one language is named; a dialect stands beside it in words.',
  prs_MobilePhone:
    'In E.164, where a call is the safe way at any time. Any other safe way, and its conditions, have no field: they stand beside it.',
  prs_Gender: 'Left out: it is not asked here.',
  prs_Citizenship: 'Left out: it is not asked here.',
  vic_TypeOfExploitation: 'Left out: it stands in the draft of a referral to the NRM, if there is one.',
  con_Consent: 'Left out: one box cannot tell to whom, for what and until when somebody agreed.',
  cas_Status: 'Left out: a record here has no such state.',
};

/** Data without a field in the standard, in our own terms. */
type AdditionalData = Omit<PersonDetails, 'called'>;

export type HtcdsFile = {
  readonly standard: typeof standard;
  readonly made: string;
  readonly record: Readonly<Partial<Record<SupportedField, string>>>;
  readonly beside: AdditionalData;
  readonly gaps: readonly { readonly field: string; readonly says: string }[];
};

/** Copies named fields only: a record has more than these, and our ids never leave. */
function pickAdditionalData(known: PersonDetails): AdditionalData {
  const { others, yearOfBirth, age, ageBasis, language, interpreter, interpreterGender, aids } = known;
  const { contactWay, contactAt, contactWhen, contactNever, cameBy } = known;
  const speaking = { others, yearOfBirth, age, ageBasis, language, interpreter, interpreterGender, aids };
  return { ...speaking, contactWay, contactAt, contactWhen, contactNever, cameBy };
}

export function toHtcds(known: PersonDetails, { owner, made }: { owner: string; made: string }): HtcdsFile {
  const { called, language } = known;
  const code = language === null ? undefined : findLanguageIn(language)?.three;
  const phone = toE164(findUnconditionalPhone(known) ?? '');
  const mail = findUnconditionalEmail(known);
  return {
    standard,
    made,
    record: {
      prs_FirstName: called,
      ...(code !== undefined && { prs_PrimaryLanguage: code }),
      ...(phone !== undefined && { prs_MobilePhone: phone }),
      ...(mail !== null && { prs_Email: mail }),
      cas_CaseOwner: owner,
    },
    beside: pickAdditionalData(known),
    gaps: Object.entries(gaps).map(([field, says]) => ({ field, says })),
  };
}

export type ImportResult = {
  readonly known: Partial<PersonDetails>;
  /** Names of fields in the file that are not taken over. */
  readonly left: readonly string[];
};
export type ImportRefusal = 'no file of the standard' | 'another version';

/** Reads a file from any source. Values must pass the form’s checks, and they only prefill the form, for a member to review. */
export function fromHtcds(text: string): Result<ImportResult, ImportRefusal> {
  const file = parseObject(text);
  if (!file) return refuse('no file of the standard');
  const { version } = asObject(file.standard);
  if (version !== undefined && version !== standard.version) return refuse('another version');
  // Other producers put the fields at the top level.
  const record = file.record === undefined ? file : asObject(file.record);
  const fields = Object.keys(record).filter((field) => /^(prs|vic|per|cas|cco|hte|spl|con|org)_/.test(field));
  if (fields.length === 0) return refuse('no file of the standard');
  const beside = asObject(file.beside);
  const word = (field: string): string | undefined => readText(record[field]);
  const name = [word('prs_FirstName'), word('prs_MiddleName'), word('prs_SecondName')].filter(Boolean).join(' ');
  const phone = toE164(word('prs_MobilePhone') ?? word('prs_HomePhone') ?? '');
  const mail = word('prs_Email');
  const language = findLanguageByCode(word('prs_PrimaryLanguage') ?? '')?.names[0] ?? word('prs_PrimaryLanguage');
  const year = /^((?:19|20)\d\d)(-|$)/.exec(word('prs_Birthdate') ?? '')?.[1];
  const reached: Partial<PersonDetails> = phone
    ? { contactAt: phone }
    : mail !== undefined && isMail(mail)
      ? { contactWay: 'an e-mail', contactAt: mail }
      : {};
  const known: Partial<PersonDetails> = {
    ...(name !== '' && { called: name.slice(0, longestName) }),
    ...(language !== undefined && { language }),
    ...(year !== undefined && { yearOfBirth: Number(year) }),
    ...reached,
    ...readAdditionalData(beside),
  };
  const taken = listImportedFields(record, phone, mail);
  return accept({ known, left: fields.filter((field) => !taken.has(field)).sort() });
}

const longestName = 120;

const listImportedFields = (
  record: Readonly<Record<string, unknown>>,
  phone: string | undefined,
  mail: string | undefined,
): ReadonlySet<string> =>
  new Set([
    ...['prs_FirstName', 'prs_MiddleName', 'prs_SecondName', 'prs_PrimaryLanguage'],
    // Only the year of a date of birth is kept.
    ...(/^(19|20)\d\d/.test(readText(record.prs_Birthdate) ?? '') ? ['prs_Birthdate'] : []),
    ...(phone ? [readText(record.prs_MobilePhone) ? 'prs_MobilePhone' : 'prs_HomePhone'] : []),
    ...(!phone && mail !== undefined && isMail(mail) ? ['prs_Email'] : []),
  ]);

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const readText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, longestWords) : undefined;
const longestWords = 1_000;

/** Reads our extra section. Checks only whether a value is text, a list or a year; the form checks each against its options. */
function readAdditionalData(beside: JsonObject): Partial<PersonDetails> {
  const found: Record<string, unknown> = {};
  for (const field of textFields)
    if (typeof beside[field] === 'string' || beside[field] === null) found[field] = readText(beside[field]) ?? null;
  for (const field of ['others', 'aids'] as const)
    if (Array.isArray(beside[field])) found[field] = (beside[field] as unknown[]).flatMap((one) => readText(one) ?? []);
  if (Number.isInteger(beside.yearOfBirth) || beside.yearOfBirth === null) found.yearOfBirth = beside.yearOfBirth;
  return found as Partial<PersonDetails>;
}
const textFields = [
  ...['age', 'ageBasis', 'language', 'interpreter', 'interpreterGender', 'contactWay', 'contactAt', 'contactWhen'],
  ...['contactNever', 'cameBy'],
];
