/** The papers as PDF, each made once a day and language when somebody first asks for it, and kept. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { privateEntrance } from '../../platform/addresses.ts';
import { compilePaper } from '../../platform/paper/compile.ts';
import { contentOf } from './finished-pages.ts';
import { contentVersion } from './load.ts';
import { type Paper, type Printer, papers } from './pages-paper.ts';
import { type PaperFile, paperFiles } from './pages-print.ts';
import { paperData, pictureOf } from './paper-data.ts';

let template: string | undefined;
const paperTemplate = (): string => {
  template ??= readFileSync(new URL('./public-paper.typ', import.meta.url), 'utf8');
  return template;
};

type Asked = { readonly paper: Paper; readonly size: 'A4' | 'A3' };
const files = new Map<string, Asked>(
  papers.flatMap((paper) => paperFiles[paper].map(({ name, size }) => [name, { paper, size }] as const)),
);
export const isPaperFile = (name: string): name is PaperFile => files.has(name);

export async function makePaper(name: PaperFile, language: string, day: string, printer: Printer): Promise<Buffer> {
  const { paper, size } = files.get(name) ?? { paper: 'poster', size: 'A4' };
  const picture = await pictureOf(printer.origin + privateEntrance);
  return compilePaper(
    paperTemplate(),
    paperData({ paper, size, language, printer, content: contentOf(day, printer.settings), picture }),
  );
}

/** Making one keeps the process busy for a moment; then it does other work for four times as long. */
const restFactor = 4;

/** At most one paper is made at a time, and each once: asking often costs nothing. */
export class PaperShelf {
  readonly #made = new Map<string, { readonly version: string; readonly file: Promise<Buffer> }>();
  readonly #printer: Printer;
  #last: Promise<unknown> = Promise.resolve();

  constructor(printer: Printer) {
    this.#printer = printer;
  }

  get(name: PaperFile, language: string, day: string): Promise<Buffer> {
    const key = `${name} ${language}`;
    const version = `${contentVersion} ${day} ${this.#printer.settings?.version ?? ''}`;
    const known = this.#made.get(key);
    if (known?.version === version) return known.file;
    const file = this.#afterOthers(() => makePaper(name, language, day, this.#printer));
    this.#made.set(key, { version, file });
    // A making that fails is forgotten.
    file.catch(() => this.#made.delete(key));
    return file;
  }

  #afterOthers(make: () => Promise<Buffer>): Promise<Buffer> {
    let took = 0;
    const made = this.#last.then(async () => {
      const before = performance.now();
      try {
        return await make();
      } finally {
        took = performance.now() - before;
      }
    });
    this.#last = made.catch(() => undefined).then(() => pause(took * restFactor));
    return made;
  }
}
