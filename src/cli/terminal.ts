/** The terminal that a person sits at, or the streams of a script. */
import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readConfig } from '../platform/config.ts';
import { exitCodes, Refusal, type Terminal } from './command.ts';

export function openTerminal(stopped: AbortSignal): Terminal {
  const { stdin, stdout, stderr, env } = process;
  let drawn = false;
  /** A reader that has gone away (`| head`) is no reason to fail loudly. */
  stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed),
  );
  return {
    printLine: (line) => void stdout.write(`${line}\n`),
    write: async (bytes) => {
      if (!stdout.write(bytes)) await once(stdout, 'drain');
    },
    tell: (line) => void stderr.write(`${line}\n`),
    redraw: stderr.isTTY
      ? (line) => {
          if (line || drawn) stderr.write(`\r\u001b[2K${line}`);
          drawn = line !== '';
        }
      : undefined,
    askSecret: stdin.isTTY && stderr.isTTY ? (question) => askSecret(question, stopped) : undefined,
    readAll: () =>
      buffer(addAbortSignal(stopped, stdin)).catch((error: unknown) => {
        throw stopped.aborted ? nothingChanged : error;
      }),
    // npm works in the package's own folder, and remembers where it was called.
    folder: (env.npm_lifecycle_event === 'safelight' && env.INIT_CWD) || process.cwd(),
    stopped,
    open: async () => {
      const config = readConfig();
      const { openRuntime: open } = await import('../platform/start.ts');
      return open(config, async () => (await import('../app.ts')).databaseDefinition);
    },
  };
}

const nothingChanged = new Refusal('Stopped. Nothing was changed.', exitCodes.stopped);

/** Reads a line without showing it. Ctrl-C stops the command; Ctrl-U clears the line. */
function askSecret(question: string, stopped: AbortSignal): Promise<string> {
  const { stdin, stderr } = process;
  stdin.setRawMode(true); // Set before the question is printed, so that early typing is hidden too.
  stderr.write(question);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((done, refuse) => {
    let typed = '';
    const end = (finish: () => void): void => {
      stdin.off('data', hear);
      stopped.removeEventListener('abort', stop);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      finish();
    };
    const stop = (): void => end(() => refuse(nothingChanged));
    const hear = (text: string): void => {
      for (const key of text) {
        if (key === '\r' || key === '\n') {
          end(() => done(typed));
          return;
        }
        if (key === '\u0003' || (key === '\u0004' && typed === '')) {
          stop();
          return;
        }
        if (key === '\u0015') typed = '';
        else if (key === '\u007f' || key === '\b') typed = [...typed].slice(0, -1).join('');
        else if (key >= ' ') typed += key;
      }
    };
    stdin.on('data', hear);
    stopped.addEventListener('abort', stop, { once: true });
  });
}
