/** A form with a file takes time: after sending, the page says that it is working and that nothing more must be pressed. */
export function sending(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[role="status"]');
  form.addEventListener('submit', () => {
    if (place) place.textContent = place.dataset.words ?? '';
  });
  // Restores the page for a visitor who comes back to it.
  addEventListener('pageshow', () => {
    if (place) place.textContent = '';
  });
}
