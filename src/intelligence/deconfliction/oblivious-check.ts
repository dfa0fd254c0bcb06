/** The blind comparison of two lists: a verifiable oblivious pseudorandom function (RFC 9497, ristretto255 with SHA-512, mode VOPRF). The holder of a list learns how many questions were asked and no question; who asks learns which of the own entries are in the list and nothing of the others. Pure, but for random numbers. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';

/** The library's types leave out the holder's own evaluation (RFC 9497, 3.3.1, Evaluate), which its code has. */
type WithEvaluate = { evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array };
const voprf = ristretto255_oprf.voprf as typeof ristretto255_oprf.voprf & WithEvaluate;
const elementBytes = 32;

export type CheckKey = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array };

const info = Buffer.from('Safelight check between agencies');

/** Takes a secret of 32 bytes: one for each holder, asking agency and week. */
export const deriveCheckKey = (seed: Uint8Array): CheckKey => voprf.deriveKeyPair(seed, info);

const bytesOf = (input: string): Uint8Array => Buffer.from(input, 'utf8');

/** An output of the function as lists have it: 32 bytes. */
const toTag = (output: Uint8Array): Buffer => createHash('sha256').update('safelight list/').update(output).digest();

/** The holder's own entry as its list has it. About 1.2 ms of processor time. */
export const tagOf = ({ secretKey }: CheckKey, input: string): Buffer =>
  toTag(voprf.evaluate(secretKey, bytesOf(input)));

/** Questions are sent by the dozen, so that their number says less about the plan. */
export const questionsAtOnce = 12;
/** A list has as many tags as a multiple of this: its length does not say how much is planned. */
export const listStep = 500;

type Blinded = { readonly input: string | undefined; readonly blind: Uint8Array; readonly blinded: Uint8Array };
export type Questions = { readonly asked: readonly Uint8Array[]; readonly kept: readonly Blinded[] };

/** Takes at most as many inputs as are asked at once, gives as many blinded questions as that. The missing ones are random. */
export function blindQuestions(inputs: readonly string[]): Questions {
  if (inputs.length > questionsAtOnce) throw new RangeError(`more than ${questionsAtOnce} questions at once`);
  const kept = Array.from({ length: questionsAtOnce }, (_, at) => {
    const input = inputs[at];
    const { blind, blinded } = voprf.blind(input === undefined ? randomBytes(elementBytes) : bytesOf(input));
    return { input, blind, blinded };
  });
  return { asked: kept.map(({ blinded }) => blinded), kept };
}

export type Answers = {
  readonly publicKey: Uint8Array;
  readonly evaluated: readonly Uint8Array[];
  readonly proof: Uint8Array;
};

/** Answers blinded questions with one proof for all. Throws where a question is no element of the group, or the identity. */
export function answerQuestions({ secretKey, publicKey }: CheckKey, asked: readonly Uint8Array[]): Answers {
  const { evaluated, proof } = voprf.blindEvaluateBatch(secretKey, publicKey, [...asked]);
  return { publicKey, evaluated, proof };
}

/** The tags of the questions that were not random, by input. Throws where the proof does not hold: then another key answered. */
export function openAnswers(
  { kept }: Questions,
  { publicKey, evaluated, proof }: Answers,
): ReadonlyMap<string, Buffer> {
  if (evaluated.length !== kept.length) throw new RangeError('as many answers as questions are needed');
  const items = kept.map(({ input, blind, blinded }, at) => ({
    input: input === undefined ? new Uint8Array(elementBytes) : bytesOf(input),
    ...{ blind, blinded, evaluated: evaluated[at] ?? new Uint8Array() },
  }));
  const outputs = voprf.finalizeBatch(items, publicKey, proof);
  return new Map(
    kept.flatMap(({ input }, at) => {
      const output = outputs[at];
      return input === undefined || output === undefined ? [] : [[input, toTag(output)] as const];
    }),
  );
}

/** The list that leaves: tags in order of their bytes, filled up with others that no input has. The same tags and secret give the same list. */
export function padTags(tags: readonly Buffer[], secret: string): readonly Buffer[] {
  const distinct = [...new Map(tags.map((tag) => [tag.toString('hex'), tag])).values()];
  const length = Math.max(1, Math.ceil(distinct.length / listStep)) * listStep;
  const padding = Array.from({ length: length - distinct.length }, (_, at) =>
    createHmac('sha256', secret).update(`padding ${at}`).digest(),
  );
  return [...distinct, ...padding].sort(Buffer.compare);
}
