/** The network a request comes from, as far as rate limits need it to be fair to all. */
import { hash, randomBytes } from 'node:crypto';

/** The part of an address that its holder cannot change at will, a /24, or a /56 of IPv6. */
export function networkOf(given: string | undefined): string {
  // A connection that is closed already has no address.
  const address = given ?? '::';
  const four = /(\d+\.\d+\.\d+)\.\d+$/.exec(address);
  if (four) return `${four[1]}.0/24`;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = !tail ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const [a, b, c, d] = [...front, ...middle, ...back].map((part) => part.padStart(4, '0').toLowerCase());
  return `${a}:${b}:${c}:${d?.slice(0, 2)}00::/56`;
}

/** Networks by number, under a key that goes when this does: so many numbers, which they share, so that none is named. */
export class NetworkSlots {
  readonly #key = randomBytes(32).toString('base64');
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  of(address: string): number {
    return hash('sha256', `${this.#key} ${networkOf(address)}`, 'buffer').readUInt32BE() % this.#count;
  }
}
