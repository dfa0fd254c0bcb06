/** Phone numbers as the whole world dials them (ITU-T E.164): a plus, the country, at most fifteen figures. Pure. */

const home = '44';

/** What was written, if it is one number and nothing else; a number that begins with a nought is a British one. */
export function inE164(written: string): string | undefined {
  if (/[^\d+() .\-–/]/.test(written.trim())) return undefined;
  const dialled = written.replaceAll(/\(0\)|[^\d+]/g, '');
  const whole = dialled.replace(/^00/, '+').replace(/^0(?=[1-9])/, `+${home}`);
  return /^\+[1-9]\d{6,14}$/.test(whole) ? whole : undefined;
}
