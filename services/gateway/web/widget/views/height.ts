import { useEffect, useRef } from "preact/hooks";

/** Tells `hear` how high the element would like to be, now and whenever that changes. */
export function useHeight(hear: (element: HTMLElement) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => latest.current(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return ref;
}
