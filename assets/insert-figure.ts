/** Puts a figure of the list into the field that was used last, where its cursor was. Without script, people copy the words. */
type TextField = HTMLTextAreaElement | HTMLInputElement;

const isTextField = (element: unknown): element is TextField =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text');

export function insertFigure(place: HTMLElement): void {
  const form = place.querySelector('form');
  const done = place.querySelector<HTMLElement>('[data-done]');
  let last: TextField | null = form?.querySelector<HTMLTextAreaElement>('#body') ?? null;
  form?.addEventListener('focusin', ({ target }) => {
    if (isTextField(target)) last = target;
  });
  for (const words of place.querySelectorAll<HTMLElement>('[data-with-script]')) words.hidden = false;
  for (const words of place.querySelectorAll<HTMLElement>('[data-without-script]')) words.hidden = true;
  for (const button of place.querySelectorAll<HTMLButtonElement>('[data-insert]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const bracket = button.dataset.insert ?? '';
      if (!last) return;
      last.focus();
      last.setRangeText(bracket, last.selectionStart ?? 0, last.selectionEnd ?? 0, 'end');
      // The count of characters listens to typing.
      last.dispatchEvent(new Event('input', { bubbles: true }));
      last.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
      if (done) done.textContent = `${bracket} inserted into “${last.labels?.[0]?.textContent?.trim() ?? ''}”`;
    });
  }
}
