import { IconUser } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { initials, type Presence, tint } from "../../state/people";
import styles from "./avatar.module.css";

interface Props {
  id: string;
  name: string;
  size: 16 | 20 | 24 | 32 | 44;
  /** A portrait the gateway serves; initials without it. */
  src?: string | undefined;
  presence?: Presence | undefined;
  /** A mark on the lower edge. */
  children?: ReactNode;
}

/** A face, always beside its name in text: it says nothing to assistive technology itself. */
export function Avatar({ id, name, size, src, presence, children }: Props) {
  const letters = initials(name);
  return (
    <span
      className={`${styles.avatar} ${styles[`s${size}`]} ${src ? "" : (styles[`t${tint(id, name)}`] ?? "")}`}
      aria-hidden="true"
    >
      {src ? (
        <img src={src} alt="" width={size} height={size} loading="lazy" />
      ) : (
        (letters ?? <IconUser size={size * 0.56} stroke={1.6} />)
      )}
      {children}
      {presence && <i className={`${styles.presence} ${styles[presence]}`} />}
    </span>
  );
}
