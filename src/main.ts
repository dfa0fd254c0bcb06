/** Starts the processes named in the settings, and stops them once on a signal. */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenApp } from './platform/area.ts';
import { systemClock } from './platform/clock.ts';
import { BadConfiguration, type Config, readConfig } from './platform/config.ts';
import { keepHeapSmall } from './platform/memory.ts';
import { type Runtime, startRuntime } from './platform/start.ts';
import { describeStartProblem } from './platform/start-problems.ts';

async function main(): Promise<void> {
  keepHeapSmall();
  const config = readConfig();
  await refuseTakenPort(config);
  // The database starts while the application loads, and is migrated while the processes are set up.
  const launched = Promise.withResolvers<void>();
  let stop = async (): Promise<void> => {};
  const beginning = startRuntime(
    config,
    async () => (await import('./app-database.ts')).databaseDefinition,
    systemClock,
    {
      launched: launched.resolve,
      lost: (sentence) => void endWithDatabase(sentence, () => stop()),
    },
  );
  await Promise.race([launched.promise, beginning]);
  const [opened, { openApp }, { openAssets }] = await Promise.all([
    beginning,
    config.site === 'public' ? import('./app-public.ts') : import('./app.ts'),
    import('./platform/rendering/assets.ts'),
  ]);
  const [app, demonstration] = await Promise.all([
    openAssets().then((assets) => openApp({ ...opened, assets })),
    opened.ready.then(() => demonstrate(opened, openApp)),
  ]).catch(async (error: unknown) => {
    await opened.stop();
    throw error;
  });
  const ending = new AbortController();
  let stopping: Promise<void> | undefined;
  const runBackground = opened.databases.has('main', 'leader') ? await prepareBackground(opened) : undefined;
  let background: Promise<void> | undefined;
  stop = (): Promise<void> => {
    stopping ??= (async () => {
      ending.abort();
      await app.close();
      await background;
      await opened.stop();
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop().then(() => process.exit(0)));
  process.on('disconnect', () => void stop().then(() => process.exit(0))); // The launcher is gone.
  let port: number;
  try {
    const { listen } = await import('./platform/http/listen.ts');
    port = await listen(app, config.port, config.host);
  } catch (error) {
    await stop();
    throw error;
  }
  // Once the sockets are open: its first chores would keep the first reader waiting.
  background = runBackground?.(ending.signal, (error) => app.log.error({ err: error }, 'background'));
  console.log(`Safelight is open at http://${config.host}:${port}`);
  if (demonstration) console.log(demonstration.list);
}

/** Seeds empty databases; does nothing in live mode or if only the public site runs here. */
async function demonstrate(opened: Runtime, openApp: OpenApp): Promise<{ readonly list: string } | undefined> {
  if (opened.config.mode !== 'demonstration' || opened.config.site === 'public') return undefined;
  const { seedDemonstration, signInList } = await import('./demonstration/index.ts');
  const { password } = await seedDemonstration(opened, openApp, console.log);
  return { list: signInList(password) };
}

/** The work of all areas, whatever site this process serves. */
async function prepareBackground(opened: Runtime): Promise<ReturnType<typeof listBackground>> {
  const [{ areas }, { listBackground }] = await Promise.all([
    import('./app.ts'),
    import('./platform/jobs/background.ts'),
  ]);
  return listBackground(areas, opened);
}

/** Nothing works without the database. The process exits, so that the service manager restarts it together with the database. */
async function endWithDatabase(sentence: string, stop: () => Promise<void>): Promise<void> {
  console.error(`${sentence} Safelight ends with it: start it again.`);
  await Promise.race([stop().catch(() => {}), sleep(longestEnd)]);
  process.exit(1);
}

const longestEnd = 10_000;

/** Asked before anything is started, so that a taken port costs nothing. */
function refuseTakenPort({ port, host }: Config): Promise<void> {
  return new Promise((done, refuse) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => refuse(portProblem(error, port)));
    probe.listen(port, host, () => probe.close(() => done()));
  });
}

const portProblem = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === 'EADDRINUSE'
    ? new BadConfiguration(`Port ${port} is taken by another program. Stop it, or choose another: PORT=3001 npm start.`)
    : error.code === 'EACCES'
      ? new BadConfiguration(`Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start.`)
      : error;

main().catch((error: unknown) => {
  console.error(describeStartProblem(error) ?? error);
  process.exit(1);
});
