/** Opens one address for reading alone, as of one moment, and verifies the log that lies there. */
import pg from 'pg';
import { type Asked, type Verified, verifyLog } from './verify.ts';

export async function verifyAddress(address: string, asked: Asked): Promise<Verified> {
  const client = new pg.Client({
    connectionString: address,
    application_name: 'safelight verify',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {}); // A query under way fails by itself.
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // Under the auditor's login the policies ask for the role, and behind the wall for the side; they open the log and nothing else.
    await client.query(
      "select set_config('safelight.roles', 'auditor', true), set_config('safelight.side', 'help', true)",
    );
    return await verifyLog(client, asked);
  } finally {
    await client.end();
  }
}
