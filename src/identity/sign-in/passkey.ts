/** Passkeys (WebAuthn): accepts only one that its holder unlocked, at this address, and locks no one out because of a counter. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server';

/** Loaded at first use, because it takes a third of a second of a start. */
const loadWebAuthn = () => import('@simplewebauthn/server');

/** EdDSA, ES256, RS256: what authenticators make. */
const algorithms = [-8, -7, -257];

export type RelyingParty = { readonly origin: string; readonly rpId: string };

export const relyingPartyOf = (origin: string): RelyingParty => ({ origin, rpId: new URL(origin).hostname });

export async function createAuthenticationOptions({ rpId }: RelyingParty) {
  const { generateAuthenticationOptions } = await loadWebAuthn();
  return generateAuthenticationOptions({ rpID: rpId, userVerification: 'required', timeout: 240_000 });
}

export async function createRegistrationOptions(
  { rpId }: RelyingParty,
  holder: { readonly id: string; readonly name: string },
  held: readonly { readonly credentialId: Buffer; readonly transports: readonly string[] }[],
) {
  const { generateRegistrationOptions } = await loadWebAuthn();
  return generateRegistrationOptions({
    rpName: 'Safelight',
    rpID: rpId,
    userID: Uint8Array.from(Buffer.from(holder.id.replaceAll('-', ''), 'hex')),
    userName: holder.name,
    userDisplayName: holder.name,
    timeout: 240_000,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: held.map(({ credentialId, transports }) => ({
      id: credentialId.toString('base64url'),
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

export type NewPasskey = {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly synced: boolean;
};

/** The verified answer of the authenticator, or undefined where any part of it is not as requested. */
export async function verifyRegistration(
  { origin, rpId }: RelyingParty,
  challenge: string,
  answer: unknown,
): Promise<NewPasskey | undefined> {
  const { verifyRegistrationResponse } = await loadWebAuthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified || !registrationInfo) return undefined;
    const { credential, credentialBackedUp, credentialDeviceType } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      synced: credentialBackedUp || credentialDeviceType === 'multiDevice',
    };
  } catch {
    return undefined;
  }
}

export type KnownPasskey = {
  readonly id: string;
  readonly memberId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
};

export type VerifiedPasskey = {
  readonly counter: number;
  /** The counter went back, so a copy may exist. This is logged and locks no one out: synced passkeys do not count. */
  readonly wentBack: boolean;
};

export async function verifyAuthentication(
  { origin, rpId }: RelyingParty,
  challenge: string,
  answer: unknown,
  known: KnownPasskey,
): Promise<VerifiedPasskey | undefined> {
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  try {
    const response = answer as AuthenticationResponseJSON;
    const credential: WebAuthnCredential = {
      id: response.id,
      publicKey: Uint8Array.from(known.publicKey),
      counter: 0, // We compare the counter ourselves: the library would refuse.
      transports: [...known.transports],
    };
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential,
      requireUserVerification: true,
    });
    if (!verified || !isHolder(response.response.userHandle, known.memberId)) return undefined;
    const { newCounter } = authenticationInfo;
    return { counter: newCounter, wentBack: known.counter > 0 && newCounter <= known.counter };
  } catch {
    return undefined;
  }
}

/** The user named by the authenticator must be the member we found. */
const isHolder = (userHandle: string | undefined, memberId: string): boolean =>
  !userHandle || Buffer.from(userHandle, 'base64url').toString('hex') === memberId.replaceAll('-', '');
