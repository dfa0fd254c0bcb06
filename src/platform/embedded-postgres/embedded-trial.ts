/** The process that embedded.test.ts kills: opens the database of a folder, prints what it hears, and writes rows until it is ended. */
import pg from 'pg';
import { openEmbedded } from './embedded.ts';

const [folder = '', work] = process.argv.slice(2);
const line = (text: string) => process.stdout.write(`${text}\n`);

try {
  const embedded = await openEmbedded(folder, {
    fsync: work === 'write',
    tell: (sentence) => line(`told ${sentence}`),
  });
  process.once('SIGTERM', async () => {
    line('stopping');
    await embedded.stop();
    process.exit(0);
  });
  const client = new pg.Client({ connectionString: embedded.addresses.main.owner });
  client.on('error', () => {}); // Stopping ends the session.
  await client.connect();
  await client.query('create table if not exists answered (number integer primary key)');
  line('open');
  if (work === 'write') await write(client);
  else setInterval(() => {}, 60_000);
} catch (error) {
  line(`refused ${(error as Error).message}`);
  process.exit(3);
}

/** A number is printed only after the database has confirmed it. */
async function write(client: pg.Client): Promise<never> {
  const { rows } = await client.query<{ next: number }>('select coalesce(max(number), 0) + 1 as next from answered');
  for (let number = rows[0]?.next ?? 1; ; number++) {
    await client.query('insert into answered values ($1)', [number]);
    line(String(number));
  }
}
