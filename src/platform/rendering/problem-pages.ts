/** How each site words a problem: what happened, and what to do. */
import type { FastifyRequest } from 'fastify';
import { pathOf } from '../addresses.ts';
import { type HiddenForm, outcomeQuestion } from '../forms/outcome-check.ts';
import type { ProblemKind } from '../http/problem.ts';

const words: Record<ProblemKind | 'bug', { readonly title: string; readonly text: string }> = {
  'bad request': {
    title: 'That could not be read',
    text: 'The address or the form did not arrive as it was sent. Go back, reload the page and try again.',
  },
  'not signed in': { title: 'You are not signed in', text: 'Sign in to go on. What you typed is kept on this page.' },
  forbidden: {
    title: 'Your role does not include this',
    text: 'Nothing was changed. If your work needs it, ask your agency’s administrator.',
  },
  'not to leave': {
    title: 'This may not leave Safelight',
    text: 'Your role cannot export records with this marking. Read them here, or ask your data-protection lead to export them.',
  },
  'not found': {
    title: 'There is nothing here',
    text: 'It may have been moved, or it may be something that is not shared with you. Check the address, or start from the first page.',
  },
  conflict: {
    title: 'Somebody else changed this',
    text: 'Your change was not made, so that theirs is not lost. Go back, reload the page, check their change and try again.',
  },
  'sent before': {
    title: 'You already sent this form',
    text: 'What you sent first is saved. Nothing else was changed. Go back, reload the page and look at what is there.',
  },
  'too large': {
    title: 'That is too long to send',
    text: 'Nothing was saved. Go back and shorten what you typed, or send it in parts.',
  },
  'too many': { title: 'Too many tries', text: 'Wait five minutes, then try again. Nothing else is affected.' },
  unavailable: {
    title: 'Safelight cannot answer just now',
    text: 'Nothing was shown and nothing was changed. Try again in a minute. In an emergency call 999.',
  },
  'outcome unknown': {
    title: 'We do not know whether this was saved',
    text: 'Safelight’s database did not answer in time. Check before you send it again. In an emergency call 999.',
  },
  bug: {
    title: 'Something went wrong here',
    text: 'It is our fault, not yours, and it has been written down. Go back and try again; if it goes on, tell your administrator the reference below.',
  },
};

/** Enforcement is kept from what people say about themselves on purpose, so the page does not suggest asking for access. */
const restrictedText =
  'Nothing was shown. What people say of themselves is for those who help them; others get totals, through the return.';

export type ProblemPage = {
  readonly title: string;
  readonly text: string;
  readonly kind: ProblemKind | 'bug';
  /** To tell the administrator, where it is a bug of ours. */
  readonly reference: string | undefined;
  /** What was typed into a form whose session had ended. */
  readonly kept: string | undefined;
  /** Asks what became of a form whose outcome is not known. */
  readonly check: HiddenForm | undefined;
};

export const problemModel = (kind: ProblemKind | 'bug', request: FastifyRequest): ProblemPage => ({
  ...words[kind],
  ...(kind === 'forbidden' && request.url.startsWith('/staff/safeguarding') && { text: restrictedText }),
  kind,
  reference: kind === 'bug' ? request.work?.id : undefined,
  kept: kind === 'not signed in' ? serialiseAnswers(request) : undefined,
  check: kind === 'outcome unknown' ? outcomeQuestion(request) : undefined,
});

/** What was typed into a form whose session had ended, to be sent again after signing in; never a password. */
function serialiseAnswers(request: FastifyRequest): string | undefined {
  if (request.method !== 'POST' || typeof request.body !== 'object' || request.body === null) return undefined;
  if (!isSameOrigin(request)) return undefined;
  const { _csrf, password: _password, ...answers } = request.body as Record<string, unknown>;
  return JSON.stringify({ url: pathOf(request.url), answers });
}

/** Whether a page of ours sent the form. A form from another site is not kept to be sent again. Browsers have stated the origin since 2023; without it nothing is kept. */
function isSameOrigin({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}
