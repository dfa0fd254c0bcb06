/** The application: its areas, and what is made of all of them. Nothing else knows them all. */
import type { FastifyInstance } from 'fastify';
import { accessArea } from './access/area.ts';
import { formatAccessRules, savePolicyVersion } from './access/who-can-see-what/index.ts';
import { audit } from './audit/area.ts';
import { EndedSessionLogger, lockSession, resolveActor, SessionActivityWriter } from './identity/agencies/index.ts';
import { identity } from './identity/area.ts';
import { newsroom } from './newsroom/area.ts';
import { operations } from './operations/area.ts';
import { oversight } from './oversight/area.ts';
import { joinPolicies } from './platform/access-policy/access.ts';
import type { AppParts, Area } from './platform/area.ts';
import { LookWriter } from './platform/audit-hook/audit.ts';
import { RefusalWriter } from './platform/audit-hook/refusals.ts';
import type { DatabaseDefinition } from './platform/database/migrate.ts';
import { readSchema } from './platform/database/schema-files.ts';
import { openSites } from './platform/http/sites.ts';
import { openLogger } from './platform/logger.ts';
import { platform } from './platform/own-area.ts';
import { openViews } from './platform/rendering/views.ts';
import { publicSite } from './public/area.ts';
import { publicLanguages } from './public/languages/index.ts';
import { reports } from './reports/area.ts';
import { returns } from './returns/area.ts';
import { safeguarding } from './safeguarding/area.ts';
import { visits } from './visits/area.ts';

/** In the order of the menu. */
export const areas: readonly Area[] = [
  publicSite,
  reports,
  platform,
  operations,
  visits,
  safeguarding,
  returns,
  newsroom,
  oversight,
  identity,
  audit,
  accessArea,
];

export const access = joinPolicies(areas.flatMap(({ policies }) => policies));

export const databaseDefinition: DatabaseDefinition = {
  policy: access.policy,
  schema: readSchema(),
  accessRules: { of: formatAccessRules, keep: savePolicyVersion },
};

/** The application with the processes that the configuration names, not yet listening. */
export async function openApp({ config, databases, keys, clock, assets, timing }: AppParts): Promise<FastifyInstance> {
  const logger = openLogger(config.logLevel);
  const looks = new LookWriter(databases);
  const failed = (error: unknown) => logger.error({ err: error }, 'written beside the requests');
  const seen = new SessionActivityWriter(databases, failed);
  const ended = new EndedSessionLogger(databases, looks, access, failed);
  const app = await openSites({
    config,
    areas,
    assets,
    keys,
    requestServices: {
      databases,
      looks,
      access,
      holdSession: lockSession,
      resolveActor,
      onActivity: seen.note,
      onUnknownToken: ended.note,
      ...(timing && { timing }),
    },
    refusals: new RefusalWriter(databases, (error) => logger.error({ err: error }, 'a refusal was not written down')),
    clock,
    views: openViews(),
    languages: publicLanguages,
    logger,
  });
  app.addHook('onClose', async () => {
    await Promise.all([seen.settled(), ended.settled()]);
  });
  return app;
}
