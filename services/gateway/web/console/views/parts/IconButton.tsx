import { Tooltip } from "@mantine/core";
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";
import styles from "./control.module.css";

interface Props extends ComponentPropsWithoutRef<"button"> {
  label: string;
  children: ReactNode;
}

/** A button that is one icon; its name shows as a tip. */
export const IconButton = forwardRef<HTMLButtonElement, Props>(function IconButton(
  { label, children, className, ...rest },
  ref,
) {
  return (
    <Tooltip label={label}>
      <button ref={ref} type="button" aria-label={label} className={`${styles.icon} ${className ?? ""}`} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
});
