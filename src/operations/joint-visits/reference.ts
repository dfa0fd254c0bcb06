/** The reference of a visit that two forces plan together: both write the same one, so that a coordinator counts the visit once. Pure. */

/** No letters and digits that are mistaken for each other on the telephone. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const shape = /^JV-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;

/** From eight random bytes. It says nothing about the visit. */
export function makeReference(random: Uint8Array): string {
  const drawn = [...random.slice(0, 8)].map((byte) => letters[byte % letters.length]).join('');
  return `JV-${drawn.slice(0, 4)}-${drawn.slice(4)}`;
}

/** As people type it: with or without dashes, in small letters. Undefined where it is none. */
export function readReference(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const written = `${plain.slice(0, 2)}-${plain.slice(2, 6)}-${plain.slice(6)}`;
  return shape.test(written) ? written : undefined;
}
