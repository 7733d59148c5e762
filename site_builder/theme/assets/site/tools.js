// The tools of a story: read aloud, share, copy its address, print.

const SAID = 180; // characters: some voices stop in the midst of longer sentences without a word
const RESTED = 2500; // milliseconds until a button says again what it does

/**
 * @param {ParentNode} place
 * @param {string} name
 */
const tool = (place, name) => {
  const found = place.querySelector(`[data-tool=${name}]`);
  return found instanceof HTMLButtonElement ? found : null;
};

/**
 * @param {HTMLElement} button
 * @param {string} text
 */
const say = (button, text) => {
  const label = button.querySelector("[data-label]");
  if (label) label.textContent = text;
};

/** @param {HTMLElement} tools */
function start(tools) {
  const address = tools.dataset.address || location.href;
  const title = document.querySelector("h1")?.textContent ?? document.title;

  tool(tools, "print")?.addEventListener("click", () => print());
  offerSharing(tool(tools, "share"), { title, url: address });
  offerCopying(tool(tools, "copy"), address);
  const listen = tool(tools, "listen");
  if (listen && "speechSynthesis" in globalThis) offerReading(listen);
}

/**
 * Phones show what they can send with: Zalo, messages, Bluetooth.
 * @param {HTMLButtonElement | null} button
 * @param {ShareData} what
 */
function offerSharing(button, what) {
  // Whoever closes the sheet again has not failed.
  button?.addEventListener("click", () => navigator.share(what).catch(() => {}));
}

/**
 * @param {HTMLButtonElement | null} button
 * @param {string} address
 */
function offerCopying(button, address) {
  button?.addEventListener("click", async () => {
    const before = button.textContent?.trim() ?? "";
    try {
      await navigator.clipboard.writeText(address);
      say(button, "Đã chép");
    } catch {
      say(button, "Không chép được");
    }
    setTimeout(() => say(button, before), RESTED);
  });
}

/** @param {HTMLButtonElement} button */
function offerReading(button) {
  const speech = speechSynthesis;
  /** @type {SpeechSynthesisVoice | undefined} */
  let voice;
  const look = () => {
    voice = speech.getVoices().find(({ lang }) => lang.replace("_", "-").startsWith("vi"));
    button.classList.toggle("tool--ready", !!voice);
  };
  // Voices come when they come.
  look();
  speech.addEventListener("voiceschanged", look);

  const rest = () => {
    say(button, "Nghe đọc bài");
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    const isReading = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    if (isReading || !voice) return rest();
    say(button, "Dừng đọc");
    button.setAttribute("aria-pressed", "true");
    const parts = sentences();
    parts.forEach((text, index) => {
      const saying = new SpeechSynthesisUtterance(text);
      saying.lang = "vi-VN";
      saying.voice = voice ?? null;
      if (index === parts.length - 1) saying.onend = rest;
      saying.onerror = rest;
      speech.speak(saying);
    });
  });
  addEventListener("pagehide", () => speech.cancel());
}

/** What is read: title, summary, story; sentence by sentence. */
function sentences() {
  const places = document.querySelectorAll(
    ".entry__head h1, .entry__head .lead, .prose :is(h2, h3, h4, p, li)",
  );
  const texts = [...places].map((place) => place.textContent?.trim() ?? "");
  return texts.flatMap((text) => text.match(/[^.!?…]+[.!?…]*/g) ?? []).flatMap(pieces);
}

/**
 * @param {string} sentence
 * @returns {string[]}
 */
function pieces(sentence) {
  if (sentence.length <= SAID) return [sentence.trim()].filter(Boolean);
  const space = sentence.lastIndexOf(" ", SAID);
  const cut = space > 0 ? space : SAID;
  return [sentence.slice(0, cut).trim(), ...pieces(sentence.slice(cut))];
}

for (const tools of document.querySelectorAll("[data-tools]")) {
  if (tools instanceof HTMLElement) start(tools);
}
