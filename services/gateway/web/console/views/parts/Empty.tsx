import type { ReactNode } from "react";
import styles from "./empty.module.css";

interface Props {
  art: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** A pane with nothing in it: a picture, what that means, and what to do about it. */
export function Empty({ art, title, text, children }: Props) {
  return (
    <div className={styles.empty}>
      {art}
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}
