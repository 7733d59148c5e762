/* Part of the preview only: loads the page again when it changed, shows what is wrong with the
   content. The preview puts it into each page that it sends; the site itself never has it. */
(() => {
  "use strict";

  let seen = new URL(document.currentScript.src).searchParams.get("lan");
  let source = null;
  let panel = null;
  // The page that stands in while there is no site yet says itself what is wrong.
  const standIn = document.querySelector("html[data-cho] pre");

  /** The file of the site that a path shows. */
  function fileOf(path) {
    let file = path.slice(1);
    try { file = decodeURIComponent(file); } catch { /* Not ours, then. */ }
    return file === "" || file.endsWith("/") ? `${file}index.html` : file;
  }

  /** Whether this page, or a style, script or picture that it loaded, is among `changed`. */
  function isConcerned(changed) {
    if (changed === null) return true;
    const used = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
    const own = used.filter((url) => url.origin === location.origin);
    const files = new Set([location, ...own].map((url) => fileOf(url.pathname)));
    return changed.some((file) => files.has(file));
  }

  /** Faults quote whatever was typed: they are set as text, never as HTML. */
  function fill(pre, text) {
    const lines = text.split("\n").map((line) => {
      const span = document.createElement("span");
      // A line of source and the mark under it have to stay in step.
      span.className = /^\s*\d* │ /.test(line) ? "nguon" : "";
      span.textContent = line;
      return span;
    });
    pre.replaceChildren(...lines.flatMap((span, at) => (at ? ["\n", span] : [span])));
  }

  function makePanel() {
    const host = document.createElement("div");
    const inside = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_xem-truoc/xem-truoc.css";
    host.setAttribute("role", "alert");
    const box = document.createElement("details");
    box.className = "loi";
    box.open = true;
    const title = document.createElement("summary");
    title.textContent = "Trang chưa cập nhật được";
    const note = document.createElement("p");
    note.textContent = 
      "Còn lỗi phải sửa. Trang đang xem là bản trước khi có lỗi; sửa xong, bảng này tự đóng.";
    const pre = document.createElement("pre");
    pre.tabIndex = 0;
    box.append(title, note, pre);
    inside.append(style, box);
    document.body.append(host);
    return { host, pre };
  }

  function showFaults(text) {
    if (text === "") {
      panel?.host.remove();
      panel = null;
      return;
    }
    panel ??= makePanel();
    fill(panel.pre, text);
  }

  function listen() {
    source = new EventSource(`/_xem-truoc/su-kien?lan=${seen}`);
    source.addEventListener("doi", (event) => {
      if (isConcerned(JSON.parse(event.data).changed)) location.reload();
    });
    source.addEventListener("loi", (event) => {
      if (!standIn) showFaults(JSON.parse(event.data).text);
      else if (event.lastEventId !== seen) location.reload();
      seen = event.lastEventId;
    });
    source.addEventListener("error", () => {
      // Some browsers give up when the preview is stopped; it may be started again.
      if (source?.readyState === EventSource.CLOSED) setTimeout(resume, 2000);
    });
  }

  function pause() {
    source?.close();
    source = null;
  }

  function resume() {
    pause();
    if (document.visibilityState === "visible") listen();
  }

  // A browser opens six connections to a server at most: pages in the background do without, or
  // the seventh tab would wait for ever. `seen` tells what they missed.
  document.addEventListener("visibilitychange", resume);
  addEventListener("pagehide", pause);
  addEventListener("pageshow", (event) => { if (event.persisted) resume(); });
  if (standIn) fill(standIn, standIn.textContent);
  resume();
})();
