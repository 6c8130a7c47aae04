import { personOf } from "../../state/desk";
import { useDesk } from "../../hooks/session";
import { Avatar } from "./Avatar";

interface Props {
  id: string;
  name: string;
  size: 16 | 20 | 24 | 32;
}

/** A colleague's face: their portrait where there is one. */
export function PersonAvatar({ id, name, size }: Props) {
  const src = useDesk((desk) => personOf(desk, id)?.avatar_url);
  return <Avatar id={id} name={name} size={size} src={src} />;
}
