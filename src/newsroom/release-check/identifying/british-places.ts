/** Towns and villages of Great Britain: a name with capitals that is one of them is no person and no country. Read once. */
import { places } from '../../../vocabulary/great-britain.ts';

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

let known: ReadonlySet<string> | undefined;
export function isBritishPlace(name: string): boolean {
  known ??= new Set(places.split(';').map((place) => plain(place.split('|')[0] ?? '')));
  return known.has(plain(name));
}
