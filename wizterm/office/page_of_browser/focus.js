// The screen is worked with keys: they go to it as soon as it is there, and again when its tab is come back to.
"use strict";

function focusScreen() {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) keys.focus();
  return Boolean(keys);
}

document.addEventListener("DOMContentLoaded", () => {
  const watcher = new MutationObserver(() => { if (focusScreen()) watcher.disconnect(); });
  watcher.observe(document.body, { childList: true, subtree: true });
});
window.addEventListener("focus", focusScreen);
