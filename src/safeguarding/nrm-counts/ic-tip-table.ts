/** The IC-TIP table for counts: the built-in one, or a file that an installation supplies after reading the standard's. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type IcTip, icTipVersions, readIcTip } from '../../nrm/index.ts';
import { BadConfiguration } from '../../platform/config.ts';
import { unknownWords } from './nrm-counts.ts';

/** Refuses a wrong file with its first fault, and a code under an unknown word, which would never be used. */
export function icTipFrom(file?: string): readonly IcTip[] {
  if (file === undefined) return icTipVersions;
  try {
    const versions = readIcTip(parse(readFileSync(file, 'utf8')));
    const [stranger] = versions.flatMap(unknownWords);
    if (stranger) throw new Error(`there is a code under “${stranger}”, which is no word of ours`);
    return versions;
  } catch (error) {
    throw new BadConfiguration(
      `The table of IC-TIP in ${file} (SAFELIGHT_IC_TIP) is not right: ${faultOf(error as Error)}.`,
    );
  }
}

/** The first fault, on one line. */
function faultOf(error: Error & { readonly issues?: readonly { path: PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues ?? [];
  const words = issue ? [issue.path.join('.'), issue.message].filter(Boolean).join(': ') : error.message;
  return words.split('\n', 1)[0] ?? '';
}
