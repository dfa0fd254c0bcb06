/** What a command of the command line is: what it says of itself, what may be given to it, and where it speaks. */
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Runtime } from '../platform/start.ts';

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  someBad: 3,
  notTrue: 4,
  stopped: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with one sentence. */
export class Refusal extends Error {
  readonly code: ExitCode;

  constructor(sentence: string, code: ExitCode = exitCodes.failed) {
    super(sentence);
    this.code = code;
  }
}

export const usageError = (sentence: string): Refusal => new Refusal(sentence, exitCodes.usage);

const longestLine = 500;

/** Input and file names may hold any characters. Messages show them as one safe line. */
export const toOneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, longestLine);

/** Where a command reads and speaks; a test gives its own. */
export type Terminal = {
  /** Answers: standard output. */
  readonly printLine: (line: string) => void;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** What goes wrong, and how far it has come: standard error. */
  readonly tell: (line: string) => void;
  /** Writes a line that the next one overwrites; undefined if the output is not a terminal. */
  readonly redraw: ((line: string) => void) | undefined;
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  readonly readAll: () => Promise<Buffer>;
  /** Where relative paths begin. */
  readonly folder: string;
  readonly stopped: AbortSignal;
  readonly open: () => Promise<Runtime>;
};

/** What parseArgs found, every option by its name. */
export type ParsedArguments = {
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly rest: readonly string[];
};

export type Command = {
  /** As it is typed: `release import`. */
  readonly name: string;
  readonly usage: string;
  /** One line in the list of commands. */
  readonly does: string;
  /** The rest of its own help. */
  readonly helpText: string;
  /** Which data it works on, where that is another than most commands'. */
  readonly dataHelp?: string;
  readonly options: ParseArgsOptionsConfig;
  readonly run: (given: ParsedArguments, terminal: Terminal) => Promise<ExitCode>;
};

/** The text of an option; refuses if a required option is missing. */
export function getTextOption({ options }: ParsedArguments, name: string, missing?: string): string {
  const value = options[name];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  if (missing) throw usageError(missing);
  return '';
}

export const hasFlag = ({ options }: ParsedArguments, name: string): boolean => options[name] === true;

const grace = 3_000;

/** Starts the application, does the work and always stops it again. After a stop signal, the work gets a moment to finish. */
export async function withRuntime<Value>(
  terminal: Terminal,
  work: (opened: Runtime) => Promise<Value>,
): Promise<Value> {
  const opened = await terminal.open();
  const stop = Promise.withResolvers<never>();
  stop.promise.catch(() => {});
  const heard = (): void => void setTimeout(() => stop.reject(stoppedRefusal), grace).unref();
  terminal.stopped.addEventListener('abort', heard, { once: true });
  try {
    if (terminal.stopped.aborted) throw stoppedRefusal;
    return await Promise.race([work(opened), stop.promise]);
  } finally {
    terminal.stopped.removeEventListener('abort', heard);
    await opened.stop();
  }
}

export const stoppedRefusal = new Refusal('Stopped. What was finished before is kept.', exitCodes.stopped);
