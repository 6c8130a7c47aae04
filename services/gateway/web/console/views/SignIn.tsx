import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Me } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { api } from "../state/api";
import { words } from "../words";
import { Button } from "./parts/Button";
import control from "./parts/control.module.css";
import { Mark } from "./parts/Mark";
import styles from "./signin.module.css";

const say = words.signIn;

function explain(error: unknown): string {
  if (!(error instanceof Refusal)) return say.unreachable;
  if (error.problem.code === "wrong_credentials" || error.problem.status === 422) return say.wrong;
  return error.problem.status === 429 ? say.slowDown : error.message;
}

/** Address and password; whatever goes wrong is said above the button. */
export function SignIn({ onSignedIn }: { onSignedIn(me: Me): void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${say.submit} - ${words.product}`;
    first.current?.focus();
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [address, password] = [String(form.get("address")).trim(), String(form.get("password"))];
    if (!address || !password) return setProblem(say.missing);
    setBusy(true);
    setProblem(null);
    await api.signIn(address, password).then(onSignedIn, (error: unknown) => setProblem(explain(error)));
    setBusy(false);
  }

  return (
    <main className={styles.page}>
      <svg className={styles.art} viewBox="0 0 900 900" aria-hidden="true">
        <path
          className={styles.one}
          transform="translate(-90 -20) scale(26)"
          d="M5 25.5V12a8 8 0 0 1 8-8h3.5a9 9 0 0 1 0 18H10z"
        />
        <path
          className={styles.two}
          transform="translate(1010 330) scale(-19 19)"
          d="M5 25.5V12a8 8 0 0 1 8-8h3.5a9 9 0 0 1 0 18H10z"
        />
      </svg>
      <form className={styles.card} aria-label={say.submit} onSubmit={submit} noValidate>
        <Mark className={styles.mark} />
        <h1>{say.title}</h1>
        <p className={styles.host}>{location.host}</p>
        <label className={control.field}>
          <span className={control.label}>{say.address}</span>
          <input
            ref={first}
            className={`${control.input} ${control.big}`}
            type="email"
            name="address"
            autoComplete="username"
            aria-invalid={problem !== null}
          />
        </label>
        <label className={control.field}>
          <span className={control.label}>{say.password}</span>
          <input
            className={`${control.input} ${control.big}`}
            type="password"
            name="password"
            autoComplete="current-password"
            aria-invalid={problem !== null}
          />
        </label>
        <p className={styles.problem} role="alert">
          {problem}
        </p>
        <Button look="brand" size="big" type="submit" disabled={busy}>
          {say.submit}
        </Button>
      </form>
    </main>
  );
}
