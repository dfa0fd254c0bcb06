/** A terminal that remembers what was said, for commands that run in the test's own process. */
import type { Terminal } from '../../src/cli/command.ts';
import { Refusal } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import type { Opened } from '../../src/platform/start.ts';
import type { TestHouse } from './house.ts';

export type Heard = {
  readonly code: number;
  readonly said: readonly string[];
  readonly told: readonly string[];
  readonly written: Buffer;
};

type Setting = Partial<Pick<Terminal, 'folder' | 'redraw' | 'askSecret' | 'stopped'>> & {
  readonly house?: TestHouse;
  readonly input?: string;
};

/** Runs one command; without a house, whatever would open one is refused. */
export async function typed(words: readonly string[], { house, input = '', ...more }: Setting = {}): Promise<Heard> {
  const [said, told, written]: [string[], string[], Uint8Array[]] = [[], [], []];
  const code = await runCommandLine(words, {
    say: (line) => said.push(line),
    tell: (line) => told.push(line),
    write: async (bytes) => void written.push(bytes),
    redraw: undefined,
    askSecret: undefined,
    readAll: async () => Buffer.from(input),
    folder: import.meta.dirname,
    stopped: new AbortController().signal,
    open: async () => {
      if (!house) throw new Refusal('There is no house here.');
      return openedOf(house);
    },
    ...more,
  });
  return { code, said, told, written: Buffer.concat(written) };
}

const openedOf = ({ config, databases, keys, clock }: TestHouse): Opened => ({
  config,
  databases,
  keys,
  clock,
  stop: async () => {},
});
