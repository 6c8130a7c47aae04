import { Menu, useMantineColorScheme } from "@mantine/core";
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
    <Menu position={label ? "top-end" : "right-end"} width={232}>
      <Menu.Target>
        <button type="button" className={label ? styles.tab : styles.me}>
          <Avatar id={me.account_id} name={me.name} size={label ? 24 : 32} src={me.avatar_url} presence={presence} />
          {label}
          <Hidden>{label && ", "}{me.name}, {available ? say.now.available : say.now.away}</Hidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}><b>{me.name}</b><span>{me.address}</span></div>
        {([true, false] as const).map((wish) => (
          <Menu.Item
            key={String(wish)} role="menuitemradio" aria-checked={available === wish} onClick={() => setAvailable(wish)}
            leftSection={<i className={`${styles.light} ${wish ? styles.on : styles.off}`} />}
            rightSection={available === wish && <IconCheck size={16} stroke={1.6} />}
          >
            <span className={styles.two}>{wish ? say.available : say.away}<small>{wish ? say.availableHint : say.awayHint}</small></span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{say.theme}</Menu.Label>
        {(["light", "dark", "auto"] as const).map((scheme) => {
          const Icon = THEMES[scheme];
          return (
            <Menu.Item
              key={scheme} role="menuitemradio" aria-checked={colorScheme === scheme} onClick={() => setColorScheme(scheme)} closeMenuOnClick={false}
              leftSection={<Icon size={16} stroke={1.6} />} rightSection={colorScheme === scheme && <IconCheck size={16} stroke={1.6} />}
            >
              {say.themes[scheme]}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={() => openDialog("keys")}>{say.shortcuts}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void api.signOut().finally(onSignedOut)}>{say.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
