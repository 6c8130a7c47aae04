import { IconPencil } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { useDesk } from "../../hooks/session";
import { mayAct } from "../../state/desk";
import { words } from "../../words";
import { Button } from "../parts/Button";
import control from "../parts/control.module.css";
import styles from "./contact.module.css";

interface Props {
  value: string | null;
  label: string;
  edit: string;
  add: string;
  type?: "text" | "email";
  /** Why a value will not do, or null. */
  check(value: string): string | null;
  onSave(value: string): Promise<boolean>;
}

/** A value that turns into a field when it is clicked. */
export function Editable(props: Props) {
  const { value, edit, add } = props;
  const [editing, setEditing] = useState(false);
  const acts = useDesk(mayAct);
  if (!acts) return <bdi>{value}</bdi>;
  if (editing) return <Field {...props} onDone={() => setEditing(false)} />;
  if (value === null)
    return (
      <button type="button" className={styles.unset} onClick={() => setEditing(true)}>
        {add}
      </button>
    );
  return (
    <span className={styles.editable}>
      <bdi title={value}>{value}</bdi>
      <button type="button" className={styles.pencil} aria-label={edit} onClick={() => setEditing(true)}>
        <IconPencil size={14} stroke={1.8} />
      </button>
    </span>
  );
}

function Field({ value, label, type = "text", check, onSave, onDone }: Props & { onDone(): void }) {
  const [text, setText] = useState(value ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const hint = useId();

  async function save(event: FormEvent) {
    event.preventDefault();
    const next = text.trim();
    const wrong = check(next);
    if (wrong) return setProblem(wrong);
    if (next === value) return onDone();
    setBusy(true);
    if (await onSave(next)) onDone();
    else setBusy(false);
  }

  function escape(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onDone();
  }

  return (
    <form className={styles.field} onSubmit={save} onKeyDown={escape} noValidate>
      <input
        className={control.input}
        type={type}
        value={text}
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem ? hint : undefined}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {problem && (
        <span id={hint} className={control.error} role="alert">
          {problem}
        </span>
      )}
      <span className={styles.buttons}>
        <Button size="small" type="submit" disabled={busy}>
          {words.contact.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {words.contact.cancel}
        </Button>
      </span>
    </form>
  );
}
