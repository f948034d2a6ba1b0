import type { ComponentChildren } from 'preact'

interface FilterSectionProps {
  id: string
  title: string
  /** True where the filter says something that stands in this section. */
  says: boolean
  /** The section is open from the start. */
  open?: boolean | undefined
  children: ComponentChildren
}

/** A section of the filter panel, which can be folded. */
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
