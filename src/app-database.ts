/** What the databases are migrated to. */
import { formatAccessRules, savePolicyVersion } from './access/who-can-see-what/index.ts';
import { access } from './app-policies.ts';
import type { DatabaseDefinition } from './platform/database/migrate.ts';
import { readDigests, readSchema } from './platform/database/schema-files.ts';

export const databaseDefinition: DatabaseDefinition = {
  policy: access.policy,
  get schema() {
    return readSchema();
  },
  digests: readDigests(),
  accessRules: { of: formatAccessRules, keep: savePolicyVersion },
};
