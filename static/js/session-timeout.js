// Warns two minutes before the idle time-out, keeps what was typed, and offers to stay.
(function () {
  "use strict";

  const WARNING = 120;
  const KEPT = "housingplus-typed:";
  const FIELDS = "input:not([type=hidden]):not([type=password]):not([type=file]), textarea, select";

  restore();
  const dialog = document.getElementById("session-timeout");
  if (!dialog || typeof dialog.showModal !== "function") return;

  const allowed = Number(dialog.dataset.minutes) * 60;
  const remaining = dialog.querySelector("[data-remaining]");
  const announcement = dialog.querySelector("[data-announcement]");
  const stay = dialog.querySelector("form");
  let until = Date.now() + allowed * 1000;
  let told = Date.now();

  setInterval(tick, 1000);
  ["keydown", "input"].forEach((kind) => document.addEventListener(kind, active));
  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    keepAlive().then(() => dialog.close());
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    keepAlive().then(() => dialog.close());
  });

  function tick() {
    const left = Math.round((until - Date.now()) / 1000);
    if (left > WARNING) return;
    if (left <= 0) {
      leave();
      return;
    }
    if (!dialog.open) {
      dialog.showModal();
      dialog.querySelector("button").focus();
    }
    const text = left > 60 ? "2 minutes" : left > 30 ? "1 minute" : left + " seconds";
    remaining.textContent = text;
    if (left % 30 === 0) announcement.textContent = "You will be signed out in " + text;
  }

  // Typing in a long form is activity too: the server hears of it once in five minutes.
  function active() {
    if (dialog.open || Date.now() - told < 300000) return;
    told = Date.now();
    keepAlive();
  }

  function keepAlive() {
    return fetch(dialog.dataset.keepAliveUrl, {
      method: "POST",
      body: new FormData(stay),
      headers: { "X-Requested-With": "fetch" },
      redirect: "manual",
    }).then((response) => {
      if (response.ok) {
        until = Date.now() + allowed * 1000;
        told = Date.now();
      } else {
        leave();
      }
    }).catch(() => {});
  }

  function leave() {
    keep();
    window.location.assign(window.location.pathname + window.location.search);
  }

  function place() {
    return KEPT + window.location.pathname;
  }

  function keep() {
    const typed = {};
    document.querySelectorAll("form[data-keep-typed]").forEach((form) => {
      form.querySelectorAll(FIELDS).forEach((field) => {
        if (!field.name) return;
        const key = field.name + (/radio|checkbox/.test(field.type) ? "=" + field.value : "");
        typed[key] = /radio|checkbox/.test(field.type) ? field.checked : field.value;
      });
    });
    if (Object.keys(typed).length) sessionStorage.setItem(place(), JSON.stringify(typed));
  }

  function restore() {
    const kept = sessionStorage.getItem(place());
    const forms = document.querySelectorAll("form[data-keep-typed]");
    if (!kept || !forms.length) return;
    sessionStorage.removeItem(place());
    const typed = JSON.parse(kept);
    forms.forEach((form) => {
      form.querySelectorAll(FIELDS).forEach((field) => {
        const choice = /radio|checkbox/.test(field.type);
        const key = field.name + (choice ? "=" + field.value : "");
        if (!(key in typed)) return;
        if (choice) field.checked = typed[key];
        else field.value = typed[key];
      });
      const note = document.createElement("div");
      note.className = "govuk-inset-text";
      note.setAttribute("role", "status");
      note.textContent = "What you typed before you were signed out has been put back.";
      form.prepend(note);
    });
  }
})();
