/** The first page of a demonstration: what Safelight is, a week in eight steps, and every account with one press. */
import { z } from 'zod';
import { openWithoutPassword } from '../identity/sign-in/index.ts';
import { type App, fromMemory, may, readForm } from '../platform/http/server.ts';
import { type AreaParts, formOwner } from '../platform/http/sites.ts';
import { capital } from '../vocabulary/languages/english.ts';
import { staffSite } from '../vocabulary/paths/path.ts';
import { tourPath } from '../vocabulary/paths/platform.ts';
import { agencies, type CastMember, exampleEmail, members } from './cast.ts';
import { steps } from './steps.ts';

type Account = {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly role: string;
  readonly does: string;
  readonly agency: string;
};

type TourPage = {
  readonly title: string;
  readonly action: string;
  readonly steps: readonly {
    readonly title: string;
    readonly says: string;
    readonly at: string;
    readonly step: number;
    readonly as: Account | undefined;
  }[];
  /** By agency. */
  readonly accounts: readonly { readonly agency: string; readonly people: readonly Account[] }[];
  readonly csrf?: () => string;
};

declare module '../platform/rendering/views.ts' {
  interface ViewModels {
    'tour/tour': TourPage;
  }
}

const toAccount = ({ key, name, title, roles, does, agency }: CastMember): Account => ({
  key,
  name,
  title,
  role: roles.join(', '),
  does: capital(does),
  agency: agencies.find((one) => one.key === agency)?.name ?? '',
});

const accounts = members.map(toAccount);

export const tourPage = (): TourPage => ({
  title: 'Try Safelight',
  action: tourPath(),
  steps: steps.map(({ as, ...step }, index) => ({
    ...step,
    step: index + 1,
    as: accounts.find(({ key }) => key === as),
  })),
  accounts: [...Map.groupBy(accounts, ({ agency }) => agency)].map(([agency, people]) => ({ agency, people })),
});

const TourForm = z.object({
  as: z.enum(members.map(({ key }) => key)),
  step: z.coerce.number().int().min(1).max(steps.length).optional().catch(undefined),
});

/** Never in live mode: there the address is not found. */
export async function tourRoutes(app: App, { mode, views, staffShell }: AreaParts): Promise<void> {
  if (mode !== 'demonstration') return;

  app.get(tourPath.route, fromMemory, async (request, reply) => {
    const token = reply.generateCsrf({ userInfo: formOwner(request) }); // Another would replace the secret of the first.
    reply.type('text/html; charset=utf-8');
    return views.render('tour/tour', { ...staffShell, ...tourPage(), csrf: () => token });
  });

  app.post(tourPath.route, may('session.open'), async (request, reply) => {
    const form = readForm(TourForm, request.body);
    if (!form.ok) return reply.redirect(tourPath(), 303);
    const member = members.find(({ key }) => key === form.values.as) ?? members[0];
    await openWithoutPassword(request, reply, mode, exampleEmail(member));
    return reply.redirect(form.values.step ? (steps[form.values.step - 1]?.at ?? staffSite) : staffSite, 303);
  });
}
