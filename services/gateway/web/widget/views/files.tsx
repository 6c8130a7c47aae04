import { useEffect, useState } from "preact/hooks";
import type { Attachment } from "../../protocol/messages";
import { Icon } from "./icon";
import { sized } from "./names";
import { useChat, useWidget } from "./widget";

/** A message's attachments: pictures as pictures, all else as cards. */
export function Files({ files, who }: { files: readonly Attachment[]; who: string }) {
  return <>{files.map((file) => (file.width && file.height ? <Picture file={file} who={who} key={file.file_id} /> : <Card file={file} who={who} key={file.file_id} />))}</>;
}

interface FileParts {
  file: Attachment;
  who: string;
}

function Picture({ file, who }: FileParts) {
  const { uploads, actions } = useWidget();
  const [src, setSrc] = useState(uploads.previews.get(file.file_id));
  const open = useOpen(file.file_id);
  useEffect(() => {
    if (!src) actions.fileUrl(file.file_id).then((url) => setSrc(withPreview(url)), () => undefined);
  }, [file.file_id]);
  const [width, height] = fitted(file.width ?? 1, file.height ?? 1);
  return (
    <button type="button" class="pic" onClick={open}>
      <span class="sr">{who}</span>
      <img src={src} alt={file.name} width={width} height={height} />
    </button>
  );
}

function Card({ file, who }: FileParts) {
  const { locale } = useChat();
  const open = useOpen(file.file_id);
  return (
    <button type="button" class="att" onClick={open}>
      <Icon name="file" />
      <span><span class="sr">{who}</span><bdi>{file.name}</bdi><small>{sized(file.size, locale)}</small></span>
    </button>
  );
}

/** Links expire, so a fresh one is asked for at each press. */
function useOpen(file_id: string): () => void {
  const { actions } = useWidget();
  return () => {
    void actions.fileUrl(file_id).then((url) => {
      const link = document.createElement("a");
      Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });
      link.click();
    }, () => undefined);
  };
}

function withPreview(url: string): string {
  const full = new URL(url, location.origin);
  full.searchParams.set("preview", "1");
  return full.href;
}

/** The size on screen, at most 240 × 240. */
function fitted(width: number, height: number): [number, number] {
  const part = Math.min(1, 240 / width, 240 / height);
  return [Math.max(Math.round(width * part), 40), Math.max(Math.round(height * part), 40)];
}
