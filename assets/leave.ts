/** Leaving with script: clears the page before any request, replaces it in the history, and takes three presses of Escape for the button. */
const button = document.querySelector<HTMLButtonElement>('#exit');
const form = document.querySelector<HTMLFormElement>('#go');
const within = 3_000;
const times = 3;

function leave(to: string, last: HTMLFormElement): void {
  document.body.hidden = true;
  const told = new URLSearchParams({ to: '/exit' });
  for (const [name, value] of new FormData(last)) if (typeof value === 'string') told.append(name, value);
  navigator.sendBeacon(location.pathname, told);
  location.replace(to);
}

if (button?.dataset.to && form) {
  const { to } = button.dataset;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    leave(to, form);
  });
  let pressed: number[] = [];
  addEventListener('keydown', ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    pressed = key === 'Escape' ? [...pressed.filter((at) => timeStamp - at < within), timeStamp] : [];
    if (pressed.length >= times) leave(to, form);
  });
}

// If the browser kept the page in its cache anyway, shows the entrance instead.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.replace(location.pathname);
});
