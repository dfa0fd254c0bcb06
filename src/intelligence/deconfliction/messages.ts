/** What instances send each other in the check: a signed question and a signed answer. Everything about a plan in them is blinded or a digest. Pure, but for the key that signs. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ExchangeKey, isSignedByItsKey, signDocument } from '../../platform/crypto/exchange-key.ts';
import type { ContactDetails } from './deconfliction.ts';
import type { Answers } from './oblivious-check.ts';

/** A list of some thousand entries is far below it. */
export const maxMessageBytes = 1_000_000;
/** How far two clocks may differ, in milliseconds. */
const mostSkew = 5 * 60_000;

const element = z.base64().length(44);
const signature = { keyId: z.string().max(64), publicKey: z.string().max(64), signature: z.string().max(128) };
const pair = {
  from: z.uuid(),
  to: z.uuid(),
  week: z.iso.date(),
  at: z.iso.datetime(),
};

export const QuestionMessage = z.strictObject({
  schema: z.literal('safelight-check-question'),
  schemaVersion: z.literal(1),
  ...pair,
  questions: z.array(element).max(12),
  ...signature,
});
export type QuestionMessage = z.output<typeof QuestionMessage>;

const AnswerMessage = z.strictObject({
  schema: z.literal('safelight-check-answer'),
  schemaVersion: z.literal(1),
  ...pair,
  /** Digest of the question's signature, so that no other answer fits it. */
  question: z.string().length(64),
  /** Null where nothing was asked, or as much may not be asked. */
  answers: z
    .strictObject({ publicKey: element, evaluated: z.array(element).max(12), proof: z.base64().length(88) })
    .nullable(),
  refused: z.boolean(),
  contact: z.strictObject({
    name: z.string().min(1).max(200),
    telephone: z.string().min(1).max(200),
    hours: z.string().min(1).max(200),
  }),
  list: z.array(element).min(1).max(10_000),
  ...signature,
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export type Pair = { readonly from: string; readonly to: string; readonly week: string; readonly at: Date };

export const writeQuestion = (
  key: ExchangeKey,
  { at, ...pairOf }: Pair,
  asked: readonly Uint8Array[],
): QuestionMessage =>
  signDocument(
    {
      schema: 'safelight-check-question' as const,
      schemaVersion: 1 as const,
      ...{ ...pairOf, at: at.toISOString(), questions: asked.map(base64) },
    },
    key,
  );

/** Undefined where it is no question or not signed by its key; “another time” where clocks differ too much. */
export function readQuestion(text: string, now: Date): QuestionMessage | 'another time' | undefined {
  const read = QuestionMessage.safeParse(parse(text));
  if (!read.success || !isSignedByItsKey(read.data)) return undefined;
  return Math.abs(new Date(read.data.at).getTime() - now.getTime()) > mostSkew ? 'another time' : read.data;
}

export const questionsIn = ({ questions }: QuestionMessage): readonly Uint8Array[] => questions.map(bytes);

export type Answer = {
  readonly answers: Answers | null;
  readonly refused: boolean;
  readonly contact: ContactDetails;
  readonly list: readonly Buffer[];
};

export const writeAnswer = (
  key: ExchangeKey,
  { from, to, week, signature: asked }: QuestionMessage,
  { answers, refused, contact, list }: Answer,
  at: Date,
): object =>
  signDocument(
    {
      schema: 'safelight-check-answer' as const,
      schemaVersion: 1 as const,
      ...{ from: to, to: from, week, at: at.toISOString(), question: digestOf(asked) },
      answers: answers && {
        publicKey: base64(answers.publicKey),
        evaluated: answers.evaluated.map(base64),
        proof: base64(answers.proof),
      },
      ...{ refused, contact, list: list.map(base64) },
    },
    key,
  );

/** The answer to this question, signed by this key; undefined where it is not. */
export function readAnswer(text: string, question: QuestionMessage, publicKey: string): Answer | undefined {
  const read = AnswerMessage.safeParse(parse(text));
  if (!read.success || read.data.publicKey !== publicKey || !isSignedByItsKey(read.data)) return undefined;
  const { from, to, week, answers, refused, contact, list, question: answered } = read.data;
  if (from !== question.to || to !== question.from || week !== question.week) return undefined;
  if (answered !== digestOf(question.signature)) return undefined;
  return {
    answers: answers && {
      publicKey: bytes(answers.publicKey),
      evaluated: answers.evaluated.map(bytes),
      proof: bytes(answers.proof),
    },
    ...{ refused, contact, list: list.map(bytes) },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a partnership gives another to be compared with: one line to paste. */
export type Invitation = { readonly origin: string; readonly agencyId: string; readonly publicKey: string };
const invitationLine = /^safelight-check-1 (https?:\/\/[^\s/]+) ([0-9a-f-]{36}) ([A-Za-z0-9+/]{43}=)$/;

export const formatInvitation = ({ origin, agencyId, publicKey }: Invitation): string =>
  `safelight-check-1 ${origin} ${agencyId} ${publicKey}`;

/** Undefined where the text is no such line, or its address is more than a scheme, a name and a port. A number is no name: it could be a machine of the own network. On a trial an address on this machine may do without HTTPS. */
export function readInvitation(typed: string, isTrial: boolean): Invitation | undefined {
  const [, origin = '', agencyId = '', publicKey = ''] = invitationLine.exec(typed.trim()) ?? [];
  if (!URL.canParse(origin) || !z.uuid().safeParse(agencyId).success) return undefined;
  const { protocol, hostname, origin: written } = new URL(origin);
  if (written !== origin) return undefined;
  const isNamed = hostname.includes('.') && !/^[\d.]+$|^\[/.test(hostname);
  return (protocol === 'https:' && isNamed) || (isTrial && hostname === 'localhost')
    ? { origin, agencyId, publicKey }
    : undefined;
}
