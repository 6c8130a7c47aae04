import { IconAlertCircle, IconFile, IconX } from "@tabler/icons-react";
import { Refusal } from "../../../protocol/refusal";
import type { Uploading } from "../../state/uploads";
import { words } from "../../words";
import styles from "./editor.module.css";
import type { Uploads } from "./useUploads";

const say = words.editor;

const why = (problem: NonNullable<Uploading["problem"]>) => (problem instanceof Refusal ? problem.message : say[problem]);

function Progress({ file }: { file: Uploading }) {
  const percent = Math.round(file.part * 100);
  return (
    <>
      <span className={styles.whisper}>{percent} %</span>
      <i
        className={styles.progress}
        role="progressbar"
        aria-label={say.uploading(file.name)}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        style={{ inlineSize: `${percent}%` }}
      />
    </>
  );
}

/** What goes with the message: on its way, arrived, or refused and why. */
export function AttachmentChips({ uploads }: { uploads: Uploads }) {
  if (uploads.all.length === 0) return null;
  return (
    <ul className={styles.chips}>
      {uploads.all.map((file) => (
        <li key={file.key} className={`${styles.chip} ${file.problem ? styles.refused : ""}`}>
          {file.problem ? (
            <IconAlertCircle size={16} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconFile size={16} stroke={1.6} aria-hidden="true" />
          )}
          <bdi>{file.name}</bdi>
          {file.problem ? <span role="alert">{why(file.problem)}</span> : !file.done && <Progress file={file} />}
          <button type="button" aria-label={say.removeFile(file.name)} onClick={() => uploads.remove(file.key)}>
            <IconX size={13} stroke={2} />
          </button>
        </li>
      ))}
    </ul>
  );
}
