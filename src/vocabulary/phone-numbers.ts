/** Phone numbers: as the whole world dials them (ITU-T E.164), and as a link dials the number that it shows. Pure. */

const home = '44';

/** What was written, if it is one number and nothing else; a number that begins with a nought is a British one. */
export function toE164(written: string): string | undefined {
  if (/[^\d+() .\-–/]/.test(written.trim())) return undefined;
  const dialled = written.replaceAll(/\(0\)|[^\d+]/g, '');
  const whole = dialled.replace(/^00/, '+').replace(/^0(?=[1-9])/, `+${home}`);
  return /^\+[1-9]\d{6,14}$/.test(whole) ? whole : undefined;
}

/** Numbers that no country code goes before: 999, 101, 116 123, and the relay’s 18000 and 18001 with the number to reach. */
const short = /^(?:999|1[01]\d|116\d{3}|18000|18001(?:0[1-9]\d{6,9}|999|1[01]\d))$/;

/** The address of a link that dials the number shown, and nothing else; undefined where what is shown is not one whole number. */
export function phoneAddress(shown: string): string | undefined {
  const code = shown.replaceAll(/[ \-–]/g, '');
  const number = short.test(code) ? code : toE164(shown);
  return number && `tel:${number}`;
}

export type Phone = { readonly shown: string; readonly address: string };

/** Where a number can begin in a text: not inside another number, a time or a date. */
const beginning = /(?<![\w+.:/,])(?:\+[1-9]|\(?0[1-9]|00[1-9])[\d() \-–]*/g;

/** The first phone number in a text, as written there. Leaves out hours, extensions and a second number. */
export function findPhone(text: string): Phone | undefined {
  for (const { 0: run, index } of text.matchAll(beginning)) {
    const groups = [...run.matchAll(/[^ \-–]+[ \-–]*/g)];
    for (let count = groups.length; count > 0; count -= 1) {
      const last = groups[count - 1];
      const shown = run.slice(0, (last?.index ?? 0) + (last?.[0].length ?? 0)).replace(/[ \-–()]+$/, '');
      const follows = text.slice(index + shown.length, index + shown.length + 1);
      const address = isWhole(shown) && !/\w/.test(follows) ? phoneAddress(shown) : undefined;
      if (address) return { shown, address };
    }
  }
  return undefined;
}

/** Whether a number has as many digits as one of its country has: what comes after it is no part of it. */
function isWhole(shown: string): boolean {
  const number = toE164(shown);
  if (!number || (shown.match(/\(/g)?.length ?? 0) !== (shown.match(/\)/g)?.length ?? 0)) return false;
  if (!number.startsWith(`+${home}`)) return true;
  const loneDigit = /[ \-–]\d$/.test(shown);
  return !loneDigit && /^(?:8001111|84546\d\d|[1-9]\d{8,9})$/.test(number.slice(home.length + 1));
}
