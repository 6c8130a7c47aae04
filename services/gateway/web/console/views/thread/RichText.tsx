import { useMemo } from "react";
import { linked } from "../../state/richtext";
import { cleaned } from "./cleaned";
import { cutAtNames } from "../../state/mentions";
import styles from "./thread.module.css";

interface Props {
  text: string;
  html: string | null;
  /** Names to mark where they are mentioned with an `@`. */
  names?: readonly string[];
}

const NOBODY: readonly string[] = [];

/** Words as their author meant them: rich where there is cleaned rich text, else plain with its links. */
export function RichText({ text, html, names = NOBODY }: Props) {
  const safe = useMemo(() => (html ? cleaned(html, names, styles.at ?? "") : null), [html, names]);
  if (safe !== null) return <div className={styles.rich} dangerouslySetInnerHTML={{ __html: safe }} />;
  return (
    <div className={styles.plain}>
      {linked(text).map(({ text: words, href }, n) =>
        href ? (
          <a key={n} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ) : (
          cutAtNames(words, names).map((piece, m) =>
            piece.name ? (
              <b key={`${n} ${m}`} className={styles.at}>
                {piece.text}
              </b>
            ) : (
              piece.text
            ),
          )
        ),
      )}
    </div>
  );
}
