/** The papers as PDF, each made once a day and language when somebody first asks for it, and kept. */
import { readFileSync } from 'node:fs';
import { compilePaper } from '../../platform/paper/compile.ts';
import { Shelf } from '../../platform/paper/shelf.ts';
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
  const picture = await pictureOf(printer.entrance);
  return compilePaper(
    paperTemplate(),
    paperData({ paper, size, language, printer, content: contentOf(day, printer.settings), picture }),
  );
}

/** Each paper in each language, made again on another day and when its content changes. */
export class PaperShelf {
  readonly #shelf = new Shelf();
  readonly #printer: Printer;

  constructor(printer: Printer) {
    this.#printer = printer;
  }

  get(name: PaperFile, language: string, day: string): Promise<Buffer> {
    const version = `${contentVersion} ${day} ${this.#printer.settings?.version ?? ''}`;
    return this.#shelf.get(`${name} ${language}`, version, () => makePaper(name, language, day, this.#printer));
  }
}
