/** Progress of a long command: a bar on a terminal, else one line for every hundred. */
import type { Terminal } from './command.ts';

export type Progress = {
  readonly update: (done: number) => void;
  /** Says something without being written over. */
  readonly tell: (line: string) => void;
  readonly end: () => void;
};

const width = 30;
const every = 100;

export function openProgress(total: number, { redraw, tell }: Pick<Terminal, 'redraw' | 'tell'>): Progress {
  const count = (number: number): string => number.toLocaleString('en-GB');
  let [done, told] = [0, 0];
  const bar = (): string => {
    const filled = total === 0 ? width : Math.round((done / total) * width);
    return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${count(done)} of ${count(total)}`;
  };
  const draw = (): void => redraw?.(bar());
  draw();
  return {
    update: (now) => {
      done = now;
      if (redraw) return draw();
      for (; told + every <= done; told += every) tell(`${count(told + every)} of ${count(total)} read`);
    },
    tell: (line) => {
      redraw?.('');
      tell(line);
      draw();
    },
    end: () => redraw?.(''),
  };
}
