/** Asks the instance of a partner by HTTPS. It follows no redirect, waits a few seconds and reads a bounded answer. */
import type { ExchangeKey } from '../../platform/crypto/exchange-key.ts';
import { deconflictionPaths } from '../../vocabulary/paths/intelligence.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { Failure, Partner } from './deconfliction.ts';
import { type Answer, maxMessageBytes, readAnswer, writeQuestion } from './messages.ts';

const patienceMs = 3_000;

/** Takes blinded questions, none or a dozen, and gives the partner's answer or why there is none. */
export async function askPartner(
  key: ExchangeKey,
  { origin, agencyId, theirAgency, publicKey }: Partner,
  { week, now, asked }: { readonly week: string; readonly now: Date; readonly asked: readonly Uint8Array[] },
): Promise<Result<Answer, Failure>> {
  const question = writeQuestion(key, { from: agencyId, to: theirAgency, week, at: now }, asked);
  try {
    const response = await fetch(`${origin}${deconflictionPaths.ask()}`, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await readBounded(response);
    if (response.status === 404) return refuse('no partner there');
    if (response.status === 409) return refuse('another time');
    if (response.status !== 200) return refuse('no answer');
    const answer = readAnswer(text, question, publicKey);
    return answer ? accept(answer) : refuse('another key');
  } catch {
    return refuse('no answer');
  }
}

/** Throws where the answer is longer than any list. */
async function readBounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > maxMessageBytes) throw new RangeError('the answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
