/** The urgent page reloads by itself, and sounds while something is urgent, once somebody has allowed sound. Without script it refreshes silently. */

const tone = (context: AudioContext, at: number, hertz: number): void => {
  const [sound, loudness] = [context.createOscillator(), context.createGain()];
  sound.frequency.value = hertz;
  loudness.gain.value = 0.3;
  sound.connect(loudness).connect(context.destination);
  sound.start(at);
  sound.stop(at + 0.4);
};

function beep(context: AudioContext): void {
  const now = context.currentTime;
  for (const [place, hertz] of [880, 660, 880, 660].entries()) tone(context, now + place * 0.5, hertz);
}

/** Takes the element that lists urgent reports, keeps it up to date and sounds. Says so when an update fails. */
export function ring(first: HTMLElement): void {
  let shown = first;
  let context: AudioContext | undefined;
  const lost = document.createElement('p');
  lost.className = 'sl-state sl-state--unwise govuk-body';
  lost.setAttribute('role', 'alert');
  const button = document.createElement('button');
  button.className = 'govuk-button govuk-button--secondary';
  button.textContent = 'Let it sound';
  button.addEventListener('click', () => {
    context = new AudioContext();
    beep(context);
    button.textContent = 'It sounds when something rings';
    button.disabled = true;
  });
  const heard = document.createElement('p');
  heard.className = 'govuk-visually-hidden';
  heard.setAttribute('role', 'status');
  shown.before(button, heard);

  const ask = async (): Promise<void> => {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector<HTMLElement>('[data-module="sl-ring"]');
    if (!answer.ok || !next) throw new Error('not the page');
    lost.remove();
    if (document.title !== page.title) heard.textContent = page.title;
    document.title = page.title;
    if (next.innerHTML.replace(/value="[^"]*"/g, '') === shown.innerHTML.replace(/value="[^"]*"/g, '')) return;
    shown.replaceWith(next);
    shown = next;
  };
  setInterval(
    () => {
      ask()
        .catch(() => {
          document.title = 'This page no longer hears - Safelight';
          lost.textContent = 'This page gets no news: the connection or your session has ended. Open it again.';
          shown.before(lost);
        })
        .finally(() => {
          if (context && (shown.dataset.rings || lost.isConnected)) beep(context);
        });
    },
    Number(shown.dataset.every ?? 15) * 1_000,
  );
}
