/** Routes that read or write sealed reports. */
import type { App } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { openSealing } from './sealing.ts';

/** Sealing is loaded when the first of these pages is asked for. */
export const withSealing =
  (...parts: readonly ((app: App, given: AreaParts) => Promise<void>)[]) =>
  async (app: App, given: AreaParts): Promise<void> => {
    await app.register(async (own: App) => {
      own.addHook('onRequest', openSealing);
      for (const part of parts) await part(own, given);
    });
  };
