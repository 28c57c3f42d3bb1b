// Starts GOV.UK Frontend's components, again for parts htmx brings in.
const address = document.querySelector("script[data-govuk-frontend]").dataset.govukFrontend;
const { initAll } = await import(address);

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) {
    initAll({ scope: event.target });
  }
});
