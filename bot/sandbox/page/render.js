// Messages -> DOM. Text goes in as text nodes only: nothing a bot or a person writes is ever read as markup.

export function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function webAddress(address) {
  const complete = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  const url = URL.canParse(complete) ? new URL(complete) : null;
  return url && ["http:", "https:", "mailto:", "tg:"].includes(url.protocol) ? url.href : "";
}

function link(address) {
  const href = webAddress(address);
  if (!href) return element("span");
  const node = element("a");
  node.href = href;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

function toggle(node, label) {
  node.type = "button";
  node.setAttribute("aria-expanded", "false");
  if (label) node.setAttribute("aria-label", label);
  return node;
}

function spoiler() {
  const node = toggle(element("button", "spoiler"), "Hidden text, press to show");
  node.addEventListener("click", () => {
    node.setAttribute("aria-expanded", "true");
    node.removeAttribute("aria-label");
  });
  return node;
}

function quote(expandable) {
  const node = element("span", expandable ? "quote collapsed" : "quote");
  const inside = element("span", "quoted");
  node.append(inside);
  if (expandable) {
    const more = toggle(element("button", "more", "Show more"));
    more.addEventListener("click", () => {
      const collapsed = node.classList.toggle("collapsed");
      more.textContent = collapsed ? "Show more" : "Show less";
      more.setAttribute("aria-expanded", String(!collapsed));
    });
    node.append(more);
  }
  return [node, inside];
}

// The outer node to insert and the inner one to fill, for one entity.
function nodesOf(entity, text, onCommand) {
  const covered = text.slice(entity.offset, entity.offset + entity.length);
  const simple = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
  if (simple[entity.type]) return one(element(simple[entity.type]));
  switch (entity.type) {
    case "text_link": return one(link(entity.url));
    case "url": return one(link(covered));
    case "email": return one(link(`mailto:${covered}`));
    case "spoiler": return one(spoiler());
    case "blockquote": return quote(false);
    case "expandable_blockquote": return quote(true);
    case "mention": case "hashtag": case "cashtag": case "text_mention": return one(element("span", "tag"));
    case "bot_command": {
      const command = element("button", "command");
      command.type = "button";
      command.addEventListener("click", () => onCommand(covered));
      return one(command);
    }
    default: return one(element("span"));
  }
}

function one(node) { return [node, node]; }

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

// Offsets are UTF-16 code units on both sides, so they index JavaScript's strings as they are.
export function renderText(text, entities, onCommand) {
  const root = element("div", "text");
  const waiting = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const bounds = new Set([0, text.length]);
  for (const e of entities) bounds.add(e.offset).add(e.offset + e.length);
  const cuts = [...bounds].sort((a, b) => a - b);
  let open = [];
  let afterBlock = false;
  cuts.slice(0, -1).forEach((start, index) => {
    const firstEnded = open.findIndex(({ entity }) => entity.offset + entity.length <= start);
    const reopened = firstEnded < 0 ? [] : open.slice(firstEnded).filter(({ entity }) => entity.offset + entity.length > start);
    if (firstEnded >= 0) {
      afterBlock = open.slice(firstEnded).some(({ entity }) => BLOCKS.has(entity.type));
      open = open.slice(0, firstEnded);
    }
    const entering = reopened.map(({ entity }) => entity);
    while (waiting.length && waiting[0].offset <= start) entering.push(waiting.shift());
    for (const entity of entering) {
      const [outer, inner] = nodesOf(entity, text, onCommand);
      (open.at(-1)?.inner ?? root).append(outer);
      open.push({ entity, inner });
    }
    let piece = text.slice(start, cuts[index + 1]);
    // A block ends its line by itself; the line break after it would show as an empty line.
    if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
    afterBlock = false;
    (open.at(-1)?.inner ?? root).append(piece);
  });
  return root;
}

function media(item) {
  if (item.kind === "photo") {
    const image = element("img", "photo");
    Object.assign(image, { src: item.path, alt: "Photo", width: item.width, height: item.height });
    return image;
  }
  const file = element("a", "file");
  file.href = item.path;
  file.download = item.name;
  const words = element("span", "", item.name);
  words.append(element("small", "", `${Math.max(1, Math.round(item.size / 1024))} KB`));
  file.append(element("span", "sheet", "↓"), words);
  return file;
}

function key(button, message, act) {
  const opens = button.kind === "url" || button.kind === "web_app";
  const node = opens ? link(button.value) : element("button");
  node.classList.add("key");
  node.append(element("span", "", button.text));
  if (opens) {
    const mark = element("span", "out", "↗");
    mark.setAttribute("aria-hidden", "true");
    node.append(mark);
    return node;
  }
  node.type = "button";
  node.addEventListener("click", () => act(button, message, node));
  return node;
}

export function renderMessage(message, { onCommand, onKey, time }) {
  const item = element("li", message.own ? "message own" : "message");
  item.dataset.id = message.id;
  const bubble = element("div", "bubble");
  bubble.append(element("span", "visually-hidden", message.own ? "You:" : "Bot:"));
  if (message.origin) bubble.append(element("div", "origin", `Forwarded from ${message.origin}`));
  if (message.replyTo) bubble.append(element("div", "reply", message.replyTo));
  if (message.media) bubble.append(media(message.media));
  if (message.text) bubble.append(renderText(message.text, message.entities, onCommand));
  const meta = element("div", "meta");
  if (message.edited) meta.append(element("span", "", "edited"));
  const sent = element("time", "", time(message.sentAt));
  sent.dateTime = new Date(message.sentAt * 1000).toISOString();
  meta.append(sent);
  bubble.append(meta);
  item.append(bubble);
  if (message.keyboard.length) {
    item.classList.add("wide");
    const keyboard = element("div", "keyboard");
    keyboard.setAttribute("role", "group");
    keyboard.setAttribute("aria-label", "Buttons");
    for (const row of message.keyboard) {
      const line = element("div", "row");
      line.append(...row.map((button) => key(button, message, onKey)));
      keyboard.append(line);
    }
    item.append(keyboard);
  }
  return item;
}

// "Show more" is only there where something is hidden; that is known once the message is laid out.
export function settleQuotes(item) {
  for (const quoteNode of item.querySelectorAll(".quote.collapsed")) {
    const inside = quoteNode.querySelector(".quoted");
    if (inside.scrollHeight <= inside.clientHeight + 1) quoteNode.querySelector(".more").hidden = true;
  }
}
