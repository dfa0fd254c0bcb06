/** A form that arrives twice is carried out once. The token of each form is its idempotency key: the change claims it in its own transaction, and a repeat is given the answer of the first. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Marking } from '../../vocabulary/marking.ts';
import { findRequestedId } from '../audit-hook/refusals.ts';
import { seal, unseal } from '../crypto/crypto.ts';
import { isMultipart } from '../files/public-uploads.ts';
import { AlreadySubmitted, Problem } from '../http/problem.ts';
import type { Work } from '../http/request.ts';
import type { ExportedFile } from '../http/server.ts';
import { refuseForm } from './forms.ts';
import * as store from './idempotency-store.ts';
import { findFormOutcome } from './outcome-check.ts';

/** What was sent: by its key, by what it says, and by the key that seals the answer. Only who has the page can tell any of them. */
export class SentForm {
  readonly key: Buffer;
  readonly #mac: (use: string, text: string) => Buffer;
  #requestHash: Buffer;

  constructor(secret: string, token: string, address: string, body: unknown) {
    this.#mac = (use, text) => createHmac('sha256', secret).update(`${use}\0${token}\0${text}`).digest();
    this.key = this.#mac('key', address);
    const { _csrf, ...answers } = body as Record<string, unknown>;
    const sorted = Object.entries(answers).sort(([one], [other]) => (one < other ? -1 : 1));
    this.#requestHash = this.#mac('request', JSON.stringify(sorted));
  }

  get requestHash(): Buffer {
    return this.#requestHash;
  }

  /** Files that came along belong to what was sent. */
  addFileHashes(hashes: readonly string[]): void {
    this.#requestHash = this.#mac('files', JSON.stringify([this.#requestHash.toString('hex'), ...hashes]));
  }

  seal(answer: Answer): Buffer {
    return seal(this.#mac('answer', ''), 'idempotency_keys/answer', JSON.stringify(answer));
  }

  unseal(sealed: Buffer): Answer {
    return JSON.parse(unseal(this.#mac('answer', ''), 'idempotency_keys/answer', sealed).toString()) as Answer;
  }
}

type Answer = {
  readonly status: number;
  /** In base64. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly marking: Marking;
  /** When it was given, in milliseconds. */
  readonly at: number;
  /** Leaves by the way by which all files leave. */
  readonly file?: Omit<ExportedFile, 'content'>;
};
/** Headers that are kept with an answer's body. All others are set again for each answer. */
const keptHeaders = ['location', 'content-type'] as const;
const mostKept = 1024 * 1024;

/** What a repeat says instead of what it was sent with. */
export const differentAnswersError =
  'You already sent this form with other answers, and those are saved. If you want to save these as well, check them and save again.';

/** The first is answered within this time, or its process has ended. */
const longestWait = 5_000;
/** A second press comes within this time. Later a page or file is not shown again: access may have ended since. */
const repeatable = 60_000;
const pause = 20;

type EarlierResult = 'none' | 'other answers' | Answer;

/** What became of the form that was sent before. Waits for an answer that is still being made. */
async function findEarlierResult(work: Work, form: SentForm): Promise<EarlierResult> {
  const until = performance.now() + Math.min(longestWait, work.deadline.spareMs);
  for (;;) {
    const found = await work.deadline.within(store.findKey(work.store, form.key));
    if (!found) return 'none';
    if (!found.requestHash.equals(form.requestHash)) return 'other answers';
    if (found.answer) return refuseIfOld(form.unseal(found.answer), work.now);
    if (performance.now() >= until) throw await findUnanswered(work, form);
    await sleep(pause);
  }
}

/** The form was carried out, and its answer was lost: that it was saved is said only where that is certain. */
async function findUnanswered(work: Work, form: SentForm): Promise<Problem> {
  if ((await findFormOutcome(work, form)) === 'saved') return new AlreadySubmitted();
  return new Problem('outcome unknown', 'the answer of the first press was lost');
}

/** Refuses to show again what was shown a while ago. Where an answer only leads on, the next page decides what it shows. */
function refuseIfOld(answer: Answer, now: Date): Answer {
  if (answer.body !== '' && now.getTime() - answer.at > repeatable) throw new AlreadySubmitted();
  return answer;
}

/** Before a form is carried out: answers a repeat, and has a form with other answers refused in place. A form with files is compared when they have come. */
export async function answerRepeat(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { form } = request.work;
  if (!form || isMultipart(request.raw) || !(await store.findKey(request.work.db, form.key))) return;
  const before = await findEarlierResult(request.work, form);
  if (before === 'other answers') refuseForm(request.body, differentAnswersError);
  else if (before !== 'none') await sendAnswer(request, reply, before);
}

/** After another request carried out the same form at the same moment: the same answer, or the form once more. */
export async function afterCollision(
  request: FastifyRequest,
  reply: FastifyReply,
  carryOut: () => Promise<unknown>,
): Promise<unknown> {
  const { form } = request.work;
  if (!form) throw new AlreadySubmitted();
  const before = await findEarlierResult(request.work, form);
  if (before !== 'none' && before !== 'other answers') return sendAnswer(request, reply, before);
  if (before === 'other answers') refuseForm(request.body, differentAnswersError);
  reply.code(200);
  return carryOut();
}

async function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  const { status, body, headers, marking, file } = answer;
  const content = Buffer.from(body, 'base64');
  if (content.length > 0) request.work.logRepeatedAnswer(findRequestedId(request.params));
  request.work.markAs(marking);
  request.work.repeats = true;
  reply.code(status).headers(headers);
  return reply.send(file ? await reply.export({ ...file, content }) : content);
}

/** Keeps the answer of a completed form for a repeat. Answers that change the session, are too long or can be undone are produced again each time. */
export async function keepAnswer({ work }: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
  const { form, exported, marking } = work;
  if (!form || !work.claimed || reply.statusCode >= 500) return;
  const body = bytesOf(payload);
  const keeps = body && !reply.hasHeader('set-cookie') && (exported || !isFileExport(reply));
  if (!keeps) return store.releaseKey(work.store, form.key);
  const headers = Object.fromEntries(
    keptHeaders.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
  );
  const file = exported && { fileName: exported.fileName, type: exported.type };
  const answer = {
    status: reply.statusCode,
    body: body.toString('base64'),
    headers,
    marking,
    at: work.now.getTime(),
    ...(file && { file }),
  };
  await store.answerKey(work.store, form.key, form.seal(answer));
}

const isFileExport = (reply: FastifyReply): boolean => reply.hasHeader('x-safelight-marking');

/** Undefined for a stream, and for what is too long. */
function bytesOf(payload: unknown): Buffer | undefined {
  if (payload === null || payload === undefined) return Buffer.alloc(0);
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) return undefined;
  const bytes = Buffer.from(payload as string);
  return bytes.length <= mostKept ? bytes : undefined;
}
