/** An authenticator in a few lines, for what no honest one would send: it signs whatever a test tells it to. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

export type Saying = {
  readonly challenge: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly verified?: boolean;
  readonly present?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly type?: string;
};

export class Authenticator {
  readonly id = Buffer.from('only for tests, and of one member').toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** As COSE writes an ES256 key: a map of five in CBOR. */
  get publicKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
      left,
      Buffer.from([0x22, 0x58, 0x20]),
      right,
    ]);
  }

  /** What a browser would put into the form. */
  says({
    challenge,
    origin = this.#origin,
    rpId = new URL(this.#origin).hostname,
    verified = true,
    present = true,
    counter = 0,
    userHandle,
    type = 'webauthn.get',
  }: Saying): string {
    const clientData = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
    const flags = (present ? 0x01 : 0) | (verified ? 0x04 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const authenticatorData = Buffer.concat([sha256(rpId), Buffer.of(flags), count]);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.#keys.privateKey);
    return JSON.stringify({
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(userHandle && { userHandle }),
      },
    });
  }
}
