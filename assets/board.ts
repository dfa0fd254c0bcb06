/** Keeps the operation-day board up to date: fetches its page again while somebody looks at it. */
const interval = 30_000;

/** The board as the server shows it now; undefined where the answer is another page, such as the sign-in. */
async function fetchBoard(address: string): Promise<Element | null> {
  const response = await fetch(address, { credentials: 'same-origin', redirect: 'error' });
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-module="sl-board"]');
}

export function board(place: HTMLElement, every = interval): void {
  const address = place.dataset.address ?? location.pathname;
  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    fetchBoard(address)
      .then((fresh) => {
        if (!fresh) return;
        const focused = place.contains(document.activeElement) && document.activeElement?.getAttribute('href');
        place.replaceChildren(...fresh.childNodes);
        // The focus stays on the link that it was on.
        if (focused)
          place.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
      })
      .catch(() => undefined); // No connection: the time of the last update is on the page.
  }, every);
}
