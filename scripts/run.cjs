#!/usr/bin/env node
/** The launcher: installs what the lockfile names when that is missing or stale, then runs a command on the pinned Node. For any Node from 18 on, with nothing but Node. */
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { constants } = require('node:os');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.safelight-stamp');

const commands = {
  start: ['src/main.ts', 'opens Safelight, with a database of its own unless DATABASE_URL names one'],
  dev: ['src/main.ts', 'the same, started anew whenever a file changes'],
  test: ['scripts/test.ts', 'runs the tests; their count is the last line'],
  check: ['scripts/check.ts', 'format, types and tests'],
  build: ['scripts/build.ts', 'makes the bundle for a production image'],
  doctor: ['scripts/doctor.ts', 'says what is missing here or wrong, with the cure'],
  schema: ['scripts/schema.ts', 'describes the tables in docs/schema/'],
  translations: ['scripts/translations.ts', 'lists what the languages of the public pages lack'],
  gallery: ['scripts/gallery.ts', 'renders every page from examples'],
  bench: ['scripts/bench.ts', 'measures'],
  assurance: ['scripts/assurance.ts', 'tries to prove the promises wrong'],
  safelight: ['src/cli/main.ts', 'the command line of whoever runs Safelight'],
};

const help = [
  'npm start, npm test, npm run <command> [-- more], or node scripts/run.cjs <command> [more]',
  ...Object.entries(commands).map(([name, [, means]]) => `  ${name.padEnd(12)} ${means}`),
].join('\n');

const say = (sentence) => process.stderr.write(`${sentence}\n`);
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Ends with one sentence. */
class Refusal extends Error {
  constructor(sentence, code = 1) {
    super(sentence);
    this.code = code;
  }
}

let child;
let told;

async function main([name, ...more]) {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(help);
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(commands, name)) {
    throw new Refusal(`There is no command ${name}. The commands are: ${Object.keys(commands).join(', ')}.`, 2);
  }
  const [script, means] = commands[name];
  if (script === 'src/main.ts' && more.includes('--help')) {
    console.log(`npm run ${name}: ${means}.\nIts settings are environment variables, listed in docs/settings.md.`);
    return 0;
  }
  if (!fs.existsSync(join(root, script))) throw new Refusal(`${name} needs ${script}, which is not here.`, 2);

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => passOn(signal));
  watchParent();
  await install();
  if (told) return 128 + constants.signals[told];
  return runScript(script, name === 'dev', more);
}

function passOn(signal) {
  told ??= signal;
  child?.kill(signal);
}

/** npm does not pass on its own death: when it is killed outright, we end as well. */
function watchParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) passOn('SIGTERM');
  }, 500).unref();
}

/** What must be installed: another lockfile or another kind of machine is another stamp. */
function wantedStamp() {
  const lockfile = fs.readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lockfile).update(`${process.platform} ${process.arch}`).digest('hex');
}

const isInstalled = () => fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wantedStamp();

async function install() {
  if (isInstalled()) return;
  const release = await takeLock();
  try {
    if (told || isInstalled()) return;
    say('Installing the packages that Safelight needs; this takes about half a minute.');
    const stamp = wantedStamp();
    const code = await npmCi();
    if (told) return;
    if (code !== 0) {
      throw new Refusal(`npm could not install the packages (it ended with ${code}); what it says stands above.`);
    }
    fs.writeFileSync(stampFile, stamp);
  } finally {
    release();
  }
}

function npmCi() {
  const { NODE_ENV: _, ...environment } = process.env;
  const given = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  // On Windows npm is a script for the shell. Elsewhere it begins once the lock names it: if we end before, so does it.
  const windows = process.platform === 'win32';
  const [program, before] = windows ? ['npm', []] : ['sh', ['-c', 'read -r _ && exec npm "$@"', 'npm']];
  const npm = spawn(program, [...before, ...given], {
    cwd: root,
    env: environment,
    stdio: [windows ? 'ignore' : 'pipe', 'ignore', 'inherit'],
    shell: windows,
  });
  child = npm;
  if (npm.pid) writeLock(npm.pid);
  npm.stdin?.on('error', () => {}); // It ended first; that is reported below.
  npm.stdin?.end('\n');
  const absent = 'npm is not on the PATH: install it together with Node.';
  return ended(npm, absent).then((code) => {
    if (!windows && code === 127) throw new Refusal(absent);
    return code;
  });
}

