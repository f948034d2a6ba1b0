interface MeterProps {
  label: string
  value: number
  /** How much there may be; 0 for no bound. */
  bound: number
  text: string
}

/** How full something is; without a bound only how much there is. */
export function Meter({ label, value, bound, text }: MeterProps) {
  const share = bound > 0 ? value / bound : 0
  return (
    <div class="meter">
      <span>{label}</span>
      {bound > 0 ? (
        <meter min={0} max={1} low={0.7} high={0.9} optimum={0} value={Math.min(1, share)} aria-label={label} />
      ) : (
        <span />
      )}
      <span>
        {text}
        {bound > 0 && <span class="quiet"> · {share < 0.01 && value > 0 ? '<1' : Math.round(share * 100)} %</span>}
      </span>
    </div>
  )
}
