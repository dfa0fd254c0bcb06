/** One round of a witness, for both logs of an application: fetch, check, remember, cosign, hand back. */
import { findFault, type Note, readKey, readNote } from '../verify/note.ts';
import { type LogName, logNames, readState, type Settings, saveEvidence, writeState } from './folder.ts';
import { checkConsistencyProof, judgeCheckpoint, type Refusal, refusalMessages } from './judge.ts';
import { formatAuthorization, formatCosignature } from './signing.ts';

/** What became of one log in one round. */
export type WatchResult =
  | { readonly log: LogName; readonly kind: 'cosigned'; readonly size: number }
  | { readonly log: LogName; readonly kind: 'empty' }
  | { readonly log: LogName; readonly kind: 'refused'; readonly why: string; readonly evidence: string }
  | { readonly log: LogName; readonly kind: 'not reached'; readonly why: string };

export type SendRequest = (
  path: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<Answer>;
export type Answer = { readonly status: number; readonly text: string };

/** Over the network, with a bound on time. */
export const sendOverNetwork =
  (url: string): SendRequest =>
  async (path, init) => {
    const answer = await fetch(new URL(path, url), { ...init, redirect: 'error', signal: AbortSignal.timeout(30_000) });
    return { status: answer.status, text: await answer.text() };
  };

class LogUnreachable extends Error {}

export async function watchOnce(
  folder: string,
  settings: Settings,
  now: () => Date,
  ask: SendRequest,
): Promise<WatchResult[]> {
  const rounds: WatchResult[] = [];
  for (const log of logNames) {
    try {
      rounds.push(await watchLog(folder, settings, log, now, ask));
    } catch (error) {
      const why =
        error instanceof LogUnreachable ? error.message : `the log cannot be reached (${(error as Error).message})`;
      rounds.push({ log, kind: 'not reached', why });
    }
  }
  return rounds;
}

async function watchLog(
  folder: string,
  settings: Settings,
  log: LogName,
  now: () => Date,
  ask: SendRequest,
): Promise<WatchResult> {
  const send = async (method: string, what: string, body = ''): Promise<Answer> => {
    const path = `/staff/log/witness/${log}/${what}`;
    const header = formatAuthorization(settings.name, settings.key, { method, path, body }, now());
    const headers = { authorization: header, ...(body && { 'content-type': 'text/plain' }) };
    return ask(path, { method, headers, ...(body && { body }) });
  };
  const seen = readState(folder, log);
  const shown = await send('GET', 'checkpoint');
  if (shown.status === 404 && seen.checkpoint === null) return { log, kind: 'empty' };
  if (shown.status !== 200 && shown.status !== 404) throw new LogUnreachable(describeFailure(shown));
  // The first time, the keys that the log names are taken for its own, for ever; a later one must be vouched for by people.
  const keys = seen.keys.length > 0 ? seen.keys : (await expect200(send('GET', 'keys'))).split('\n').filter(readKey);
  const refused = (refusal: Refusal, more: Record<string, unknown> = {}): WatchResult => {
    const evidence = { why: refusalMessages[refusal], shown: shown.text, before: seen.checkpoint, keys, ...more };
    return {
      log,
      kind: 'refused',
      why: refusalMessages[refusal],
      evidence: saveEvidence(folder, log, now(), evidence),
    };
  };
  if (shown.status === 404) return refused('rolled back');
  const judged = judgeCheckpoint({ note: shown.text, keys, before: seen.checkpoint });
  if (!judged.ok) return refused(judged.refusal);
  const { now: note, last } = judged.value;
  if (last && last.size < note.size) {
    const proof = await send('GET', `consistency?from=${last.size}&to=${note.size}`);
    if (proof.status >= 500) throw new LogUnreachable(describeFailure(proof));
    const grown = checkConsistencyProof(last, note, proof.status === 200 ? proof.text : undefined);
    if (!grown.ok) return refused(grown.refusal, { proof: proof.text });
  }
  const signed =
    keepOwnSignatures(note, shown.text, keys) + formatCosignature(settings.name, settings.key, note.body, now());
  writeState(folder, log, { keys, checkpoint: signed }); // Before anything is reported, so that what was cosigned is never forgotten.
  await expect200(send('POST', 'cosignatures', signed));
  return { log, kind: 'cosigned', size: note.size };
}

/** The checkpoint with no line but the log's. */
function keepOwnSignatures(note: Note, text: string, keys: readonly string[]): string {
  const known = keys.flatMap((key) => readKey(key) ?? []);
  const lines = readNote(text)?.lines.filter(({ name }) => name === note.origin) ?? [];
  const bare = `${note.body}\n${lines.map((line) => `${line.text}\n`).join('')}`;
  const read = readNote(bare);
  if (!read || findFault(read, known) !== undefined) throw new Error('a checkpoint that was good is not');
  return bare;
}

async function expect200(asking: Promise<Answer>): Promise<string> {
  const answer = await asking;
  if (answer.status !== 200) throw new LogUnreachable(describeFailure(answer));
  return answer.text;
}

const describeFailure = ({ status, text }: Answer): string =>
  /^[^<\n]{1,300}\n?$/.test(text) ? text.trim() : `the log answered with ${status}`;