function ended(process_, sentence) {
  return new Promise((done, fail) => {
    process_.on('error', () => fail(new Refusal(sentence)));
    process_.on('exit', (code, signal) => {
      child = undefined;
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}

// The lock is outside node_modules, which npm empties. It names this process and its npm: an npm that outlives us still holds it.

const lockFile = join(root, '.cache', 'install.lock');
const writeLock = (npm) => fs.writeFileSync(lockFile, `${process.pid} ${npm ?? ''}`);

async function takeLock() {
  let waiting = false;
  for (;;) {
    if (tryLock()) break;
    if (told) return () => {};
    if (!waiting) say('The packages are being installed by another command; waiting for it.');
    waiting = true;
    await sleep(200);
    breakDeadLock();
  }
  // A process number may be reused by another program, so a lock that is not refreshed is free.
  const fresh = setInterval(() => fs.utimes(lockFile, new Date(), new Date(), () => {}), 5_000).unref();
  return () => {
    clearInterval(fresh);
    fs.rmSync(lockFile, { force: true });
  };
}

function tryLock() {
  try {
    fs.mkdirSync(join(root, '.cache'), { recursive: true });
    fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new Refusal(`The packages cannot be installed: ${root} may not be written to (${error.code}).`);
  }
}

/** Only one process at a time may check and remove a dead lock, so that no one removes the lock of an earlier process. */
function breakDeadLock() {
  if (!isDead()) return;
  const guard = `${lockFile}.breaking`;
  try {
    fs.mkdirSync(guard);
  } catch {
    if (isOlder(guard, 10)) fs.rmSync(guard, { recursive: true, force: true });
    return;
  }
  if (isDead()) fs.rmSync(lockFile, { force: true });
  fs.rmSync(guard, { recursive: true, force: true });
}

function isDead() {
  try {
    const holders = fs.readFileSync(lockFile, 'utf8').split(' ').filter(Boolean).map(Number);
    if (holders.length === 0) return isOlder(lockFile, 5);
    const npm = holders[1];
    return !holders.some(isAlive) || isOlder(lockFile, npm && isAlive(npm) ? 600 : 60);
  } catch {
    return false; // Released in this moment.
  }
}

function isOlder(path, seconds) {
  try {
    return fs.statSync(path).mtimeMs < Date.now() - seconds * 1_000;
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pinnedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const pinned = join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (fs.existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Refusal(
    `Safelight needs Node 24 or later, and there is no packaged one for ${process.platform} ${process.arch}: install Node 24 (this is ${process.version}).`,
  );
}

function runScript(script, watch, more) {
  const node = pinnedNode();
  const given = [...(watch ? ['--watch'] : []), '--require', join(__dirname, 'leash.cjs'), join(root, script), ...more];
  child = spawn(node, given, {
    env: {
      NODE_COMPILE_CACHE: join(modules, '.cache', 'compile'),
      // glibc would keep eight pools of memory for each processor, and large blocks that it could give back.
      GLIBC_TUNABLES: 'glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=131072',
      ...process.env,
      SAFELIGHT_LAUNCHER: process.pid,
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  return ended(child, `The packaged Node at ${node} does not run on this machine: install Node 24 or later.`).then(
    (code) => {
      // It could say nothing itself.
      if (code === 128 + constants.signals.SIGKILL && !told)
        say('Another program or the system killed this command. Start it again. If that goes on, free some memory.');
      return code;
    },
  );
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    say(error instanceof Refusal ? error.message : error.stack);
    process.exit(error.code > 0 ? error.code : 1);
  },
);
