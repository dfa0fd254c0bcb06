import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const pinned = `node-${process.platform}-${process.arch}`;

/** The machine's own Node and npm, as after cloning the project. */
const machinePath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

type Tree = { readonly folder: string; readonly path: string; readonly npmLog: () => string[] };

/** A project of two tiny packages and a pinned Node, installed by the real npm from the disk alone. */
function newTree(t: TestContext, name = 'safelight'): Tree {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'safelight-launcher-'))), name);
  t.after(() => rmSync(join(folder, '..'), { recursive: true, force: true, maxRetries: 3 }));
  const write = (path: string, content: unknown) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const local = ['tiny', 'tool', pinned];
  const needs = {
    dependencies: { tiny: 'file:tiny' },
    devDependencies: { tool: 'file:tool' },
    optionalDependencies: { [pinned]: `file:${pinned}` },
  };
  write('package.json', {
    name: 'tree',
    version: '1.0.0',
    scripts: { start: 'exec node scripts/run.cjs start' },
    ...needs,
  });
  write('package-lock.json', {
    name: 'tree',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'tree', version: '1.0.0', ...needs },
      ...Object.fromEntries(
        local.flatMap((one) => [
          [`node_modules/${one}`, { resolved: one, link: true, ...(one === 'tool' && { dev: true }) }],
          [one, { version: '1.0.0', ...(one === 'tool' && { dev: true }) }],
        ]),
      ),
    },
  });
  for (const one of local) write(`${one}/package.json`, { name: one, version: '1.0.0' });
  mkdirSync(join(folder, pinned, 'bin'));
  symlinkSync(process.execPath, join(folder, pinned, 'bin/node'));
  for (const script of ['run.cjs', 'leash.cjs', 'safelight.cjs']) {
    mkdirSync(join(folder, 'scripts'), { recursive: true });
    copyFileSync(join(import.meta.dirname, script), join(folder, 'scripts', script));
  }
  write(
    'src/main.ts',
    `const given: readonly string[] = process.argv.slice(2);
     for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(40 + signal.length));
     console.log(JSON.stringify({ pid: process.pid, node: process.version, mode: process.env.NODE_ENV ?? null, given }));
     if (given[0] === 'end') process.exit(Number(given[1]));
     if (given[0] === 'die') process.kill(process.pid, 'SIGKILL');
     setInterval(() => {}, 60_000);`,
  );
  write('src/cli/main.ts', `console.log('cli', ...process.argv.slice(2));`);
  const log = join(folder, '..', 'npm.log');
  return {
    folder,
    path: machinePath,
    // Whole lines alone: the file may be there before its first line is.
    npmLog: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
  };
}

/** The same with an npm that logs when it begins and ends, and takes as long as the test needs. */
function newTreeWithSlowNpm(t: TestContext, seconds: number): Tree {
  const tree = newTree(t);
  const bin = join(tree.folder, '..', 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'npm'),
    `#!/bin/sh
     echo "begin $$" >> '${bin}/../npm.log'
     rm -rf node_modules && mkdir node_modules && sleep ${seconds} 2>/dev/null && ln -s '../${pinned}' 'node_modules/${pinned}'
     echo "end $$" >> '${bin}/../npm.log'`,
    { mode: 0o755 },
  );
  return { ...tree, path: `${bin}${delimiter}${machinePath}` };
}

type Launched = {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | NodeJS.Signals>;
};

