/** Starts the processes named in the settings, and stops them once on a signal. */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { OpenApp } from './platform/area.ts';
import { systemClock } from './platform/clock.ts';
import { BadConfiguration, type Config, readConfig } from './platform/config.ts';
import { handOverToStaff } from './platform/http/both-sites.ts';
import type { BackgroundErrorHandler } from './platform/jobs/outbox.ts';
import { keepHeapSmall } from './platform/memory.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import {
  isDemonstrationUnfinished,
  type LoadDefinition,
  makesDemonstration,
  type Runtime,
  startRuntime,
} from './platform/start.ts';
import { describeStartProblem } from './platform/start-problems.ts';
import type { Traces } from './platform/traces/traces.ts';
import { tourPath } from './vocabulary/paths/platform.ts';

async function main(): Promise<void> {
  keepHeapSmall();
  const config = readConfig();
  await refuseTakenPort(config);
  // The database starts while the application loads, and is migrated while the processes are set up.
  const launched = Promise.withResolvers<void>();
  let stop = async (): Promise<void> => {};
  const loadDefinition = async () => (await import('./app-database.ts')).databaseDefinition;
  const beginning = startRuntime(config, loadDefinition, systemClock, {
    launched: launched.resolve,
    lost: (sentence) => void endWithDatabase(sentence, () => stop()),
    // Nobody could enter anything yet: a first start makes the demonstration before it opens its port.
    beginsEmpty: () => isDemonstrationUnfinished(config),
  });
  await Promise.race([launched.promise, beginning]);
  const [opened] = await Promise.all([
    beginning,
    config.site === 'staff' ? import('./app.ts') : import('./app-public.ts'),
    loadDefinition(),
    loadAssets(),
  ]);
  const observers = await openObservers(opened, loadDefinition);
  const ending = new AbortController();
  const sites: FastifyInstance[] = [];
  let background: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  stop = (): Promise<void> => {
    stopping ??= (async () => {
      ending.abort();
      for (const site of sites) await site.close();
      await background;
      await observers.close();
      await opened.stop();
    })();
    return stopping;
  };
  endOnSignals(sites, config.drainMs, () => stop());
  process.on('disconnect', () => void stop().then(exit)); // The launcher is gone.
  try {
    const opening = await openPort({ ...opened, ...observers }, sites);
    await observers.listen();
    // Once the sockets are open: its first chores would keep the first reader waiting.
    const runBackground = opened.databases.has('main', 'leader') ? await prepareBackground(opened) : undefined;
    background = runBackground?.(ending.signal, (error, chore) => {
      observers.noteBackgroundError(error, chore);
      sites[0]?.log.error({ err: error }, 'background');
    });
    const address = `http://${config.host}:${opening.port}`;
    console.log(`Safelight is open at ${address}`);
    if (opening.signIns) console.log(`Start here: ${address}${tourPath()}\n${opening.signIns}`);
  } catch (error) {
    const asked = stopping !== undefined;
    await stop();
    if (!asked) throw error;
  }
}

const exit = (): void => process.exit(0);

/** SIGTERM says to probes that this process ends, and lets it go on answering until a balancer has noticed, or a second one comes. The others end it when what it answers is answered. */
function endOnSignals(sites: readonly FastifyInstance[], drainMs: number, stop: () => Promise<void>): void {
  const hurried = new AbortController();
  let draining = false;
  process.on('SIGTERM', () => {
    if (draining) return hurried.abort();
    draining = true;
    for (const { ending } of sites) ending.begun = true;
    void sleep(sites.length > 0 ? drainMs : 0, undefined, { signal: hurried.signal })
      .catch(() => {})
      .then(stop)
      .then(exit);
  });
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop().then(exit));
}

