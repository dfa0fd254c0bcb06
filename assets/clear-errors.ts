/** The answer to a form can be a file, and then the page stays: what was wrong before goes when the form is sent again. */
export function clearErrors(form: HTMLFormElement): void {
  form.addEventListener('submit', () => {
    document.querySelector('.govuk-error-summary')?.remove();
    for (const message of form.querySelectorAll('.govuk-error-message')) message.remove();
    for (const group of form.querySelectorAll('.govuk-form-group--error'))
      group.classList.remove('govuk-form-group--error');
    for (const field of form.querySelectorAll('.govuk-input--error')) field.classList.remove('govuk-input--error');
  });
}
