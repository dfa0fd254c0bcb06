/** What later rooms say of a person on the page of her record: each reads by its own rules and writes down its own look. */
import type { UnitKeys } from '../../platform/crypto.ts';
import type { Request } from '../../platform/http.ts';
import type { PersonId } from './person.ts';

/** One thing that runs or is open, and where it is dealt with. */
export type Line = { readonly what: string; readonly text: string; readonly href: string };

export type Told = {
  /** What is to be done and what can still be done, the most urgent first. */
  readonly now?: readonly Line[];
  /** What is open of the person elsewhere. */
  readonly open?: readonly Line[];
  /** The concern that goes on: nobody is asked to raise a second. */
  readonly concern?: string | undefined;
};

export type Beside = {
  readonly action: string;
  readonly tell: (request: Request, keys: UnitKeys, id: PersonId) => Promise<Told>;
};

/** Of those rooms that who asks may enter. */
export async function besideOf(
  besides: readonly Beside[],
  request: Request,
  keys: UnitKeys,
  id: PersonId,
): Promise<Required<Told>> {
  const all: Told[] = [];
  for (const { action, tell } of besides) if (request.can(action)) all.push(await tell(request, keys, id));
  return {
    now: all.flatMap(({ now = [] }) => now),
    open: all.flatMap(({ open = [] }) => open),
    concern: all.find(({ concern }) => concern)?.concern,
  };
}
