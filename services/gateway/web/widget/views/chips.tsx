import { MAX_FILES, type Chip } from "../browser/uploads";
import type { Words } from "../words";
import { Icon } from "./icon";
import { useWidget } from "./widget";

/** The files of the message being written, each with its progress or why it was not taken. */
export function Chips({ chips }: { chips: Chip[] }) {
  const { words } = useWidget();
  if (chips.length === 0) return null;
  return (
    <ul class="chips">
      {chips.map((chip) => <ChipView chip={chip} key={chip.key} />)}
      {chips.length >= MAX_FILES && <li class="hint">{words.tooMany}</li>}
    </ul>
  );
}

function ChipView({ chip }: { chip: Chip }) {
  const { words, uploads } = useWidget();
  const { key, file, preview, part, state } = chip;
  const wrong = state === "refused" || state === "too_big" || state === "failed";
  return (
    <li class={wrong ? "chip wrong" : "chip"}>
      {preview && !wrong ? <img src={preview} alt="" /> : <Icon name={wrong ? "alert" : "file"} />}
      {state === "failed"
        ? <button type="button" class="what" onClick={() => uploads.again(key)}>{words.notUploaded(file.name)}</button>
        : <span class="what" role={wrong ? "alert" : undefined}>{label(chip, words)}</span>}
      {state === "sending" && <progress value={part} max={1} aria-label={file.name} />}
      <button type="button" class="x" aria-label={words.remove(file.name)} onClick={() => uploads.remove(key)}><Icon name="close" /></button>
    </li>
  );
}

function label({ state, file, reason }: Chip, words: Words): string {
  if (state === "too_big") return words.tooBig(file.name);
  if (state === "refused") return [words.notTaken(file.name), reason].filter(Boolean).join(". ");
  return file.name;
}
