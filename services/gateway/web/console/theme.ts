/** Mantine, told to use the tokens: it holds no colour of its own. */

import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import overlay from "./views/parts/overlay.module.css";

const scale = (name: string) => Array.from({ length: 10 }, (_, n) => `var(--${name}-${n})`) as unknown as MantineColorsTuple;

const DROPDOWN = { shadow: "none", offset: 6, transitionProps: { duration: 90 } };
const DIALOG = {
  centered: true,
  lockScroll: false,
  transitionProps: { duration: 160 },
  overlayProps: { className: overlay.veil },
};

export const theme = createTheme({
  colors: { brand: scale("brand"), gray: scale("gray"), dark: scale("dark") },
  primaryColor: "brand",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 6,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  respectReducedMotion: true,
  components: {
    Portal: { defaultProps: { target: "#floating" } },
    Menu: {
      defaultProps: { ...DROPDOWN, withInitialFocusPlaceholder: false },
      classNames: { dropdown: overlay.dropdown, item: overlay.item, label: overlay.label, divider: overlay.divider },
    },
    Popover: { defaultProps: DROPDOWN, classNames: { dropdown: overlay.dropdown } },
    Combobox: { defaultProps: DROPDOWN, classNames: { dropdown: overlay.dropdown, option: overlay.item } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, offset: 6 }, classNames: { tooltip: overlay.tip } },
    Modal: {
      defaultProps: DIALOG,
      classNames: {
        content: overlay.dialog,
        header: overlay.dialogHead,
        title: overlay.dialogTitle,
        close: overlay.dialogClose,
      },
    },
    Notification: {
      classNames: {
        root: overlay.toast,
        title: overlay.toastTitle,
        description: overlay.toastText,
        closeButton: overlay.dialogClose,
      },
    },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-3)",
    "--mantine-color-placeholder": "var(--text-3)",
    "--mantine-color-default-border": "var(--line-control)",
    "--mantine-color-error": "var(--breach)",
  },
  light: {},
  dark: {},
});

/** The nonce the gateway wrote into the page, for the few style elements libraries make. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}
