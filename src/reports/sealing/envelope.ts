/** The layout of sealed values, for the two that seal: the public site, and a browser with script. Pure. */

/** The keys that sealing needs: the unit's public key and its id. */
export type IntakeKeys = { readonly id: string; readonly publicKey: Uint8Array };

/** The place of a sealed value. It does not open in any other. */
export type Place = {
  readonly tenant: string;
  readonly table: string;
  readonly column: string;
  readonly row: string;
};

/** What is sealed: said in the seal itself, so that no kind passes for another. */
export type Kind =
  | 'sealed to the unit'
  | 'part of a report'
  | 'draft of a report'
  | "a report's key for the unit"
  | "a report's key for a receipt";

const letters = new TextEncoder();

export const version = 1;
export const idBytes = 8;
export const publicKeyBytes = 32;
export const nonceBytes = 24;
export const fingerprintBytes = 32;

/** As JSON, so that no two places are written alike. */
export const bound = (kind: Kind, place: Place | string): Uint8Array =>
  letters.encode(
    JSON.stringify(
      typeof place === 'string'
        ? [version, kind, place]
        : [version, kind, place.tenant, place.table, place.column, place.row],
    ),
  );

const lengths = [256, 1_024, 4_096, 16_384];
const longestStep = 16_384;

/** ISO 7816-4: a sign, then noughts up to one of a few lengths, so that the length reveals little. */
export function padded(plain: Uint8Array | string): Uint8Array {
  const bytes = typeof plain === 'string' ? letters.encode(plain) : plain;
  const length =
    lengths.find((one) => bytes.length < one) ?? (Math.floor(bytes.length / longestStep) + 1) * longestStep;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  return whole;
}

/** Refuses, by throwing, what was not filled up so. */
export function unpadded(whole: Uint8Array): Uint8Array {
  const sign = whole.lastIndexOf(0x80);
  if (sign < 0 || whole.subarray(sign + 1).some((byte) => byte !== 0)) throw new Error('not filled up as we do');
  return whole.subarray(0, sign);
}

/** The parts of a report that a browser seals before sending: the words and, separately, the source identity. */
export const sealedParts = ['words', 'contact'] as const;
export type SealedPart = (typeof sealedParts)[number];

export const placeInBrowser = (line: string, reportId: string, part: SealedPart): Place => ({
  tenant: line,
  table: 'reports',
  column: `${part}, sealed in a browser`,
  row: reportId,
});

/** As many bytes of text as one of them may hold: sealed and written as letters it still fits a form. */
export const mostSealed: Readonly<Record<SealedPart, number>> = { words: 180_223, contact: 98_303 };
