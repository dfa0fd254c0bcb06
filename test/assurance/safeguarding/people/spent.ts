/** Processor time of this process and of the database server's: on a machine at work, the clock tells of the others too. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '../../../../src/platform/database/database.ts';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Milliseconds since the last call; nothing where the system does not tell. */
export type Spent = () => number | undefined;

/** A connection that was opened since is counted whole. */
export async function spentSince(db: Db): Promise<Spent> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  const server = read(`/proc/${rows[0]?.pid}/stat`).split(') ')[1]?.split(' ')[1];
  const ofEach = (): Map<string, number> => {
    const children = read(`/proc/${server}/task/${server}/children`).trim().split(' ');
    return new Map(children.map((pid) => [pid, Number(read(`/proc/${pid}/schedstat`).split(' ')[0]) / 1e6]));
  };
  let [before, own] = [ofEach(), process.cpuUsage()];
  return () => {
    const [now, more] = [ofEach(), process.cpuUsage(own)];
    let sum = (more.user + more.system) / 1_000;
    for (const [pid, spent] of now) sum += spent - (before.get(pid) ?? 0);
    const told = before.size > 1;
    [before, own] = [now, process.cpuUsage()];
    return told ? sum : undefined;
  };
}
