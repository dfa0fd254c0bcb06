/** Opens one address read-only, as of one moment, and verifies the log there. */
import pg from 'pg';
import { type VerifyOptions, type VerifyResult, verifyLog } from './verify.ts';

export async function verifyAddress(address: string, asked: VerifyOptions): Promise<VerifyResult> {
  const client = new pg.Client({
    connectionString: address,
    application_name: 'safelight verify',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {}); // A query under way fails by itself.
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // With the auditor's login the policies require the role, and in the safeguarding database also the side. They open the log and nothing else.
    await client.query(
      "select set_config('safelight.roles', 'auditor', true), set_config('safelight.side', 'help', true)",
    );
    return await verifyLog(client, asked);
  } finally {
    await client.end();
  }
}
