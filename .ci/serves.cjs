/** `node .ci/serves.cjs <script>`: starts a script of package.json that serves, asks it for one page, and stops it. Ends with 1 where one of these fails. */
const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const [, , script] = process.argv;
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

async function main() {
  const data = mkdtempSync(join(tmpdir(), 'safelight-serves-'));
  const port = await freePort();
  const env = { ...process.env, SAFELIGHT_DATA: data, PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn('npm', ['run', script], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  let ended = false;
  const end = new Promise((done) =>
    child.once('exit', () => {
      ended = true;
      done();
    }),
  );
  try {
    const status = await firstAnswer(port, () => ended);
    if (status !== 200) throw new Error(`npm run ${script} answered its first page with ${status}.`);
    child.kill('SIGTERM');
    await Promise.race([end, sleep(60_000)]);
    if (!ended) throw new Error(`npm run ${script} did not stop within a minute.`);
    await fetch(`http://127.0.0.1:${port}/`).then(
      () => Promise.reject(new Error(`npm run ${script} ended and left its server running.`)),
      () => {},
    );
    console.log(`npm run ${script} answered and stopped.`);
  } finally {
    if (!ended) child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

async function firstAnswer(port, over) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (over()) throw new Error(`npm run ${script} ended before it answered.`);
    try {
      return (await fetch(`http://127.0.0.1:${port}/`)).status;
    } catch {
      await sleep(250);
    }
  }
  throw new Error(`npm run ${script} did not answer within two and a half minutes.`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
