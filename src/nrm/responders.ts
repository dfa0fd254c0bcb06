/** Who may raise a concern, who may submit, and who has a duty to notify. Pure. */
import { type Dated, inForce } from './dated-rules.ts';

export const nations = ['England', 'Wales', 'Scotland', 'Northern Ireland'] as const;
export type Nation = (typeof nations)[number];

export type FirstResponder = Dated & {
  readonly id: string;
  readonly name: string;
  /** One organisation, or every organisation of a kind, each with its own name on the form. */
  readonly covers: 'one' | 'each';
  readonly nations: readonly Nation[];
  readonly bound: 'statute' | 'policy' | 'no';
};

/** The entry in force under which members of an organisation submit; undefined if there is none, and then nobody there can submit. */
export const responderOn = (
  all: readonly FirstResponder[],
  id: string | null,
  day: string,
): FirstResponder | undefined => (id === null ? undefined : inForce(all, day).find((one) => one.id === id));

export const maySubmit = (all: readonly FirstResponder[], id: string | null, day: string): boolean =>
  responderOn(all, id, day) !== undefined;

/** The statutory duty applies in England and Wales only (Modern Slavery Act 2015 section 52). */
export function dutyOf({ bound }: FirstResponder, nation: Nation): 'statute' | 'policy' | 'may' {
  if (bound === 'policy') return 'policy';
  return bound === 'statute' && (nation === 'England' || nation === 'Wales') ? 'statute' : 'may';
}
