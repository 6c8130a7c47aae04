import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { useDesk } from "../../hooks/session";
import { useSignOut } from "../../hooks/signedin";
import { openDialog } from "../../hooks/ui";
import { isOnline, mayAct, personOf } from "../../state/desk";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import { Hidden } from "../parts/Hidden";
import { Availability } from "./Availability";
import styles from "./rail.module.css";

const say = words.me;
const THEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

/** Oneself: available or away, how the console looks, and the way out. With a `label`: as one of a phone's tabs. */
export function MeMenu({ label }: { label?: string }) {
  const me = useDesk((desk) => desk.me);
  const online = useDesk(isOnline);
  const acts = useDesk(mayAct);
  const available = useDesk((desk) => personOf(desk, me.account_id)?.available ?? true);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
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
        {acts && <Availability available={available} />}
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
        {!label && (
          <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={() => openDialog("keys")}>
            {say.shortcuts}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={signOut}>
          {say.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
