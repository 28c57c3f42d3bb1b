// A form is sent once: a second click while the first is on its way does nothing.
(function () {
  "use strict";

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    form.setAttribute("aria-busy", "true");
    // A download leaves the page as it is, so the form can be sent again later.
    setTimeout(() => release(form), 8000);
  });

  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  function release(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
})();
