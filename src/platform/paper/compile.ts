/** Makes tagged PDFs (PDF/UA-1) with Typst, from a template of ours and data. It writes nothing to disk and reads no file but templates and fonts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { Problem } from '../http/problem.ts';
import { fontPaths } from './font-files.ts';

/** Compiling keeps the process busy. The heaviest data that is let through took two seconds of a processor. */
const heaviestPaper = 750_000;
const weightOfText = 20;
const weightOfLetter = 5;

/** A letter of Latin, Cyrillic or Greek weighs 1. Other scripts take longer to set, and so does each line. */
function weigh(data: unknown): number {
  if (typeof data === 'string')
    return weightOfText + data.length + (weightOfLetter - 1) * (data.match(/[^\0-\u052f]/g)?.length ?? 0);
  if (typeof data !== 'object' || data === null) return 0;
  return Object.values(data).reduce((sum: number, one) => sum + weigh(one), 0);
}

/** Templates may read files of their workspace, so it is a folder that does not exist. */
const workspace = join(import.meta.dirname, 'no-workspace');

let opened: Promise<NodeCompiler> | undefined;

/** Loaded at first use: the program takes 50 MB on disk, and most processes make no paper. */
async function openCompiler(): Promise<NodeCompiler> {
  const { default: typst } = await import('@myriaddreamin/typst-ts-node-compiler').catch(() => {
    throw new Problem('unavailable', 'the program that makes PDFs does not run on this machine');
  });
  return typst.NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontPaths() }] });
}

let shared: string | undefined;
const sharedTemplate = (): string => {
  shared ??= readFileSync(new URL('./paper.typ', import.meta.url), 'utf8');
  return shared;
};

/** The template asked for something that PDF/UA or Typst refuses. What Typst says is left out, because it quotes the text. */
export class PaperRefused extends Error {}

/**
 * Compiles a template with what `paper.typ` defines; it finds the data under `data`. The same data gives the same bytes.
 * Refuses data that would keep the process busy for more than a few seconds as too large.
 */
export async function compilePaper(template: string, data: unknown): Promise<Buffer> {
  if (weigh(data) > heaviestPaper) throw new Problem('too large', 'more text than a paper can hold');
  opened ??= openCompiler();
  const compiler = await opened.catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  try {
    return compiler.pdf(
      { mainFileContent: `${sharedTemplate()}\n${template}`, inputs: { data: JSON.stringify(data) } },
      { pdfStandard: 'ua-1', creationTimestamp: 0 },
    );
  } catch {
    throw new PaperRefused('Typst refused a paper');
  } finally {
    // The compiler would keep what it read for the next document.
    compiler.evictCache(0);
  }
}
