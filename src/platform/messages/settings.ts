/** Settings of the mail server and the text gateway, as the environment gives them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isEmailAddress } from './address.ts';

export type MailSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, as on port 465. Otherwise STARTTLS is required. */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly from: string;
  /** Certificates that the server's is checked against, in place of the usual ones. */
  readonly ca: string | undefined;
  readonly seconds: number;
};

export type GatewaySettings = {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly reference: string | undefined;
  readonly idempotencyHeader: string;
  readonly accepted: readonly number[];
  readonly retry: readonly number[];
  readonly seconds: number;
};

export type MessageSettings = {
  readonly mail: MailSettings | undefined;
  readonly text: GatewaySettings | undefined;
  /** So long nobody may leave an urgent notification unopened before it goes on to others. */
  readonly escalateMinutes: number;
};

const serverShape = 'must be an address like smtp://name:secret@mail.example:587, or smtps:// for port 465';

const Server = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !url.hostname) {
    context.addIssue({ code: 'custom', message: serverShape });
    return z.NEVER;
  }
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    user: url.username ? decodeURIComponent(url.username) : undefined,
    password: url.password ? decodeURIComponent(url.password) : undefined,
  };
});

const isGatewayAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  return (
    !username && (protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname)))
  );
};

const statusCode = z.number().int().min(200).max(599);
const Gateway = z.strictObject({
  address: z.string().refine(isGatewayAddress, 'must begin with https://'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[ -~]*$/)).default({}),
  body: z
    .json()
    .refine(
      (body) => ['{to}', '{text}'].every((part) => JSON.stringify(body).includes(part)),
      'must contain {to} and {text}',
    ),
  reference: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  idempotencyHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .default('idempotency-key'),
  accepted: z.array(statusCode).min(1).default([200, 201, 202]),
  retry: z.array(statusCode).default([429, 503]),
  seconds: z.number().min(1).max(60).default(10),
});

/** Reads the file of the gateway. A mistake is reported with its place. */
const GatewayFile = z.string().transform((path, context): GatewaySettings => {
  try {
    const parsed = Gateway.safeParse(JSON.parse(readFileSync(resolve(path), 'utf8')));
    if (parsed.success) return { ...parsed.data, reference: parsed.data.reference };
    const [issue] = parsed.error.issues;
    context.addIssue({
      code: 'custom',
      message: `names a file with a mistake: ${issue?.path.join('.')} ${issue?.message}`,
    });
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a readable file of JSON' });
  }
  return z.NEVER;
});

const Certificates = z.string().transform((path, context) => {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a readable file of certificates' });
    return z.NEVER;
  }
});

/** The part of the environment that says how members are told outside Safelight. */
export const messageEnvironment = {
  SAFELIGHT_SMTP: Server.optional(),
  SAFELIGHT_SMTP_FROM: z.string().refine(isEmailAddress, 'must be one plain e-mail address').optional(),
  SAFELIGHT_SMTP_CA: Certificates.optional(),
  SAFELIGHT_TEXT_GATEWAY: GatewayFile.optional(),
  SAFELIGHT_ESCALATE_MINUTES: z.coerce.number('must be a number of minutes').int().min(1).max(1_440).default(15),
};

type Environment = z.output<z.ZodObject<typeof messageEnvironment>>;

const secondsForServer = 10;

/** Undefined channels are off. Refuses a mail server without a sender. */
export function toMessageSettings(env: Environment): MessageSettings | { readonly problem: string } {
  const { SAFELIGHT_SMTP: server, SAFELIGHT_SMTP_FROM: from } = env;
  if (server && !from) return { problem: 'The setting SAFELIGHT_SMTP_FROM must say which address e-mails come from' };
  return {
    mail: server && from ? { ...server, from, ca: env.SAFELIGHT_SMTP_CA, seconds: secondsForServer } : undefined,
    text: env.SAFELIGHT_TEXT_GATEWAY,
    escalateMinutes: env.SAFELIGHT_ESCALATE_MINUTES,
  };
}
