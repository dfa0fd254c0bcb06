/** `npm run schema`: makes docs/schema/ from the schema files, by way of two new databases, and docs/exchange/ from the schemas of what leaves as JSON. With `-- --version` also keeps what processes of this version use of the databases, and the databases of its demonstration, for the versions after it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseDefinition } from '../src/app.ts';
import { readingJsonSchema, readingSchemaFile } from '../src/newsroom/imported-releases/document/index.ts';
import { readConfig } from '../src/platform/config.ts';
import { openRuntime } from '../src/platform/start.ts';
import { safelightVersion } from '../src/platform/version.ts';
import { formatSchema, jsonSchemas } from '../src/returns/exchange/document/json-schema.ts';
import { keepVersionDatabases } from './keep-version.ts';
import { readTables, renderSchemaPages } from './schema-pages.ts';
import { readShape } from './schema-shape.ts';

const folder = join(import.meta.dirname, '../docs/schema');
const versions = join(import.meta.dirname, '../test/fixtures/versions');
const exchanged = join(import.meta.dirname, '../docs/exchange');
mkdirSync(exchanged, { recursive: true });
const schemas = { ...jsonSchemas, [readingSchemaFile]: readingJsonSchema() };
for (const [name, schema] of Object.entries(schemas)) writeFileSync(join(exchanged, name), formatSchema(schema));
const data = mkdtempSync(join(tmpdir(), 'safelight-schema-'));
try {
  const runtime = await openRuntime(readConfig({ SAFELIGHT_DATA: data }), async () => databaseDefinition);
  try {
    const { databases } = runtime;
    const pages = renderSchemaPages(databaseDefinition, {
      main: await readTables(databases.for('main', 'owner')),
      safeguarding: await readTables(databases.for('safeguarding', 'owner')),
    });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of pages) writeFileSync(join(folder, name), text);
    if (process.argv.includes('--version')) {
      const shapes = (['main', 'safeguarding'] as const).map((store) =>
        readShape(databases.for(store, 'owner'), store),
      );
      const lines = (await Promise.all(shapes)).flat();
      mkdirSync(versions, { recursive: true });
      writeFileSync(join(versions, `${safelightVersion}.txt`), `${lines.join('\n')}\n`);
      await keepVersionDatabases(versions, safelightVersion);
    }
    console.log(`docs/schema/ has ${pages.size} pages.`);
  } finally {
    await runtime.stop();
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}
