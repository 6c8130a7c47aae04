import { IconFile, IconPhoto } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Attachment } from "../../../protocol/messages";
import { api } from "../../state/api";
import { fileSize } from "../../state/time";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import styles from "./thread.module.css";

const say = words.thread;
/** A link lasts an hour. */
const LINK_IS_FRESH_MS = 50 * 60_000;
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

/** Where the file is to be had. Timers stand still behind another tab and in a sleeping machine: whoever comes back asks anew. */
function useLink(id: string) {
  return useQuery({
    queryKey: ["file", id],
    queryFn: () => api.file(id),
    staleTime: LINK_IS_FRESH_MS,
    refetchInterval: LINK_IS_FRESH_MS,
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
  });
}

function Picture({ file }: { file: Attachment }) {
  const { data, error } = useLink(file.file_id);
  if (error) return <OtherFile file={file} />;
  const preview = data && `${data.url}${data.url.includes("?") ? "&" : "?"}preview=1`;
  return (
    <a className={styles.shot} href={preview} target="_blank" rel="noopener noreferrer" aria-label={say.openImage(file.name)}>
      {preview ? <img src={preview} alt="" /> : <IconPhoto size={24} stroke={1.4} aria-hidden="true" />}
    </a>
  );
}

function OtherFile({ file }: { file: Attachment }) {
  const { data, error } = useLink(file.file_id);
  const size = fileSize(file.size);
  return (
    <a className={styles.file} href={data?.url} target="_blank" rel="noopener noreferrer" title={file.name}>
      <i className={styles.fileIcon}>
        <IconFile size={18} stroke={1.6} aria-hidden="true" />
      </i>
      <span>
        <Hidden>{say.open} </Hidden>
        <bdi>{file.name}</bdi> <small>{error ? say.fileFailed : size}</small>
      </span>
    </a>
  );
}

/** The files of a message: pictures as pictures, all else by name and size. */
export function Files({ files, by, meta }: { files: readonly Attachment[]; by: string; meta: ReactNode }) {
  return (
    <div className={styles.files}>
      <Hidden>{by}: </Hidden>
      {files.map((file) =>
        PICTURES.has(file.media_type) ? (
          <Picture key={file.file_id} file={file} />
        ) : (
          <OtherFile key={file.file_id} file={file} />
        ),
      )}
      {meta}
    </div>
  );
}
