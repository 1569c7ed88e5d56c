// The page: who is chosen, what their chat holds, and what they do. All state of the chat comes from the server.

import { element, renderMessage, settleQuotes } from "/page/render.js";

const by = (id) => document.getElementById(id);
const app = document.querySelector(".app");
const scroller = by("scroller");
const list = by("messages");

let person = 0;
let chat = null;
let events = null;
let typingTimer = 0;
let toastTimer = 0;
const busyKeys = new Map();

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const time = (seconds) => clockFormat.format(seconds * 1000);
const day = (seconds) => dayFormat.format(seconds * 1000);

async function call(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function act(name, body) {
  try {
    return await call(`/api/people/${person}/${name}`, body);
  } catch (error) {
    toast(error.message);
    return null;
  }
}

function toast(text) {
  by("toast").textContent = text;
  by("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => by("toast").classList.remove("shown"), 3500);
}

// People

async function showPeople() {
  const { people } = await call("/api/people");
  by("people-empty").hidden = people.length > 0;
  by("people-list").replaceChildren(...people.map((one) => {
    const item = element("li");
    const anchor = element("a");
    anchor.href = `#${one.id}`;
    if (one.id === person) anchor.setAttribute("aria-current", "true");
    const words = element("span");
    words.append(element("span", "name", one.name), element("span", "about", `${one.language ?? "no language"} · id ${one.id}`));
    const face = element("span", "face", [...one.name][0].toUpperCase());
    face.setAttribute("aria-hidden", "true");
    anchor.append(face, words);
    item.append(anchor);
    return item;
  }));
}

by("new-person").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    const { id } = await call("/api/people", Object.fromEntries(new FormData(form)));
    by("person-fault").hidden = true;
    form.reset();
    location.hash = id;
  } catch (error) {
    by("person-fault").textContent = error.message;
    by("person-fault").hidden = false;
  }
});

// The chat

const handlers = { onCommand: (text) => act("send", { text }), onKey: pressKey, time };

async function pressKey(button, message, node) {
  if (button.kind === "copy_text") {
    await navigator.clipboard.writeText(button.value);
    toast("Copied");
  } else if (button.kind === "callback_data") {
    node.setAttribute("aria-busy", "true");
    const pressed = await act("press", { message_id: message.id, data: button.value });
    if (!pressed) return node.removeAttribute("aria-busy");
    busyKeys.set(pressed.id, node);
    // The answer may have been quicker than the reply to the press; and apps stop waiting after a while too.
    setTimeout(() => node.removeAttribute("aria-busy"), answered.has(pressed.id) ? 0 : 15000);
  }
}

const answered = new Set();

function showAnswer(answer) {
  answered.add(answer.id);
  busyKeys.get(answer.id)?.removeAttribute("aria-busy");
  busyKeys.delete(answer.id);
  const start = answer.url && new URL(answer.url).searchParams.get("start");
  if (start) act("send", { text: `/start ${start}` });
  if (answer.text && answer.show_alert) {
    by("alert-text").textContent = answer.text;
    by("alert").showModal();
  } else if (answer.text) {
    toast(answer.text);
  }
}

function isAtEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
}

function scrollToEnd() {
  scroller.scrollTop = scroller.scrollHeight;
}

function render(message) {
  const item = renderMessage(message, handlers);
  item.dataset.day = day(message.sentAt);
  return item;
}

function showDays() {
  list.querySelectorAll(".day").forEach((node) => node.remove());
  let before = "";
  for (const item of list.querySelectorAll(".message")) {
    if (item.dataset.day !== before) item.before(element("li", "day", item.dataset.day));
    before = item.dataset.day;
  }
}

function showMessage(message) {
  const follow = isAtEnd() || message.own;
  const item = render(message);
  const old = list.querySelector(`[data-id="${message.id}"]`);
  if (old) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(item);
    if (focused) item.querySelector(".key")?.focus();
  } else {
    list.append(item);
    if (!message.own) showTyping(false);
  }
  settleQuotes(item);
  showDays();
  by("welcome").hidden = true;
  if (follow) scrollToEnd();
}

