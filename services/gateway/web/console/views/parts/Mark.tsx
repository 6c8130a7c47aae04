/** Parley's mark. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M5 25.5V12a8 8 0 0 1 8-8h3.5a9 9 0 0 1 0 18H10z" fill="var(--brand)" />
      <path d="M12 13h8.5M12 17h5" stroke="var(--on-brand)" strokeWidth="2.2" strokeLinecap="round" fill="none" />
    </svg>
  );
}
