/** Shows the release beside its form as readers will see it, while somebody types. The server makes it; without script the button “Preview” does. */
const pauseMs = 600;

type Typed = HTMLInputElement | HTMLTextAreaElement;
const isChanged = (element: Element): boolean =>
  (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) &&
  element.type !== 'hidden' &&
  (element as Typed).value !== (element as Typed).defaultValue;

export function livePreview(place: HTMLElement): void {
  const form = place.querySelector<HTMLFormElement>('form');
  const shown = place.querySelector<HTMLElement>('[data-live]');
  const said = place.querySelector<HTMLElement>('[data-live-state]');
  const address = place.dataset.preview;
  if (!form || !shown || !said || !address) return;
  const late = said.dataset.late ?? '';
  let timer: number | undefined;
  let running: AbortController | undefined;

  const update = async (): Promise<void> => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    body.set('part', 'yes');
    try {
      const answer = await fetch(address, { method: 'POST', body, signal, redirect: 'error' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const made = page.querySelector('[data-live]');
      if (signal.aborted) return;
      if (!answer.ok || !made) throw new Error('no preview');
      shown.replaceChildren(...made.childNodes);
      said.textContent = '';
    } catch {
      // What was typed stays in the form whatever happens here.
      if (!signal.aborted) said.textContent = late;
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), pauseMs);
  };
  form.addEventListener('input', later);
  // The browser may have put back what was typed before.
  if ([...form.elements].some(isChanged)) later();
}
