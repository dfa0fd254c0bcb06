/** Background work of the areas, in the one process that leads: chores, and events of the outbox. */
import type { StoreName } from '../access-policy/access.ts';
import type { AppParts, Area } from '../area.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import { type BackgroundErrorHandler, type Listeners, runLeader, type StoreListeners } from './outbox.ts';

const collectListeners = (areas: readonly Area[], keys: UnitKeys, store: StoreName): Listeners =>
  Object.assign({}, ...areas.map(({ listeners }) => listeners?.(keys)[store]));

/** Event handlers, by the database that sends the event. Events of the safeguarding database are sealed: without the staff's keys they cannot be handled. */
export const listenersByStore = (areas: readonly Area[], keys: UnitKeys, hasStaffKeys: boolean): StoreListeners => ({
  main: collectListeners(areas, keys, 'main'),
  ...(hasStaffKeys && { safeguarding: collectListeners(areas, keys, 'safeguarding') }),
});

/** Lists the work and reads its keys, so that a missing key stops the start. Returns what runs it; it ends by the signal. */
export function listBackground(
  areas: readonly Area[],
  { config, databases, clock, keys }: Pick<AppParts, 'config' | 'databases' | 'clock' | 'keys'>,
): (signal: AbortSignal, onError: BackgroundErrorHandler) => Promise<void> {
  const hasStaffKeys = config.site !== 'public';
  const parts = { config, databases, clock, staffKeys: hasStaffKeys ? keys : undefined };
  const chores = areas.flatMap((area) => area.chores?.(parts) ?? []);
  const listeners = listenersByStore(areas, keys, hasStaffKeys);
  return (signal, onError) => runLeader(databases, clock, listeners, chores, signal, onError);
}
