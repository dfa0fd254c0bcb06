/** Converts a person's record to the Human Trafficking Case Data Standard 2.0. Pure. Data without a field in the standard goes into an extra section, and the file names each gap. */
import { findLanguageIn } from '../../vocabulary/languages/language-codes.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import type { PersonDetails } from '../people/person.ts';
import { findUnconditionalEmail, findUnconditionalPhone } from '../people/safe-contact.ts';

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
      ...(called !== '' && { prs_FirstName: called }),
      ...(code !== undefined && { prs_PrimaryLanguage: code }),
      ...(phone !== undefined && { prs_MobilePhone: phone }),
      ...(mail !== null && { prs_Email: mail }),
      cas_CaseOwner: owner,
    },
    beside: pickAdditionalData(known),
    gaps: Object.entries(gaps).map(([field, says]) => ({ field, says })),
  };
}
