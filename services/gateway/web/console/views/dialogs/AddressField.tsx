import { Combobox, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { Contact } from "../../../protocol/messages";
import { api } from "../../state/api";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import control from "../parts/control.module.css";
import styles from "./dialogs.module.css";

const say = words.transcript;

interface Props {
  contact: Contact;
  value: string;
  problem: string | undefined;
  onChange(address: string): void;
}

/** Contacts with an address that match what is typed; the conversation's own one first while nothing is. */
function useOffers(contact: Contact, typed: string): (Contact & { address: string })[] {
  const [sought] = useDebouncedValue(typed.trim(), 200);
  const own = typed === "" || typed === contact.address;
  const { data = [] } = useQuery({
    queryKey: ["contacts", sought],
    queryFn: () => api.contacts(sought),
    enabled: !own && sought.length > 1,
  });
  return (own ? [contact] : data).filter((one): one is Contact & { address: string } => one.address !== null);
}

/** An e-mail address, chosen from the contacts or typed. */
export function AddressField({ contact, value, problem, onChange }: Props) {
  const offers = useOffers(contact, value);
  const combobox = useCombobox();
  const [label, hint] = [useId(), useId()];
  return (
    <div className={control.field}>
      <span className={control.label} id={label}>
        {say.to}
      </span>
      <Combobox store={combobox} onOptionSubmit={(address) => (onChange(address), combobox.closeDropdown())}>
        <Combobox.Target>
          <input
            className={control.input}
            type="email"
            value={value}
            aria-labelledby={label}
            aria-describedby={hint}
            aria-invalid={problem !== undefined}
            autoComplete="off"
            data-autofocus
            onChange={(event) => (onChange(event.currentTarget.value), combobox.openDropdown())}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={offers.length === 0}>
          <Combobox.Options aria-label={say.searching}>
            {offers.map((one) => (
              <Combobox.Option key={one.contact_id} value={one.address}>
                <Avatar id={one.contact_id} name={one.name} size={24} />
                <span className={styles.two}>
                  <bdi>{one.name}</bdi>
                  <small>{one.address}</small>
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <span id={hint} className={problem ? control.error : control.hint} role={problem ? "alert" : undefined}>
        {problem ?? say.toHint}
      </span>
    </div>
  );
}
