/** The kinds of exploitation in the terms of other standards, with every gap named. Pure, apart from its data. */
import type { Exploitation } from '../vocabulary/exploitation.ts';
import { type ExploitationCode, exploitationCodes } from './load.ts';

export const codeOf = (key: string): ExploitationCode | undefined =>
  exploitationCodes.types.find((one) => one.key === key);

/** The groups of UK statistics that these boxes fall under, each once. */
export const groupsOf = (keys: readonly string[]): readonly Exploitation[] => [
  ...new Set(keys.flatMap((key) => codeOf(key)?.group ?? [])),
];

export type HtcdsExploitation = {
  readonly vic_TypeOfExploitation: readonly string[];
  readonly vic_MethodsOfControl: readonly string[];
  /** What the conversion lost; exported with the file. */
  readonly gaps: readonly string[];
};

export function toHtcds(keys: readonly string[]): HtcdsExploitation {
  const codes = keys.flatMap((key) => codeOf(key) ?? []);
  return {
    vic_TypeOfExploitation: [...new Set(codes.flatMap(({ htcds, control }) => htcds ?? (control ? [] : 'Other')))],
    vic_MethodsOfControl: [...new Set(codes.flatMap(({ control }) => control ?? []))],
    gaps: codes.flatMap(({ key, gap }) => (gap ? [`${key}: ${gap}`] : [])),
  };
}
