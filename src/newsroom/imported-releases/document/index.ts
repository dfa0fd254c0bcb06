/** Reads a file of a release without a database, as an object for other programs or as lines for people. */
import { digest } from '../../../platform/crypto/crypto.ts';
import type { Claim } from '../../release-reading/parsed-release.ts';
import { badFileFinding } from '../findings/file-findings.ts';
import { claimCells, kinds, notStated } from '../in-words.ts';
import { loadReleaseReading } from '../reading.ts';
import { type ReleaseReading, readingOf, readingOfBad } from './release-reading.ts';

export { type ReleaseReading, readingJsonSchema, readingSchemaFile } from './release-reading.ts';

/** A reading, and its claims in the words of the page. */
export type FileReading = { readonly reading: ReleaseReading; readonly claims: readonly string[] };

/** `problem` is the end of a sentence: why the file has no bytes. */
export type FileToRead = { readonly name: string } & ({ readonly bytes: Buffer } | { readonly problem: string });

/** "line 21: Premises: 3, Watford, visited": what the sentence does not say is left out. */
function claimText(claim: Claim): string {
  const cells = claimCells(claim).filter((cell) => cell !== notStated);
  return `line ${claim.line}: ${kinds[claim.kind].caption}: ${cells.join(', ')}`;
}

export async function openFileReader(): Promise<(file: FileToRead) => FileReading> {
  const { findInconsistencies, readForm, readRelease } = await loadReleaseReading();
  return (given) => {
    const { name } = given;
    if ('problem' in given) {
      const finding = { kind: 'cannot be read', line: null, key: null, what: given.problem, cure: null };
      return { reading: readingOfBad({ name, bytes: null, sha256: null }, finding), claims: [] };
    }
    const file = { name, bytes: given.bytes.length, sha256: digest(given.bytes) };
    const form = readForm(given.bytes, name);
    if (!form.ok) return { reading: readingOfBad(file, badFileFinding(form)), claims: [] };
    const facts = readRelease(form.value);
    const inconsistencies = findInconsistencies(form.value, facts.claims);
    return {
      reading: readingOf(file, form.value, facts, inconsistencies),
      claims: facts.claims.map(claimText),
    };
  };
}
