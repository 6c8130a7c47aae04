import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { words } from "../../words";
import styles from "./editor.module.css";

interface Props {
  onFiles(files: File[]): void;
  children: ReactNode;
}

/** Takes files that are dropped, and says so while they hover. */
export function DropHint({ onFiles, children }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

  function move(event: DragEvent, by: 1 | -1) {
    if (!hasFiles(event)) return;
    depth.current += by;
    setOver(depth.current > 0);
  }

  function drop(event: DragEvent) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth.current = 0;
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  }

  return (
    <div
      className={styles.drop}
      onDragEnter={(event) => move(event, 1)}
      onDragLeave={(event) => move(event, -1)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDropCapture={drop}
    >
      {children}
      {over && <p className={styles.dropHere}>{words.editor.dropHere}</p>}
    </div>
  );
}
