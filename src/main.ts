/** Opens the doors that the settings name, and closes them when told, once. */
import { createServer } from 'node:net';
import { openApp, runBackground } from './app.ts';
import { seedDemonstration, signInList } from './demonstration/index.ts';
import { openAssets } from './platform/assets.ts';
import { BadConfiguration, type Config, readConfig } from './platform/config.ts';
import { open } from './start.ts';

async function main(): Promise<void> {
  const config = readConfig();
  await refuseTakenPort(config);
  const [opened, assets] = await Promise.all([open(config), openAssets()]);
  const demonstration =
    config.mode === 'demonstration' && config.door !== 'public'
      ? await seedDemonstration(opened, console.log)
      : undefined;
  const ending = new AbortController();
  let stopping: Promise<void> | undefined;
  const app = await openApp({ ...opened, assets });
  const background = opened.databases.has('main', 'leader')
    ? runBackground(opened.databases, opened.clock, ending.signal, (error) =>
        app.log.error({ err: error }, 'background'),
      )
    : undefined;
  const stop = (): Promise<void> => {
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
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = app.server.address() as { port: number };
  console.log(`Safelight is open at http://${config.host}:${port}`);
  if (demonstration) console.log(signInList(demonstration.password));
}

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
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