function launch(
  t: TestContext,
  tree: Tree,
  given: readonly string[],
  environment: Record<string, string | undefined> = {},
): Launched {
  const [command = '', ...more] = given[0] === 'npm' ? given : ['node', 'scripts/run.cjs', ...given];
  const { NODE_ENV: _, npm_lifecycle_event: __, NODE_COMPILE_CACHE: ___, ...inherited } = process.env;
  const child = spawn(command, more, {
    cwd: tree.folder,
    env: { ...inherited, PATH: tree.path, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return { process: child, said: () => said, ended };
}

async function until(fits: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 3_000; tries++) {
    if (fits()) return;
    await sleep(10);
  }
  assert.fail(`waited half a minute for ${what}`);
}

const childOf = ({ said }: Launched) => JSON.parse(/^\{.*\}$/m.exec(said())?.[0] ?? '{}') as Record<string, unknown>;

async function startedChild(launched: Launched): Promise<number> {
  await until(() => childOf(launched)['pid'] !== undefined, `the command to start, hearing: ${launched.said()}`);
  return childOf(launched)['pid'] as number;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const installing = /Installing the packages that Safelight needs/;

test('a fresh clone in a path with spaces installs everything, in production and without install scripts', async (t) => {
  const tree = newTree(t, 'a folder with (spaces) & more');
  const hardened = {
    NODE_ENV: 'production',
    npm_config_ignore_scripts: 'true',
    npm_config_cache: join(tree.folder, '../cache'),
  };
  const first = launch(t, tree, ['start', 'end', '0', 'two words', '--flag'], hardened);
  assert.equal(await first.ended, 0, first.said());
  assert.match(first.said(), installing);
  assert.ok(existsSync(join(tree.folder, 'node_modules/tool')), 'what development needs is there in production too');
  assert.deepEqual(
    { ...childOf(first), pid: 0 },
    { pid: 0, node: process.version, mode: 'production', given: ['end', '0', 'two words', '--flag'] },
  );

  const second = launch(t, tree, ['start', 'end', '0'], hardened);
  assert.equal(await second.ended, 0);
  assert.doesNotMatch(second.said(), installing);

  writeFileSync(join(tree.folder, 'package-lock.json'), `${readFileSync(join(tree.folder, 'package-lock.json'))}\n`);
  const third = launch(t, tree, ['npm', 'start', '--', 'end', '0'], hardened);
  assert.equal(await third.ended, 0, third.said());
  assert.match(third.said(), installing, 'a changed lockfile is installed anew');
});

test('of two starts at once one installs and the other says that it waits', async (t) => {
  const tree = newTreeWithSlowNpm(t, 1);
  const both = [launch(t, tree, ['start', 'end', '0']), launch(t, tree, ['start', 'end', '0'])];
  assert.deepEqual(await Promise.all(both.map(({ ended }) => ended)), [0, 0], both.map(({ said }) => said()).join());
  assert.equal(tree.npmLog().length, 2);
  const said = both.map((launched) => launched.said());
  assert.equal(said.filter((text) => installing.test(text)).length, 1);
  assert.equal(said.filter((text) => /being installed by another command; waiting/.test(text)).length, 1);
  assert.ok(!existsSync(join(tree.folder, '.cache/install.lock')));
});

test('the next start reports an install that was killed, and completes it', async (t) => {
  const tree = newTreeWithSlowNpm(t, 1);
  const first = launch(t, tree, ['start', 'end', '0']);
  await until(() => tree.npmLog().length === 1, 'npm to begin');
  process.kill(Number(tree.npmLog()[0]?.split(' ')[1]), 'SIGKILL');
  assert.equal(await first.ended, 1);
  assert.match(first.said(), /npm could not install the packages \(it ended with 137\)/);
  const second = launch(t, tree, ['start', 'end', '0']);
  assert.equal(await second.ended, 0, second.said());
  assert.match(second.said(), installing);
});

test('after kill -9 of an installing launcher its npm is waited for, never joined by a second one', async (t) => {
  const tree = newTreeWithSlowNpm(t, 1.5);
  const first = launch(t, tree, ['start', 'end', '0']);
  await until(() => tree.npmLog().length === 1, 'npm to begin');
  first.process.kill('SIGKILL');
  const second = launch(t, tree, ['start', 'end', '0']);
  assert.equal(await second.ended, 0, second.said());
  const [firstNpm, secondNpm] = [tree.npmLog()[0]?.slice(6), tree.npmLog()[2]?.slice(6)];
  assert.deepEqual(tree.npmLog(), [`begin ${firstNpm}`, `end ${firstNpm}`, `begin ${secondNpm}`, `end ${secondNpm}`]);
});

test('of six starts that find the lock of a dead one, a single one installs', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0.5);
  const gone = spawn('true');
  await once(gone, 'exit');
  mkdirSync(join(tree.folder, '.cache'));
  writeFileSync(join(tree.folder, '.cache/install.lock'), `${gone.pid} `);
  const six = Array.from({ length: 6 }, () => launch(t, tree, ['start', 'end', '0']));
  assert.deepEqual(await Promise.all(six.map(({ ended }) => ended)), [0, 0, 0, 0, 0, 0]);
  assert.equal(tree.npmLog().length, 2);
});

test('Ctrl-C while installing ends npm and leaves no lock and no stamp', async (t) => {
  const tree = newTreeWithSlowNpm(t, 8);
  const launched = launch(t, tree, ['start']);
  await until(() => tree.npmLog().length === 1, 'npm to begin');
  launched.process.kill('SIGINT');
  launched.process.kill('SIGTERM');
  // Two that come at once are heard in either order.
  assert.ok([130, 143].includes(Number(await launched.ended)));
  assert.ok(!existsSync(join(tree.folder, '.cache/install.lock')));
  assert.ok(!existsSync(join(tree.folder, 'node_modules/.safelight-stamp')));
  assert.equal(childOf(launched)['pid'], undefined);
});

test('the exit code, and the number of a deadly signal, pass through; a kill is said', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  const killed = /Another program or the system killed this command\. Start it again\./;
  const ended = launch(t, tree, ['start', 'end', '7']);
  assert.equal(await ended.ended, 7);
  assert.doesNotMatch(ended.said(), killed);
  const dead = launch(t, tree, ['start', 'die']);
  assert.equal(await dead.ended, 137);
  assert.match(dead.said(), killed);
});

