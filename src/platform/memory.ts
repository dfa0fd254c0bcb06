/** How the process limits its use of memory. */
import { setFlagsFromString } from 'node:v8';

/**
 * Trades a little collecting for a small heap: the nursery stays at its first size, and what has grown old is looked through when it has grown by a third.
 * Where a machine has memory to spare V8 would let garbage lie until the heap is many times what is alive in it.
 * A process that is started with more memory for short-lived objects is to be quick, and is spared the rest.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
  if (!process.execArgv.some((flag) => flag.includes('semi-space'))) setFlagsFromString('--optimize-for-size');
}

/** A copy that holds nothing else in memory. What Node makes small it cuts out of a slab of 64 KiB, which stays as long as any piece of it does. */
export function ownBytes(bytes: Uint8Array): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}

/** The same for a text: one cut out of a form keeps the whole form. */
export const ownText = (text: string): string => Buffer.from(text).toString();
