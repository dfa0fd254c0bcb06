/** The layout of sealed values, for the two that seal: the public site, and a browser with script. Pure. */

/** The keys that sealing needs: the unit's public key and its id. */
export type IntakeKeys = { readonly id: string; readonly publicKey: Uint8Array };

/** The place of a sealed value. It does not open in any other. */
export type SealingContext = {
  readonly tenant: string;
  readonly table: string;
  readonly column: string;
  readonly row: string;
};

/** What is sealed: said in the seal itself, so that no kind passes for another. */
export type SealKind =
  | 'sealed to the unit'
  | 'part of a report'
  | 'draft of a report'
  | "a report's key for the unit"
  | "a report's key for a receipt";

const textEncoder = new TextEncoder();

export const version = 1;
export const idBytes = 8;
export const publicKeyBytes = 32;
export const nonceBytes = 24;
export const fingerprintBytes = 32;

/** As JSON, so that no two places are written alike. */
export const bindingOf = (kind: SealKind, place: SealingContext | string): Uint8Array =>
  textEncoder.encode(
    JSON.stringify(
      typeof place === 'string'
        ? [version, kind, place]
        : [version, kind, place.tenant, place.table, place.column, place.row],
    ),
  );

const paddedLengths = [256, 1_024, 4_096, 16_384];
const longestStep = 16_384;

/** ISO 7816-4: a sign, then noughts up to one of a few lengths, so that the length reveals little. */
export function pad(plain: Uint8Array | string): Uint8Array {
  const bytes = typeof plain === 'string' ? textEncoder.encode(plain) : plain;
  const length =
    paddedLengths.find((one) => bytes.length < one) ?? (Math.floor(bytes.length / longestStep) + 1) * longestStep;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  return whole;
}

/** Refuses, by throwing, what was not filled up so. */
export function unpad(whole: Uint8Array): Uint8Array {
  const sign = whole.lastIndexOf(0x80);
  if (sign < 0 || whole.subarray(sign + 1).some((byte) => byte !== 0)) throw new Error('not filled up as we do');
  return whole.subarray(0, sign);
}

/** The parts of a report that a browser seals before sending: the words and, separately, the source identity. */
export const sealedParts = ['words', 'contact'] as const;
export type SealedPart = (typeof sealedParts)[number];

export const browserSealContext = (line: string, reportId: string, part: SealedPart): SealingContext => ({
  tenant: line,
  table: 'reports',
  column: `${part}, sealed in a browser`,
  row: reportId,
});

/** As many bytes of text as one of them may hold: sealed and written as letters it still fits a form. */
export const maxSealedBytes: Readonly<Record<SealedPart, number>> = { words: 180_223, contact: 98_303 };
