/** What a look-up answers: all of it, what may be known of it, or nothing. Nothing is also the answer to what never was. */

export type LookupResult<Full, Restricted> =
  | { readonly sight: 'full'; readonly record: Full }
  | { readonly sight: 'restricted'; readonly record: Restricted }
  | { readonly sight: 'nothing' };

export const full = <Full>(record: Full): { readonly sight: 'full'; readonly record: Full } => ({
  sight: 'full',
  record,
});
export const restricted = <Restricted>(
  record: Restricted,
): { readonly sight: 'restricted'; readonly record: Restricted } => ({ sight: 'restricted', record });
export const notVisible = { sight: 'nothing' } as const;

/** The only way in to a record looked up: each of the three answers is named, or it does not compile. */
export function matchLookup<Full, Restricted, Answer>(
  seen: LookupResult<Full, Restricted>,
  answers: {
    readonly full: (record: Full) => Answer;
    readonly restricted: (record: Restricted) => Answer;
    readonly nothing: () => Answer;
  },
): Answer {
  switch (seen.sight) {
    case 'full':
      return answers.full(seen.record);
    case 'restricted':
      return answers.restricted(seen.record);
    case 'nothing':
      return answers.nothing();
  }
}
