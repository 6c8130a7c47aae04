/**
 * Ends a `switch` over a closed union: leaving a case out is a type error. A page that is older than its server can still
 * meet a newer word at run time; for it, `unchanged` is the answer.
 */
export function unreachable<T>(_never: never, unchanged: T): T {
  return unchanged;
}
