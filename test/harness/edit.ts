/** Changes a record as a browser would: opens its form, and sends its hidden fields along. */
import type { LightMyRequestResponse } from 'fastify';
import type { Browsing } from './browsing.ts';

const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** On what a form was opened. */
export const baseIn = ({ body }: { readonly body: string }): string =>
  plain(/name="base" value="([^"]*)"/.exec(body)?.[1] ?? '');

export async function edit(
  visitor: Browsing,
  address: string,
  answers: Record<string, unknown>,
): Promise<LightMyRequestResponse> {
  return visitor.post(address, { ...answers, base: baseIn(await visitor.get(address)) });
}
