import "@mantine/spotlight/styles.layer.css";
import { Modal } from "@mantine/core";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useCommands } from "../../hooks/commands";
import { api } from "../../state/api";
import { fold } from "../../state/people";
import { words } from "../../words";
import overlay from "../parts/overlay.module.css";
import styles from "./dialogs.module.css";

const say = words.palette;
const [store, spotlight] = createSpotlight();

interface Props {
  onClose(): void;
  onSignedOut(): void;
}

/** Everything that can be done, found by its name. */
export default function Palette({ onClose, onSignedOut }: Props) {
  const [query, setQuery] = useState("");
  const known = useCommands();
  const commands = [
    ...known,
    { id: "out", label: say.signOut, key: undefined, run: () => void api.signOut().finally(onSignedOut) },
  ];
  const found = commands.filter(({ label }) => fold(label).includes(fold(query)));
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      lockScroll={false}
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
        {found.map(({ id, label, key, run }) => (
          <Spotlight.Action
            key={id}
            className={styles.paletteItem}
            label={label}
            onClick={run}
            rightSection={key && <kbd>{key.toUpperCase()}</kbd>}
          />
        ))}
        {found.length === 0 && <Spotlight.Empty>{say.nothing}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
