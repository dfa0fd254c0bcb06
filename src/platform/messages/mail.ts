/** E-mail over SMTP. Nothing is sent in clear text, to more than one reader, or twice by the library itself. */
import type { MailMessage } from 'nodemailer';
import { isEmailAddress } from './address.ts';
import type { Notice, Sender } from './channel.ts';
import type { Outcome } from './message.ts';
import type { MailSettings } from './settings.ts';
import { codeBody, codeSubject, emailBody, subject } from './text.ts';

const signInPath = '/staff/sign-in';

/** Whether the message was given to a connection. */
type Handed = { readonly handed: { begun: boolean } };

/** A letter with words of its own: what is public may be sent so, and nothing else. */
export type Letter = Notice & {
  readonly subject: string;
  readonly text: string;
  /** Where answers go, in place of the sender. */
  readonly replyTo: string | undefined;
};

export type MailSender = Sender & { readonly sendLetter: (letter: Letter) => Promise<Outcome> };

/** The library is loaded only where a mail server is set. */
export async function openMail(settings: MailSettings, origin: string): Promise<MailSender> {
  const { createTransport } = await import('nodemailer');
  const { host, port, secure, user, password, from, ca, seconds } = settings;
  const milliseconds = seconds * 1_000;
  const transport = createTransport({
    pool: true,
    maxConnections: 3,
    // By itself the library sends a message again when the connection closes on the way.
    maxRequeues: 0,
    host,
    port,
    secure,
    // Without this it sends in clear text to a server that offers no TLS.
    requireTLS: !secure,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    dnsTimeout: milliseconds,
    socketTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const [, domain = 'localhost'] = from.split('@');
  const deliver = async (
    { id, to }: Notice,
    words: { subject: string; text: string; replyTo?: string },
  ): Promise<Outcome> => {
    if (!isEmailAddress(to)) return { kind: 'refused', reason: 'BAD_ADDRESS' };
    const handed = { begun: false };
    try {
      const mail = {
        from,
        to: { name: '', address: to },
        envelope: { from, to: [to] },
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...words,
        handed,
      };
      await transport.sendMail(mail);
      return { kind: 'accepted' };
    } catch (error) {
      return outcomeOf(error, handed.begun);
    }
  };
  // From here on the server may have the message, whatever happens to the connection.
  transport.use('stream', ({ message, data }: MailMessage, done: (error?: Error | null) => void) => {
    const create = message.createReadStream.bind(message);
    message.createReadStream = () => {
      (data as unknown as Handed).handed.begun = true;
      return create();
    };
    done();
  });
  return {
    send: (message) => deliver(message, { subject, text: emailBody(`${origin}${signInPath}`) }),
    sendCode: ({ code, ...message }) => deliver(message, { subject: codeSubject, text: codeBody(code) }),
    sendLetter: ({ subject: about, text, replyTo, ...letter }) =>
      deliver(letter, { subject: about, text, ...(replyTo !== undefined && { replyTo }) }),
    close: () => transport.close(),
  };
}

type SmtpError = { readonly code?: string; readonly responseCode?: number };

/** An answer with a number is an answer. Without one it counts how far the message was. The code of the error is kept, never its words: they can hold the address. */
function outcomeOf(error: unknown, begun: boolean): Outcome {
  const { code = 'EUNKNOWN', responseCode } = error as SmtpError;
  const reason = /^[A-Z0-9_-]{1,30}$/.test(code) ? code : 'EUNKNOWN';
  // A wrong password is a mistake of the settings, not of the message.
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS') return { kind: 'later', reason };
  if (responseCode !== undefined && responseCode >= 500)
    return { kind: 'refused', reason: `${reason}_${responseCode}` };
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'later', reason: `${reason}_${responseCode}` };
  return begun ? { kind: 'unknown', reason } : { kind: 'later', reason };
}
