/** Countries by ISO 3166-1 alpha-2, from the data that Node brings. Pure. */

const names = new Intl.DisplayNames(['en-GB'], { type: 'region', fallback: 'none' });
/** Codes with a name that are no country: groups, and letters kept free for private use. XK is Kosovo. */
const others = new Set(['UK', 'EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']);

export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !others.has(code) && names.of(code) !== undefined;

/** The code itself where it has no name. */
export const nameOfCountry = (code: string): string => (isCountry(code) ? names.of(code) : undefined) ?? code;
