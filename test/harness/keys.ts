/** The unit’s key of every test process: what one of them sealed into a template, another opens. */
import { UnitKeys } from '../../src/platform/crypto/crypto.ts';

export const testKeys = new UnitKeys('k1', new Map([['k1', Buffer.alloc(32, 'only for tests')]]));
