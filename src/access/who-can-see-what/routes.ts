/** Who may read who can see what, take it along, and see what an earlier version said. */
import { z } from 'zod';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { type App, may } from '../../platform/http/server.ts';
import { accessRulesPaths } from '../../vocabulary/paths/access.ts';
import { formatAccessRules } from './document.ts';
import { accessRulesPage, versionPage } from './pages.ts';
import { getVersion, listVersions } from './store.ts';

const VersionPath = z.object({ id: z.string().regex(/^\d{1,9}$/) });
const fileName = 'who-can-see-what.md';

export async function accessRulesRoutes(
  app: App,
  { requestServices: { access } }: { readonly requestServices: { readonly access: { readonly policy: AreaPolicy } } },
): Promise<void> {
  const { policy } = access;

  app.get(accessRulesPaths.rules.route, may('policy.read'), async (request, reply) =>
    reply.page('access/who-can-see-what/policy', accessRulesPage(policy, await listVersions(request.db))),
  );

  app.get(accessRulesPaths.download.route, may('policy.read'), async (_request, reply) =>
    reply.export({ fileName, type: 'text/markdown', content: formatAccessRules(policy) }),
  );

  app.get(accessRulesPaths.version.route, may('policy.read', VersionPath), async (request, reply) => {
    const version = await getVersion(request.db, request.params.id);
    return reply.page('access/who-can-see-what/version', versionPage(version, formatAccessRules(policy)));
  });

  app.get(accessRulesPaths.downloadVersion.route, may('policy.read', VersionPath), async (request, reply) => {
    const { text } = await getVersion(request.db, request.params.id);
    return reply.export({ fileName, type: 'text/markdown', content: text });
  });
}
