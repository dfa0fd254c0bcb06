/** Discards a version that was counted and that nobody signed: one form, with a reason for the log. */
import { formRoute } from '../platform/forms/form-route.ts';
import type { FormErrors } from '../platform/http/server.ts';
import { type App, IdPath, may } from '../platform/http/server.ts';
import type { CasePage, FormPage } from '../platform/rendering/pages.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { DiscardForm } from './forms.ts';
import type { Return } from './return.ts';
import type { FirstSignature } from './second-signature/second-signature.ts';
import { findFirstSignature } from './second-signature/store.ts';
import { discardReturn, getReturn } from './store.ts';

const signedErrors: FormErrors = {
  '': 'Somebody signed this version, so you cannot discard it. Nothing was discarded. To correct it, count a new version',
};

/** Whether an analyst can discard it: nobody signed it, not even for a second signature. */
export const mayDiscard = ({ signature }: Return, first: FirstSignature | undefined): boolean =>
  signature === null && first === undefined;

export function discardRoute(app: App): void {
  formRoute(app, returnPaths.discard.route, {
    may: may('return.count', IdPath),
    load: async ({ db, params }) => {
      const drawn = await getReturn(db, params.id);
      return { drawn, first: await findFirstSignature(db, drawn.id) };
    },
    instead: ({ drawn, first }) => (mayDiscard(drawn, first) ? undefined : signedPage(drawn)),
    form: DiscardForm,
    page: ({ drawn }) => discardPage(drawn),
    saves: null,
    event: 'return discarded',
    subject: ({ drawn }) => drawn.id,
    details: ({ drawn: { version } }, { reason }) => ({ reason: `Version ${version}: ${reason}` }),
    change: async (tx, { drawn }) => ((await discardReturn(tx, drawn.id)) ? accept(true) : refuse('signed')),
    refusals: { signed: signedErrors },
    next: (_, { drawn }) => returnPaths.operation(drawn.operationId),
  });
}

const discardPage = ({ id, version, facts }: Return): FormPage => ({
  title: `Discard version ${version}`,
  caption: facts.codeName,
  lead: [
    'Nobody signed this version. Its figures, and what you said of them, are deleted. Signed versions, certificates and published numbers stay as they are.',
    `The next count is version ${version} again.`,
  ],
  action: returnPaths.discard(id),
  cancel: returnPaths.return(id),
  button: 'Discard this version',
  dangerous: true,
  fields: (ask) => [
    ask.words('reason', 'Why do you discard it?', {
      hint: 'The access log keeps this reason. Do not name anybody.',
      most: 500,
      rows: 3,
    }),
  ],
});

const signedPage = ({ id, version, facts }: Return): CasePage => ({
  back: { href: returnPaths.return(id), text: `Return ${version}` },
  caption: facts.codeName,
  title: `You cannot discard version ${version}`,
  sections: [
    { kind: 'states', items: [{ kind: 'unlawful', text: 'Somebody signed it. To correct it, count a new version.' }] },
  ],
});
