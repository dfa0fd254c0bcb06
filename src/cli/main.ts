/** The command line for the people who run Safelight. */
import { runCommandLine } from './run.ts';
import { openTerminal } from './terminal.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
process.exitCode = await runCommandLine(process.argv.slice(2), openTerminal(stopping.signal));
