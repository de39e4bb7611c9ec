/** Fills that can be told apart in black and white, for overview.css to name. */
export function Patterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <defs>
        <pattern id="overview-soon" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="fill-caution-soft stroke-none" />
          <rect width="3" height="6" className="fill-caution stroke-none" />
        </pattern>
        <pattern id="overview-longer" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" className="fill-surface stroke-none" />
          <rect width="1.5" height="5" className="fill-accent stroke-none" />
        </pattern>
        <pattern id="overview-done" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" className="fill-positive-soft stroke-none" />
          <circle cx="2.5" cy="2.5" r="1.2" className="fill-positive" />
        </pattern>
      </defs>
    </svg>
  );
}
