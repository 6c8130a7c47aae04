import { useEffect, useState } from "react";

/** `wish`, but true only once it has been true for `ms` on end. */
export function useDelayed(wish: boolean, ms = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!wish) return setLate(false);
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [wish, ms]);
  return wish && late;
}
