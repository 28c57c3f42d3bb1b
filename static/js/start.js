// Starts GOV.UK Frontend's components, again for parts htmx brings in.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const script = document.querySelector("script[data-govuk-frontend]");
const { initAll } = await import(script.dataset.govukFrontend);

initAll();
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) {
    initAll({ scope: event.target });
  }
});
