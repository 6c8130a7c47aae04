/** The shop's own script: its buttons open the chat. */
interface ChatApi {
  open(): void;
}

for (const button of document.querySelectorAll("[data-chat]")) {
  button.addEventListener("click", () => (window as Window & { Parley?: ChatApi }).Parley?.open());
}
