/** What the forms of the self-check carry. Nothing is required, and what cannot be read counts as not said. */
import { z } from 'zod';
import { type PlaceKind, placeKinds } from './places.ts';
import { kinds, readers, type SelfCheckReader } from './self-check.ts';

export const steps = ['who', 'notice', 'answer'] as const;
export type Step = (typeof steps)[number];

export type SelfCheckAnswers = {
  readonly step: Step;
  readonly asker: SelfCheckReader;
  /** The kind of place, where the reader chose one. */
  readonly place: PlaceKind | undefined;
  readonly ticked: readonly string[];
};

/** A box that is ticked alone comes as a text, several as a list. */
const Ticked = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);

const CheckForm = z.object({
  at: z.enum(steps).catch('who'),
  reader: z.enum(readers).catch('worried person'),
  kind: z.enum(kinds).catch('not known'),
  place: z.enum(placeKinds).optional().catch(undefined),
  sign: Ticked,
});

/** Hears only ids of signs that there are: whatever else was put into the form is neither answered nor given back. */
export function readSelfCheck(body: unknown, signs: readonly { readonly id: string }[]): SelfCheckAnswers {
  const { at, reader, kind, place, sign } = CheckForm.catch(CheckForm.parse({})).parse(body ?? {});
  return {
    step: at,
    asker: { reader, kind },
    place,
    ticked: signs.flatMap(({ id }) => (sign.includes(id) ? [id] : [])),
  };
}

export const noAnswers: SelfCheckAnswers = readSelfCheck({}, []);

/** The kind of place that a form of the self-check named. */
export const readPlace = (body: unknown): PlaceKind | undefined => readSelfCheck(body, []).place;
