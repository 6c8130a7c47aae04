import type { ConversationRow } from "../../../protocol/messages";
import { isSafeAddress } from "../../state/richtext";
import { clock } from "../../state/time";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import styles from "./contact.module.css";

/** The path of a page, or the whole address where it has none. */
function pathOf(url: string): string {
  try {
    const { pathname, search, host } = new URL(url);
    return pathname === "/" && !search ? host : pathname + search;
  } catch {
    return url;
  }
}

/** The page where the chat began, as a link. */
export function Visit({ row: { page, started_at } }: { row: ConversationRow }) {
  const path = pathOf(page.url);
  return (
    <ol className={styles.pages}>
      <li>
        <span>
          {isSafeAddress(page.url) ? (
            <a href={page.url} target="_blank" rel="noopener noreferrer nofollow" title={page.title || page.url}>
              <bdi>{path}</bdi>
              <Hidden> {words.contact.newTab}</Hidden>
            </a>
          ) : (
            <bdi>{path}</bdi>
          )}
          <em>{words.contact.beganHere}</em>
        </span>
        <time dateTime={started_at}>{clock(started_at)}</time>
      </li>
    </ol>
  );
}
