"use strict";
// Everything is on the page without this script: it opens, closes, searches, copies and sorts what is there.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const filled = (words, fields) => words.replace(/\{(\w+)\}/g, (_, name) => fields[name]);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const controls = document.querySelector("[data-controls]");
  if (controls) {
    const criteria = all("details.criterion");
    const entries = all(".check, .question");
    const texts = new Map();
    const textOf = (entry) => {
      if (!texts.has(entry)) {
        const criterion = entry.closest("details.criterion");
        texts.set(entry, plain(`${criterion ? criterion.querySelector("h4").textContent : ""} ${entry.textContent}`));
      }
      return texts.get(entry);
    };
    const search = controls.querySelector("[data-search]");
    const status = controls.querySelector("[data-filter]");
    const shown = controls.querySelector("[data-shown]");
    let openBefore = null;
    const show = (words, kind) => {
      const active = words.length > 0 || kind !== "";
      if (active && !openBefore) openBefore = criteria.map((criterion) => criterion.open);
      entries.forEach((entry) => {
        entry.hidden = (kind !== "" && entry.dataset.kind !== kind) || !words.every((word) => textOf(entry).includes(word));
      });
      const holds = (box) => all(".check, .question", box).some((entry) => !entry.hidden);
      all(".questions, .quiet").forEach((box) => { box.hidden = active && !holds(box); });
      criteria.forEach((criterion, number) => {
        const found = holds(criterion);
        criterion.hidden = active && !found && (words.length > 0 || criterion.dataset.kind !== kind);
        if (active && found) criterion.open = true;
        else if (!active && openBefore) criterion.open = openBefore[number];
      });
      all(".principle").forEach((principle) => {
        principle.hidden = active && !holds(principle) && all("details.criterion", principle).every((one) => one.hidden);
      });
      if (!active) openBefore = null;
      const count = entries.filter((entry) => !entry.hidden).length;
      const said = count ? shown.dataset.words : shown.dataset.none;
      shown.textContent = active ? filled(said, { number: count, all: entries.length }) : "";
    };
    const filter = () => show(plain(search.value).split(/\s+/).filter(Boolean), status.value);
    controls.hidden = false;
    controls.addEventListener("submit", (event) => event.preventDefault());
    controls.addEventListener("input", filter);
    controls.addEventListener("reset", () => setTimeout(filter));
    controls.addEventListener("click", (event) => {
      const wanted = event.target.dataset.open;
      if (wanted) criteria.forEach((criterion) => { criterion.open = wanted === "true"; });
    });
    // Paper holds everything, whatever is searched for on the screen.
    addEventListener("beforeprint", () => show([], ""));
    addEventListener("afterprint", filter);

    const said = document.querySelector("[data-said]");
    all("table[data-copy] td.place").forEach((cell) => {
      const place = cell.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = said.dataset.copy;
      button.setAttribute("aria-label", `${said.dataset.copy}: ${place}`);
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(place);
          said.textContent = `${said.dataset.copied}: ${place}`;
        } catch {
          getSelection().selectAllChildren(cell.firstElementChild);
          said.textContent = said.dataset.selected;
        }
      });
      cell.append(" ", button);
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
  addEventListener("beforeprint", () => all("details").forEach((one) => { one.open = true; }));

  all("table[data-sortable]").forEach((table) => {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.classList.contains("chart")) return;
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
