/** What a test has as `t.after`, for work outside a test: runs what was handed in, the last first. */
import { shareServer } from '../../../harness/shared-server.ts';

export async function scoped<Value>(
  run: (t: { after: (end: () => unknown) => void }) => Promise<Value>,
): Promise<Value> {
  await shareServer();
  const ends: (() => unknown)[] = [];
  try {
    return await run({ after: (end) => void ends.push(end) });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
