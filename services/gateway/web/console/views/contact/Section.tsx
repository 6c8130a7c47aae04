import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./contact.module.css";

/** A part of the sidebar that folds. */
export function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <details className={styles.section} open>
      <summary>
        {title}
        {count ? <span className={styles.whisper}>{count}</span> : null}
        <IconChevronDown size={16} stroke={1.6} aria-hidden="true" />
      </summary>
      {children}
    </details>
  );
}
