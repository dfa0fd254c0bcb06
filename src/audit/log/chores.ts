/** What the leader does for the log, in each store: seal what is settled, twice a second. */
import type { Chore } from '../../platform/jobs/outbox.ts';
import { createSealer } from '../sealing/sealing.ts';
import type { LogKeys } from './keys.ts';

export const logChores = (keys: LogKeys): Chore[] =>
  (['main', 'safeguarding'] as const).map((store) => ({
    name: `seal the log (${store})`,
    everySeconds: 0,
    store,
    run: createSealer(keys[store]),
  }));
