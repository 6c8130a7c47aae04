import { useEffect, useState } from "react";

/** Whether `value` has been the same for `ms`; what it is at first counts as such. */
export function useSettled(value: unknown, ms: number): boolean {
  const [old, setOld] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setOld, ms, value);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return old === value;
}
