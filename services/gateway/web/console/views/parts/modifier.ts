/** The key that commands begin with on this machine. */
export const modifier = /Mac|iP(hone|ad|od)/.test(navigator.userAgent) ? "⌘" : "Ctrl";
