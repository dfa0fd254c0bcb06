/** Copies of the source of two versions: the one before, from its tag where the clone has one, and one that comes after today's, with a made-up change. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { safelightVersion } from '../../../../src/platform/version.ts';

const root = join(import.meta.dirname, '../../../..');

/** Later than any version that there will be. */
export const laterVersion = '99.0.0';

export type Tree = { readonly folder: string; readonly name: string };

const git = (...words: string[]) =>
  spawnSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] });

/** The newest tag of a version that is in the history of this source; undefined in a shallow clone, or without git. */
export function findPreviousTag(): string | undefined {
  const { status, stdout } = git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', 'HEAD');
  return status === 0 ? stdout.trim() : undefined;
}

/** The version before: of the newest tag, or today's source where there is none or `today` is asked for. */
export function previousTree(folder: string, today: boolean): Tree {
  const tag = today ? undefined : findPreviousTag();
  if (!tag) return { folder: root, name: `today’s source (${safelightVersion})` };
  mkdirSync(folder);
  const packed = join(folder, '..', 'previous.tar');
  git('archive', '--format=tar', `--output=${packed}`, tag);
  spawnSync('tar', ['-xf', packed, '-C', folder]);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return { folder, name: tag };
}

/** Columns of tables that every request uses, a function, a trigger, and an index that is built beside running work. */
const changes: Readonly<Record<string, string>> = {
  'src/reports/schema/both/9000-trial.sql': 'alter table reports add column trial text;\n',
  'src/identity/schema/main/9001-trial.sql': `alter table sessions add column trial text;
alter table members add column trial text not null default 'none';
alter table agencies add column trial text;
`,
  'src/audit/schema/both/9002-trial.sql': 'alter table access_log add column trial text;\n',
  'src/reports/schema/both/9003-trial-online.sql':
    'create index concurrently reports_by_trial on reports (trial) where trial is not null;\n',
};
const more: Readonly<Record<string, string>> = {
  'src/identity/schema/main/functions.sql': `
create or replace function trial() returns trigger language plpgsql as $$ begin return new; end $$;
`,
  'src/identity/schema/main/triggers.sql': `
create trigger trial before update on sessions for each row execute function trial();
`,
};

/** Today's source, as a later version with pending changes. */
export function laterTree(folder: string): Tree {
  for (const part of ['src', 'assets', 'scripts', 'docs', 'package.json', 'package-lock.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(changes)) writeFileSync(join(folder, path), text);
  for (const [path, text] of Object.entries(more)) {
    const file = join(folder, path);
    writeFileSync(file, readFileSync(file, 'utf8') + text);
  }
  const version = join(folder, 'src/platform/version.ts');
  writeFileSync(version, readFileSync(version, 'utf8').replace(`'${safelightVersion}'`, `'${laterVersion}'`));
  return { folder, name: `a made-up ${laterVersion}` };
}
