/** Answers a try that has to wait: the page in place, with what was typed, and when to come back. */
import type { Reply } from '../http/server.ts';
import type { TooMany } from './throttle-store.ts';

export async function answerTooMany(reply: Reply, { seconds }: TooMany, page: Promise<string>): Promise<string> {
  const answer = await page;
  reply.code(429).header('retry-after', String(seconds));
  return answer;
}