test('signals reach the command, whose exit code it is', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  await launch(t, tree, ['start', 'end', '0']).ended;
  for (const [signal, code] of [
    ['SIGINT', 46],
    ['SIGTERM', 47],
    ['SIGHUP', 46],
  ] as const) {
    const launched = launch(t, tree, ['start']);
    const child = await startedChild(launched);
    launched.process.kill(signal);
    assert.equal(await launched.ended, code);
    assert.ok(!isAlive(child));
  }
});

test('SIGTERM to npm ends everything', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  await launch(t, tree, ['start', 'end', '0']).ended;
  const launched = launch(t, { ...tree, path: machinePath }, ['npm', 'start']);
  const child = await startedChild(launched);
  launched.process.kill('SIGTERM');
  await until(() => !isAlive(child), 'the command to end');
});

test('kill -9 of the launcher, or of npm above it, ends the command; so it does under the watcher of dev', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  await launch(t, tree, ['start', 'end', '0']).ended;
  for (const given of [['start'], ['dev'], ['npm', 'start']]) {
    const launched = launch(t, { ...tree, path: machinePath }, given);
    const child = await startedChild(launched);
    launched.process.kill('SIGKILL');
    await until(() => !isAlive(child), `the command of ${given.join(' ')} to end`);
  }
});

test('a command that its watcher left behind ends itself', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  await launch(t, tree, ['start', 'end', '0']).ended;
  const launched = launch(t, { ...tree, path: machinePath }, ['dev']);
  const child = await startedChild(launched);
  const watcher = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1]);
  process.kill(watcher, 'SIGKILL');
  await until(() => !isAlive(child), 'the command to end');
});

test('an unknown command is one line and 2; help names every command', async (t) => {
  const tree = newTree(t);
  const unknown = launch(t, tree, ['strat']);
  assert.equal(await unknown.ended, 2);
  assert.match(unknown.said(), /^There is no command strat\. The commands are: start, .*\n$/);
  const help = launch(t, tree, ['--help']);
  assert.equal(await help.ended, 0);
  for (const name of ['start', 'dev', 'test', 'check', 'build', 'doctor', 'gallery', 'bench', 'assurance', 'safelight'])
    assert.match(help.said(), new RegExp(`^  ${name} `, 'm'));
  const absent = launch(t, tree, ['gallery']);
  assert.equal(await absent.ended, 2);
  assert.equal(absent.said(), 'gallery needs scripts/gallery.ts, which is not here.\n');
  assert.ok(!existsSync(join(tree.folder, 'node_modules')), 'nothing was installed for that');
});

test('without a pinned Node the machine’s own serves if it is new enough, else one sentence says what to do', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  await launch(t, tree, ['start', 'end', '0']).ended;
  rmSync(join(tree.folder, 'node_modules', pinned));
  const launched = launch(t, tree, ['start', 'end', '0']);
  const code = await launched.ended;
  if (code === 0) assert.match(String(childOf(launched)['node']), /^v(2[4-9]|[3-9]\d)\./);
  else assert.match(launched.said(), /^Safelight needs Node 24 or later, .*: install Node 24 \(this is v\d+/);
});

test('the safelight command is the launcher with its first word said', async (t) => {
  const tree = newTreeWithSlowNpm(t, 0);
  const launched = spawn('node', ['scripts/safelight.cjs', 'backup', 'two words'], {
    cwd: tree.folder,
    env: { ...process.env, PATH: tree.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => launched.kill('SIGKILL'));
  const [said] = await once(launched.stdout, 'data');
  assert.equal(String(said), 'cli backup two words\n');
});
