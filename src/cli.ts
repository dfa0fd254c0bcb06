/** The command line of whoever runs Safelight. */
import { runCommandLine } from './cli/run.ts';
import { openTerminal } from './cli/terminal.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
process.exitCode = await runCommandLine(process.argv.slice(2), openTerminal(stopping.signal));
