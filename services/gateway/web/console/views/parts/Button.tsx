import { UnstyledButton, type UnstyledButtonProps } from "@mantine/core";
import { type ComponentPropsWithRef, forwardRef } from "react";
import styles from "./control.module.css";

interface Props extends UnstyledButtonProps, Omit<ComponentPropsWithRef<"button">, keyof UnstyledButtonProps | "ref"> {
  look?: "plain" | "brand" | "ok" | "quiet";
  size?: "big" | "small";
}

/** A button with words. One `brand` per pane at most. */
export const Button = forwardRef<HTMLButtonElement, Props>(function Button(
  { look = "plain", size, className, type = "button", ...rest },
  ref,
) {
  const base = look === "quiet" ? styles.quiet : styles.button;
  const classes = [base, look === "brand" && styles.brand, look === "ok" && styles.ok, size && styles[size], className];
  return <UnstyledButton ref={ref} type={type} className={classes.filter(Boolean).join(" ")} {...rest} />;
});
