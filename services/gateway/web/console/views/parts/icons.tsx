/** Two icons of our own, in the manner of the icon set: a bubble and a bot that stay clear at 11 px. */

interface Props {
  size: number;
  stroke: number;
}

function outline({ size, stroke }: Props) {
  return {
    width: size,
    height: size,
    viewBox: "0 0 24 24",
    fill: "none",
    stroke: "currentColor",
    strokeWidth: stroke,
    strokeLinecap: "round",
    strokeLinejoin: "round",
    className: "tabler-icon",
    "aria-hidden": true,
  } as const;
}

export function IconChat(props: Props) {
  return (
    <svg {...outline(props)}>
      <path d="M4 18.5V7a2.5 2.5 0 0 1 2.5-2.5h11A2.5 2.5 0 0 1 20 7v7a2.5 2.5 0 0 1-2.5 2.5H7.5z" />
    </svg>
  );
}

export function IconBot(props: Props) {
  return (
    <svg {...outline(props)}>
      <rect x="5" y="8" width="14" height="11" rx="2.5" />
      <path d="M12 8V4.5M9.5 12.5v1.5M14.5 12.5v1.5M2.5 12.5v3M21.5 12.5v3" />
    </svg>
  );
}
