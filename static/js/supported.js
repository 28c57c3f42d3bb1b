// Runs before the page is drawn: GOV.UK Frontend's scripts look for this class.
(function () {
  "use strict";
  document.addEventListener("readystatechange", mark);
  mark();

  function mark() {
    if (document.body) {
      document.body.classList.add("js-enabled", "govuk-frontend-supported");
    }
  }
})();
