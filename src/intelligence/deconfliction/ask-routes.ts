/** Answers blinded questions of a partner's program by HTTPS. Nobody signs in: the signature is checked first, and the agency must have compared its key before. Who is no partner learns nothing else. */
import { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { openExchangeKey } from '../../platform/crypto/exchange-key.ts';
import { type App, may, type Request, typed } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { deconflictionPaths } from '../../vocabulary/paths/intelligence.ts';
import { accept } from '../../vocabulary/result.ts';
import { mostQuestions, weekOf } from './deconfliction.ts';
import { maxMessageBytes, type QuestionMessage, questionsIn, readQuestion, writeAnswer } from './messages.ts';
import { type Answers, answerQuestions, padTags } from './oblivious-check.ts';
import { checkKeyOf, paddingSecret } from './pair-keys.ts';
import { answerProgram, type ProgramAnswer } from './store.ts';

export async function askRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await app.register(async (plain) => {
    const here = typed(plain);
    here.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: maxMessageBytes }, (_, body, done) =>
      done(null, body),
    );
    const config = {
      ...{ action: 'deconfliction.ask', signed: true, verbatim: true },
      rateLimit: { max: 60, timeWindow: 60_000 },
    };
    here.post(
      deconflictionPaths.ask.route,
      { ...may('deconfliction.ask', z.unknown()), bodyLimit: maxMessageBytes, config },
      async (request, reply) => {
        const { code, answer } = await answerRequest(request, keys);
        await request.work.waitForInterval();
        return reply
          .code(code)
          .type('application/json; charset=utf-8')
          .send(`${JSON.stringify(answer)}\n`);
      },
    );
  });
}

type Said = { readonly code: number; readonly answer: object };
const unknown: Said = { code: 404, answer: { answered: false, why: 'not a partner' } };

async function answerRequest(request: Request, keys: UnitKeys): Promise<Said> {
  const { now, body } = request;
  const question = Buffer.isBuffer(body) ? readQuestion(body.toString('utf8'), now) : undefined;
  if (!question) return { code: 400, answer: { answered: false, why: 'not a question, or not signed' } };
  if (question === 'another time' || question.week !== weekOf(now))
    return { code: 409, answer: { answered: false, why: 'another time' } };
  await request.work.begin(undefined);
  const found = await find(request, question);
  if (!found) return unknown;
  const { allowed, partner, contact, tags } = found;
  const answers = allowed ? tryToAnswer(keys, question, partner) : null;
  if (answers === undefined) return { code: 400, answer: { answered: false, why: 'no question of this function' } };
  const list = padTags(tags, paddingSecret(keys, question.to, partner, question.week));
  return {
    code: 200,
    answer: writeAnswer(openExchangeKey(keys), question, { answers, refused: !allowed, contact, list }, now),
  };
}

/** What is no element of the group counts as asked, and is not answered. */
function tryToAnswer(keys: UnitKeys, question: QuestionMessage, partner: string): Answers | null | undefined {
  if (question.questions.length === 0) return null;
  try {
    return answerQuestions(checkKeyOf(keys, question.to, partner, question.week), questionsIn(question));
  } catch {
    return undefined;
  }
}

async function find(request: Request, question: QuestionMessage): Promise<ProgramAnswer | undefined> {
  const { publicKey: key, from, to, week, questions } = question;
  const found = await request.change(
    'deconfliction.answered',
    to,
    async (tx) =>
      accept(
        await answerProgram(tx, {
          ...{ key, from, to, week, questions: questions.length, most: mostQuestions, now: request.now },
        }),
      ),
    { kind: 'disclosure', fields: ['tag', 'contact'], owner: to },
  );
  return found.ok ? found.value : undefined;
}
