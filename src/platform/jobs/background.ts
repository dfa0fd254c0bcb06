/** Background work of the areas, in the one process that leads: chores, and events of the outbox. */
import type { StoreName } from '../access-policy/access.ts';
import type { AppParts, Area } from '../area.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import { type Hearing, type Listeners, lead } from './outbox.ts';

const listenersIn = (areas: readonly Area[], keys: UnitKeys, store: StoreName): Listeners =>
  Object.assign({}, ...areas.map(({ listeners }) => listeners?.(keys)[store]));

/** Event handlers, by the database that sends the event. Events of the safeguarding database are sealed: without the staff's keys they cannot be handled. */
export const hearingOf = (areas: readonly Area[], keys: UnitKeys, hasStaffKeys: boolean): Hearing => ({
  main: listenersIn(areas, keys, 'main'),
  ...(hasStaffKeys && { safeguarding: listenersIn(areas, keys, 'safeguarding') }),
});

/** Ends by the signal. */
export function runBackground(
  areas: readonly Area[],
  { config, databases, clock, keys }: Pick<AppParts, 'config' | 'databases' | 'clock' | 'keys'>,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  const hasStaffKeys = config.door !== 'public';
  const parts = { config, databases, staffKeys: hasStaffKeys ? keys : undefined };
  const chores = areas.flatMap((area) => area.chores?.(parts) ?? []);
  return lead(databases, clock, hearingOf(areas, keys, hasStaffKeys), chores, signal, onError);
}
