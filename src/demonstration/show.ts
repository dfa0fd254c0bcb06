/** The demonstration opened to be looked at, not to be kept: for the gallery. */
import type { OpenApp } from '../platform/area.ts';
import { sessionCookie } from '../platform/http/sites.ts';
import { openAssets } from '../platform/rendering/assets.ts';
import type { Runtime } from '../platform/start.ts';
import { listInternalPages, requestInternally } from '../public/private-journey/visitor.ts';
import { seedWeek, signInWith } from './seed.ts';

export async function openDemonstration(opened: Runtime, openApp: OpenApp) {
  const assets = await openAssets();
  const { members } = await seedWeek({
    ...opened,
    openApp,
    assets,
    today: opened.clock.today(),
    password: 'only to be looked at',
  });
  const app = await openApp({ ...opened, assets });
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    base,
    signIn: signInWith(opened.databases, opened.clock, members),
    get: (url: string, token?: string) => app.inject({ url, ...(token && { cookies: { [sessionCookie]: token } }) }),
    /** As the journey asks for a page. */
    inside: (url: string) => requestInternally(app, url),
    /** Addresses of the pages that a browser reaches through the private entrance. */
    indoors: listInternalPages(app),
    close: () => app.close(),
  };
}
export type OpenDemonstration = Awaited<ReturnType<typeof openDemonstration>>;