/** Opens the port, and the sites of this process behind it. With both, the public one answers while the staff site is loaded. Each is added to `sites`, to be closed. */
async function openPort(
  opened: Runtime & {
    readonly ready: Promise<void>;
    readonly metrics: Metrics | undefined;
    readonly traces: Traces | undefined;
  },
  sites: FastifyInstance[],
) {
  const [assets, { listen }] = await Promise.all([loadAssets(), import('./platform/http/listen.ts')]);
  const { config, ready } = opened;
  const open = async (openApp: OpenApp, site: Config['site']): Promise<FastifyInstance> => {
    const app = await openApp({ ...opened, config: { ...config, site }, assets });
    sites.push(app);
    return app;
  };
  const openStaff = async () => {
    const { openApp } = await import('./app.ts');
    const [site, signIns] = await Promise.all([open(openApp, 'staff'), ready.then(() => demonstrate(opened, openApp))]);
    return { site, signIns };
  };
  const listenWith = (site: FastifyInstance): Promise<number> => listen(site, config.port, config.host);

  if (config.site === 'staff') {
    const { site, signIns } = await openStaff();
    return { port: await listenWith(site), signIns };
  }
  const [site] = await Promise.all([open((await import('./app-public.ts')).openApp, 'public'), ready]);
  if (config.site === 'public') return { port: await listenWith(site), signIns: undefined };
  const staff = Promise.withResolvers<FastifyInstance>();
  handOverToStaff(site, staff.promise);
  // A demonstration is made before anyone is answered: reports need its agencies.
  const early = makesDemonstration(config) ? await openStaff() : undefined;
  const port = await listenWith(site);
  if (!early) await sleep(answersFirst);
  const opening = early ?? (await openStaff());
  await opening.site.ready();
  staff.resolve(opening.site);
  return { port, signIns: opening.signIns };
}

/** Milliseconds for the first requests to the public site. Then the staff site is loaded, which keeps the process busy. */
const answersFirst = 50;

const loadAssets = async () => (await import('./platform/rendering/assets.ts')).openAssets();

/** Metrics and traces, each loaded only where the settings ask for it. */
async function openObservers(opened: Runtime, loadDefinition: LoadDefinition) {
  const { config } = opened;
  const traces = await openTraces(opened);
  const metrics = config.metrics && (await openMetrics(opened, loadDefinition, traces));
  const noteBackgroundError: BackgroundErrorHandler = (error, chore) => {
    metrics?.counted.countBackgroundError();
    if (chore && chore.store !== 'safeguarding') traces?.noteFailedChore(chore.name, error);
  };
  return {
    metrics: metrics?.counted,
    traces,
    noteBackgroundError,
    listen: async (): Promise<void> => {
      if (metrics && config.metrics) await metrics.listen(config.metrics);
    },
    close: async (): Promise<void> => {
      await Promise.all([metrics?.close(), traces?.close()]);
    },
  };
}

/** A public process sends no spans, so it loads nothing for them. */
async function openTraces({ config, clock }: Runtime): Promise<Traces | undefined> {
  const { traces: settings, site, logLevel } = config;
  if (!settings || site === 'public') return undefined;
  const [{ openTraces: open }, { openLogger }] = await Promise.all([
    import('./platform/traces/open-traces.ts'),
    import('./platform/logger.ts'),
  ]);
  const logger = openLogger(logLevel);
  return open({ settings, clock, warn: (fields) => logger.warn(fields, 'spans lost') });
}

async function openMetrics(
  { config, databases, clock }: Runtime,
  loadDefinition: LoadDefinition,
  traces: Traces | undefined,
) {
  const [{ openServedMetrics }, { gaugesOf, Monitor }] = await Promise.all([
    import('./platform/metrics/serve.ts'),
    import('./monitoring/index.ts'),
  ]);
  const monitor = new Monitor({ config, databases, clock, loadDefinition });
  return openServedMetrics({ clock, databases, read: gaugesOf(monitor), lostSpans: traces?.lost });
}

/** Seeds empty databases, and lists who can sign in; does nothing in live mode. */
async function demonstrate(opened: Runtime, openApp: OpenApp): Promise<string | undefined> {
  if (opened.config.mode !== 'demonstration') return undefined;
  const { seedDemonstration, signInList } = await import('./demonstration/index.ts');
  const { password } = await seedDemonstration(opened, openApp, console.log);
  return signInList(password);
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
  const sentence = describeStartProblem(error);
  console.error(sentence ?? error);
  if (sentence && process.env.SAFELIGHT_LOG === 'debug') console.error(error);
  process.exit(1);
});
