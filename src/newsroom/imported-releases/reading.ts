/** Reads one file into what the archive keeps, or says on which line it cannot be read and why. The rules are loaded when the first file comes. */

import { digest } from '../../platform/crypto/crypto.ts';
import { type Accepted, accept } from '../../vocabulary/result.ts';
import type { BadFile, ParsedRelease } from '../release-reading/parsed-release.ts';
import { findingsOf } from './findings/file-findings.ts';
import type { FileRead } from './imported-release.ts';

type ReleaseReadingModule = typeof import('../release-reading/index.ts');
let loaded: Promise<ReleaseReadingModule> | undefined;
export const loadReleaseReading = (): Promise<ReleaseReadingModule> => {
  loaded ??= import('../release-reading/index.ts');
  return loaded;
};

export type ReleaseFileReader = (source: Uint8Array, fileName: string) => Accepted<FileRead> | BadFile;

/** Far more than a release is long: what comes after is not looked in by a search. */
const maxSearchedLength = 100_000;

/** Reads files: their content, claims and inconsistencies. Refuses, with line and reason, only what cannot be understood. */
export async function openReader(): Promise<ReleaseFileReader> {
  const { findInconsistencies, readForm, readRelease } = await loadReleaseReading();
  return (source, fileName) => {
    const reading = readForm(source, fileName);
    if (!reading.ok) return reading;
    const cutting = reading.value;
    const { claims, unread } = readRelease(cutting);
    const inconsistencies = findInconsistencies(cutting, claims);
    return accept(
      withStorableText({
        ...factsOf(cutting),
        claims,
        discrepancies: { notes: cutting.notes, inconsistencies, unread },
        findings: findingsOf(cutting, inconsistencies),
      }),
    );
  };
}

const factsOf = ({ fileName, source, title, area, publishDate, url, body }: ParsedRelease) => ({
  fileName,
  source: Buffer.from(source.buffer, source.byteOffset, source.byteLength),
  digest: digest(Buffer.from(source.buffer, source.byteOffset, source.byteLength)),
  title: title?.trim() || fileName,
  area: area?.trim() || null,
  publishedOn: publishDate && publishDate >= '0001-01-01' ? publishDate : null,
  url,
  text: [title, area, body].join('\n').slice(0, maxSearchedLength),
});

/** As JSON writes the characters that no text of PostgreSQL may hold. */
const unstorable = /\\u(?:0000|d[89a-f])/i;
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/** YAML can spell characters that the database cannot hold; the bytes that came are kept as they are. */
function withStorableText(file: FileRead): FileRead {
  const { source, ...read } = file;
  const json = JSON.stringify(read);
  if (!unstorable.test(json)) return file;
  const clean = JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));
  return { ...(clean as Omit<FileRead, 'source'>), source };
}
