/** Whether a form whose answer was lost was saved. One press asks; nothing is carried out. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accept, refuse } from '../../vocabulary/result.ts';
import { isMultipart } from '../files/public-uploads.ts';
import { findProblemKind, Problem } from '../http/problem.ts';
import type { Work } from '../http/request.ts';
import type { SentForm } from './idempotency.ts';
import { claimKey } from './idempotency-store.ts';

/** Sent along with the same form to ask what became of it. */
const checkField = '_check';

/** A form that a page holds unseen. */
export type HiddenForm = {
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

export type FormOutcome = 'saved' | 'not saved' | 'not known';

export type FormOutcomePage = {
  readonly title: string;
  readonly text: string;
  /** The same form, to be sent again. */
  readonly again: HiddenForm | undefined;
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/form-outcome': FormOutcomePage;
  }
}

/** Claims the form's key. Where that succeeds, the first press has changed nothing and no longer can: the claim is rolled back. Where the key is there, the row of the log about this question is committed: replicas confirm commits in their order, and so the earlier one too. A press that is still under way is waited for. */
export async function findFormOutcome(work: Work, form: SentForm): Promise<FormOutcome> {
  const own = work.form;
  work.form = undefined; // The question claims no key of its own.
  try {
    const found = await work.change('checked whether a form was saved', null, async (tx) =>
      (await claimKey(tx, form, work.now)) ? refuse('not saved') : accept('saved'),
    );
    return found.ok ? 'saved' : found.refusal;
  } catch (error) {
    if (findProblemKind(error) !== 'unavailable') throw error;
    return 'not known';
  } finally {
    work.form = own;
  }
}

export const asksForOutcome = (body: unknown): boolean => fieldsOf(body)[checkField] !== undefined;

/** Answers who asks what became of a form; 503 with the same question where that is still not known. */
export async function answerOutcome(
  request: FastifyRequest,
  reply: FastifyReply,
  form: SentForm,
): Promise<FastifyReply> {
  const outcome = await findFormOutcome(request.work, form);
  request.work.form = outcome === 'not known' ? form : undefined;
  if (outcome === 'not known') throw new Problem('outcome unknown', 'the database does not say');
  return reply.send(await reply.page('platform/form-outcome', outcomePage(outcome, request)));
}

const outcomePage = (outcome: 'saved' | 'not saved', request: FastifyRequest): FormOutcomePage => {
  if (outcome === 'saved') return { title: 'It was saved', text: 'You need not send it again.', again: undefined };
  const again = hasAllAnswers(request) ? hiddenForm(request) : undefined;
  const text = again
    ? 'Nothing was changed. Your answers are still here.'
    : 'Nothing was changed. Go back to the form and send it again.';
  return { title: 'It was not saved', text, again };
};

/** The question about the form that this request sent; undefined where it sent none that can be asked about. */
export function outcomeQuestion(request: FastifyRequest): HiddenForm | undefined {
  if (!request.work?.form && !asksForOutcome(request.body)) return undefined;
  const { action, fields } = hiddenForm(request);
  const asked = hasAllAnswers(request) ? { fields, with: 'answers' } : { fields: tokenAlone(fields), with: 'token' };
  return { action, fields: [...asked.fields, { name: checkField, value: asked.with }] };
}

/** Neither files nor what only its owner may know is kept in a page. */
const hasAllAnswers = (request: FastifyRequest): boolean => {
  const body = fieldsOf(request.body);
  if (isMultipart(request.raw) || body[checkField] === 'token') return false;
  return !Object.keys(body).some((name) => /password|code|secret/i.test(name));
};

const hiddenForm = ({ url, body }: FastifyRequest): HiddenForm => ({
  action: url,
  fields: Object.entries(fieldsOf(body))
    .filter(([name]) => name !== checkField)
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) }))),
});

const tokenAlone = (fields: HiddenForm['fields']): HiddenForm['fields'] =>
  fields.filter(({ name }) => name === '_csrf');

const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
