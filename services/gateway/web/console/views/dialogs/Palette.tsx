import "@mantine/spotlight/styles.layer.css";
import { Modal } from "@mantine/core";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { type CommandGroup, useCommands } from "../../hooks/commands";
import { fold } from "../../state/people";
import { words } from "../../words";
import overlay from "../parts/overlay.module.css";
import styles from "./dialogs.module.css";

const say = words.palette;
const [store, spotlight] = createSpotlight();

/** What the query finds, group by group; a group with nothing found goes. */
function matching(groups: readonly CommandGroup[], query: string): CommandGroup[] {
  const sought = fold(query);
  return groups
    .map(({ name, commands }) => ({ name, commands: commands.filter(({ label }) => fold(label).includes(sought)) }))
    .filter(({ commands }) => commands.length > 0);
}

/** Everything that can be done, found by its name. */
export default function Palette({ onClose }: { onClose(): void }) {
  const [query, setQuery] = useState("");
  const found = matching(useCommands(), query);
  const first = found[0]?.commands[0];
  useEffect(() => {
    spotlight.open();
    store.updateState((now) => ({ ...now, selected: 0 }));
  }, []);
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      lockScroll={false}
      centered={false}
      yOffset="14vh"
      scrollable
      maxHeight={460}
      transitionProps={{ duration: 90 }}
      overlayProps={{ className: overlay.veil }}
      classNames={{ content: styles.palette }}
    >
      <Modal.Title className={styles.unseen}>{say.title}</Modal.Title>
      <Spotlight.Search
        className={styles.paletteSearch}
        placeholder={say.placeholder}
        aria-label={say.placeholder}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList className={styles.paletteList}>
        {found.map(({ name, commands }) => (
          <Spotlight.ActionsGroup key={name} className={styles.paletteGroup} label={say.groups[name]}>
            {commands.map((command) => (
              <Spotlight.Action
                key={command.id}
                className={styles.paletteItem}
                label={command.label}
                onClick={command.run}
                rightSection={command.key && <kbd>{command.key.toUpperCase()}</kbd>}
                data-selected={command === first || undefined}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.length === 0 && <Spotlight.Empty>{say.nothing}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
