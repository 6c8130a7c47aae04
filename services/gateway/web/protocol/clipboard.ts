/** The clipboard, as far as a paste needs it. */
export type Clipboard = Pick<DataTransfer, "getData" | "files">;

/**
 * The files to attach on a paste; none where words are meant. Office programs put a picture of the words beside them, and file
 * managers the files' names beside the files.
 */
export function pastedFiles(clipboard: Clipboard | null): File[] {
  const files = [...(clipboard?.files ?? [])];
  const names = new Set(files.map(({ name }) => name));
  const words = clipboard?.getData("text/plain") ?? "";
  return words.split(/[\r\n]+/).every((line) => line === "" || names.has(line)) ? files : [];
}
