/** One way of writing a number to call or an address, so that two can be compared. Pure. */

/** "+44 800 012 1700" and "08000 121 700" are one number; of a page the host counts, of a mailbox all of it. */
export function contactKey(text: string): string {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:tel|sms|mailto):/, '');
  if (/^[+(\d][\d\s()-]*$/.test(plain))
    return plain
      .replace(/^\+44\s*(?:\(0\))?/, '0')
      .replace('(0)', '')
      .replace(/[\s()-]/g, '');
  return plain
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/s, '')
    .replace(/[^a-z\d]+$/, '');
}
