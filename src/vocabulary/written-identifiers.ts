/** Postcodes, registrations of vehicles, telephone numbers and e-mail addresses that a text writes out, in the order in which they stand there. Pure. */
import { findPhone } from './phone-numbers.ts';

/** The last two letters of a British postcode are none of C, I, K, M, O and V. */
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b/gi;
/** Great Britain since 2001, and before: AB12 CDE, A123 BCD. */
const registration = /\b(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3})\b/g;
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

export const findPostcodes = (text: string): readonly string[] => text.match(postcode) ?? [];

/** In capitals only: “in 20 men” is no registration. */
export const findRegistrations = (text: string): readonly string[] => text.match(registration) ?? [];

export const findEmails = (text: string): readonly string[] => text.match(email) ?? [];

/** Finding a number takes long in a text full of them. */
const mostPhones = 10;
const mostLetters = 2_000;

/** As written, at most ten. */
export function findPhones(text: string): readonly string[] {
  const found: string[] = [];
  let rest = text.slice(0, mostLetters);
  for (let phone = findPhone(rest); phone && found.length < mostPhones; phone = findPhone(rest)) {
    found.push(phone.shown);
    rest = rest.slice(rest.indexOf(phone.shown) + phone.shown.length);
  }
  return found;
}

/** “WD17 1AA”, however it was written. */
export const formatPostcode = (written: string): string =>
  written
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replace(/(?=.{3}$)/, ' ');

/** “AB12CDE”, however it was written. */
export const foldRegistration = (written: string): string => written.toUpperCase().replaceAll(/\s/g, '');