function showTyping(on) {
  clearTimeout(typingTimer);
  const follow = isAtEnd();
  by("typing").hidden = !on;
  by("bot-status").textContent = on ? "typing…" : "bot";
  if (on) typingTimer = setTimeout(() => showTyping(false), 5000);
  if (on && follow) scrollToEnd();
}

function showFrame() {
  by("bot-name").textContent = chat.bot.name;
  document.title = `${chat.person.name} · ${chat.bot.name}`;
  list.lang = chat.person.language || "en";
  by("welcome").hidden = chat.messages.length > 0;
  by("welcome-name").textContent = chat.bot.name;
  by("welcome-about").textContent = chat.bot.about || "Press Start to begin.";
  by("composer").hidden = chat.blocked || !chat.started;
  by("start-bar").hidden = chat.blocked || chat.started;
  by("blocked-bar").hidden = !chat.blocked;
  by("block").hidden = chat.blocked || !chat.started;
  by("open-forward").hidden = chat.blocked || !chat.started;
  by("open-commands").hidden = chat.commands.length === 0;
  if (chat.commands.length === 0) openCommands(false);
  by("commands").replaceChildren(...chat.commands.map(({ name, description }) => {
    const button = element("button");
    button.type = "button";
    button.append(element("b", "", `/${name}`), element("span", "", description));
    button.addEventListener("click", () => {
      openCommands(false);
      act("send", { text: `/${name}` });
    });
    return button;
  }));
}

async function refresh({ whole }) {
  const wanted = person;
  const fresh = await call(`/api/people/${wanted}`);
  if (wanted !== person) return;
  chat = fresh;
  showFrame();
  if (whole) {
    list.replaceChildren(...chat.messages.map(render));
    list.querySelectorAll(".message").forEach(settleQuotes);
    showDays();
    scrollToEnd();
  }
}

function listen() {
  events?.close();
  events = new EventSource(`/api/people/${person}/events`);
  const on = (kind, react) => events.addEventListener(kind, (event) => react(JSON.parse(event.data)));
  on("ready", () => refresh({ whole: true }));
  on("chat", () => { refresh({ whole: false }); showPeople(); });
  on("message", (message) => {
    showMessage(message);
    if (!chat?.started) refresh({ whole: false });
  });
  on("deleted", ({ id }) => {
    list.querySelector(`[data-id="${id}"]`)?.remove();
    showDays();
  });
  on("action", () => showTyping(true));
  on("answer", showAnswer);
}

async function choose() {
  person = Number(location.hash.slice(1)) || 0;
  app.dataset.view = person ? "chat" : "people";
  events?.close();
  await showPeople();
  if (!person) return;
  showTyping(false);
  listen();
}

// Writing

function openCommands(open) {
  by("commands").hidden = !open;
  by("open-commands").setAttribute("aria-expanded", String(open));
  if (open) by("commands").querySelector("button")?.focus();
}

const text = by("text");

function fit() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 160)}px`;
}

async function send() {
  const written = text.value;
  if (!written.trim()) return;
  text.value = "";
  fit();
  if (!(await act("send", { text: written }))) {
    text.value = written;
    fit();
  }
}

by("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
text.addEventListener("input", fit);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});
by("open-commands").addEventListener("click", () => openCommands(by("commands").hidden));
by("commands").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openCommands(false);
  by("open-commands").focus();
});
by("start").addEventListener("click", () => act("send", { text: "/start" }));
by("block").addEventListener("click", () => act("block", { blocked: true }));
by("unblock").addEventListener("click", () => act("block", { blocked: false }));
by("back").addEventListener("click", () => { location.hash = ""; });
by("to-end").addEventListener("click", scrollToEnd);
scroller.addEventListener("scroll", () => { by("to-end").hidden = isAtEnd(); }, { passive: true });

by("open-forward").addEventListener("click", () => by("forward").showModal());
by("forward-cancel").addEventListener("click", () => by("forward").close());
by("forward-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await act("forward", Object.fromEntries(new FormData(event.target)))) {
    event.target.reset();
    by("forward").close();
  }
});

window.addEventListener("hashchange", choose);
choose();
