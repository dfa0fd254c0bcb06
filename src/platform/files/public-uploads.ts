/** Files in a form on a journey: which area accepts those of its form, and how one stream of answers and files is read. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { maxFormBytes } from '../../vocabulary/answer-lengths.ts';

export type SentFile = {
  /** As the reporter's device calls it. */
  readonly name: string;
  readonly content: Readable;
};

/** What an area does with a file as it arrives. The result goes to its route, by `uploaded`. */
export type UploadHandler = {
  /** The answers that came before the file in the form. Undefined where no file is accepted: the file is discarded. */
  readonly open: (answers: ReadonlyMap<string, string>) => Promise<FileReceiver | undefined>;
};
export type FileReceiver = {
  readonly take: (file: SentFile) => Promise<unknown>;
  /** The form was not read to its end: nothing that was taken in is to stay. */
  readonly drop: () => Promise<void>;
};

export const isMultipart = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  /^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '');

/** Answers may be as long as in any other form; longer ones are truncated and the page says so. Areas limit the files. A form with more files than this is dropped without a message. */
const limits = { fieldNameSize: 100, fieldSize: 128 * 1024, fields: 60, files: 40, parts: 20_000, headerPairs: 20 };
const mostAnswers = maxFormBytes;
const maxTotalBytes = 1_024 * 1024 * 1024;

export class InvalidForm extends Error {}

export type UploadedForm = {
  readonly answers: URLSearchParams;
  readonly brought: readonly unknown[];
  /** An answer was too long and was cut: no file that came along was kept. */
  readonly cut: boolean;
};

/** Reads the form to its end. Throws for content that is no form, breaks off or never ends; then none of its files are kept. */
export async function readUploads(
  stream: Readable,
  headers: IncomingMessage['headers'],
  openFor: OpenReceiver,
): Promise<UploadedForm> {
  const reading = new FormReading(stream, await openFormReader(headers), openFor);
  try {
    await reading.finish();
    const { answers, brought, cut } = reading;
    if (cut) await (await reading.receiver)?.drop();
    return { answers, brought: cut ? [] : brought.filter((one) => one !== undefined), cut };
  } catch (error) {
    stream.resume();
    await Promise.allSettled(reading.waiting);
    await (await reading.receiver?.catch(() => undefined))?.drop();
    throw error;
  }
}

/** Takes the last answer of each name, and all of them: boxes that are ticked share a name. */
type OpenReceiver = (answers: ReadonlyMap<string, string>, all: URLSearchParams) => Promise<FileReceiver | undefined>;

/** One form as its parts arrive. */
class FormReading {
  readonly answers = new URLSearchParams();
  /** What became of each file, in the order of the form. */
  readonly brought: unknown[] = [];
  readonly waiting: Promise<void>[] = [];
  receiver: Promise<FileReceiver | undefined> | undefined;
  cut = false;
  readonly #stream: Readable;
  readonly #form: FormReader;
  readonly #openFor: OpenReceiver;
  readonly #coming = new Set<Readable>();
  #bytes = 0;
  #letters = 0;
  #lost = false;
  #fail: (error: unknown) => void = () => {};

  constructor(stream: Readable, form: FormReader, openFor: OpenReceiver) {
    this.#stream = stream;
    this.#form = form;
    this.#openFor = openFor;
  }

  /** Resolves when every part has come and every file was taken in. */
  finish(): Promise<void> {
    const [stream, form] = [this.#stream, this.#form];
    return new Promise((done, fail) => {
      this.#fail = fail;
      stream.on('data', (piece: Buffer) => this.#count(piece));
      stream.once('error', () => this.#lose('it broke off'));
      stream.once('close', () => !stream.readableEnded && this.#lose('it broke off'));
      // A part may come without a name, whatever the types say.
      form.on('field', (name: string | undefined, value: string | undefined, nameCut, valueCut) =>
        this.#addAnswer(name, value, Boolean(nameCut), Boolean(valueCut)),
      );
      form.on('file', (_name, content, filename) => this.#addFile(content, filename));
      for (const limit of ['partsLimit', 'fieldsLimit'] as const)
        form.once(limit, () => this.#lose('it has too many parts'));
      form.once('error', () => this.#lose('it is no form'));
      form.once('finish', () => Promise.all(this.waiting).then(() => done(), fail));
      stream.pipe(form);
    });
  }

  #lose(problem: string): void {
    this.#lost = true;
    this.#stream.unpipe(this.#form);
    this.#form.removeAllListeners('finish');
    this.#fail(new InvalidForm(problem));
    for (const content of this.#coming) content.destroy(new InvalidForm(problem));
  }

  #count(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes <= maxTotalBytes) return;
    this.#lose('it does not end');
    this.#stream.destroy();
  }

  #addAnswer(name: string | undefined, value: string | undefined, nameCut: boolean, valueCut: boolean): void {
    if (name === undefined || value === undefined) {
      this.#lose('an answer has no name');
      return;
    }
    this.#letters += name.length + value.length;
    if (nameCut || this.#letters > mostAnswers) {
      this.#lose('an answer is too long');
      return;
    }
    this.cut ||= valueCut;
    this.answers.append(name, value);
  }

  #addFile(content: Readable, name: string | undefined): void {
    content.on('error', () => {});
    // What was lost may still hold pieces of more.
    if (!name || this.#lost) {
      content.resume();
      return;
    }
    const place = this.waiting.length; // As chosen, whichever is sealed first.
    this.#coming.add(content);
    this.receiver ??= this.#openFor(new Map(this.answers), this.answers);
    const taking = this.receiver.then(async (one) => {
      if (one) this.brought[place] = await one.take({ name, content });
      content.resume();
      this.#coming.delete(content);
    });
    this.waiting.push(taking);
    taking.catch((error: unknown) => {
      content.resume();
      this.#fail(error);
    });
  }
}

type FormReader = InstanceType<typeof import('@fastify/busboy').Busboy>;

/** Loaded when the first form with files comes. */
async function openFormReader(headers: IncomingMessage['headers']): Promise<FormReader> {
  const { default: busboy } = await import('@fastify/busboy'); // A bundle gives it no other name.
  try {
    return new busboy.Busboy({ headers: headers as { 'content-type': string }, limits });
  } catch (error) {
    throw new InvalidForm(error instanceof Error ? error.message : 'it is no form');
  }
}

/** As the parser of forms gives it. */
export function toFormBody(fields: Iterable<readonly [string, string]>): object {
  const body: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of fields) {
    const before = body[name];
    body[name] = before === undefined ? value : [before, value].flat();
  }
  return body;
}
