import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR = 48;
const OLDER_AHEAD = 600;

interface Options {
  /** Position of the oldest entry shown: falls when older ones are put in front. */
  oldest: number;
  /** Changes whenever anything in the thread does. */
  content: unknown;
  onTop(): void;
  onBottom(): void;
}

/**
 * Keeps a thread where its reader is: at the bottom while they are there, else exactly where they look. All content lies in
 * the box's one child, so that whatever grows late (a letter's face, the editor below) is noticed.
 */
export function useThreadScroll(box: RefObject<HTMLDivElement | null>, { oldest, content, onTop, onBottom }: Options) {
  const [atBottom, setAtBottom] = useState(true);
  const bottom = useRef(true);
  const before = useRef({ oldest, height: 0 });

  const toBottom = useCallback(() => {
    bottom.current = true;
    setAtBottom(true);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [box]);

  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    if (bottom.current) current.scrollTop = current.scrollHeight;
    else if (oldest < before.current.oldest) current.scrollTop += current.scrollHeight - before.current.height;
    before.current = { oldest, height: current.scrollHeight };
    if (bottom.current) onBottom();
  }, [box, oldest, content, onBottom]);

  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const watcher = new ResizeObserver(() => {
      if (bottom.current) current.scrollTop = current.scrollHeight;
    });
    watcher.observe(current);
    if (current.firstElementChild) watcher.observe(current.firstElementChild);
    return () => watcher.disconnect();
  }, [box]);

  const onScroll = useCallback(() => {
    const { current } = box;
    if (!current) return;
    const near = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
    bottom.current = near;
    setAtBottom(near);
    if (near) onBottom();
    if (current.scrollTop < OLDER_AHEAD) onTop();
  }, [box, onTop, onBottom]);

  return { atBottom, toBottom, onScroll };
}
