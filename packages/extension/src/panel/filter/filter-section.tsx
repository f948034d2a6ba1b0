import type { ComponentChildren } from 'preact'

interface FilterSectionProps {
  id: string
  title: string
  /** The filter says something here. */
  says: boolean
  /** From the start. */
  open?: boolean | undefined
  children: ComponentChildren
}

/** A fold of the filter panel. */
export function FilterSection({ id, title, says, open, children }: FilterSectionProps) {
  return (
    <details class="filter-section disclosure" open={open || says}>
      <summary data-testid={`filter-section-${id}`}>
        {title}
        {says && (
          <span class="says" title="Filtered by it">
            <span class="hidden">filtered</span>
          </span>
        )}
      </summary>
      <div class="filter-section-body">{children}</div>
    </details>
  )
}
