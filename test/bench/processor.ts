/** What processes have used of the processors, in microseconds: it holds when others use the machine too. Nought where the system does not tell. */
import { readdirSync, readFileSync } from 'node:fs';

const statOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];

/** `ended`: of its children that are no more, too. */
export function processorTime(pid: number, { ended = false } = {}): number {
  try {
    const fields = statOf(pid).slice(11, ended ? 15 : 13);
    return fields.reduce((sum, field) => sum + Number(field) * 10_000, 0);
  } catch {
    return 0;
  }
}

/** Of PostgreSQL's first process and all that it has begun. */
export function familyTime(parent: number): number {
  let sum = processorTime(parent, { ended: true });
  for (const name of readdirSync('/proc')) {
    try {
      if (/^\d+$/.test(name) && Number(statOf(Number(name))[1]) === parent) sum += processorTime(Number(name));
    } catch {
      // It has ended in the meantime.
    }
  }
  return sum;
}
