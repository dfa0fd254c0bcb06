/** Values and helpers for tests of joining. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

export const exampleInvitee = {
  name: 'Sam New',
  title: 'Nurse',
  email: 'Sam@Example.org',
  roles: ['field', 'safeguarding lead'],
};
export const password = 'seven herons mending boats';

/** The link that a page shows once, without its host. */
export const findInvitationLink = ({ body }: { readonly body: string }): string =>
  /value="https?:\/\/[^/"]+(\/staff\/join\/[\w-]+)"/.exec(body)?.[1] ?? '';

export const findCsrfToken = (body: string): string => /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';

/** Opens a page without signing in, and sends its form. */
export async function submitForm(
  app: FastifyInstance,
  url: string,
  answers: Readonly<Record<string, string>>,
): Promise<LightMyRequestResponse> {
  const page = await app.inject(url);
  return app.inject({
    method: 'POST',
    url,
    cookies: Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])),
    payload: new URLSearchParams({ ...answers, _csrf: findCsrfToken(page.body) }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

export const findSessionCookie = ({ cookies }: LightMyRequestResponse): string =>
  cookies.find(({ name }) => name === 'safelight')?.value ?? '';
