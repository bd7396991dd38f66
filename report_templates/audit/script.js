"use strict";
// Everything is on the page without this script: it opens, closes, filters and sorts what is there.
(() => {
  const controls = document.querySelector("[data-controls]");
  if (controls) {
    const criteria = [...document.querySelectorAll("details.criterion")];
    const checks = [...document.querySelectorAll(".check")];
    const shown = controls.querySelector("[data-shown]");
    controls.hidden = false;
    controls.addEventListener("submit", (event) => event.preventDefault());
    controls.addEventListener("click", (event) => {
      const wanted = event.target.dataset.open;
      if (wanted) criteria.forEach((criterion) => { criterion.open = wanted === "true"; });
    });
    controls.querySelector("[data-filter]").addEventListener("change", (event) => {
      const kind = event.target.value;
      checks.forEach((check) => { check.hidden = kind !== "" && check.dataset.kind !== kind; });
      criteria.forEach((criterion) => {
        const holds = [...criterion.querySelectorAll(".check")].some((check) => !check.hidden);
        criterion.hidden = kind !== "" && !holds && criterion.dataset.kind !== kind;
        if (kind !== "" && holds) criterion.open = true;
      });
      const count = checks.filter((check) => !check.hidden).length;
      shown.textContent = kind === "" ? "" : shown.dataset.words.replace("{number}", count);
    });
  }

  // A link into a closed criterion opens it; printing opens all.
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = target && target.closest("details:not([open])");
    if (closed) { closed.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = table.dataset.sortWords;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const upwards = head.getAttribute("aria-sort") === "descending";
        [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", upwards ? "ascending" : "descending");
        const value = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
        const order = (a, b) => value(a).localeCompare(value(b), document.documentElement.lang, { numeric: true });
        const number = (row) => Number(value(row));
        const numbers = [...body.rows].every((row) => !Number.isNaN(number(row)));
        const rows = [...body.rows].sort(numbers ? (a, b) => number(a) - number(b) : order);
        body.append(...(upwards ? rows : rows.reverse()));
      });
    });
  });
})();
