/** Watches how long anybody waits for a lock of a table or a row, in both databases. */
import pg from 'pg';

/** In milliseconds. */
const askEach = 10;

export type LockWatch = {
  readonly longestMs: () => number;
  readonly who: () => string;
  readonly stop: () => Promise<void>;
};

/** `address`: the superuser's. A wait for the turn to migrate keeps nobody from their work and is left out. */
export async function watchLocks(address: string): Promise<LockWatch> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  let [longestMs, who, over] = [0, 'nobody', false];
  const watching = (async () => {
    while (!over) {
      const { rows } = await client.query<{ ms: number; who: string }>(
        `select extract(epoch from clock_timestamp() - l.waitstart) * 1000 as ms, a.usename || ' ' || left(a.query, 60) as who
           from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and l.locktype not in ('advisory', 'virtualxid') and l.waitstart is not null
          order by 1 desc limit 1`,
      );
      const [found] = rows;
      if (found && Number(found.ms) > longestMs) [longestMs, who] = [Number(found.ms), found.who];
      await new Promise((later) => setTimeout(later, askEach));
    }
  })();
  return {
    longestMs: () => longestMs,
    who: () => who,
    stop: async () => {
      over = true;
      await watching;
      await client.end();
    },
  };
}
