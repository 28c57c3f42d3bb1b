// Ticking rows of a table: all, none, evens or odds, and how many are ticked.
//
// <form data-multi-select>: its checkboxes have class hp-tick and, for evens and odds,
// data-number (the building number). Buttons: data-select="all|none|evens|odds".
// The number ticked is written into [data-selected-count]; [data-needs-selection]
// buttons say what is missing when nothing is ticked.
(function () {
  "use strict";

  function ticks(form) {
    return Array.from(form.querySelectorAll("input.hp-tick[type=checkbox][name]"));
  }

  function wanted(tick, which) {
    if (which === "all") return true;
    if (which === "none") return false;
    const number = parseInt(tick.dataset.number, 10);
    if (Number.isNaN(number)) return false;
    return number % 2 === (which === "odds" ? 1 : 0);
  }

  function count(form) {
    const all = ticks(form);
    const ticked = all.filter((tick) => tick.checked).length;
    form.querySelectorAll("[data-selected-count]").forEach((place) => {
      place.textContent = ticked + " of " + all.length + " selected";
    });
    form.querySelectorAll("[data-select-page]").forEach((box) => {
      box.checked = ticked > 0 && ticked === all.length;
      box.indeterminate = ticked > 0 && ticked < all.length;
    });
  }

  function start(root) {
    const found = Array.from(root.querySelectorAll("form[data-multi-select]"));
    if (root.matches && root.matches("form[data-multi-select]")) found.push(root);
    found.forEach((form) => {
      if (form.dataset.ready) return;
      form.dataset.ready = "true";
      form.querySelectorAll("[data-select], [data-select-page]").forEach((control) => {
        control.hidden = false;
      });
      form.addEventListener("click", (event) => {
        const button = event.target.closest("[data-select]");
        if (!button) return;
        ticks(form).forEach((tick) => {
          tick.checked = wanted(tick, button.dataset.select);
        });
        count(form);
      });
      form.addEventListener("change", (event) => {
        if (event.target.matches("[data-select-page]")) {
          ticks(form).forEach((tick) => {
            tick.checked = event.target.checked;
          });
        }
        count(form);
      });
      count(form);
    });
  }

  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-multi-select]").forEach(count);
  });
})();
