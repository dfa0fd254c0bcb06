/** Script for passkeys: fetches a challenge, lets the browser ask the authenticator, and sends the answer with the form on the page. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';

type Ask = { readonly options: { readonly challenge: string } };

const words: Readonly<Record<string, string>> = {
  NotAllowedError: 'Nothing was unlocked in time. Try again when you are ready.',
  AbortError: 'You stopped it. Try again when you are ready.',
  InvalidStateError: 'This device holds a passkey of yours for Safelight already.',
  SecurityError: 'Passkeys do not work at this address. Open Safelight at its usual address.',
};

for (const form of document.querySelectorAll<HTMLFormElement>('[data-module="sl-passkey"]')) {
  const part = (name: string) => form.querySelector<HTMLElement>(`[data-${name}]`);
  const button = part('go');
  if (!button || !browserSupportsWebAuthn()) continue;
  part('without')?.remove();
  for (const name of ['with', 'go']) part(name)?.removeAttribute('hidden');

  const say = (text: string): void => {
    const place = part('failed');
    if (!place) return;
    place.textContent = text;
    place.hidden = text === '';
  };
  const put = (name: string, value: string): void => {
    const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  };
  const ask = async (): Promise<Ask> => {
    const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    const answer = await fetch(form.dataset.ask ?? '', { method: 'POST', body: new URLSearchParams({ _csrf: token }) });
    if (!answer.ok) throw new Error('no answer');
    return answer.json();
  };

  button.addEventListener('click', async () => {
    say('');
    // If the server then refuses the passkey because it has no name, the device keeps a passkey that does not work.
    if (form.querySelector<HTMLInputElement>('input[name="name"]')?.value.trim() === '') {
      form.action = form.dataset.answer ?? form.action;
      form.submit();
      return;
    }
    button.setAttribute('disabled', '');
    try {
      const { options } = await ask();
      const shown =
        form.dataset.for === 'sign-in'
          ? await startAuthentication({ optionsJSON: options as never })
          : await startRegistration({ optionsJSON: options as never });
      put('challenge', options.challenge);
      put('answer', JSON.stringify(shown));
      form.action = form.dataset.answer ?? form.action;
      form.submit();
    } catch (error) {
      const { name } = error as { name: string };
      say(words[name] ?? 'That did not work. Reload the page and try again, or use the other way.');
      button.removeAttribute('disabled');
    }
  });
}
