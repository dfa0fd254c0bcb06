/** A form with a file takes its time: once it is sent, the page says so, and that nothing more has to be pressed. */
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
