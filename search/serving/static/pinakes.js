"use strict";
// What pages do besides: nothing on them depends on it.
(() => {
  const root = document.documentElement;
  const prefix = document.body.dataset.prefix;
  const box = document.getElementById("q");
  const said = document.getElementById("said");
  let silence = 0;

  function say(text) {
    clearTimeout(silence);
    said.textContent = text;
    silence = setTimeout(() => { said.textContent = ""; }, 3000);
  }

  // Light and dark: at once, and kept by the same cookie that the server reads.
  for (const link of document.querySelectorAll(".theme a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const theme = link.dataset.theme;
      root.dataset.theme = theme;
      document.querySelector('meta[name="color-scheme"]').content = theme;
      document.cookie = `pinakes_theme=${theme}; Path=${prefix}/; Max-Age=31536000; SameSite=Lax`;
      document.querySelector(`.to-${theme === "dark" ? "light" : "dark"}`).focus();
    });
  }

  // Citations: copied in place of being opened, where the browser lets a page copy.
  async function copy(link) {
    if (!navigator.clipboard) return false;
    const answer = await fetch(link.dataset.citation, { credentials: "same-origin" });
    if (!answer.ok) return false;
    await navigator.clipboard.writeText(await answer.text());
    link.classList.add("done");
    say("Citation copied");
    return true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-citation]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!navigator.clipboard) return;
    event.preventDefault();
    copy(link).catch(() => false).then((done) => { if (!done) location.href = link.href; });
  });

  // Keys.
  const stops = [...document.querySelectorAll(".hit, .p.proof")];
  let at = -1;
  function go(to) {
    if (!stops.length) return;
    at = Math.max(0, Math.min(stops.length - 1, to));
    for (const stop of stops) stop.classList.toggle("at", stop === stops[at]);
    const target = stops[at].querySelector("a.open, a.place");
    target.focus({ preventScroll: true });
    stops[at].scrollIntoView({ block: "center" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const here = event.target.closest(".hit, .p.proof");
    if (here) at = stops.indexOf(here);
    if (event.key === "/" && box) { event.preventDefault(); box.focus(); box.select(); }
    else if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "c" && stops[at]) stops[at].querySelector("a[data-citation]").click();
  });

  // How a query may go on.
  if (!box) return;
  const form = box.form;
  const ways = document.createElement("ul");
  ways.className = "ways";
  ways.id = "ways";
  ways.hidden = true;
  ways.setAttribute("role", "listbox");
  ways.setAttribute("aria-label", "How the query may go on");
  form.append(ways);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "ways"], ["aria-expanded", "false"]]) box.setAttribute(name, value);
  let chosen = -1, timer = 0, asked = 0;

  function close() {
    ways.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }
  function choose(to) {
    const items = ways.children;
    chosen = (to + items.length) % items.length;
    [...items].forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
    box.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }
  function take(item) {
    const text = item.dataset.text;
    box.value = text.endsWith(":") ? text : `${text} `;
    close();
    box.focus();
    if (text.endsWith(":")) suggest();
  }
  function show(completions) {
    ways.replaceChildren(...completions.map((each, number) => {
      const item = document.createElement("li");
      item.id = `way-${number}`;
      item.dataset.text = each.text;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const text = document.createElement("bdi");
      text.textContent = each.text;
      item.append(text);
      if (each.count) {
        const count = document.createElement("span");
        count.className = "n";
        count.textContent = each.count.toLocaleString("en");
        item.append(count);
      }
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    chosen = -1;
    ways.hidden = !completions.length;
    box.setAttribute("aria-expanded", String(!ways.hidden));
    box.removeAttribute("aria-activedescendant");
  }
  async function suggest() {
    const text = box.value;
    const mine = ++asked;
    if (!text.trim() || text.endsWith(" ")) { close(); return; }
    try {
      const answer = await fetch(`${prefix}/api/suggest?${new URLSearchParams({ q: text, limit: 8 })}`, { credentials: "same-origin" });
      if (!answer.ok || mine !== asked || document.activeElement !== box) return;
      show((await answer.json()).completions);
    } catch { close(); }
  }
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
  box.addEventListener("blur", () => { asked++; close(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !ways.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && !ways.hidden) { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp" && !ways.hidden) { event.preventDefault(); choose(chosen < 0 ? ways.children.length - 1 : chosen - 1); }
    else if ((event.key === "Enter" || event.key === "Tab") && !ways.hidden && chosen >= 0) { event.preventDefault(); take(ways.children[chosen]); }
  });
})();
