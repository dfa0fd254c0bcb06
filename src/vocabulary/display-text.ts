/** The words that pages show for stored values: a stored value is one to three words and stays, its words may change. Pure. */
import { capital } from './languages/english.ts';

/** The options of a choice, in the order of the values, each with its words. */
export const optionsOf = <Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<Value, string>>,
): { readonly value: Value; readonly text: string }[] =>
  values.map((value) => ({ value, text: capital(words[value]) }));
