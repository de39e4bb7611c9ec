/** The hatching of what a date leaves open, for timeline.css to name. */
export function Patterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <defs>
        <pattern id="timeline-vague" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" className="fill-surface" />
          <rect width="1.25" height="5" className="fill-ink" />
        </pattern>
      </defs>
    </svg>
  );
}
