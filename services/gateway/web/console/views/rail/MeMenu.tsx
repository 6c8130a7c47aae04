import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { useAsk } from "../../hooks/ask";
import { useDesk } from "../../hooks/session";
import { openDialog } from "../../hooks/ui";
import { api } from "../../state/api";
import { isOnline, personOf } from "../../state/desk";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import { Hidden } from "../parts/Hidden";
import styles from "./rail.module.css";

const say = words.me;
const THEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

interface Props {
  onSignedOut(): void;
  label?: string;
}

/** Oneself: available or away, how the console looks, and the way out. */
export function MeMenu({ onSignedOut, label }: Props) {
  const me = useDesk((desk) => desk.me);
  const online = useDesk(isOnline);
  const available = useDesk((desk) => personOf(desk, me.account_id)?.available ?? true);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { ask } = useAsk();
  const setAvailable = (wish: boolean) => void ask({ type: "set_availability", available: wish });
  const presence = !online ? "offline" : available ? "available" : "away";
  return (
    <Menu position={label ? "top-end" : "right-end"} width={272} checkIcon={<IconCheck size={16} stroke={1.6} />}>
      <Menu.Target>
        <button type="button" className={label ? styles.tab : styles.me}>
          <Avatar id={me.account_id} name={me.name} size={label ? 24 : 32} src={me.avatar_url} presence={presence} />
          {label}
          <Hidden>
            {label && ", "}
            {me.name}, {available ? say.now.available : say.now.away}
          </Hidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={styles.who}>
          <b>{me.name}</b>
          <span>{me.address}</span>
        </Menu.Label>
        <Menu.RadioGroup value={available ? "available" : "away"} onChange={(wish) => setAvailable(wish === "available")}>
          {(["available", "away"] as const).map((wish) => (
            <Menu.RadioItem
              key={wish}
              value={wish}
              closeMenuOnClick
              rightSection={<i className={`${styles.light} ${styles[wish]}`} />}
            >
              <span className={styles.two}>
                {say[wish]}
                <small>{say[`${wish}Hint`]}</small>
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{say.theme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {(["light", "dark", "auto"] as const).map((scheme) => {
            const Icon = THEMES[scheme];
            return (
              <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon size={16} stroke={1.6} />}>
                {say.themes[scheme]}
              </Menu.RadioItem>
            );
          })}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={() => openDialog("keys")}>
          {say.shortcuts}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void api.signOut().finally(onSignedOut)}>
          {say.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
