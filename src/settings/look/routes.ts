/** Proposes a logo, cleaned as it comes in, and a main colour. */
import { isDeepStrictEqual } from 'node:util';
import { receiveFiles, registerUploadRoutes } from '../../platform/files/staff-uploads.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import { cleanLogo } from '../../platform/look/clean-logo.ts';
import type { LookPart } from '../../platform/look/site-look.ts';
import {
  addVersions,
  listApprovedVersions,
  listNewestVersions,
  type SettingId,
  type SettingVersion,
  stateOfVersion,
} from '../../public/settings/index.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { settingsPaths } from '../../vocabulary/paths/settings.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { Content } from '../partnership-forms.ts';
import { ColourForm, FileInMemory, LogoForm } from './forms.ts';
import { colourFormPage, logoFormPage, logoIn } from './pages.ts';

const unchanged: Record<'nothing changed', FormErrors> = {
  'nothing changed': { '': 'You changed nothing. Change an answer, or cancel.' },
};

type Known = {
  readonly id: SettingId;
  readonly waiting: boolean;
  /** What is proposed, else what is public, else nothing. */
  readonly shown: Content;
};

async function loadPart({ db }: Request, part: LookPart): Promise<Known> {
  const ofPart = ({ setting }: SettingVersion): boolean => setting.part === part;
  const newest = (await listNewestVersions(db, 'look')).find(ofPart);
  const approved = (await listApprovedVersions(db, 'look')).find(ofPart);
  const waiting = newest !== undefined && stateOfVersion(newest) === 'proposed';
  return { id: newId(), waiting, shown: (waiting ? newest : approved)?.setting.content ?? {} };
}

export async function lookRoutes(app: App): Promise<void> {
  await registerUploadRoutes(app, logoRoutes);
  formRoute(app, settingsPaths.colour.route, {
    may: may('public setting.propose'),
    load: (request: Request) => loadPart(request, 'colour'),
    form: ColourForm,
    page: ({ shown, waiting }) => colourFormPage(shown, waiting),
    event: 'public setting.proposed',
    subject: ({ id }) => id,
    details: () => ({ fields: ['look', 'colour'] }),
    change: async (tx, { id, shown }, content, { actor, now }) => {
      if (isDeepStrictEqual(content, shown)) return refuse('nothing changed');
      const proposedBy = actor.memberId as MemberId;
      await addVersions(tx, [{ id, kind: 'look', part: 'colour', content, proposedBy, proposedAt: now }]);
      return accept(id);
    },
    refusals: unchanged,
    next: (id) => settingsPaths.version(id),
  });
}

async function logoRoutes(app: App): Promise<void> {
  app.get(settingsPaths.logo.route, may('public setting.propose'), async (request, reply) => {
    const { shown, waiting } = await loadPart(request, 'logo');
    return reply.form(logoFormPage(shown, waiting));
  });

  // Not a form route: the file is received and cleaned before the change.
  app.post(settingsPaths.logo.route, may('public setting.propose'), async (request, reply) =>
    receiveLogo(request, reply, await loadPart(request, 'logo')),
  );
}

async function receiveLogo(request: Request, reply: Reply, known: Known): Promise<unknown> {
  const again = (errors: FormErrors) =>
    reply.form(logoFormPage(known.shown, known.waiting), answersOf(request.body), errors);
  const form = readForm(LogoForm, request.body);
  const file = new FileInMemory();
  await receiveFiles(request, file);
  if (!form.ok)
    return again(
      file.bytes ? { ...form.errors, file: 'Choose the file again: the form was not complete' } : form.errors,
    );
  const made = await makeContent(form.values.show, file.bytes, known.shown);
  if (!made.ok) return again({ file: made.error });
  const { alternative } = form.values;
  const content = { ...made.content, ...(alternative !== null && logoIn(made.content) && { alternative }) };
  const changed = await request.change(
    'public setting.proposed',
    known.id,
    async (tx) => {
      if (isDeepStrictEqual(content, known.shown)) return refuse('nothing changed');
      const proposedBy = request.actor.memberId as MemberId;
      const { id } = known;
      await addVersions(tx, [{ id, kind: 'look', part: 'logo', content, proposedBy, proposedAt: request.now }]);
      return accept(id);
    },
    { fields: ['look', 'logo'] },
  );
  return changed.ok ? reply.redirect(settingsPaths.version(changed.value), 303) : again(unchanged[changed.refusal]);
}

type MadeContent = { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly error: string };

/** The logo that is to be shown, without the words about it; empty where none is. */
async function makeContent(show: string, bytes: Buffer | undefined, shown: Content): Promise<MadeContent> {
  if (show === 'none') return { ok: true, content: {} };
  const kept = logoIn(shown);
  if (show === 'kept' && kept) {
    const { alternative: _, ...picture } = kept;
    return { ok: true, content: picture };
  }
  if (!bytes) return { ok: false, error: 'Select a file' };
  const cleaned = await cleanLogo(bytes);
  return cleaned.ok ? { ok: true, content: cleaned.logo } : cleaned;
}
