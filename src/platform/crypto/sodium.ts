/** Libsodium, loaded when something is first sealed or opened with it: most starts never need it. */
import type Sodium from 'sodium-native';

let loaded: typeof Sodium | undefined;

export async function openSodium(): Promise<typeof Sodium> {
  loaded ??= (await import('sodium-native')).default;
  return loaded;
}
