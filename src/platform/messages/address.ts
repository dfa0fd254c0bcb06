/** One plain e-mail address and one mobile number: anything else could reach a second reader. Pure. */

/** Printable ASCII, one @, a domain with a dot, and none of the characters that a mail program reads as more than one address. */
export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);

/** A mobile number as gateways take it, like +447700900123; undefined where it is none. Numbers that begin with 0 are of the United Kingdom. */
export function toMobileNumber(typed: string): string | undefined {
  const digits = typed
    .replace(/[\s().-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, '+44');
  if (!/^\+[1-9]\d{7,14}$/.test(digits)) return undefined;
  return /^\+44(?!7\d{9}$)/.test(digits) ? undefined : digits;
}
