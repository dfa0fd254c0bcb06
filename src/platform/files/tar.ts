/** Several files as one, in the plainest form that every system unpacks: POSIX ustar, with no owner and no time. Pure. */

const block = 512;
const encoder = new TextEncoder();

export type TarFile = { readonly name: string; readonly content: Uint8Array };

/** Head and content of one file, filled up to whole blocks. Its name is ours: letters, digits, dots and dashes. */
export function* createTarEntry({ name, content }: TarFile): Generator<Uint8Array> {
  if (!/^[\w.-]{1,99}$/.test(name)) throw new Error('no name for a packed file');
  yield createTarHeader(name, content.length);
  yield content;
  const over = content.length % block;
  if (over > 0) yield new Uint8Array(block - over);
}

/** Two empty blocks. */
export const tarEnd = new Uint8Array(2 * block);

function createTarHeader(name: string, length: number): Uint8Array {
  const head = new Uint8Array(block);
  const put = (at: number, text: string): void => head.set(encoder.encode(text), at);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  put(0, name);
  put(100, octal(0o600, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(length, 11));
  put(136, octal(0, 11));
  put(148, ' '.repeat(8)); // The sum is taken with blanks in its own place.
  put(156, '0');
  put(257, 'ustar\x0000');
  const sum = head.reduce((all, byte) => all + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return head;
}
