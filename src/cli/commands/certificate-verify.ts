/** `safelight certificate verify`: whether the certificate in figures.json of a release is of its figures. Opens no database. */
import { z } from 'zod';
import { verifyPublished } from '../../newsroom/publication/certificates/index.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  Refusal,
  type Terminal,
  toOneLine,
  usageError,
} from '../command.ts';
import { listInputFiles } from '../files.ts';
import { readReleaseFile } from '../release-files.ts';

const FiguresFile = z.object({
  release: z.object({ url: z.string(), version: z.number() }),
  figures: z.array(z.looseObject({})),
  certificate: z.object({ text: z.string(), key: z.string() }).nullable(),
});

export async function verifyCertificate(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const [file, ...more] = [...listInputFiles(given.rest, terminal.folder)];
  if (!file || more.length > 0) throw usageError('Name one file: the figures of a release as JSON.');
  const read = readReleaseFile(file);
  const { release, figures, certificate } = parseFile('bytes' in read ? read.bytes : undefined);
  if (!certificate) throw new Refusal('The file has no certificate yet. Fetch it again.', exitCodes.notTrue);
  const key = getTextOption(given, 'key');
  if (key === '')
    terminal.tell('No --key was given, so the key comes from the file. Ask the partnership for its key, and give it.');
  const found = verifyPublished(certificate.text, { ...release, figures }, key || certificate.key);
  if (!found.holds) throw new Refusal(`The certificate does not hold: ${found.why}.`, exitCodes.notTrue);
  terminal.printLine(
    toOneLine(`The certificate holds: ${figures.length} figures of ${release.url}, version ${release.version}.`),
  );
  terminal.printLine(toOneLine(`Signed by ${found.origin}.`));
  for (const { population, figures: passed, auditor, base } of found.audited)
    terminal.printLine(
      toOneLine(`Auditor ${auditor}, base ${base}, nothing found: ${population} (${passed.join(', ')}).`),
    );
  if (found.audited.length === 0) terminal.printLine('No figure of people helped is among them.');
  return exitCodes.done;
}

function parseFile(bytes: Uint8Array | undefined): z.output<typeof FiguresFile> {
  try {
    return FiguresFile.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new Refusal('This file is not the JSON of figures of a release.');
  }
}
