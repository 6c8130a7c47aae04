import { Menu } from "@mantine/core";
import { useAsk } from "../../hooks/ask";
import { words } from "../../words";
import styles from "./rail.module.css";

const say = words.me;

/** Available or away, as a choice in a menu. */
export function Availability({ available }: { available: boolean }) {
  const { ask } = useAsk();
  const choose = (wish: string) => void ask({ type: "set_availability", available: wish === "available" });
  return (
    <>
      <Menu.RadioGroup value={available ? "available" : "away"} onChange={choose}>
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
    </>
  );
}
