// Selects marked data-autocomplete become a box to type in; the select stays underneath.
(function () {
  "use strict";

  function enhance(select) {
    if (select.dataset.enhanced || select.disabled) return;
    select.dataset.enhanced = "true";
    const name = select.id;
    const describedBy = select.getAttribute("aria-describedby");
    const empty = select.querySelector("option[value='']");
    accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? undefined : "",
      autoselect: false,
      confirmOnBlur: true,
      preserveNullOptions: false,
      showAllValues: select.options.length < 60,
      displayMenu: "overlay",
      placeholder: empty ? empty.textContent.trim() : "",
      onConfirm(label) {
        const options = Array.from(select.options);
        const typed = document.getElementById(name);
        const text = (label || (typed && typed.value) || "").trim();
        const found = options.find((option) => option.textContent.trim() === text);
        const next = found ? found.value : "";
        if (select.value !== next) {
          select.value = next;
          select.dispatchEvent(new Event("change", { bubbles: true }));
        }
      },
    });
    const input = document.getElementById(name);
    if (input && describedBy) {
      input.setAttribute("aria-describedby", describedBy + " " + (input.getAttribute("aria-describedby") || ""));
    }
  }

  function start(root) {
    root.querySelectorAll("select[data-autocomplete]").forEach(enhance);
  }

  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
