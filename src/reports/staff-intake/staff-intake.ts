/** Reports from people who are signed in: for a caller, or from their own work. Which questions each is asked beyond the public's, and which answers are kept apart as the source identity. Pure. */
import { type Answers, steps } from '../intake/questions.ts';
import type { IntakeLine, Way } from '../report.ts';

export type StaffIntakeWay = Exclude<Way, 'public form'>;

/** A professional reports with the person's consent, or says why without. */
export const consents = ['yes', 'no', 'not asked', 'not safe to ask'] as const;
export const callers = ['worried', 'me', 'professional'] as const;

/** What a professional is asked in addition to the public's questions. */
export const partnerFields = ['kind', 'signs', 'age', 'consent', 'done', 'reference'] as const;
export type PartnerField = (typeof partnerFields)[number];

/** How the officer who writes an internal log knows it. */
export const observations = ['self', 'colleague'] as const;

export type StaffIntakeAnswers = Answers & Readonly<Partial<Record<PartnerField | 'observed', string>>>;

const contactFields: readonly string[] = steps.contact;
const unsealedFields: readonly string[] = ['receipt', 'id'];

/** Keeps all that was typed: unlike on the public form, an earlier answer skips no question. */
export function splitIntakeAnswers(brought: StaffIntakeAnswers): {
  readonly told: Readonly<Record<string, string>>;
  readonly contact: Readonly<Record<string, string>> | undefined;
} {
  const said = Object.entries(brought).filter(([name, text]) => !unsealedFields.includes(name) && text.trim() !== '');
  const contact = said.filter(([name]) => contactFields.includes(name));
  return {
    told: Object.fromEntries(said.filter(([name]) => !contactFields.includes(name))),
    contact: contact.length > 0 ? Object.fromEntries(contact) : undefined,
  };
}

/** Callers to whom it is happening first hear of services that are not police. */
export const mustOfferSupportFirst = (line: IntakeLine): boolean => line === 'police';
