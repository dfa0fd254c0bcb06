/** What the package offers, which does not say so itself. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  export type Frame = {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  };
  type Decoder = {
    getEncodedBuffer(length: number): Uint8Array;
    getDecodedBuffer(): Uint8Array;
    decode(): void;
    getFrameInfo(): Frame;
    delete(): void;
  };
  type Encoder = {
    getDecodedBuffer(frame: Frame): Uint8Array;
    getEncodedBuffer(): Uint8Array;
    setQuality(quality: number): void;
    setProgressive(progressive: boolean): void;
    encode(): void;
    delete(): void;
  };
  export type Codec = { readonly JPEGDecoder: new () => Decoder; readonly JPEGEncoder: new () => Encoder };
  export default function open(options: {
    readonly wasmBinary: Uint8Array;
    readonly print: () => void;
    readonly printErr: () => void;
  }): Promise<Codec>;
}
