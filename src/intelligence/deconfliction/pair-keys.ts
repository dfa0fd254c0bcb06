/** Secrets of the check, all derived from the unit's keys: of each pair and week, of inputs as stored, and of the padding of lists. */
import { createHmac } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type CheckKey, deriveCheckKey } from './oblivious-check.ts';

const pairUse = (holder: string, asker: string, week: string): string => `deconfliction ${holder} ${asker} ${week}`;

/** The key by which `holder` answers `asker` in this week, and no other. */
export const checkKeyOf = (keys: UnitKeys, holder: string, asker: string, week: string): CheckKey =>
  deriveCheckKey(Buffer.from(keys.derive(pairUse(holder, asker, week)), 'base64'));

export const paddingSecret = (keys: UnitKeys, holder: string, asker: string, week: string): string =>
  keys.derive(`padding of ${pairUse(holder, asker, week)}`);

/** Inputs as stored: without the key nobody learns an address from them. */
export const storedInput = (keys: UnitKeys, input: string): Buffer =>
  createHmac('sha256', keys.derive('deconfliction inputs')).update(input).digest();
