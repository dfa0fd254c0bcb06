/** The secrets of one run: in what each was sent, what the server answered to it, and how any of them is found again in a text. */
import { chance } from '../../harness/assurance.ts';

/** `around`: in headers, cookies and addresses. `to fail`: in what the server must refuse, or in what we make fail under it. `planted`: by ourselves, where no secret may be. */
export type Manner = 'as asked' | 'not fitting' | 'around' | 'to fail' | 'planted';

export type Sent = {
  readonly index: number;
  readonly form: string;
  readonly field: string;
  readonly manner: Manner;
  /** Who sent it, by the name of a viewer. */
  readonly by: string;
  /** Undefined where no answer came: what was cut off half-way counts for nothing. */
  status?: number;
  /** Whether the answer to who sent it showed it again. */
  givenBack: boolean;
};

/** The server read the form and kept it, went on, or gave it back. */
export const wasRead = (status: number | undefined): boolean => status === 303 || status === 200 || status === 422;

/** What one request carries; how it was answered is reported afterwards. */
export type Letter = {
  readonly carried: readonly Sent[];
  readonly secret: (field: string) => string;
  readonly answered: (answer: { readonly statusCode: number; readonly body: string }) => void;
};

export const mark = 'cnryzq';
const digits = 4;
const tail = 6;

export class Secrets {
  readonly all: Sent[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = chance(seed);
  }

  letter(form: string, manner: Manner, by = 'nobody'): Letter {
    const carried: Sent[] = [];
    return {
      carried,
      secret: (field) => {
        const sent: Sent = { index: this.all.length, form, field, manner, by, givenBack: false };
        carried.push(sent);
        this.all.push(sent);
        return this.#spelt(sent.index);
      },
      answered: ({ statusCode, body }) => {
        const back = new Set(found(body));
        for (const sent of carried) Object.assign(sent, { status: statusCode, givenBack: back.has(sent.index) });
      },
    };
  }

  /** One that we put ourselves where no secret may be. */
  planted(where: string): string {
    return this.letter(where, 'planted').secret('');
  }

  #spelt(index: number): string {
    const random = Array.from({ length: tail }, () => Math.floor(this.#random() * 36).toString(36)).join('');
    return `${mark}${index.toString(36).padStart(digits, '0')}${random}`;
  }
}

/** How the mark reads in base64 that began none, one or two bytes earlier: the letters that no neighbour changes. */
const inBase64 = [0, 1, 2].map((before) => {
  const from = before === 0 ? 0 : before + 1;
  const letters = Buffer.from('\0'.repeat(before) + mark).toString('base64url');
  return { before, from, letters: letters.slice(from, Math.floor(((before + mark.length) * 8) / 6)) };
});
const asHex = Buffer.from(mark).toString('hex');

/** Where one of these is in no text, no secret is: as it was sent, in hexadecimal, in base64. */
export const spellings = [mark, asHex, ...inBase64.map(({ letters }) => letters)];

const plain = new RegExp(`${mark}([0-9a-z]{${digits}})`, 'gi');
const hexadecimal = new RegExp(`${asHex}([0-9a-f]{${digits * 2}})`, 'gi');
const encoded = inBase64.map(({ letters, ...at }) => ({ ...at, letters: new RegExp(`${letters}[\\w+/-]{7}`, 'g') }));

/** The index of each secret that a text holds, whole or cut off behind its index. */
export function found(text: string): number[] {
  const indexes = [
    ...[...text.matchAll(plain)].map(([, index = '']) => index),
    ...[...text.matchAll(hexadecimal)].map(([, index = '']) => Buffer.from(index, 'hex').toString('latin1')),
    ...encoded.flatMap(({ before, from, letters }) =>
      [...text.matchAll(letters)].map(([one]) => {
        const bytes = Buffer.from('A'.repeat(from) + one, 'base64url');
        return bytes.toString('latin1').slice(before + mark.length, before + mark.length + digits);
      }),
    ),
  ];
  return [...new Set(indexes.map((index) => Number.parseInt(index, 36)))];
}
