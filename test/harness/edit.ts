/** Changes a record as a browser would: opens its form, and sends its hidden fields along. */
import type { LightMyRequestResponse } from 'fastify';
import type { TestClient } from './browsing.ts';

const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** On what a form was opened. */
export const findFormBase = ({ body }: { readonly body: string }): string =>
  plain(/name="base" value="([^"]*)"/.exec(body)?.[1] ?? '');

export async function submitEdit(
  visitor: TestClient,
  address: string,
  answers: Record<string, unknown>,
): Promise<LightMyRequestResponse> {
  return visitor.post(address, { ...answers, base: findFormBase(await visitor.get(address)) });
}
