// Ticking streets and blocks on a map: the map and the tick boxes say the same.
//
// <div data-map data-picks="places"> fires "map:pick" with {key, label} when a feature
// is pressed; tick boxes of that name hold the keys. What is not on this page of the
// list is added to the form's [data-picked]. The map is told by "map:picked".
(function () {
  "use strict";

  const map = document.querySelector("[data-map][data-picks]");
  if (!map) return;
  const name = map.dataset.picks;

  function boxes() {
    return Array.from(document.querySelectorAll('input[type=checkbox][name="' + name + '"]'));
  }

  function tell() {
    const keys = boxes().filter((box) => box.checked).map((box) => box.value);
    map.dispatchEvent(new CustomEvent("map:picked", { detail: keys }));
  }

  function add(key, label) {
    const list = document.querySelector("[data-picked]");
    if (!list) return null;
    const item = document.createElement("li");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "hp-tick";
    box.name = name;
    box.value = key;
    box.setAttribute("aria-label", "Select " + label);
    item.append(box, " " + label);
    list.append(item);
    return box;
  }

  map.addEventListener("map:pick", (event) => {
    const key = String(event.detail.key);
    const box = boxes().find((own) => own.value === key) || add(key, event.detail.label);
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox]")) tell();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-select]")) tell();
  });
  document.addEventListener("htmx:load", tell);
  map.addEventListener("map:ready", tell);
  window.addEventListener("pageshow", tell);
})();
